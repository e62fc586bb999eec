//! One sorted run, in memory or in a temporary file.

use super::{Place, bytes};
use crate::error::{Result, codes};
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, Write};

/// Bytes of the buffer through which a run is written.
const WRITE_BUFFER: usize = 1 << 17;

/// A sorted run.
#[derive(Debug)]
pub(super) enum Run {
    /// Never left the memory.
    Memory {
        /// The records, one behind the other.
        arena: Vec<u8>,
        /// Where each is, in order.
        index: Vec<Place>,
    },
    /// Was spilled; each record has its length in front.
    File(File),
}

/// A run being written to a temporary file, which the system removes when it is closed.
#[derive(Debug)]
pub(super) struct Spill {
    out: BufWriter<File>,
}

impl Spill {
    pub(super) fn new() -> Result<Self> {
        let file = tempfile::tempfile().map_err(failed)?;
        let out = BufWriter::with_capacity(WRITE_BUFFER, file);
        Ok(Self { out })
    }

    pub(super) fn write(&mut self, record: &[u8]) -> Result<()> {
        let length =
            u32::try_from(record.len()).map_err(|_| failed(std::io::Error::other("a record is too long")))?;
        let both = self.out.write_all(&length.to_le_bytes());
        both.and_then(|()| self.out.write_all(record)).map_err(failed)
    }

    pub(super) fn finish(self) -> Result<Run> {
        let file = self
            .out
            .into_inner()
            .map_err(|error| failed(error.into_error()))?;
        Ok(Run::File(file))
    }
}

impl Run {
    pub(super) fn in_memory(arena: Vec<u8>, index: Vec<Place>) -> Self {
        Self::Memory { arena, index }
    }

    pub(super) fn spilled<'a>(records: impl Iterator<Item = &'a [u8]>) -> Result<Self> {
        let mut spill = Spill::new()?;
        for record in records {
            spill.write(record)?;
        }
        spill.finish()
    }

    /// Begins to read it, through a buffer of so many bytes.
    pub(super) fn open(self, buffer: usize) -> Result<Reader> {
        match self {
            Self::Memory { arena, index } => Ok(Reader::Memory {
                arena,
                index: index.into_iter(),
            }),
            Self::File(mut file) => {
                file.rewind().map_err(failed)?;
                Ok(Reader::File(BufReader::with_capacity(buffer, file)))
            }
        }
    }
}

/// A run being read.
#[derive(Debug)]
pub(super) enum Reader {
    Memory {
        arena: Vec<u8>,
        index: std::vec::IntoIter<Place>,
    },
    File(BufReader<File>),
}

impl Reader {
    /// Replaces `record` by the next one; false at the end.
    pub(super) fn next(&mut self, record: &mut Vec<u8>) -> Result<bool> {
        record.clear();
        match self {
            Self::Memory { arena, index } => {
                let place = index.next();
                if let Some(place) = &place {
                    record.extend_from_slice(bytes(arena, place));
                }
                Ok(place.is_some())
            }
            Self::File(file) => read(file, record).map_err(failed),
        }
    }
}

fn read(file: &mut BufReader<File>, record: &mut Vec<u8>) -> std::io::Result<bool> {
    let mut length = [0; 4];
    match file.read_exact(&mut length) {
        Ok(()) => {}
        Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(false),
        Err(error) => return Err(error),
    }
    record.resize(u32::from_le_bytes(length) as usize, 0);
    file.read_exact(record)?;
    Ok(true)
}

fn failed(error: std::io::Error) -> crate::error::Error {
    let code = match error.kind() {
        std::io::ErrorKind::StorageFull => &codes::DISK_FULL,
        _ => &codes::IO_FAILED,
    };
    let folder = std::env::temp_dir();
    code.error(format!(
        "a temporary file in {} failed: {error}",
        folder.display()
    ))
    .hint("name a folder with more room in TMPDIR")
    .because(error)
}
