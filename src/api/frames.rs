//! A stream of parts: files and what is told meanwhile, with an answer or a problem at the end. A stream without an end
//! was broken off, wherever that was. Each frame is a byte that says what it is, four bytes of length with the highest
//! first, and so many bytes.

use super::Problem;
use crate::error::{Error, Result, codes};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::io::{Read, Write};

/// A frame is at most so long; only an answer may be longer.
pub const LONGEST: usize = 1 << 20;
/// An answer is at most so long.
pub const LONGEST_ANSWER: usize = 256 << 20;

/// One frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// The arguments of a change, before its files.
    Arguments(Vec<u8>),
    /// A part begins.
    Begin(Part),
    /// Bytes of a part.
    Bytes(u32, Vec<u8>),
    /// A part is complete.
    End(u32),
    /// A row of an import, as JSON.
    Row(Vec<u8>),
    /// How far it is.
    Progress(Progress),
    /// The end: whether anything was changed, and the answer as JSON.
    Answer(bool, Vec<u8>),
    /// The end: it failed.
    Problem(Problem),
}

/// A file on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// What its bytes are marked with.
    pub part: u32,
    /// Its path below the folder; none for the one report.
    pub name: Option<String>,
}

/// How far the reading of an input is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// The input.
    pub name: String,
    /// Bytes read.
    pub read: u64,
    /// Bytes in all.
    pub length: u64,
}

impl Frame {
    fn mark(&self) -> u8 {
        match self {
            Self::Arguments(_) => b'C',
            Self::Begin(_) => b'P',
            Self::Bytes(..) => b'B',
            Self::End(_) => b'E',
            Self::Row(_) => b'R',
            Self::Progress(_) => b'S',
            Self::Answer(..) => b'A',
            Self::Problem(_) => b'X',
        }
    }

    /// Writes it.
    ///
    /// # Errors
    /// The stream's own; `E0008` for a frame that is too long.
    pub fn write(&self, out: &mut dyn Write) -> Result<()> {
        match self {
            Self::Arguments(json) | Self::Row(json) => put(out, self.mark(), &[json]),
            Self::Begin(part) => put(out, self.mark(), &[&to_json(part)?]),
            Self::Bytes(part, bytes) => put_bytes(out, *part, bytes),
            Self::End(part) => put(out, self.mark(), &[&part.to_be_bytes()]),
            Self::Progress(progress) => put(out, self.mark(), &[&to_json(progress)?]),
            Self::Answer(changed, json) => put(out, self.mark(), &[&[u8::from(*changed)], json]),
            Self::Problem(problem) => put(out, self.mark(), &[&to_json(problem)?]),
        }
    }

    /// The frame as bytes.
    ///
    /// # Errors
    /// As [`Frame::write`].
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.write(&mut bytes)?;
        Ok(bytes)
    }

    /// Reads the next; none where the stream ends between two.
    ///
    /// # Errors
    /// `E0812` when it breaks off, `E0800` for what is no frame.
    pub fn read(from: &mut dyn Read) -> Result<Option<Self>> {
        let mut head = [0; 5];
        let got = from.read(&mut head[..1]).map_err(broken_off)?;
        if got == 0 {
            return Ok(None);
        }
        from.read_exact(&mut head[1..]).map_err(broken_off)?;
        let (mark, length) = read_head(head)?;
        let mut content = Vec::new();
        let took = from
            .take(length as u64)
            .read_to_end(&mut content)
            .map_err(broken_off)?;
        if took < length {
            return Err(cut());
        }
        Self::parse(mark, content).map(Some)
    }

    fn parse(mark: u8, mut content: Vec<u8>) -> Result<Self> {
        Ok(match mark {
            b'C' => Self::Arguments(content),
            b'R' => Self::Row(content),
            b'P' => Self::Begin(from_json(&content)?),
            b'S' => Self::Progress(from_json(&content)?),
            b'X' => Self::Problem(from_json(&content)?),
            b'E' => Self::End(number(&content)?),
            b'B' => {
                let part = number(&content)?;
                content.drain(..4);
                Self::Bytes(part, content)
            }
            b'A' if matches!(content.first(), Some(0 | 1)) => {
                let changed = content.remove(0) == 1;
                Self::Answer(changed, content)
            }
            _ => return Err(no_frame()),
        })
    }
}

/// Writes bytes of a part, in as many frames as they need.
///
/// # Errors
/// The stream's own.
pub fn put_bytes(out: &mut dyn Write, part: u32, bytes: &[u8]) -> Result<()> {
    for chunk in bytes.chunks(LONGEST - 4) {
        put(out, b'B', &[&part.to_be_bytes(), chunk])?;
    }
    Ok(())
}

fn put(out: &mut dyn Write, mark: u8, pieces: &[&[u8]]) -> Result<()> {
    let length: usize = pieces.iter().map(|piece| piece.len()).sum();
    if length > longest(mark) {
        return Err(codes::IO_FAILED.error("a message is too long to be sent"));
    }
    let length = u32::try_from(length).unwrap_or(u32::MAX);
    out.write_all(&[mark])?;
    out.write_all(&length.to_be_bytes())?;
    for piece in pieces {
        out.write_all(piece)?;
    }
    Ok(())
}

const fn longest(mark: u8) -> usize {
    match mark {
        b'A' => LONGEST_ANSWER,
        _ => LONGEST,
    }
}

