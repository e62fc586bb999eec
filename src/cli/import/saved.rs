//! The file of a saved plan: a header, then the rows that change something, one JSON object a line.

use crate::error::{AtPath, Result, codes};
use crate::hub::import::{Counts, Format, Kind, Source, Wanted, discover};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Name and version of the file's form, by what it is a plan of.
const IMPORT: &str = "import.plan/1";
const PEOPLE: &str = "user.plan/1";
const CUSTOMER_PEOPLE: &str = "customer.user-plan/1";
const LICENSES: &str = "license.plan/1";
const DELEGATIONS: &str = "delegation.plan/1";
const SUBSCRIPTIONS: &str = "subscription.plan/1";
/// A first line that is longer is no header.
const LONGEST_HEADER: u64 = 1 << 20;

/// What a plan is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) enum Sort {
    /// A folder or files.
    Import,
    /// People of workspaces.
    People(Wanted),
    /// People of customers.
    CustomerPeople,
    /// Licences of customers' people.
    Licenses {
        /// They are taken back.
        revoke: bool,
    },
    /// Delegated access that customers are asked for.
    Delegations,
    /// Subscriptions of customers.
    Subscriptions {
        /// How many seats those have that are sold already.
        quantities: bool,
    },
}

impl Sort {
    fn schema(&self) -> &'static str {
        match self {
            Self::Import => IMPORT,
            Self::People(_) => PEOPLE,
            Self::CustomerPeople => CUSTOMER_PEOPLE,
            Self::Licenses { .. } => LICENSES,
            Self::Delegations => DELEGATIONS,
            Self::Subscriptions { .. } => SUBSCRIPTIONS,
        }
    }

    /// The noun whose `apply` does it.
    pub fn noun(&self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::People(_) => "user",
            Self::CustomerPeople => "customer user",
            Self::Licenses { .. } => "license",
            Self::Delegations => "delegation",
            Self::Subscriptions { .. } => "subscription",
        }
    }
}

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::cli) struct Header {
    schema: String,
    /// Rows with faults are left out.
    pub keep_going: bool,
    /// What is read.
    pub inputs: Vec<Input>,
    /// Hash over the outcome of every row.
    pub digest: String,
    counts: Vec<(Kind, Counts)>,
    /// How people are applied, in a plan of people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<Wanted>,
    /// In a plan of licences: they are taken back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    revoke: bool,
    /// In a plan of subscriptions: their seats.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    quantities: bool,
}

impl Header {
    /// What a plan of a sort says before its rows.
    pub fn new(sort: &Sort, keep_going: bool, (inputs, digest): (Vec<Input>, String)) -> Self {
        Self {
            schema: sort.schema().to_owned(),
            keep_going,
            inputs,
            digest,
            counts: Vec::new(),
            people: match sort {
                Sort::People(wanted) => Some(wanted.clone()),
                _ => None,
            },
            revoke: *sort == Sort::Licenses { revoke: true },
            quantities: *sort == Sort::Subscriptions { quantities: true },
        }
    }

    /// The same, with how many rows of each kind come to what.
    pub fn counting(self, counts: &[(Kind, Counts)]) -> Self {
        Self {
            counts: counts.to_vec(),
            ..self
        }
    }

    /// What it is a plan of; none for one of another release.
    pub fn sort(&self) -> Option<Sort> {
        Some(match (self.schema.as_str(), &self.people) {
            (IMPORT, None) => Sort::Import,
            (PEOPLE, Some(wanted)) => Sort::People(wanted.clone()),
            (CUSTOMER_PEOPLE, None) => Sort::CustomerPeople,
            (LICENSES, None) => Sort::Licenses { revoke: self.revoke },
            (DELEGATIONS, None) => Sort::Delegations,
            (SUBSCRIPTIONS, None) => Sort::Subscriptions {
                quantities: self.quantities,
            },
            _ => return None,
        })
    }
}

/// A file whose rows are planned.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::cli) struct Input {
    /// Where it lies, from the root.
    pub path: PathBuf,
    /// What messages call it, which the digest covers.
    name: String,
    kind: Option<Kind>,
    sha256: String,
}

