//! Where a report goes: written by a thread of its own that also hashes it; a file appears whole or not at
//! all (K-15).

use crate::error::{AtPath, Result, codes};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;
use tempfile::NamedTempFile;

/// Bytes that are handed to the writing thread at once.
const BLOCK: usize = 1 << 18;

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
pub struct Written {
    /// How many bytes.
    pub bytes: u64,
    /// SHA-256 of all of them, in hexadecimal.
    pub sha256: String,
}

/// Takes a report and brings it to its place.
#[derive(Debug)]
pub struct Drain {
    block: Vec<u8>,
    full: SyncSender<Vec<u8>>,
    empty: Receiver<Vec<u8>>,
    writer: JoinHandle<Result<(Target, Written)>>,
}

/// A place for a report.
enum Target {
    Stream(Box<dyn Write + Send>),
    File(NamedTempFile, PathBuf),
}

impl std::fmt::Debug for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Stream(_) => "Stream",
            Self::File(..) => "File",
        })
    }
}

impl Drain {
    /// Into a stream, such as standard output.
    pub fn stream(out: Box<dyn Write + Send>) -> Self {
        Self::start(Target::Stream(out))
    }

    /// Into a file, which is there when [`Drain::finish`] was called and not before.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub fn file(path: &Path) -> Result<Self> {
        Ok(Self::start(Target::File(beside(path)?, path.to_owned())))
    }

    fn start(target: Target) -> Self {
        let (full, blocks) = sync_channel::<Vec<u8>>(4);
        let (back, empty) = sync_channel(8);
        let writer = std::thread::spawn(move || write_all(target, &blocks, &back));
        Self {
            block: Vec::with_capacity(BLOCK + BLOCK / 4),
            full,
            empty,
            writer,
        }
    }

    /// Where to append what is to be written; followed by [`Drain::pass_on`].
    pub fn block(&mut self) -> &mut Vec<u8> {
        &mut self.block
    }

    /// Hands the block on when it is full.
    ///
    /// # Errors
    /// When writing has failed; [`Drain::finish`] says how.
    pub fn pass_on(&mut self) -> Result<()> {
        if self.block.len() < BLOCK {
            return Ok(());
        }
        self.hand_over()
    }

    fn hand_over(&mut self) -> Result<()> {
        let mut next = self
            .empty
            .try_recv()
            .unwrap_or_else(|_| Vec::with_capacity(BLOCK + BLOCK / 4));
        next.clear();
        let block = std::mem::replace(&mut self.block, next);
        self.full
            .send(block)
            .map_err(|_| codes::IO_FAILED.error("the report could not be written"))
    }

    /// Ends the writing after a failure elsewhere: nothing appears. Answers the reason why writing stopped,
    /// when it was that which failed.
    pub fn abandon(self, failure: crate::error::Error) -> crate::error::Error {
        drop(self.full);
        match self.writer.join() {
            Ok(Err(error)) => error,
            _ => failure,
        }
    }

    /// Writes what is left, and lets a file appear.
    ///
    /// # Errors
    /// When writing has failed; then no file appears.
    pub fn finish(mut self) -> Result<Written> {
        // A writer that has stopped says why below.
        let _ = self.hand_over();
        drop(self.full);
        let stopped = |_| Err(codes::IO_FAILED.error("the report could not be written"));
        let (target, written) = self.writer.join().unwrap_or_else(stopped)?;
        match target {
            Target::Stream(mut out) => out.flush()?,
            Target::File(file, path) => appear(file, &path)?,
        }
        Ok(written)
    }
}

fn write_all(
    mut target: Target,
    blocks: &Receiver<Vec<u8>>,
    back: &SyncSender<Vec<u8>>,
) -> Result<(Target, Written)> {
    let (mut hash, mut bytes) = (Sha256::new(), 0_u64);
    for block in blocks {
        match &mut target {
            Target::Stream(out) => out.write_all(&block)?,
            Target::File(file, path) => file.write_all(&block).at(path)?,
        }
        hash.update(&block);
        bytes += block.len() as u64;
        // Nobody waits for it at the end.
        let _ = back.try_send(block);
    }
    let sha256 = hash.finalize().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    });
    Ok((target, Written { bytes, sha256 }))
}

/// Writes a small file so that it appears whole or not at all.
///
/// # Errors
/// When the folder cannot be written to.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = beside(path)?;
    file.write_all(bytes).at(path)?;
    appear(file, path)
}

/// A temporary file in the folder where the file is to be, so that it can be renamed.
pub(crate) fn beside(path: &Path) -> Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or_else(|| Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".servhub-").suffix(".part");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder).at(folder)
}

/// Makes a temporary file durable, then gives it its name.
pub(crate) fn appear(file: NamedTempFile, path: &Path) -> Result<()> {
    file.as_file().sync_all().at(path)?;
    file.persist(path).map_err(|error| error.error).at(path)?;
    // The new name itself is durable once the folder is; not every system can open one.
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Ok(folder) = std::fs::File::open(folder.unwrap_or_else(|| Path::new("."))) {
        let _ = folder.sync_all();
    }
    Ok(())
}
