//! Inputs derived from seeds, as by libFuzzer, but without watching the code that runs.

/// The most changes made to a seed.
const MOST_CHANGES: usize = 4;
/// The longest piece that is taken out, doubled, or brought in from another seed, in bytes.
const LONGEST_PIECE: usize = 16;

pub struct Mutation {
    seeds: Vec<Vec<u8>>,
    /// Of the generator: never zero.
    state: u64,
}

impl Mutation {
    pub fn of(seeds: Vec<Vec<u8>>) -> Self {
        Self { seeds, state: 0x9E37_79B9_7F4A_7C15 }
    }

    /// A seed after a few changes.
    pub fn next(&mut self) -> Vec<u8> {
        let mut input = self.seed();
        for _ in 0..=self.below(MOST_CHANGES) {
            self.change(&mut input);
        }
        input
    }

    fn change(&mut self, input: &mut Vec<u8>) {
        let (start, end) = self.piece(input.len());
        match self.below(6) {
            0 => drop(input.drain(start..end)),
            1 => input.splice(start..start, input[start..end].to_vec()).for_each(drop),
            2 => {
                let other = self.seed();
                let (from, to) = self.piece(other.len());
                input.splice(start..end, other[from..to].iter().copied());
            }
            3 => input.insert(start, self.byte()),
            4 if start < input.len() => input[start] ^= 1 << self.below(8),
            _ if start < input.len() => input[start] = self.byte(),
            _ => {}
        }
    }

    /// Where a piece of this many bytes begins and ends.
    fn piece(&mut self, length: usize) -> (usize, usize) {
        let start = self.below(length + 1);
        (start, start + self.below(LONGEST_PIECE.min(length - start) + 1))
    }

    fn seed(&mut self) -> Vec<u8> {
        let index = self.below(self.seeds.len());
        self.seeds[index].clone()
    }

    fn byte(&mut self) -> u8 {
        self.random().to_le_bytes()[0]
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.random() % limit as u64).expect("below a usize")
    }

    /// Marsaglia's xorshift64*, a small random number generator.
    fn random(&mut self) -> u64 {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        self.state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 8
    }
}
