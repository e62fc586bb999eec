//! Many rows into a table at once, in the server's own form.

use super::{Session, text};
use crate::store::engine::Result;
use bytes::{BufMut, Bytes, BytesMut};
use futures_util::SinkExt;
use std::pin::Pin;
use tokio_postgres::CopyInSink;

/// How much is put together before it is sent.
const TOGETHER: usize = 1 << 17;

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
        buffer.put_slice(b"PGCOPY\n\xff\r\n\0");
        buffer.put_i32(0);
        buffer.put_i32(0);
        Ok(CopyIn {
            session: self,
            sink: Box::pin(sink),
            buffer,
        })
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
