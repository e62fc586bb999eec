//! A change with its files as a stream of frames, read while it is sent.

use crate::api::frames::{Frame, LONGEST, Part};
use crate::error::{AtPath, Error, Result};
use crate::hub::wire::Carried;
use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes that are read at once.
const BLOCK: usize = 1 << 18;
const _: () = assert!(BLOCK < LONGEST);

/// What is known of a stream while another thread sends it.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    bytes: Arc<AtomicU64>,
    fault: Arc<Mutex<Option<Error>>>,
}

impl Sent {
    /// Bytes of files that were sent.
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Why it broke off, when that was for a file.
    pub fn fault(&self) -> Option<Error> {
        self.fault.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// The stream.
#[derive(Debug)]
pub struct Outbound {
    /// Bytes that were made and not yet taken.
    ready: io::Cursor<Vec<u8>>,
    files: Vec<Carried>,
    /// How many of them were begun.
    begun: usize,
    open: Option<(u32, File, PathBuf)>,
    sent: Sent,
}

impl Outbound {
    /// The arguments, and the files that follow.
    ///
    /// # Errors
    /// When the arguments are too long.
    pub fn new(arguments: Vec<u8>, files: &[Carried]) -> Result<Self> {
        Ok(Self {
            ready: io::Cursor::new(Frame::Arguments(arguments).to_bytes()?),
            files: files.to_vec(),
            begun: 0,
            open: None,
            sent: Sent::default(),
        })
    }

    /// What is known of it while it is sent.
    pub fn sent(&self) -> Sent {
        self.sent.clone()
    }

    /// The next frames; empty at the end.
    fn next(&mut self) -> Result<Vec<u8>> {
        if let Some((part, file, path)) = &mut self.open {
            let mut block = vec![0; BLOCK];
            let length = file.read(&mut block).at(path)?;
            if length > 0 {
                block.truncate(length);
                self.sent.bytes.fetch_add(length as u64, Ordering::Relaxed);
                return Frame::Bytes(*part, block).to_bytes();
            }
            let end = Frame::End(*part).to_bytes();
            self.open = None;
            return end;
        }
        let Some(Carried { path, name }) = self.files.get(self.begun).cloned() else {
            return Ok(Vec::new());
        };
        let part = u32::try_from(self.begun).unwrap_or(u32::MAX);
        self.begun += 1;
        self.open = Some((part, File::open(&path).at(&path)?, path));
        Frame::Begin(Part { part, name }).to_bytes()
    }
}

impl Read for Outbound {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut taken = self.ready.read(into)?;
        if taken == 0 {
            match self.next() {
                Ok(bytes) => self.ready = io::Cursor::new(bytes),
                Err(error) => {
                    *self.sent.fault.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                    return Err(io::Error::other("a file cannot be read"));
                }
            }
            taken = self.ready.read(into)?;
        }
        Ok(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_follow_the_arguments_each_from_its_beginning_to_its_end() {
        let folder = tempfile::tempdir().unwrap();
        let (long, empty) = (folder.path().join("long"), folder.path().join("empty"));
        std::fs::write(&long, vec![7; BLOCK + 1]).unwrap();
        std::fs::write(&empty, []).unwrap();
        let files = [
            Carried::named_by_change(long),
            Carried {
                path: empty,
                name: Some("0/abc".to_owned()),
            },
        ];
        let mut stream = Outbound::new(b"{}".to_vec(), &files).unwrap();
        let (sent, mut all) = (stream.sent(), Vec::new());
        stream.read_to_end(&mut all).unwrap();
        let (mut all, mut told) = (all.as_slice(), Vec::new());
        while let Some(frame) = Frame::read(&mut all).unwrap() {
            told.push(match frame {
                Frame::Bytes(part, bytes) => format!("{} bytes of {part}", bytes.len()),
                Frame::Begin(part) => format!("begin {} {}", part.part, part.name.unwrap_or_default()),
                Frame::End(part) => format!("end {part}"),
                other => format!("{other:?}"),
            });
        }
        let arguments = format!("{:?}", Frame::Arguments(b"{}".to_vec()));
        let due = [
            arguments.as_str(),
            "begin 0 ",
            "262144 bytes of 0",
            "1 bytes of 0",
            "end 0",
            "begin 1 0/abc",
            "end 1",
        ];
        assert_eq!(told, due);
        assert_eq!((sent.bytes(), sent.fault().is_none()), (262_145, true));
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let files = [Carried::named_by_change(PathBuf::from("no/such.csv"))];
        let mut stream = Outbound::new(Vec::new(), &files).unwrap();
        assert!(stream.read_to_end(&mut Vec::new()).is_err());
        assert!(stream.sent().fault().unwrap().message.starts_with("no/such.csv"));
    }
}
