//! An answer that is written while it is found: from a worker to whoever asked, with bounded memory between them.

use crate::api::frames::{self, Frame, Part, Progress};
use crate::api::{FRAMES, Problem};
use crate::error::{Error, Result, codes};
use crate::hub::Outlet;
use crate::hub::import::{RowResult, Watch};
use crate::output::Drain;
use axum::body::Bytes;
use std::fmt;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::runtime::Handle;
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// So many pieces are on their way at most.
const PIECES: usize = 4;
/// How often progress is told.
const NEWS: Duration = Duration::from_millis(100);

/// What a worker hands over.
#[derive(Debug)]
pub enum Piece {
    /// The answer begins; of this kind, under this name.
    Begin(Kind),
    /// Some of it.
    Bytes(Bytes),
    /// That was all of it.
    End,
    /// It failed; when nothing has begun, this can still be told.
    Failed(Error),
}

/// How an answer is labelled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    /// The media type.
    pub media: &'static str,
    /// What to call it as a file.
    pub name: Option<String>,
}

/// The worker's end.
#[derive(Clone)]
pub struct Pipe {
    to: Sender<Piece>,
    handle: Handle,
    patience: Duration,
    begun: Arc<Mutex<bool>>,
}

impl fmt::Debug for Pipe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pipe").finish_non_exhaustive()
    }
}

impl Pipe {
    /// Both ends. Whoever takes nothing for as long as `patience` is taken to be gone.
    pub fn new(patience: Duration) -> (Self, Receiver<Piece>) {
        let (to, from) = channel(PIECES);
        let pipe = Self {
            to,
            handle: Handle::current(),
            patience,
            begun: Arc::default(),
        };
        (pipe, from)
    }

    fn send(&self, piece: Piece) -> io::Result<()> {
        let sent = async { tokio::time::timeout(self.patience, self.to.send(piece)).await };
        let gone = || io::Error::new(io::ErrorKind::BrokenPipe, "whoever asked is gone");
        match self.handle.block_on(sent) {
            Ok(Ok(())) => Ok(()),
            _ => Err(gone()),
        }
    }

    /// Begins, unless it has begun.
    fn begin(&self, kind: impl FnOnce() -> Kind) -> io::Result<()> {
        let mut begun = lock(&self.begun);
        if !std::mem::replace(&mut *begun, true) {
            self.send(Piece::Begin(kind()))?;
        }
        Ok(())
    }

    fn has_begun(&self) -> bool {
        *lock(&self.begun)
    }

    fn frame(&self, frame: &Frame) -> Result<()> {
        self.begin(framed)?;
        Ok(self.send(Piece::Bytes(frame.to_bytes()?.into()))?)
    }

    /// Ends a stream of frames with what came of it.
    pub fn finish_frames(&self, done: Result<(bool, Vec<u8>)>) {
        let told = match done {
            Ok((changed, answer)) => self.frame(&Frame::Answer(changed, answer)),
            // Before anything was told, a failure has a status of its own.
            Err(error) if !self.has_begun() => return self.fail(error),
            Err(error) => self.frame(&Frame::Problem(Problem::of(&error))),
        };
        // Whoever is gone has seen no end.
        if told.is_ok() {
            let _ = self.send(Piece::End);
        }
    }

    /// Ends bytes as they are.
    pub fn finish_plain(&self, done: Result<()>, kind: impl FnOnce() -> Kind) {
        match done.and_then(|()| Ok(self.begin(kind)?)) {
            Ok(()) => {
                let _ = self.send(Piece::End);
            }
            Err(error) => self.fail(error),
        }
    }

    fn fail(&self, error: Error) {
        // Nobody may be there any more to hear it.
        let _ = self.send(Piece::Failed(error));
    }
}

