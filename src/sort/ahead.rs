//! Merging on a thread of its own, so that whoever takes the records only takes them.

use super::Merge;
use crate::error::Result;
use std::sync::mpsc::{Receiver, sync_channel};

/// Bytes of records that are handed over at once.
const BLOCK: usize = 1 << 17;

/// How many such blocks may wait.
const WAITING: usize = 4;

/// The records of a merge, in order.
#[derive(Debug)]
pub struct Ahead {
    blocks: Receiver<Result<Vec<u8>>>,
    block: Vec<u8>,
    at: usize,
}

impl Ahead {
    /// Begins to merge ahead. The thread ends when the records do, or when nobody takes them any more.
    pub fn new(mut merge: Merge) -> Self {
        let (sender, blocks) = sync_channel(WAITING);
        std::thread::spawn(move || {
            loop {
                let block = fill(&mut merge);
                let last = !matches!(&block, Ok(bytes) if !bytes.is_empty());
                if sender.send(block).is_err() || last {
                    break;
                }
            }
        });
        Self {
            blocks,
            block: Vec::new(),
            at: 0,
        }
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
        if self.at == self.block.len() {
            // A thread that has ended has sent an empty block or an error before.
            self.block = self.blocks.recv().unwrap_or_else(|_| Ok(Vec::new()))?;
            self.at = 0;
        }
        let Some((length, _)) = self.block[self.at..].split_first_chunk() else {
            return Ok(None);
        };
        let start = self.at + size_of::<u32>();
        self.at = start + u32::from_ne_bytes(*length) as usize;
        Ok(Some(&self.block[start..self.at]))
    }
}

fn fill(merge: &mut Merge) -> Result<Vec<u8>> {
    let mut block = Vec::with_capacity(BLOCK + BLOCK / 8);
    while block.len() < BLOCK {
        let Some(record) = merge.next()? else { break };
        // A record's length fitted when it was pushed.
        block.extend_from_slice(&(record.len() as u32).to_ne_bytes());
        block.extend_from_slice(record);
    }
    Ok(block)
}