fn read_head(head: [u8; 5]) -> Result<(u8, usize)> {
    let [mark, length @ ..] = head;
    let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
    if length > longest(mark) || !b"CPBERSAX".contains(&mark) {
        return Err(no_frame());
    }
    Ok((mark, length))
}

/// Puts frames together from pieces that come as they come. It holds one frame at a time.
#[derive(Debug, Default)]
pub struct Assembler {
    held: Vec<u8>,
}

impl Assembler {
    /// Takes a piece, and hands on each frame that is complete.
    ///
    /// # Errors
    /// `E0800` for what is no frame; what `each` answers.
    pub fn take(&mut self, piece: &[u8], mut each: impl FnMut(Frame) -> Result<()>) -> Result<()> {
        self.held.extend_from_slice(piece);
        let mut at = 0;
        while let Some(head) = self.held.get(at..at + 5).and_then(|head| head.try_into().ok()) {
            let (mark, length) = read_head(head)?;
            // No answer comes from here; so long a frame would only be a heap of memory.
            if length > LONGEST {
                return Err(no_frame());
            }
            let Some(content) = self.held.get(at + 5..at + 5 + length) else {
                break;
            };
            each(Frame::parse(mark, content.to_vec())?)?;
            at += 5 + length;
        }
        self.held.drain(..at);
        Ok(())
    }

    /// Passes when the stream ended between two frames.
    ///
    /// # Errors
    /// `E0812` when it broke off.
    pub fn finish(&self) -> Result<()> {
        if self.held.is_empty() { Ok(()) } else { Err(cut()) }
    }
}

fn number(content: &[u8]) -> Result<u32> {
    let bytes = content.get(..4).and_then(|bytes| bytes.try_into().ok());
    bytes.map(u32::from_be_bytes).ok_or_else(no_frame)
}

fn to_json(value: &impl Serialize) -> Result<Vec<u8>> {
    let unwritable = |error| {
        codes::IO_FAILED
            .error("a message cannot be written")
            .because(error)
    };
    serde_json::to_vec(value).map_err(unwritable)
}

fn from_json<T: serde::de::DeserializeOwned>(content: &[u8]) -> Result<T> {
    let value: Value = super::address::json(content, "a frame")?;
    serde_json::from_value(value).map_err(|error| no_frame().because(error))
}

fn no_frame() -> Error {
    codes::BAD_REQUEST.error("the stream is not made of frames")
}

fn broken_off(error: std::io::Error) -> Error {
    cut().because(error)
}

/// The other end went away before the end.
pub fn cut() -> Error {
    codes::BROKEN_OFF.error("the connection to the hub broke off before the end")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn frames() -> Vec<Frame> {
        vec![
            Frame::Arguments(b"{}".to_vec()),
            Frame::Begin(Part {
                part: 7,
                name: Some("a/b.csv".to_owned()),
            }),
            Frame::Bytes(7, b"abc".to_vec()),
            Frame::End(7),
            Frame::Row(b"[1]".to_vec()),
            Frame::Progress(Progress {
                name: "x".to_owned(),
                read: 1,
                length: 2,
            }),
            Frame::Problem(Problem::of(&codes::RULE.error("no"))),
            Frame::Answer(true, b"[]".to_vec()),
        ]
    }

    fn bytes(frames: &[Frame]) -> Vec<u8> {
        frames
            .iter()
            .flat_map(|frame| frame.to_bytes().unwrap())
            .collect()
    }

    fn read_all(mut from: &[u8]) -> Result<Vec<Frame>> {
        let mut all = Vec::new();
        while let Some(frame) = Frame::read(&mut from)? {
            all.push(frame);
        }
        Ok(all)
    }

    #[test]
    fn what_is_written_is_read() {
        assert_eq!(read_all(&bytes(&frames())).unwrap(), frames());
    }

    #[test]
    fn a_frame_that_is_cut_is_no_frame() {
        let whole = bytes(&frames()[..3]);
        let ends: Vec<usize> = (0..=3).map(|n| bytes(&frames()[..n]).len()).collect();
        for length in 0..whole.len() {
            match read_all(&whole[..length]) {
                Ok(read) => assert_eq!(ends[read.len()], length),
                Err(error) => assert_eq!(error.code.id, "E0812", "{length}"),
            }
        }
    }

    #[test]
    fn many_bytes_take_many_frames() {
        let mut out = Vec::new();
        let long = vec![7; 3 * LONGEST];
        put_bytes(&mut out, 1, &long).unwrap();
        let read = read_all(&out).unwrap();
        let together = read.iter().flat_map(|frame| match frame {
            Frame::Bytes(1, bytes) => bytes.clone(),
            other => panic!("{other:?}"),
        });
        assert!(together.eq(long));
    }

    proptest! {
        #[test]
        fn noise_is_refused_and_never_believed(noise in any::<Vec<u8>>()) {
            let _ = read_all(&noise);
            let _ = Assembler::default().take(&noise, |_| Ok(()));
        }

        #[test]
        fn pieces_of_any_length_make_the_same_frames(lengths in proptest::collection::vec(1_usize..20, 1..100)) {
            let whole = bytes(&frames());
            let (mut assembler, mut all, mut rest) = (Assembler::default(), Vec::new(), whole.as_slice());
            for length in lengths.iter().cycle() {
                if rest.is_empty() { break; }
                let (piece, after) = rest.split_at((*length).min(rest.len()));
                assembler.take(piece, |frame| { all.push(frame); Ok(()) }).unwrap();
                rest = after;
            }
            assembler.finish().unwrap();
            prop_assert_eq!(all, frames());
        }
    }
}
