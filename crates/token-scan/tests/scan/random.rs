//! The same random numbers in every run, and tokens drawn from them.

/// A stream of numbers that a seed decides.
#[derive(Clone)]
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed ^ 0x9e37_79b9_7f4a_7c15)
    }

    /// The next 32 bits.
    pub fn next(&mut self) -> u32 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mixed = (self.0 ^ (self.0 >> 22)) >> 22;
        (mixed & 0xffff_ffff) as u32
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.next() as usize % end
    }

    /// A value of the length that Entri's have.
    pub fn token(&mut self) -> String {
        const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        let rest = (0..40).map(|_| char::from(ALPHABET[self.below(ALPHABET.len())]));
        format!("entri_{}", rest.collect::<String>())
    }
}