fn framed() -> Kind {
    Kind {
        media: FRAMES,
        name: None,
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A report, or the files of a folder, as frames.
#[derive(Debug)]
pub struct FramedOutlet {
    pipe: Pipe,
    parts: u32,
}

impl FramedOutlet {
    /// Nothing is open yet.
    pub fn new(pipe: Pipe) -> Self {
        Self { pipe, parts: 0 }
    }
}

impl Outlet for FramedOutlet {
    fn open(&mut self, name: Option<&str>) -> Result<Drain> {
        let (part, name) = (self.parts, name.map(str::to_owned));
        self.parts += 1;
        self.pipe.frame(&Frame::Begin(Part { part, name }))?;
        let pipe = self.pipe.clone();
        Ok(Drain::stream(Box::new(FramedPart { pipe, part })))
    }
}

/// Bytes of one part. A drain flushes once, at the end.
struct FramedPart {
    pipe: Pipe,
    part: u32,
}

impl Write for FramedPart {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut frames = Vec::with_capacity(bytes.len() + 16);
        frames::put_bytes(&mut frames, self.part, bytes).map_err(io::Error::other)?;
        self.pipe.send(Piece::Bytes(frames.into()))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.pipe.frame(&Frame::End(self.part)).map_err(io::Error::other)
    }
}

/// One report as its bytes.
#[derive(Debug)]
pub struct PlainOutlet {
    pipe: Pipe,
    kind: Kind,
    is_open: bool,
}

impl PlainOutlet {
    /// Nothing is open yet.
    pub fn new(pipe: Pipe, kind: Kind) -> Self {
        Self {
            pipe,
            kind,
            is_open: false,
        }
    }
}

impl Outlet for PlainOutlet {
    fn open(&mut self, name: Option<&str>) -> Result<Drain> {
        if name.is_some() || std::mem::replace(&mut self.is_open, true) {
            let message = format!("several files come as {FRAMES} only");
            return Err(codes::NOT_ACCEPTABLE
                .error(message)
                .hint(format!("ask with Accept: {FRAMES}")));
        }
        let (pipe, kind) = (self.pipe.clone(), self.kind.clone());
        Ok(Drain::stream(Box::new(PlainPart { pipe, kind })))
    }
}

struct PlainPart {
    pipe: Pipe,
    kind: Kind,
}

impl Write for PlainPart {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.pipe.begin(|| self.kind.clone())?;
        self.pipe.send(Piece::Bytes(Bytes::copy_from_slice(bytes)))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Tells whoever asked how a long change goes.
#[derive(Debug)]
pub struct FramedWatch {
    pipe: Pipe,
    rows: bool,
    told: Mutex<Told>,
}

/// Rows are many and small: they go together.
#[derive(Debug, Default)]
struct Told {
    rows: Vec<u8>,
    progress: Option<Instant>,
}

impl FramedWatch {
    /// Tells rows when they are wanted, and progress always.
    pub fn new(pipe: Pipe, rows: bool) -> Self {
        Self {
            pipe,
            rows,
            told: Mutex::default(),
        }
    }

    fn send_rows(&self, told: &mut Told) -> Result<()> {
        if told.rows.is_empty() {
            return Ok(());
        }
        self.pipe.begin(framed)?;
        Ok(self
            .pipe
            .send(Piece::Bytes(std::mem::take(&mut told.rows).into()))?)
    }
}

impl Drop for FramedWatch {
    fn drop(&mut self) {
        // Whoever is gone is found out with the end.
        let _ = self.send_rows(&mut lock(&self.told));
    }
}

/// Rows are told when they make up so much.
const ROWS: usize = 1 << 16;

impl Watch for FramedWatch {
    fn wants_rows(&self) -> bool {
        self.rows
    }

    fn row(&self, row: &RowResult) -> Result<()> {
        let json = serde_json::to_vec(row)
            .map_err(|error| codes::IO_FAILED.error("a row cannot be told").because(error))?;
        let mut told = lock(&self.told);
        Frame::Row(json).write(&mut told.rows)?;
        if told.rows.len() < ROWS {
            return Ok(());
        }
        self.send_rows(&mut told)
    }

    fn progress(&self, name: &str, read: u64, length: u64) {
        let mut told = lock(&self.told);
        let is_news = told.progress.is_none_or(|last| last.elapsed() >= NEWS);
        if !is_news && read < length {
            return;
        }
        told.progress = Some(Instant::now());
        let name = name.to_owned();
        // Whoever is gone is found out with the next row or at the end.
        let _ = self.pipe.frame(&Frame::Progress(Progress { name, read, length }));
    }
}
