//! What a customer needs to check a report: what was asked, of which state of the store, and the hash (K-15).

use super::{Made, Selection};
use crate::domain::Day;
use crate::error::{Result, codes};
use crate::output::Written;
use serde::Serialize;
use std::fmt::Write;

/// The manifest of a report.
#[derive(Debug, Serialize)]
pub struct Manifest<'a> {
    schema: &'static str,
    report: &'a str,
    made_by: &'static str,
    as_of: Day,
    parameters: Parameters<'a>,
    audit_head: Head,
    rows: u64,
    bytes: u64,
    sha256: &'a str,
}

/// What was asked.
#[derive(Debug, Serialize)]
pub struct Parameters<'a> {
    /// What the report covers.
    #[serde(flatten)]
    pub selection: &'a Selection,
    /// `--as-of`, when it was given.
    pub as_of: Option<Day>,
    /// The format.
    pub output: &'a str,
    /// The CSV dialect, where it matters.
    pub csv_dialect: Option<&'a str>,
    /// `--summary`.
    pub summary: bool,
}

#[derive(Debug, Serialize)]
struct Head {
    id: i64,
    hash: String,
}

impl<'a> Manifest<'a> {
    /// The manifest of a report that was made and written.
    pub fn new(report: &'a str, parameters: Parameters<'a>, made: &Made, written: &'a Written) -> Self {
        let (id, hash) = &made.audit_head;
        Self {
            schema: "export.manifest/1",
            report,
            made_by: concat!("servhub ", env!("CARGO_PKG_VERSION")),
            as_of: made.as_of,
            parameters,
            audit_head: Head {
                id: *id,
                hash: hash.iter().fold(String::new(), |mut text, byte| {
                    let _ = write!(text, "{byte:02x}");
                    text
                }),
            },
            rows: made.rows,
            bytes: written.bytes,
            sha256: &written.sha256,
        }
    }

    /// As indented JSON.
    ///
    /// # Errors
    /// Never for a manifest; the encoder's type says it might.
    pub fn json(&self) -> Result<Vec<u8>> {
        let text = serde_json::to_string_pretty(self).map_err(|error| {
            codes::IO_FAILED
                .error("the manifest could not be written as JSON")
                .because(error)
        })?;
        Ok((text + "\n").into_bytes())
    }
}
