//! Bodies: bounded in size and in time. Files of a change go to disk while they come, so that their size costs no
//! memory.

use crate::api::frames::{Assembler, Frame, Part};
use crate::error::{AtPath, Error, Result, codes};
use crate::hub::wire::Carried;
use axum::body::{Body, Bytes};
use http_body_util::BodyExt;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;
use tokio::time::{Instant, timeout_at};

/// So many files may come with a change: each costs a little memory and a place in the folder, however short it is.
const MOST_FILES: usize = 100_000;
/// What a file is found by is no longer.
const LONGEST_NAME: usize = 100;

/// How much of a body is taken, and how slowly it may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Bytes at most.
    pub bytes: u64,
    /// Time between two pieces at most.
    pub pause: Duration,
    /// Time in all at most.
    pub whole: Duration,
}

/// Takes a body piece by piece.
struct Intake {
    body: Body,
    bounds: Bounds,
    end: Instant,
    taken: u64,
}

impl Intake {
    fn new(body: Body, bounds: Bounds) -> Self {
        Self {
            body,
            bounds,
            end: Instant::now() + bounds.whole,
            taken: 0,
        }
    }

    async fn next(&mut self) -> Result<Option<Bytes>> {
        loop {
            let until = self.end.min(Instant::now() + self.bounds.pause);
            let frame = timeout_at(until, self.body.frame())
                .await
                .map_err(|_| too_slow())?;
            let Some(frame) = frame else {
                return Ok(None);
            };
            // Trailers say nothing here.
            if let Ok(piece) = frame.map_err(cut)?.into_data() {
                self.taken += piece.len() as u64;
                if self.taken > self.bounds.bytes {
                    return Err(too_large(self.bounds.bytes));
                }
                return Ok(Some(piece));
            }
        }
    }
}

/// All of a small body.
///
/// # Errors
/// `E0803` when it is too large, `E0806` when it comes too slowly, `E0800` when it breaks off.
pub async fn whole(body: Body, bounds: Bounds) -> Result<Vec<u8>> {
    let (mut intake, mut all) = (Intake::new(body, bounds), Vec::new());
    while let Some(piece) = intake.next().await? {
        all.extend_from_slice(&piece);
    }
    Ok(all)
}

/// A change with its files, as they were sent.
#[derive(Debug)]
pub struct Parcel {
    /// The arguments as JSON.
    pub arguments: Vec<u8>,
    /// Its files as they came.
    pub files: Vec<Carried>,
    /// The folder they lie in, which goes with this value.
    _folder: Option<TempDir>,
}

impl Parcel {
    /// A change without files.
    pub fn of(arguments: Vec<u8>) -> Self {
        Self {
            arguments,
            files: Vec::new(),
            _folder: None,
        }
    }
}

/// Takes a change with its files.
///
/// # Errors
/// As [`whole`], and when the files cannot be written.
pub async fn parcel(body: Body, bounds: Bounds, spool: Option<&Path>) -> Result<Parcel> {
    let (mut intake, mut unpacking) = (Intake::new(body, bounds), Unpacking::new(spool)?);
    let mut assembler = Assembler::default();
    while let Some(piece) = intake.next().await? {
        assembler.take(&piece, |frame| unpacking.take(frame))?;
    }
    assembler.finish()?;
    unpacking.finish()
}

struct Unpacking {
    folder: TempDir,
    arguments: Option<Vec<u8>>,
    files: Vec<Carried>,
    open: Option<(u32, File)>,
}

impl Unpacking {
    fn new(spool: Option<&Path>) -> Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix("servhub-");
        let folder = match spool {
            Some(spool) => builder.tempdir_in(spool).at(spool)?,
            None => builder.tempdir()?,
        };
        Ok(Self {
            folder,
            arguments: None,
            files: Vec::new(),
            open: None,
        })
    }

    fn take(&mut self, frame: Frame) -> Result<()> {
        match frame {
            Frame::Arguments(json) if self.arguments.is_none() => self.arguments = Some(json),
            Frame::Begin(_) if self.files.len() >= MOST_FILES => return Err(too_many()),
            Frame::Begin(part) if self.open.is_none() && self.is_next(&part) => {
                // Never by the name that the sender gave it.
                let path = self.folder.path().join(part.part.to_string());
                self.open = Some((part.part, File::create_new(&path).at(&path)?));
                let name = part.name;
                self.files.push(Carried { path, name });
            }
            Frame::Bytes(part, bytes) => self.file(part)?.write_all(&bytes)?,
            Frame::End(part) => {
                self.file(part)?;
                self.open = None;
            }
            _ => return Err(out_of_order()),
        }
        Ok(())
    }

    /// Whether a file can come now. What the names are worth, the change says.
    fn is_next(&self, part: &Part) -> bool {
        let is_short = part.name.as_ref().is_none_or(|name| name.len() <= LONGEST_NAME);
        is_short && usize::try_from(part.part) == Ok(self.files.len())
    }

    fn file(&mut self, part: u32) -> Result<&mut File> {
        let open = self.open.as_mut().filter(|(open, _)| *open == part);
        open.map(|(_, file)| file).ok_or_else(out_of_order)
    }

    fn finish(self) -> Result<Parcel> {
        match (self.arguments, self.open) {
            (Some(arguments), None) => Ok(Parcel {
                arguments,
                files: self.files,
                _folder: Some(self.folder),
            }),
            _ => Err(out_of_order()),
        }
    }
}

fn out_of_order() -> Error {
    codes::BAD_REQUEST.error(
        "the frames are not in order: the arguments first, then each file from its beginning to its end",
    )
}

fn too_slow() -> Error {
    codes::TOO_SLOW.error("the body came too slowly")
}

/// "It is too much."
pub fn too_large(bytes: u64) -> Error {
    codes::TOO_LARGE.error(format!("the body has more than {bytes} bytes"))
}

fn too_many() -> Error {
    codes::TOO_LARGE.error(format!("more than {MOST_FILES} files came"))
}

fn cut(error: axum::Error) -> Error {
    codes::BAD_REQUEST.error("the body broke off").because(error)
}
