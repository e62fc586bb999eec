//! What is in a table as a number, whatever engine it lies in and in whatever order it is read.

use rusqlite::types::ValueRef;
use sha2::{Digest, Sha256};

/// The rows of a table: how many there are, and the sum of a digest of each.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sum {
    /// How many.
    pub rows: u64,
    digest: u128,
}

impl Sum {
    /// Counts a row in.
    pub fn add(&mut self, row: &[ValueRef<'_>]) {
        let mut hash = Sha256::new();
        for value in row {
            let (sort, bytes): (u8, &[u8]) = match value {
                ValueRef::Null => (0, &[]),
                ValueRef::Integer(number) => (1, &number.to_be_bytes()),
                ValueRef::Real(number) => (2, &number.to_be_bytes()),
                ValueRef::Text(text) => (3, text),
                ValueRef::Blob(bytes) => (4, bytes),
            };
            hash.update([sort]);
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        }
        let hash = hash.finalize();
        let first = hash.iter().take(16);
        let number = first.fold(0_u128, |sum, byte| (sum << 8) | u128::from(*byte));
        self.digest = self.digest.wrapping_add(number);
        self.rows += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::Sum;
    use rusqlite::types::ValueRef::{Blob, Integer, Null, Text};

    fn sum(rows: &[&[rusqlite::types::ValueRef<'_>]]) -> Sum {
        let mut sum = Sum::default();
        rows.iter().for_each(|row| sum.add(row));
        sum
    }

    #[test]
    fn it_is_of_the_values_and_not_of_their_order() {
        let (one, two) = ([Integer(1), Text(b"ab")], [Integer(2), Null]);
        assert_eq!(sum(&[&one, &two]), sum(&[&two, &one]));
        for other in [
            [Integer(1), Text(b"a")],
            [Integer(1), Blob(b"ab")],
            [Text(b"ab"), Integer(1)],
        ] {
            assert_ne!(sum(&[&one, &two]), sum(&[&other, &two]));
        }
        assert_ne!(
            sum(&[&[Text(b"a"), Text(b"bc")]]),
            sum(&[&[Text(b"ab"), Text(b"c")]])
        );
        assert_ne!(sum(&[&two]), sum(&[&two, &two]));
    }
}
