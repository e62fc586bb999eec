//! What lies beside a file of an import: the bytes of attachments, each under its SHA-256 in the folder `files`. To a
//! hub somewhere else they travel with the file.

use super::kind::Kind;
use super::source::Source;
use crate::error::{AtPath, Result};
use crate::hub::request::attach;
use std::collections::HashMap;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The folder.
const FOLDER: &str = "files";

/// Where those lie that came with a file, by their SHA-256.
pub(super) type Handed = Arc<HashMap<String, PathBuf>>;

/// Whether something is a SHA-256 in hexadecimal digits.
pub(super) fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// What lies beside a file.
pub(super) struct Beside {
    /// The folder as messages call it.
    shown: PathBuf,
    place: Place,
}

enum Place {
    Folder(PathBuf),
    Handed(Handed),
}

impl Beside {
    /// Of a source; none for standard input.
    pub fn of(source: &Source) -> Option<Self> {
        if source.stream {
            return None;
        }
        let place = match &source.handed {
            Some(handed) => Place::Handed(Arc::clone(handed)),
            None => Place::Folder(source.path.parent()?.join(FOLDER)),
        };
        let shown = Path::new(&source.name).parent().unwrap_or(Path::new(""));
        Some(Self {
            shown: shown.join(FOLDER),
            place,
        })
    }

    /// The bytes that lie there under a SHA-256, whatever they are.
    ///
    /// # Errors
    /// `E0009` when there are none, `E0540` when they are too many; the system's own.
    pub fn bytes(&self, sha256: &str) -> Result<Vec<u8>> {
        let shown = self.shown.join(sha256);
        let file = match &self.place {
            Place::Folder(folder) => File::open(folder.join(sha256)),
            Place::Handed(handed) => match handed.get(sha256) {
                Some(path) => File::open(path),
                // As the system says it of a file that is not there.
                None => File::open(Path::new("")),
            },
        };
        attach::read(file.at(&shown)?, &shown)
    }
}

/// Says where sources lie at the hub to which they came.
pub(crate) fn hand_in(sources: &mut [Source], files: Vec<PathBuf>) {
    for (source, file) in sources.iter_mut().zip(files) {
        source.path = file;
        source.handed = Some(Handed::default());
    }
}

/// What has to travel with sources: the name says beside which of them it lies.
pub(super) fn enclosed(sources: &[Source]) -> Result<Vec<(String, PathBuf)>> {
    let mut all = Vec::new();
    for (place, source) in sources.iter().enumerate() {
        if source.stream || !source.may_hold(Kind::Files) {
            continue;
        }
        let Some(folder) = source.path.parent().map(|folder| folder.join(FOLDER)) else {
            continue;
        };
        for name in hashes_in(&folder)? {
            all.push((format!("{place}/{name}"), folder.join(name)));
        }
    }
    Ok(all)
}

/// The files whose names can be asked for, in order; none where there is no such folder.
fn hashes_in(folder: &Path) -> Result<Vec<String>> {
    let entries = match std::fs::read_dir(folder) {
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            ) =>
        {
            return Ok(Vec::new());
        }
        entries => entries.at(folder)?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.at(folder)?;
        let name = entry.file_name().into_string();
        let name = name.ok().filter(|name| is_sha256(name) && entry.path().is_file());
        names.extend(name);
    }
    names.sort_unstable();
    Ok(names)
}

/// Gives sources what came with them. What lies beside none of them is left lying.
pub(crate) fn enclose(sources: &mut [Source], files: Vec<(String, PathBuf)>) {
    let mut handed: HashMap<usize, HashMap<String, PathBuf>> = HashMap::new();
    for (name, path) in files {
        let place = name
            .split_once('/')
            .and_then(|(place, name)| Some((place.parse().ok()?, name)));
        if let Some((place, name)) = place {
            handed.entry(place).or_default().insert(name.to_owned(), path);
        }
    }
    for (place, files) in handed {
        if let Some(source) = sources.get_mut(place) {
            source.handed = Some(Arc::new(files));
        }
    }
}
