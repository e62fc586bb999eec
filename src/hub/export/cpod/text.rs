//! The report as CSV, TSV, JSON or JSON Lines.

use super::Sink;
use super::line::{COLUMNS, Delivery, FIXED, Line, SUMMARY_COLUMNS, WORKSPACE};
use crate::error::{Error, Result};
use crate::output::{Drain, Encoder, Text, Value, Written};

/// Writes rows as text while they come. What all deliveries of an entitlement share is formatted once.
#[derive(Debug)]
pub struct TextSink {
    encoder: Encoder,
    drain: Drain,
    summary: bool,
    before: Vec<u8>,
    after: Vec<u8>,
}

impl TextSink {
    /// Begins the report.
    pub fn new(text: Text, summary: bool, mut drain: Drain) -> Self {
        let mut encoder = if summary {
            Encoder::new(text, SUMMARY_SCHEMA, SUMMARY_COLUMNS)
        } else {
            Encoder::new(text, SCHEMA, COLUMNS)
        };
        encoder.begin(drain.block());
        Self {
            encoder,
            drain,
            summary,
            before: Vec::new(),
            after: Vec::new(),
        }
    }

    /// Ends the report.
    ///
    /// # Errors
    /// When writing has failed.
    pub fn finish(mut self) -> Result<Written> {
        self.encoder.end(self.drain.block());
        self.drain.finish()
    }

    /// Ends it after a failure: no file appears.
    pub fn abandon(self, failure: Error) -> Error {
        self.drain.abandon(failure)
    }

    /// Formats what stands around the workspace in every row of the entitlement.
    fn prepare(&mut self, line: &Line) {
        let values = line.values("");
        self.before.clear();
        self.after.clear();
        for (nth, value) in values.into_iter().enumerate() {
            if nth != WORKSPACE {
                let part = if nth < WORKSPACE {
                    &mut self.before
                } else {
                    &mut self.after
                };
                self.encoder.cell(part, nth, value);
            }
        }
    }

    fn write(&mut self, workspace: &str, rest: &[Value<'_>; COLUMNS.len() - FIXED]) -> Result<()> {
        let out = self.drain.block();
        self.encoder.begin_row(out);
        out.extend_from_slice(&self.before);
        self.encoder.cell(out, WORKSPACE, Value::text(workspace));
        out.extend_from_slice(&self.after);
        for (nth, value) in rest.iter().enumerate() {
            self.encoder.cell(out, FIXED + nth, *value);
        }
        self.encoder.end_row(out);
        self.drain.pass_on()
    }
}

/// Name and version of the rows.
pub const SCHEMA: &str = "export.cpod/1";
/// Name and version of the rows of `--summary`.
pub const SUMMARY_SCHEMA: &str = "export.cpod-summary/1";

impl Sink for TextSink {
    fn line(&mut self, line: &Line) -> Result<()> {
        if self.summary {
            self.encoder.row(self.drain.block(), &line.summary());
            return self.drain.pass_on();
        }
        self.prepare(line);
        if line.deliveries == 0 {
            self.write(&line.workspaces, &[Value::Empty; COLUMNS.len() - FIXED])?;
        }
        Ok(())
    }

    fn delivery(&mut self, _: &Line, delivery: &Delivery<'_>) -> Result<()> {
        self.write(delivery.workspace, &delivery.values())
    }
}
