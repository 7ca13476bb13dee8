//! Names and numbers that vary with the seed, so that an answer typed in by
//! hand does not pass, and a failure can be replayed.

use std::sync::atomic::{AtomicU64, Ordering};

const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// SplitMix64 (Steele, Lea, Flood 2014): one word of state, every seed good.
#[derive(Debug)]
pub(crate) struct Seed(AtomicU64);

impl Seed {
    /// Two checks with the same seed still see different values.
    pub(crate) fn new(seed: u64, check: &str) -> Self {
        let mixed = check.bytes().fold(seed ^ GOLDEN, |state, byte| {
            (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
        });
        Self(AtomicU64::new(mixed))
    }

    pub(crate) fn next(&self) -> u64 {
        let state = self
            .0
            .fetch_add(GOLDEN, Ordering::Relaxed)
            .wrapping_add(GOLDEN);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `bound`; 0 if there is none.
    pub(crate) fn below(&self, bound: u64) -> u64 {
        let word = self.next();
        word.checked_rem(bound).unwrap_or(0)
    }
}

/// Given names, none of which is part of another.
pub(crate) const NAMES: [&str; 24] = [
    "Ada", "Bruno", "Chidi", "Dora", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Kenji",
    "Lena", "Mirko", "Noor", "Olga", "Pavel", "Quentin", "Rosa", "Sven", "Tamar", "Umut", "Vera",
    "Wanda", "Yusuf",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_values() {
        let (one, two) = (Seed::new(7, "a"), Seed::new(7, "a"));
        assert_eq!(
            [one.next(), one.next(), one.next()],
            [two.next(), two.next(), two.next()]
        );
    }

    #[test]
    fn another_seed_or_another_check_gives_other_values() {
        assert_ne!(Seed::new(7, "a").next(), Seed::new(8, "a").next());
        assert_ne!(Seed::new(7, "a").next(), Seed::new(7, "b").next());
    }
}
