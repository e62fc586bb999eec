//! Files that only their owner can read.

use crate::error::{AtPath, Result, codes};
use sha2::{Digest, Sha256};
use std::fs::{File, Metadata};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// A folder with a file for each hub.
#[derive(Debug)]
pub struct Files {
    folder: PathBuf,
}

impl Files {
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The file of a hub; its name tells nothing.
    fn path(&self, hub: &str) -> PathBuf {
        let digest = Sha256::digest(hub.as_bytes());
        let name: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        self.folder.join(format!("{name}.json"))
    }

    /// What a file holds.
    pub fn read(&self, hub: &str) -> Result<Option<(String, PathBuf)>> {
        let path = self.path(hub);
        let data = match std::fs::symlink_metadata(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            other => other.at(&path)?,
        };
        if !data.is_file() || is_open(&data) {
            let message = format!("{}: others can read it, and it holds a token", path.display());
            return Err(codes::OPEN_SECRET
                .error(message)
                .hint(format!("if nobody has: chmod 600 {}", path.display()))
                .hint("else `servhub token revoke`, then `servhub login`"));
        }
        Ok(Some((std::fs::read_to_string(&path).at(&path)?, path)))
    }

    /// Writes a file, whole or not at all; the temporary one is its owner's alone from the beginning.
    pub fn write(&self, hub: &str, text: &str) -> Result<PathBuf> {
        let path = self.path(hub);
        make(&self.folder)?;
        let mut temporary = tempfile::NamedTempFile::new_in(&self.folder).at(&self.folder)?;
        temporary.write_all(text.as_bytes()).at(&path)?;
        temporary.persist(&path).map_err(|error| error.error).at(&path)?;
        Ok(path)
    }

    /// A file that one process at a time holds.
    pub fn lock(&self, hub: &str) -> Result<File> {
        let path = self.path(hub).with_extension("lock");
        make(&self.folder)?;
        let file = File::options().create(true).append(true).open(&path).at(&path)?;
        file.lock().at(&path)?;
        Ok(file)
    }

    /// Removes a file; says where it was.
    pub fn remove(&self, hub: &str) -> Result<Option<PathBuf>> {
        let path = self.path(hub);
        match std::fs::remove_file(&path) {
            Ok(()) => Ok(Some(path)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            other => other.at(&path).map(|()| None),
        }
    }
}

#[cfg(unix)]
fn make(folder: &Path) -> Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .at(folder)
}

#[cfg(not(unix))]
fn make(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).at(folder)
}

/// Whether others than the owner have any right.
#[cfg(unix)]
fn is_open(data: &Metadata) -> bool {
    std::os::unix::fs::PermissionsExt::mode(&data.permissions()) & 0o077 != 0
}

/// Elsewhere the folder of a user's settings is closed to others.
#[cfg(not(unix))]
fn is_open(_: &Metadata) -> bool {
    false
}