impl Input {
    /// A file as it is now.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of(path: &Path) -> Result<Self> {
        let absolute = std::path::absolute(path).at(path)?;
        Ok(Self {
            sha256: sha256(&absolute)?,
            path: absolute,
            name: path.display().to_string(),
            kind: None,
        })
    }

    /// A source of an import as it is now.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of_source(source: &Source) -> Result<Self> {
        Ok(Self {
            name: source.name.clone(),
            kind: match source.format {
                Format::Csv(kind) => Some(kind),
                Format::Jsonl(kind) => kind,
                Format::Issues => None,
            },
            ..Self::of(&source.path)?
        })
    }

    /// Refuses a file that is another one than when the plan was made.
    fn check(&self) -> Result<()> {
        if sha256(&self.path)? == self.sha256 {
            return Ok(());
        }
        let error = codes::IMPORT_STALE.error(format!(
            "{} has changed since the plan was made",
            self.path.display()
        ));
        Err(error.hint("make a new plan and look at it; nothing was changed"))
    }
}

/// The hash of a file, read piece by piece.
fn sha256(path: &Path) -> Result<String> {
    let mut file = BufReader::with_capacity(256 << 10, std::fs::File::open(path).at(path)?);
    let mut hash = Sha256::new();
    loop {
        let piece = file.fill_buf().at(path)?;
        if piece.is_empty() {
            return Ok(crate::hub::import::hex(&hash.finalize()));
        }
        hash.update(piece);
        let length = piece.len();
        file.consume(length);
    }
}

/// Writes a plan, whole or not at all.
pub(in crate::cli) fn write(to: &Path, header: &Header, rows: &mut dyn Read) -> Result<()> {
    let folder = to
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut file = NamedTempFile::new_in(folder).at(folder)?;
    let line = serde_json::to_string(header).map_err(|error| {
        codes::IO_FAILED
            .error("the plan could not be written")
            .because(error)
    })?;
    writeln!(file, "{line}").at(to)?;
    std::io::copy(rows, &mut file).at(to)?;
    file.persist(to).map_err(|error| error.error).at(to)?;
    Ok(())
}

/// A plan's header, if the file is a plan of any sort.
fn header(path: &Path) -> Result<Option<Header>> {
    let mut first = Vec::new();
    let file = BufReader::new(std::fs::File::open(path).at(path)?);
    file.take(LONGEST_HEADER).read_until(b'\n', &mut first).at(path)?;
    let header: Option<Header> = serde_json::from_slice(&first).ok();
    Ok(header.filter(|header| header.sort().is_some()))
}

/// Whether a file is a saved plan of people, and not such a file itself.
pub(in crate::cli) fn is_plan_of_people(path: &Path) -> Result<bool> {
    Ok(path.is_file() && header(path)?.is_some_and(|header| header.people.is_some()))
}

/// Reads a plan's header and checks that its inputs are still what they were. The noun says of which sort it must be.
pub(in crate::cli) fn open(path: &Path, noun: &str) -> Result<(Header, Sort)> {
    let found = header(path)?.and_then(|header| header.sort().map(|sort| (header, sort)));
    let Some((header, sort)) = found else {
        return Err(codes::BAD_PLAN.error(format!("{}: not a saved plan of this release", path.display())));
    };
    if sort.noun() != noun {
        let error = codes::BAD_PLAN.error(format!("{}: a plan of another sort", path.display()));
        let (other, path) = (sort.noun(), path.display());
        return Err(error.hint(format!("`servhub {other} apply {path}` applies it")));
    }
    header.inputs.iter().try_for_each(Input::check)?;
    Ok((header, sort))
}

/// The same, with the sources of an import's plan.
pub(in crate::cli) fn read(path: &Path, noun: &str) -> Result<(Header, Vec<Source>)> {
    let (header, _) = open(path, noun)?;
    let mut sources = Vec::new();
    for input in &header.inputs {
        let found = discover(
            std::slice::from_ref(&input.path),
            input.kind,
            &mut std::io::empty(),
        )?;
        sources.extend(found.sources.into_iter().map(|mut source| {
            source.name.clone_from(&input.name);
            source
        }));
    }
    Ok((header, sources))
}
