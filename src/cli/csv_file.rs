//! A CSV file of rows for a verb that takes many at once: every fault of every row is told, with its place and column (K-17).

use crate::error::{AtPath, Error, Result, codes};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::str::FromStr;

/// So many faults are told; the rest is counted.
const TOLD: usize = 20;

/// Which columns a file has.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// What it is about, such as "delegations".
    pub of: &'static str,
    /// Columns that must be there.
    pub must: &'static [&'static str],
    /// Columns that may be.
    pub may: &'static [&'static str],
    /// Columns that are passed over, because files of that kind have them for others.
    pub quiet: &'static [&'static str],
}

/// What is wrong with a cell.
pub type Fault = String;

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

    /// A fault of one of its cells.
    pub fn fault(&self, column: &str, what: &str) -> Fault {
        format!("{}: {column}: {what}", self.place())
    }

    /// The text of a cell that has one.
    pub fn text(&self, column: &str) -> Option<String> {
        let text = self.cells.get(column).map(|text| text.trim())?;
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// The text of a cell that must have one.
    ///
    /// # Errors
    /// When it has none.
    pub fn need(&self, column: &str) -> Result<String, Fault> {
        self.text(column)
            .ok_or_else(|| self.fault(column, "it is empty; the column must have a value"))
    }

    /// The parts of a cell that are separated by `;`.
    pub fn several(&self, column: &str) -> Vec<String> {
        let text = self.text(column).unwrap_or_default();
        let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect()
    }

    /// The value of a cell that has one.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn value<T: FromStr<Err: std::fmt::Display>>(&self, column: &str) -> Result<Option<T>, Fault> {
        let text = self.text(column);
        text.map(|text| self.word(column, &text)).transpose()
    }

    /// A part of a cell.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn word<T: FromStr<Err: std::fmt::Display>>(&self, column: &str, text: &str) -> Result<T, Fault> {
        text.parse()
            .map_err(|error: T::Err| self.fault(column, &error.to_string()))
    }

    /// A whole number that there must be.
    ///
    /// # Errors
    /// When there is none.
    pub fn count(&self, column: &str) -> Result<i64, Fault> {
        let text = self.need(column)?;
        let wrong = format!("\"{text}\" is no whole number");
        text.parse().map_err(|_| self.fault(column, &wrong))
    }

    /// Yes or no, where it is said.
    ///
    /// # Errors
    /// When it is neither.
    pub fn choice(&self, column: &str) -> Result<Option<bool>, Fault> {
        match self.text(column).as_deref() {
            None => Ok(None),
            Some("yes") => Ok(Some(true)),
            Some("no") => Ok(Some(false)),
            Some(other) => Err(self.fault(column, &format!("\"{other}\" is neither yes nor no"))),
        }
    }

    /// Yes or no; an empty cell is no.
    ///
    /// # Errors
    /// When it is neither.
    pub fn flag(&self, column: &str) -> Result<bool, Fault> {
        Ok(self.choice(column)?.unwrap_or(false))
    }
}

/// What each row of a file says; `-` is standard input.
///
/// # Errors
/// `E0300` with every fault, `E0303` for a header that does not fit.
pub fn read<T>(path: &Path, shape: Shape, make: impl Fn(&Row<'_>) -> Result<T, Fault>) -> Result<Vec<T>> {
    let (name, text) = contents(path)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let first = text.lines().next().unwrap_or_default();
    let count = |wanted: char| first.chars().filter(|c| *c == wanted).count();
    let delimiter = if count(';') > count(',') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| unreadable(&name, error))?;
    let header = header.clone();
    check_header(&name, shape, &header)?;
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
        return Ok(made);
    }
    Err(refused(&name, &faults))
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

fn check_header(name: &str, shape: Shape, header: &csv::StringRecord) -> Result<()> {
    let columns: Vec<&str> = header.iter().map(str::trim).collect();
    let known = |column: &&str| {
        [shape.must, shape.may, shape.quiet]
            .iter()
            .any(|columns| columns.contains(column))
    };
    let missing = shape.must.iter().find(|column| !columns.contains(column));
    let error = if let Some(missing) = missing {
        format!("{name}:1: there is no column {missing}")
    } else if let Some(other) = columns.iter().find(|column| !known(column)) {
        format!(
            "{name}:1: there is no column \"{other}\" in a file of {}",
            shape.of
        )
    } else {
        return Ok(());
    };
    let all = [shape.must, shape.may].concat();
    Err(codes::IMPORT_HEADER
        .error(error)
        .hint(format!("the columns are {}", all.join(", "))))
}

fn unreadable(name: &str, error: csv::Error) -> Error {
    codes::IMPORT_FAULTS
        .error(format!("{name}: {error}"))
        .because(error)
}

fn refused(name: &str, faults: &[Fault]) -> Error {
    let message = format!("{name} has {} faulty rows; nothing was changed", faults.len());
    let more = faults.len().saturating_sub(TOLD);
    let more = (more > 0).then(|| format!("and {more} more"));
    let told = faults.iter().take(TOLD).cloned().chain(more);
    told.fold(codes::IMPORT_FAULTS.error(message), Error::hint)
}
