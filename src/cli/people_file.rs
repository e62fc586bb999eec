//! People from a CSV file, as far as a single verb needs them. `servhub user apply` takes all of it.

use crate::error::{AtPath, Error, Result, codes};
use crate::hub::people::{Invitee, Whom};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::str::FromStr;

/// Columns that an invitation takes.
const INVITATION: [&str; 8] = [
    "workspace",
    "account",
    "name",
    "account_kind",
    "roles",
    "support_contact",
    "language",
    "label",
];
/// Columns that a people file may have besides.
const OTHER: [&str; 9] = [
    "service_admin",
    "status",
    "groups",
    "default_group",
    "invited_at",
    "expires_at",
    "registered_at",
    "sent",
    "removed_at",
];
/// So many faults are told; the rest is counted.
const TOLD: usize = 20;

/// The columns of a file.
#[derive(Debug)]
pub struct Columns {
    /// What its rows are: "people".
    pub of: &'static str,
    /// The one that must be there.
    pub needed: &'static str,
    /// Those that are told in a hint.
    pub main: &'static [&'static str],
    /// Those that it may have besides.
    pub other: &'static [&'static str],
}

const PEOPLE: Columns = Columns {
    of: "people",
    needed: "account",
    main: &INVITATION,
    other: &OTHER,
};

/// The accounts in a file, each with its workspace if it names one.
///
/// # Errors
/// `E0300` with every fault, `E0303` for a header that does not fit.
pub fn whom(path: &Path) -> Result<Vec<Whom>> {
    read(path, &PEOPLE, |row| {
        Ok(Whom {
            account: row.account()?,
            workspace: row.text("workspace"),
            origin: Some(row.place()),
        })
    })
}

/// The people to invite in a file.
///
/// # Errors
/// `E0300` with every fault, `E0303` for a header that does not fit.
pub fn invitees(path: &Path) -> Result<Vec<Invitee>> {
    read(path, &PEOPLE, |row| {
        row.leaves_out(&["service_admin", "groups", "default_group"])?;
        let roles = row.text("roles").unwrap_or_default();
        let roles = roles.split(';').map(str::trim).filter(|role| !role.is_empty());
        let roles = roles
            .map(|role| row.word("roles", role))
            .collect::<Result<_, _>>()?;
        Ok(Invitee {
            account: row.account()?,
            workspace: row.text("workspace"),
            name: row.text("name"),
            language: row.text("language"),
            account_kind: match row.text("account_kind") {
                Some(word) => Some(row.word("account_kind", &word)?),
                None => None,
            },
            roles,
            support_contact: row.flag("support_contact")?,
            label: row.text("label"),
            origin: Some(row.place()),
        })
    })
}

/// One row, with its place for messages.
#[derive(Debug)]
pub struct Row<'a> {
    file: &'a str,
    line: u64,
    cells: BTreeMap<&'a str, &'a str>,
}

/// What is wrong with a row, with its place.
pub type Fault = String;

impl Row<'_> {
    /// Its file and line.
    pub fn place(&self) -> String {
        format!("{}:{}", self.file, self.line)
    }

    fn fault(&self, column: &str, what: &str) -> Fault {
        format!("{}:{}: {column}: {what}", self.file, self.line)
    }

    /// The text of a cell, if it has one.
    pub fn text(&self, column: &str) -> Option<String> {
        let text = self.cells.get(column).map(|text| text.trim())?;
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn account(&self) -> Result<String, Fault> {
        self.text("account").ok_or_else(|| {
            self.fault(
                "account",
                "it is empty; write a mail address or user principal name",
            )
        })
    }

    fn word<T: FromStr<Err: std::fmt::Display>>(&self, column: &str, word: &str) -> Result<T, Fault> {
        word.parse()
            .map_err(|error: T::Err| self.fault(column, &error.to_string()))
    }

    fn flag(&self, column: &str) -> Result<bool, Fault> {
        match self.text(column).as_deref() {
            Some("yes") => Ok(true),
            Some("no") | None => Ok(false),
            Some(other) => Err(self.fault(column, &format!("\"{other}\" is neither yes nor no"))),
        }
    }

    /// What this verb does not do is said, and not passed over.
    fn leaves_out(&self, columns: &[&str]) -> Result<(), Fault> {
        let said = columns
            .iter()
            .find(|column| self.text(column).is_some_and(|text| text != "no"));
        match said {
            None => Ok(()),
            Some(column) => {
                Err(self.fault(column, "an invitation does not take it; use `servhub user apply`"))
            }
        }
    }
}

/// Reads the rows of a CSV file, - for standard input.
///
/// # Errors
/// `E0300` with every fault, `E0303` for a header that does not fit.
pub fn read<T>(
    path: &Path,
    columns: &Columns,
    make: impl Fn(&Row<'_>) -> Result<T, Fault>,
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
    check_header(&name, columns, &header)?;
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

fn check_header(name: &str, of: &Columns, header: &csv::StringRecord) -> Result<()> {
    let columns: Vec<&str> = header.iter().map(str::trim).collect();
    let known = |column: &&str| of.main.contains(column) || of.other.contains(column);
    let error = if !columns.contains(&of.needed) {
        format!("{name}:1: there is no column {}", of.needed)
    } else if let Some(other) = columns.iter().find(|column| !known(column)) {
        format!("{name}:1: there is no column \"{other}\" in a file of {}", of.of)
    } else {
        return Ok(());
    };
    let hint = format!("the columns are {}", of.main.join(", "));
    Err(codes::IMPORT_HEADER.error(error).hint(hint))
}

fn unreadable(name: &str, error: csv::Error) -> Error {
    codes::IMPORT_FAULTS
        .error(format!("{name}: {error}"))
        .because(error)
}

fn refused(name: &str, faults: &[Fault]) -> Error {
    let message = format!("{name} has {} faulty rows; nothing was changed", faults.len());
    let error = codes::IMPORT_FAULTS.error(message);
    let more = faults.len().saturating_sub(TOLD);
    let more = (more > 0).then(|| format!("and {more} more"));
    let told = faults.iter().take(TOLD).cloned();
    told.chain(more).fold(error, Error::hint)
}
