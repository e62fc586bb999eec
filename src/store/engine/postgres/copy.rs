//! Many rows into a table or out of it at once, in the server's own form.

use super::value::is_text;
use super::{Session, text};
use crate::store::engine::{Error, Result};
use bytes::{BufMut, Bytes, BytesMut};
use futures_util::{SinkExt, StreamExt};
use rusqlite::types::ValueRef;
use std::cell::Cell;
use std::pin::Pin;
use tokio_postgres::CopyInSink;
use tokio_postgres::types::Type;

/// How much is put together before it is sent.
const TOGETHER: usize = 1 << 17;

/// How the server's own form begins; flags and the length of nothing follow.
const HEAD: &[u8] = b"PGCOPY\n\xff\r\n\0";

/// Rows on their way to the server.
pub(crate) struct CopyIn<'s> {
    session: &'s Session,
    sink: Pin<Box<CopyInSink<Bytes>>>,
    buffer: BytesMut,
}

impl Session {
    /// Begins a `COPY ... FROM STDIN BINARY`.
    pub fn copy_in(&self, sql: &str) -> Result<CopyIn<'_>> {
        let sql = text::translated(sql);
        let sink = self.flight(self.client.copy_in::<_, Bytes>(&sql))?;
        let mut buffer = BytesMut::with_capacity(TOGETHER * 2);
        buffer.put_slice(HEAD);
        buffer.put_i32(0);
        buffer.put_i32(0);
        Ok(CopyIn {
            session: self,
            sink: Box::pin(sink),
            buffer,
        })
    }
}

fn misfit(sort: rusqlite::types::Type) -> Error {
    Error::Sqlite(rusqlite::Error::InvalidColumnType(0, "a value".to_owned(), sort))
}

/// A number in a narrower type.
fn narrow<W, N: TryFrom<W>>(number: W) -> Result<N> {
    N::try_from(number).map_err(|_| misfit(rusqlite::types::Type::Integer))
}

impl Session {
    /// What a `COPY ... TO STDOUT BINARY` says, all of it: whoever asks bounds how much that is. Nothing of it is on its
    /// way any more when this returns, so that other things can be asked for each row.
    pub fn copy_out(&self, sql: &str) -> Result<CopyOut> {
        let sql = text::translated(sql);
        let mut stream = Box::pin(self.flight(self.client.copy_out(&sql))?);
        let mut bytes = Vec::with_capacity(TOGETHER);
        let done = self.wait(async {
            while let Some(part) = stream.next().await {
                bytes.extend_from_slice(&part?);
            }
            Ok(())
        })?;
        self.heard(done)?;
        CopyOut::of(bytes)
    }
}

/// Rows that came out.
pub(crate) struct CopyOut {
    bytes: Vec<u8>,
    /// Where the next row begins.
    at: Cell<usize>,
}

impl CopyOut {
    fn of(bytes: Vec<u8>) -> Result<Self> {
        let out = Self {
            bytes,
            at: Cell::new(HEAD.len() + 8),
        };
        if !out.bytes.starts_with(HEAD) {
            return Err(Error::Broken);
        }
        // What else stands in the head is skipped, as the server's own programs do.
        let more = usize::try_from(out.length(HEAD.len() + 4)?);
        out.at.set(out.at.get() + more.unwrap_or_default());
        Ok(out)
    }

    /// The values of the next row, none where there is none; false at the end.
    pub fn next<'c, const N: usize>(&'c self, row: &mut [Option<&'c [u8]>; N]) -> Result<bool> {
        let mut at = self.at.get();
        let count = self.bytes.get(at..at + 2).ok_or(Error::Broken)?;
        if count == [0xff; 2] {
            return Ok(false);
        }
        at += 2;
        for value in row {
            let length = self.length(at)?;
            at += 4;
            *value = None;
            if let Ok(length) = usize::try_from(length) {
                *value = Some(self.bytes.get(at..at + length).ok_or(Error::Broken)?);
                at += length;
            }
        }
        self.at.set(at);
        Ok(true)
    }

    fn length(&self, at: usize) -> Result<i32> {
        let bytes = self.bytes.get(at..).and_then(<[u8]>::first_chunk);
        Ok(i32::from_be_bytes(*bytes.ok_or(Error::Broken)?))
    }
}

impl CopyIn<'_> {
    /// Begins a row of so many columns.
    pub fn begin_row(&mut self, columns: i16) {
        self.buffer.put_i16(columns);
    }

    /// A column of eight bytes.
    pub fn bigint(&mut self, value: i64) {
        self.buffer.put_i32(8);
        self.buffer.put_i64(value);
    }

    /// A column of four bytes.
    pub fn integer(&mut self, value: i32) {
        self.buffer.put_i32(4);
        self.buffer.put_i32(value);
    }

    /// A column of two bytes.
    pub fn smallint(&mut self, value: i16) {
        self.buffer.put_i32(2);
        self.buffer.put_i16(value);
    }

    /// A column of text, or none.
    pub fn text(&mut self, value: Option<&str>) {
        let length = value.map_or(Ok(-1), |text| i32::try_from(text.len()));
        // A text of two gigabytes never came so far.
        self.buffer.put_i32(length.unwrap_or(-1));
        self.buffer.put_slice(value.unwrap_or_default().as_bytes());
    }

    /// A column of whatever the server takes there, from a value as SQLite has it.
    pub fn value(&mut self, value: ValueRef<'_>, ty: &Type) -> Result<()> {
        match (value, ty) {
            (ValueRef::Null, _) => self.buffer.put_i32(-1),
            (ValueRef::Integer(number), &Type::INT8) => self.bigint(number),
            (ValueRef::Integer(number), &Type::INT4) => self.integer(narrow(number)?),
            (ValueRef::Integer(number), &Type::INT2) => self.smallint(narrow(number)?),
            (ValueRef::Text(bytes), ty) if is_text(ty) => self.bytes(bytes)?,
            (ValueRef::Blob(bytes), &Type::BYTEA) => self.bytes(bytes)?,
            (value, _) => return Err(misfit(value.data_type())),
        }
        Ok(())
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<()> {
        self.buffer.put_i32(narrow(bytes.len())?);
        self.buffer.put_slice(bytes);
        Ok(())
    }

    /// Ends a row.
    pub fn end_row(&mut self) -> Result<()> {
        if self.buffer.len() < TOGETHER {
            return Ok(());
        }
        let full = self.buffer.split().freeze();
        self.buffer.reserve(TOGETHER * 2);
        let sent = self.session.wait(self.sink.send(full))?;
        self.session.heard(sent)
    }

    /// Ends the rows.
    pub fn finish(mut self) -> Result<()> {
        self.buffer.put_i16(-1);
        let rest = self.buffer.split().freeze();
        let session = self.session;
        let done = session.wait(async {
            self.sink.send(rest).await?;
            self.sink.as_mut().finish().await
        })?;
        session.wrote(session.heard(done)?);
        Ok(())
    }
}
