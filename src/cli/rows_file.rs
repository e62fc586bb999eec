//! A CSV file of rows for a verb that takes many at once: file, line and column in each fault (K-17).

use crate::error::{AtPath, Error, Result, codes};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::str::FromStr;

/// So many faults are told; the rest is counted.
const TOLD: usize = 20;

/// One row, with its place for messages.
#[derive(Debug)]
pub struct Row<'a> {
    file: &'a str,
    line: u64,
    cells: BTreeMap<&'a str, &'a str>,
}

impl Row<'_> {
    /// Where it stands.
    pub fn place(&self) -> String {
        format!("{}:{}", self.file, self.line)
    }

    fn fault(&self, column: &str, what: &str) -> String {
        format!("{}:{}: {column}: {what}", self.file, self.line)
    }

    /// A text that may be empty.
    pub fn text(&self, column: &str) -> Option<String> {
        let text = self.cells.get(column).map(|text| text.trim())?;
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// A text that there must be.
    pub fn need(&self, column: &str) -> Result<String, String> {
        let text = self.text(column);
        text.ok_or_else(|| self.fault(column, "it is empty; the column must have a value"))
    }

    /// A value, when there is one.
    pub fn value<T: FromStr<Err: std::fmt::Display>>(&self, column: &str) -> Result<Option<T>, String> {
        let Some(text) = self.text(column) else {
            return Ok(None);
        };
        let value = text.parse();
        value
            .map(Some)
            .map_err(|error: T::Err| self.fault(column, &error.to_string()))
    }

    /// A whole number that there must be.
    pub fn count(&self, column: &str) -> Result<i64, String> {
        let text = self.need(column)?;
        let wrong = format!("\"{text}\" is no whole number");
        text.parse().map_err(|_| self.fault(column, &wrong))
    }

    /// Yes or no.
    pub fn flag(&self, column: &str) -> Result<Option<bool>, String> {
        match self.text(column).as_deref() {
            None => Ok(None),
            Some("yes") => Ok(Some(true)),
            Some("no") => Ok(Some(false)),
            Some(other) => Err(self.fault(column, &format!("\"{other}\" is neither yes nor no"))),
        }
    }
}

/// The rows of a file with these columns, of which the first `required` must be there.
///
/// # Errors
/// `E0300` with every fault, `E0303` for a header that does not fit.
pub fn read<T>(
    path: &Path,
    (columns, required): (&[&str], usize),
    make: impl Fn(&Row<'_>) -> Result<T, String>,
) -> Result<Vec<T>> {
    let (name, text) = contents(path)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let first = text.lines().next().unwrap_or_default();
    let count = |wanted: char| first.chars().filter(|c| *c == wanted).count();
    let delimiter = if count(';') > count(',') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let header = reader
        .headers()
        .map_err(|error| unreadable(&name, error))?
        .clone();
    check_header(&name, &header, columns, required)?;
    let (mut made, mut faults) = (Vec::new(), Vec::new());
    for record in reader.records() {
        let record = record.map_err(|error| unreadable(&name, error))?;
        let row = Row {
            file: &name,
            line: record.position().map_or(0, csv::Position::line),
            cells: header.iter().map(str::trim).zip(record.iter()).collect(),
        };
        match make(&row) {
            Ok(one) => made.push(one),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() {
        Ok(made)
    } else {
        Err(refused(&name, &faults))
    }
}

fn contents(path: &Path) -> Result<(String, String)> {
    let mut text = String::new();
    if path.as_os_str() == "-" {
        std::io::stdin().lock().read_to_string(&mut text)?;
        return Ok(("(standard input)".to_owned(), text));
    }
    std::fs::File::open(path)
        .at(path)?
        .read_to_string(&mut text)
        .at(path)?;
    Ok((path.display().to_string(), text))
}

fn check_header(name: &str, header: &csv::StringRecord, columns: &[&str], required: usize) -> Result<()> {
    let there: Vec<&str> = header.iter().map(str::trim).collect();
    let missing = columns
        .iter()
        .take(required)
        .find(|column| !there.contains(column));
    let other = there.iter().find(|column| !columns.contains(column));
    let error = match (missing, other) {
        (Some(missing), _) => format!("{name}:1: there is no column {missing}"),
        (None, Some(other)) => format!("{name}:1: no column \"{other}\" is known here"),
        (None, None) => return Ok(()),
    };
    let hint = format!("the columns are {}", columns.join(", "));
    Err(codes::IMPORT_HEADER.error(error).hint(hint))
}

fn unreadable(name: &str, error: csv::Error) -> Error {
    codes::IMPORT_FAULTS
        .error(format!("{name}: {error}"))
        .because(error)
}

fn refused(name: &str, faults: &[String]) -> Error {
    let message = format!("{name} has {} faulty rows; nothing was changed", faults.len());
    let error = codes::IMPORT_FAULTS.error(message);
    let more = faults.len().saturating_sub(TOLD);
    let more = (more > 0).then(|| format!("and {more} more"));
    let told = faults.iter().take(TOLD).cloned();
    told.chain(more).fold(error, Error::hint)
}
