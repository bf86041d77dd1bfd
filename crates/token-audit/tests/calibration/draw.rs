//! What is drawn at random, by a seed that brings it again.

/// Marsaglia's xorshift64*, a small random number generator.
pub struct Draw(u64);

impl Draw {
    /// Seeds that follow each other draw different things.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11
    }

    /// From `from` to below `to`; `from` if there is nothing between them.
    pub fn between(&mut self, from: i64, to: i64) -> i64 {
        let span = (to - from).max(1).unsigned_abs();
        from + (self.next() % span).cast_signed()
    }

    /// From `from` to `to`, as likely between 1 and 2 as between 1,024 and 2,048.
    pub fn spread(&mut self, from: i64, to: i64) -> i64 {
        let least = from << self.between(0, i64::from((to / from).ilog2()) + 1);
        self.between(least, (least * 2).min(to + 1))
    }

    /// Whether it happens that has so many chances in a hundred.
    pub fn chance(&mut self, percent: i64) -> bool {
        self.between(0, 100) < percent
    }

    pub fn pick<T: Copy, const N: usize>(&mut self, from: [T; N]) -> T {
        from[usize::try_from(self.next()).unwrap_or_default() % N]
    }
}
