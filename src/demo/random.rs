//! A small random generator of our own: its numbers must never change between releases or machines.

/// Steele, Lea and Flood's `SplitMix64`.
pub(super) struct Random(u64);

const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

impl Random {
    /// The stream that belongs to one topic of one customer, independent of all other streams.
    pub(super) fn keyed(seed: u64, customer: u64, topic: u64) -> Self {
        let mut mixed = Self(seed);
        for part in [customer, topic] {
            let next = mixed.next() ^ part.wrapping_mul(STEP);
            mixed = Self(next);
        }
        mixed
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 up to, and without, `limit`; 0 when `limit` is 0.
    pub(super) fn below(&mut self, limit: u32) -> u32 {
        let high = self.next() >> 32;
        ((high * u64::from(limit)) >> 32) as u32
    }

    /// A position in a list of `length`; 0 for an empty one.
    pub(super) fn index(&mut self, length: usize) -> usize {
        self.below(u32::try_from(length).unwrap_or(u32::MAX)) as usize
    }

    /// A day from `first` to `last`, both included; `first` when there is none between.
    pub(super) fn day(&mut self, first: i32, last: i32) -> i32 {
        first
            + self
                .below(u32::try_from(last - first + 1).unwrap_or(0))
                .cast_signed()
    }

    /// True in `percent` of a hundred cases.
    pub(super) fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    /// One of the list.
    pub(super) fn pick<T: Copy>(&mut self, list: &[T]) -> Option<T> {
        list.get(self.index(list.len())).copied()
    }

    /// One of the texts; the empty text of an empty list.
    pub(super) fn text(&mut self, list: &[&'static str]) -> &'static str {
        self.pick(list).unwrap_or_default()
    }
}
