//! CSV by RFC 4180, its spreadsheet dialect, and TSV (K-16).

use super::Listing;
use crate::domain::words::words;
use crate::error::{Result, codes};
use std::borrow::Cow;

words! {
    /// How CSV is written.
    Dialect, "CSV dialect" {
        /// RFC 4180, UTF-8, commas: for programs, and for `servhub import`.
        Rfc4180 = "rfc4180",
        /// For spreadsheets: a byte order mark, semicolons, decimal commas, and no cell can become a formula.
        Excel = "excel",
        /// The same with commas and decimal points, for locales that write so.
        ExcelComma = "excel-comma",
    }
}

impl Dialect {
    /// What separates cells.
    pub const fn delimiter(self) -> u8 {
        if matches!(self, Self::Excel) { b';' } else { b',' }
    }

    /// What stands before decimals: a spreadsheet that separates cells with semicolons takes 1.5 for the first of May.
    pub const fn decimal(self) -> u8 {
        if matches!(self, Self::Excel) { b',' } else { b'.' }
    }

    /// Whether cells are made safe for spreadsheets.
    pub const fn defuses(self) -> bool {
        !matches!(self, Self::Rfc4180)
    }
}

/// What a spreadsheet may take for the beginning of a formula, full-width forms included.
const TRIGGERS: [char; 11] = [
    '=', '+', '-', '@', '\t', '\r', '\n', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}',
];

/// Makes a text that a spreadsheet would run inert, by an apostrophe in front. A text that begins with
/// apostrophes before a trigger gets one more, so that [`refuse`] can undo exactly this.
pub fn defuse(text: &str) -> Cow<'_, str> {
    if text.trim_start_matches('\'').starts_with(TRIGGERS) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Undoes [`defuse`].
pub fn refuse(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(TRIGGERS) => rest,
        _ => text,
    }
}

/// The listing as CSV. Numbers are never defused: a negative number is no formula.
pub(super) fn csv(listing: &Listing, dialect: Dialect) -> Result<Vec<u8>> {
    let mut out = if dialect.defuses() {
        "\u{FEFF}".as_bytes().to_vec()
    } else {
        Vec::new()
    };
    let mut writer = csv::WriterBuilder::new()
        .delimiter(dialect.delimiter())
        .terminator(csv::Terminator::CRLF)
        .from_writer(&mut out);
    let failed = |error: csv::Error| {
        codes::IO_FAILED
            .error("the answer could not be written as CSV")
            .because(error)
    };
    writer
        .write_record(listing.columns.iter().map(|column| column.name))
        .map_err(failed)?;
    for row in &listing.rows {
        let cells = row.iter().map(|cell| match cell {
            super::Cell::Text(text) if dialect.defuses() => defuse(text).into_owned(),
            number @ (super::Cell::Quantity(_) | super::Cell::Percent(_)) => number
                .to_string()
                .replace('.', &char::from(dialect.decimal()).to_string()),
            words @ super::Cell::Words(_) if dialect.defuses() => defuse(&words.to_string()).into_owned(),
            other => other.to_string(),
        });
        writer.write_record(cells).map_err(failed)?;
    }
    writer.flush()?;
    drop(writer);
    Ok(out)
}

/// The listing as tab-separated values: backslash, tab and line ends within a value are escaped, so that a
/// row is always one line.
pub(super) fn tsv(listing: &Listing) -> String {
    let escape = |text: String| {
        text.replace('\\', "\\\\")
            .replace('\t', "\\t")
            .replace('\n', "\\n")
            .replace('\r', "\\r")
    };
    let header = listing
        .columns
        .iter()
        .map(|column| column.name.to_owned())
        .collect::<Vec<_>>();
    let rows = listing.rows.iter().map(|row| {
        row.iter()
            .map(|cell| escape(cell.to_string()))
            .collect::<Vec<_>>()
    });
    std::iter::once(header)
        .chain(rows)
        .map(|cells| cells.join("\t") + "\n")
        .collect()
}
