//! External sort of byte records in bounded memory: runs are sorted in memory, spilled to temporary files
//! and merged. Records are compared as bytes, so a caller puts its key in front, in an encoding whose byte
//! order is the order wanted.

mod ahead;
mod merge;
mod run;

pub use ahead::Ahead;
pub use merge::Merge;

use crate::error::Result;
use run::Run;

/// How many runs are merged at once; more are merged in several passes, so that neither the number of open
/// files nor the memory grows with the data.
const WAYS: usize = 64;

/// Bytes that a record's place in the index takes.
const PLACE: usize = size_of::<Place>();

/// The first eight bytes of a record, where it begins, and its length. Most comparisons end at the first.
type Place = (u64, u32, u32);

/// Takes records in any order.
#[derive(Debug)]
pub struct Sorter {
    memory: usize,
    arena: Vec<u8>,
    index: Vec<Place>,
    runs: Vec<Run>,
}

/// Everything that was taken, ready to be merged.
#[derive(Debug, Default)]
pub struct Sorted {
    runs: Vec<Run>,
}

impl Sorter {
    /// A sorter that keeps about `memory` bytes of records before it spills them.
    pub fn new(memory: usize) -> Self {
        // Offsets into the arena are 32 bits wide.
        let memory = memory.min(1 << 30);
        Self {
            memory,
            arena: Vec::new(),
            index: Vec::new(),
            runs: Vec::new(),
        }
    }

    /// Takes the record that `write` appends to the buffer it is given.
    ///
    /// # Errors
    /// A temporary file that cannot be written.
    pub fn push(&mut self, write: impl FnOnce(&mut Vec<u8>)) -> Result<()> {
        if self.arena.len() + self.index.len() * PLACE >= self.memory {
            self.spill()?;
        }
        let start = self.arena.len();
        write(&mut self.arena);
        let record = &self.arena[start..];
        let (start, length) = (u32::try_from(start), u32::try_from(record.len()));
        let (Ok(start), Ok(length)) = (start, length) else {
            return Err(std::io::Error::other("a single record is larger than 4 GiB").into());
        };
        self.index.push((head(record), start, length));
        Ok(())
    }

    /// Ends the taking. What never left the memory stays there.
    ///
    /// # Errors
    /// A temporary file that cannot be written.
    pub fn finish(mut self) -> Result<Sorted> {
        if !self.runs.is_empty() {
            self.spill()?;
        } else if !self.index.is_empty() {
            self.sort();
            self.runs.push(Run::in_memory(self.arena, self.index));
        }
        Ok(Sorted { runs: self.runs })
    }

    fn sort(&mut self) {
        let arena = &self.arena;
        self.index.sort_unstable_by(|a, b| {
            let rest = || bytes(arena, a).cmp(bytes(arena, b));
            a.0.cmp(&b.0).then_with(rest)
        });
    }

    fn spill(&mut self) -> Result<()> {
        if self.index.is_empty() {
            return Ok(());
        }
        self.sort();
        let records = self.index.iter().map(|place| bytes(&self.arena, place));
        self.runs.push(Run::spilled(records)?);
        self.index.clear();
        self.arena.clear();
        Ok(())
    }
}

impl Sorted {
    /// Puts two lots together; they are merged as one.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        self.runs.extend(other.runs);
        self
    }

    /// Begins to hand the records out in order.
    ///
    /// # Errors
    /// A temporary file that cannot be read or written.
    pub fn merge(mut self) -> Result<Merge> {
        while self.runs.len() > WAYS {
            let part: Vec<Run> = self.runs.drain(..WAYS).collect();
            let mut merge = Merge::of(part, WAYS)?;
            let mut spill = run::Spill::new()?;
            while let Some(record) = merge.next()? {
                spill.write(record)?;
            }
            self.runs.push(spill.finish()?);
        }
        Merge::of(self.runs, WAYS)
    }
}

/// The first eight bytes as a number that compares as they do; shorter records are padded with zeros, which
/// cannot put them behind longer ones.
fn head(record: &[u8]) -> u64 {
    let mut first = [0; 8];
    let length = record.len().min(8);
    first[..length].copy_from_slice(&record[..length]);
    u64::from_be_bytes(first)
}

fn bytes<'a>(arena: &'a [u8], place: &Place) -> &'a [u8] {
    let start = place.1 as usize;
    &arena[start..start + place.2 as usize]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sorted(records: &[Vec<u8>], memory: usize) -> Vec<Vec<u8>> {
        let (left, right) = records.split_at(records.len() / 2);
        let half = |part: &[Vec<u8>]| {
            let mut sorter = Sorter::new(memory);
            for record in part {
                sorter.push(|out| out.extend_from_slice(record)).unwrap();
            }
            sorter.finish().unwrap()
        };
        let mut merge = Ahead::new(half(left).with(half(right)).merge().unwrap());
        let mut all = Vec::new();
        while let Some(record) = merge.next().unwrap() {
            all.push(record.to_vec());
        }
        all
    }

    proptest! {
        #[test]
        fn agrees_with_a_plain_sort(
            records in prop::collection::vec(prop::collection::vec(0_u8..4, 0..12), 0..400),
            memory in 1_usize..4_000,
        ) {
            let mut plain = records.clone();
            plain.sort();
            prop_assert_eq!(sorted(&records, memory), plain);
        }
    }

    #[test]
    fn merges_more_runs_than_it_opens_at_once() {
        let records: Vec<Vec<u8>> = (0_u32..300)
            .map(|n| (n * 7919 % 300).to_be_bytes().to_vec())
            .collect();
        let mut plain = records.clone();
        plain.sort();
        assert_eq!(sorted(&records, 1), plain);
    }
}
