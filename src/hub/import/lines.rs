//! Reading rows: CSV by RFC 4180 as people save it, and JSON Lines. Always one row at a time.

use crate::error::{AtPath, Result};
use crate::hub::import::source::Source;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};

/// A quoted cell that has not ended after so much is taken for one whose quote is missing.
const LONGEST: usize = 64 << 20;

/// Passes bytes on and keeps their hash and count.
#[derive(Debug)]
struct Hashing {
    file: File,
    hash: Option<Sha256>,
    read: u64,
}

impl Read for Hashing {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.file.read(into)?;
        if let Some(hash) = &mut self.hash {
            hash.update(&into[..count]);
        }
        self.read += count as u64;
        Ok(count)
    }
}

/// The cells of one row, all in one piece of memory that is used again for the next.
#[derive(Debug, Default)]
pub(super) struct Cells {
    /// Line in the file on which the row begins, from 1.
    pub line: u64,
    text: Vec<u8>,
    ends: Vec<usize>,
}

/// What is wrong with a row before its cells are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    /// A quote is never closed.
    OpenQuote,
    /// After a closing quote comes something else than a delimiter.
    StrayQuote,
}

impl Cells {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// One cell.
    pub fn get(&self, place: usize) -> &[u8] {
        &self.text[self.range(place)]
    }

    /// Where a cell stands in [`Cells::bytes`].
    pub fn range(&self, place: usize) -> std::ops::Range<usize> {
        let start = if place == 0 { 0 } else { self.ends[place - 1] };
        start..self.ends[place]
    }

    /// All of the row's text, to be checked for valid UTF-8 in one go.
    pub fn bytes(&self) -> &[u8] {
        &self.text
    }

    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }
}

/// A file, line by line.
#[derive(Debug)]
pub(super) struct Lines {
    input: BufReader<Hashing>,
    raw: Vec<u8>,
    line: u64,
    delimiter: u8,
    /// What stands before the decimals of a number: a comma where cells are separated by semicolons.
    pub decimal: char,
    /// The file began with a byte order mark: what our spreadsheet dialect writes.
    pub has_mark: bool,
}

impl Lines {
    pub fn open(source: &Source, hashed: bool) -> Result<Self> {
        let file = File::open(&source.path).at(&source.path)?;
        let hash = hashed.then(Sha256::new);
        let reader = Hashing { file, hash, read: 0 };
        Ok(Self {
            input: BufReader::with_capacity(256 << 10, reader),
            raw: Vec::new(),
            line: 0,
            delimiter: b',',
            decimal: '.',
            has_mark: false,
        })
    }

    /// How many bytes were taken from the file.
    pub fn taken(&self) -> u64 {
        self.input.get_ref().read
    }

    /// The hash of the whole file; call it at the end.
    pub fn sha256(self) -> String {
        let hash = self.input.into_inner().hash.unwrap_or_default();
        hex(&hash.finalize())
    }

    /// The next line as it stands, without its end; none at the end of the file.
    pub fn plain(&mut self) -> std::io::Result<Option<(u64, &[u8])>> {
        loop {
            self.raw.clear();
            if self.input.read_until(b'\n', &mut self.raw)? == 0 {
                return Ok(None);
            }
            self.line += 1;
            self.skip_mark();
            let text = without_end(&self.raw).len();
            if !self.raw[..text].iter().all(u8::is_ascii_whitespace) {
                return Ok(Some((self.line, &self.raw[..text])));
            }
        }
    }

    fn skip_mark(&mut self) {
        if self.line == 1 && self.raw.starts_with(b"\xEF\xBB\xBF") {
            self.raw.drain(..3);
            self.has_mark = true;
        }
    }

    /// Reads the header and finds out what separates cells.
    pub fn header(&mut self, cells: &mut Cells) -> std::io::Result<Option<Result<(), Broken>>> {
        let Some((_, first)) = self.plain()? else {
            return Ok(None);
        };
        let count = |wanted: u8| first.iter().filter(|byte| **byte == wanted).count();
        if count(b';') > count(b',') {
            (self.delimiter, self.decimal) = (b';', ',');
        }
        self.split(cells).map(Some)
    }

    /// Reads the next row; blank lines are passed over. None at the end of the file.
    pub fn row(&mut self, cells: &mut Cells) -> std::io::Result<Option<Result<(), Broken>>> {
        loop {
            self.raw.clear();
            if self.input.read_until(b'\n', &mut self.raw)? == 0 {
                return Ok(None);
            }
            self.line += 1;
            self.skip_mark();
            if !without_end(&self.raw).is_empty() {
                return self.split(cells).map(Some);
            }
        }
    }

    fn split(&mut self, cells: &mut Cells) -> std::io::Result<Result<(), Broken>> {
        cells.clear();
        cells.line = self.line;
        if self.raw.contains(&b'"') {
            return self.split_quoted(cells);
        }
        for cell in without_end(&self.raw).split(|byte| *byte == self.delimiter) {
            cells.text.extend_from_slice(cell);
            cells.ends.push(cells.text.len());
        }
        Ok(Ok(()))
    }

    /// Cells with quotes; a quoted one may go on over several lines.
    fn split_quoted(&mut self, cells: &mut Cells) -> std::io::Result<Result<(), Broken>> {
        let mut at = 0;
        loop {
            if self.raw.get(at) == Some(&b'"') {
                at += 1;
                match self.quoted(cells, at)? {
                    Ok(next) => at = next,
                    Err(broken) => return Ok(Err(broken)),
                }
            } else {
                let text = without_end(&self.raw);
                let rest = text.get(at..).unwrap_or_default();
                let length = rest.iter().position(|byte| *byte == self.delimiter);
                let cell = &rest[..length.unwrap_or(rest.len())];
                cells.text.extend_from_slice(cell);
                at += cell.len();
            }
            cells.ends.push(cells.text.len());
            if at >= without_end(&self.raw).len() {
                return Ok(Ok(()));
            }
            if self.raw[at] != self.delimiter {
                return Ok(Err(Broken::StrayQuote));
            }
            at += 1;
        }
    }

    /// The inside of a quoted cell that begins at `at`; answers where the closing quote is behind.
    fn quoted(&mut self, cells: &mut Cells, mut at: usize) -> std::io::Result<Result<usize, Broken>> {
        loop {
            let rest = &self.raw[at..];
            match rest.iter().position(|byte| *byte == b'"') {
                Some(length) if rest.get(length + 1) == Some(&b'"') => {
                    cells.text.extend_from_slice(&rest[..=length]);
                    at += length + 2;
                }
                Some(length) => {
                    cells.text.extend_from_slice(&rest[..length]);
                    return Ok(Ok(at + length + 1));
                }
                None => {
                    cells.text.extend_from_slice(rest);
                    self.raw.clear();
                    at = 0;
                    let too_long = cells.text.len() > LONGEST;
                    if too_long || self.input.read_until(b'\n', &mut self.raw)? == 0 {
                        return Ok(Err(Broken::OpenQuote));
                    }
                    self.line += 1;
                }
            }
        }
    }
}

fn without_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        for half in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(half), 16).unwrap_or('0'));
        }
        text
    })
}
