//! Choosing and applying a format.

use super::{Dialect, Listing, delimited, jq, json, markdown, table};
use crate::domain::words::words;
use crate::error::Result;

words! {
    /// How an answer is written (K-4).
    Format, "output format" {
        /// For reading.
        Table = "table",
        /// RFC 4180.
        Csv = "csv",
        /// Tab-separated; tabs and line ends within a value are escaped.
        Tsv = "tsv",
        /// One document with a schema version.
        Json = "json",
        /// One JSON object a line.
        Jsonl = "jsonl",
        /// A Markdown table.
        Md = "md",
    }
}

words! {
    /// How a report is exported (K-4).
    ReportFormat, "report format" {
        /// RFC 4180, or a dialect for spreadsheets.
        Csv = "csv",
        /// Tab-separated; tabs and line ends within a value are escaped.
        Tsv = "tsv",
        /// One document with a schema version.
        Json = "json",
        /// One JSON object a line.
        Jsonl = "jsonl",
        /// A workbook with typed cells.
        Xlsx = "xlsx",
        /// One page with charts, for reading and printing.
        Html = "html",
    }
}

/// Everything besides the rows that decides how an answer looks.
#[derive(Debug, Clone)]
pub struct Style {
    /// The format.
    pub format: Format,
    /// Columns picked with `--columns`; empty means all.
    pub columns: Vec<String>,
    /// A jq program to run over the JSON.
    pub jq: Option<String>,
    /// How CSV is written.
    pub dialect: Dialect,
    /// Colours may be used.
    pub fancy: bool,
    /// Width of the terminal in characters; none when there is no terminal: no bar, nothing is wrapped (K-4).
    pub width: Option<u16>,
}

/// Writes a listing in the chosen format.
///
/// # Errors
/// `E0101` for an unknown column, `E0102` for a jq program that fails.
pub fn render(listing: Listing, style: &Style) -> Result<Vec<u8>> {
    let listing = if style.columns.is_empty() {
        listing
    } else {
        listing.pick(&style.columns)?
    };
    if let Some(program) = &style.jq {
        return jq::run(program, &json::document(&listing)?);
    }
    match style.format {
        Format::Table => Ok(table::write(&listing, style).into_bytes()),
        Format::Csv => delimited::csv(&listing, style.dialect),
        Format::Tsv => Ok(delimited::tsv(&listing).into_bytes()),
        Format::Json => json::document(&listing).map(|text| (text + "\n").into_bytes()),
        Format::Jsonl => json::lines(&listing).map(String::into_bytes),
        Format::Md => Ok(markdown::write(&listing).into_bytes()),
    }
}
