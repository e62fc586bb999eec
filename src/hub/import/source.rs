//! Where rows come from: a folder, files, or standard input.

use super::beside::Handed;
use super::issues;
use super::kind::Kind;
use crate::domain::near::nearest;
use crate::error::{AtPath, Result, codes};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::NamedTempFile;

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// With a header; all rows of one kind.
    Csv(Kind),
    /// One object a line; each names its kind unless the file does.
    Jsonl(Option<Kind>),
    /// Known issues and what was said of them, as the vendor's interface answers.
    Issues,
}

/// One input.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// What messages call it.
    pub name: String,
    /// Where it is read from, on the machine that reads it.
    #[serde(skip)]
    pub path: PathBuf,
    /// How it is written.
    pub format: Format,
    /// Whether it came by standard input, beside which nothing lies.
    #[serde(default)]
    pub stream: bool,
    /// Keeps what came by standard input until the end.
    #[serde(skip)]
    _spool: Option<Arc<NamedTempFile>>,
    /// What came with it to a hub and lies beside it where it comes from.
    #[serde(skip)]
    pub(super) handed: Option<Handed>,
}

impl Source {
    /// Whether it may hold rows of a kind.
    pub fn may_hold(&self, kind: Kind) -> bool {
        match self.format {
            Format::Csv(only) | Format::Jsonl(Some(only)) => only == kind,
            Format::Jsonl(None) => true,
            Format::Issues => matches!(kind, Kind::Health | Kind::Updates),
        }
    }

    /// Length in bytes, for progress and for the choice of the way to load.
    pub fn length(&self) -> u64 {
        std::fs::metadata(&self.path).map_or(0, |meta| meta.len())
    }
}

/// The inputs, and what deserves a warning.
#[derive(Debug, Default)]
pub struct Inputs {
    /// In the order given.
    pub sources: Vec<Source>,
    /// Files in a folder that are no import files.
    pub warnings: Vec<String>,
}

/// Finds the inputs that paths name: a folder stands for its `KIND.csv` and `KIND.jsonl` files and for answers with
/// known issues, `-` for standard input.
///
/// # Errors
/// `E0303` for a file whose kind is not known, `E0009` for one that is not there.
pub fn discover(paths: &[PathBuf], kind: Option<Kind>, stdin: &mut dyn std::io::Read) -> Result<Inputs> {
    let mut inputs = Inputs::default();
    for path in paths {
        if path.as_os_str() == "-" {
            inputs.sources.push(spooled(kind, stdin)?);
        } else if path.is_dir() {
            folder(path, &mut inputs)?;
        } else {
            std::fs::metadata(path).at(path)?;
            let format = format_of(path, kind).ok_or_else(|| unknown_kind(path))?;
            inputs.sources.push(source(path, format));
        }
    }
    if inputs.sources.is_empty() {
        let names: Vec<String> = Kind::ALL.iter().map(|kind| kind.file_name()).collect();
        let error = codes::IMPORT_HEADER.error("there is no import file in the folder");
        return Err(error.hint(format!("it is made of {}", names.join(", "))));
    }
    Ok(inputs)
}

fn source(path: &Path, format: Format) -> Source {
    Source {
        name: path.display().to_string(),
        path: path.to_owned(),
        format,
        stream: false,
        _spool: None,
        handed: None,
    }
}

fn spooled(kind: Option<Kind>, stdin: &mut dyn std::io::Read) -> Result<Source> {
    let mut file = NamedTempFile::new()?;
    std::io::copy(stdin, &mut file)?;
    // What begins with a brace is JSON Lines: no column is called that.
    let start = beginning(file.reopen()?)?;
    let format = match (start.first(), kind) {
        (Some(b'{' | b'['), None | Some(Kind::Health | Kind::Updates)) if issues::begins_one(&start) => {
            Format::Issues
        }
        (Some(b'{') | None, kind) => Format::Jsonl(kind),
        (Some(_), Some(kind)) => Format::Csv(kind),
        (Some(_), None) => {
            let error = codes::MISSING_OPTION.error("standard input is CSV, and nothing says of which kind");
            return Err(error.hint("add --kind KIND"));
        }
    };
    Ok(Source {
        name: "(standard input)".to_owned(),
        path: file.path().to_owned(),
        format,
        stream: true,
        _spool: Some(Arc::new(file)),
        handed: None,
    })
}

/// What a file begins with, without what may stand before its first character.
fn beginning(file: std::fs::File) -> std::io::Result<Vec<u8>> {
    let mut start = Vec::new();
    std::io::Read::read_to_end(&mut std::io::Read::take(file, 4096), &mut start)?;
    let text = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&start);
    Ok(text.trim_ascii_start().to_vec())
}

fn format_of(path: &Path, kind: Option<Kind>) -> Option<Format> {
    let stem = path.file_stem()?.to_str()?.to_lowercase();
    let named = kind.or_else(|| stem.parse().ok());
    if has_ending(path, "json") && named.is_none_or(|kind| matches!(kind, Kind::Health | Kind::Updates)) {
        return Some(Format::Issues);
    }
    if has_ending(path, "jsonl") || has_ending(path, "ndjson") {
        Some(Format::Jsonl(named))
    } else {
        named.map(Format::Csv)
    }
}

fn has_ending(path: &Path, wanted: &str) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case(wanted))
}

fn folder(path: &Path, inputs: &mut Inputs) -> Result<()> {
    let mut names: Vec<PathBuf> = std::fs::read_dir(path)
        .at(path)?
        .map(|entry| entry.map(|entry| entry.path()).at(path))
        .collect::<Result<_>>()?;
    names.sort();
    for file in names {
        let is_json = has_ending(&file, "json") && file.is_file();
        if is_json && issues::are_in(&beginning(std::fs::File::open(&file).at(&file)?).at(&file)?) {
            inputs.sources.push(source(&file, Format::Issues));
            continue;
        }
        if !has_ending(&file, "csv") && !has_ending(&file, "jsonl") {
            continue;
        }
        match format_of(&file, None) {
            Some(Format::Jsonl(None)) | None => {
                let near = near_kind(&file).map_or(String::new(), |near| format!("; did you mean {near}?"));
                inputs.warnings.push(format!(
                    "{} is left out: its name is no kind of import file{near}",
                    file.display()
                ));
            }
            Some(format) => inputs.sources.push(source(&file, format)),
        }
    }
    Ok(())
}

fn near_kind(path: &Path) -> Option<String> {
    let stem = path.file_stem()?.to_str()?;
    nearest(stem, Kind::WORDS.iter().copied()).into_iter().next()
}

fn unknown_kind(path: &Path) -> crate::error::Error {
    let error = codes::IMPORT_HEADER.error(format!(
        "{}: the file's name is no kind of import file",
        path.display()
    ));
    let error = match near_kind(path) {
        Some(near) => error.hint(format!(
            "did you mean {near}? Add --kind {near}, or rename the file"
        )),
        None => error,
    };
    error.hint(format!("the kinds are {}", Kind::WORDS.join(", ")))
}
