//! Merging sorted runs.

use super::run::{Reader, Run};
use crate::error::Result;
use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

/// Bytes of all read buffers together.
const READ_BUFFERS: usize = 4 << 20;

/// The records of several runs, in order.
#[derive(Debug)]
pub struct Merge {
    readers: Vec<Reader>,
    heap: BinaryHeap<Head>,
    started: bool,
}

/// The record at the front of a run. The heap hands out its greatest, so the order is turned round.
#[derive(Debug, PartialEq, Eq)]
struct Head {
    record: Vec<u8>,
    run: usize,
}

impl Ord for Head {
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .record
            .cmp(&self.record)
            .then_with(|| other.run.cmp(&self.run))
    }
}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Merge {
    pub(super) fn of(runs: Vec<Run>, ways: usize) -> Result<Self> {
        let buffer = READ_BUFFERS / ways.max(1);
        let mut readers = Vec::with_capacity(runs.len());
        let mut heap = BinaryHeap::with_capacity(runs.len());
        for (run, source) in runs.into_iter().enumerate() {
            let mut reader = source.open(buffer)?;
            let mut record = Vec::new();
            if reader.next(&mut record)? {
                heap.push(Head { record, run });
            }
            readers.push(reader);
        }
        Ok(Self {
            readers,
            heap,
            started: false,
        })
    }

    /// The next record; none at the end.
    ///
    /// # Errors
    /// A temporary file that cannot be read.
    #[expect(
        clippy::should_implement_trait,
        reason = "it lends the record, which an Iterator cannot"
    )]
    pub fn next(&mut self) -> Result<Option<&[u8]>> {
        // The record lent last is replaced now, not when it was lent.
        if self.started
            && let Some(mut top) = self.heap.peek_mut()
        {
            let Head { record, run } = &mut *top;
            if !self.readers[*run].next(record)? {
                PeekMut::pop(top);
            }
        }
        self.started = true;
        Ok(self.heap.peek().map(|head| head.record.as_slice()))
    }
}
