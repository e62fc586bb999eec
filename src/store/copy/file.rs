//! A file that appears when it is whole.

use super::super::sqlite::Db;
use crate::error::{AtPath, Result, codes};
use std::path::{Path, PathBuf};
use tempfile::{TempDir, TempPath};

/// A store that is made in a folder beside its place.
#[derive(Debug)]
pub(crate) struct NewFile {
    folder: TempDir,
    place: PathBuf,
}

impl NewFile {
    /// Begins a store that will stand at `place`.
    ///
    /// # Errors
    /// `E0008` when nothing can be written there.
    pub fn begin(place: &Path) -> Result<(Self, Db)> {
        Self::check(place)?;
        let beside = place
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        std::fs::create_dir_all(beside).at(beside)?;
        let folder = tempfile::Builder::new()
            .prefix(".servhub-copy-")
            .tempdir_in(beside)
            .at(beside)?;
        let new = Self {
            folder,
            place: place.to_owned(),
        };
        let db = Db::open(&new.file())?;
        // A copy that does not come to its end is thrown away, so nothing has to be taken back.
        db.connection()
            .execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")?;
        Ok((new, db))
    }

    /// Passes where one can be begun.
    ///
    /// # Errors
    /// `E0012` for a place where the log of another one lies.
    pub fn check(place: &Path) -> Result<()> {
        no_log_of_another(place)
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("hub.db")
    }

    /// Puts it in its place, on the disk.
    ///
    /// # Errors
    /// `E0008` when it cannot be, also because another file came there meanwhile.
    pub fn finish(self, db: Db) -> Result<()> {
        drop(db);
        let file = self.file();
        std::fs::File::open(&file)
            .and_then(|file| file.sync_all())
            .at(&file)?;
        let whole = TempPath::try_from_path(&file).at(&file)?;
        whole
            .persist_noclobber(&self.place)
            .map_err(|error| error.error)
            .at(&self.place)
    }
}

/// SQLite would take what it finds in a log for the newest part of the file beside it.
fn no_log_of_another(place: &Path) -> Result<()> {
    for end in ["-wal", "-journal"] {
        let mut log = place.as_os_str().to_owned();
        log.push(end);
        if Path::new(&log).exists() {
            return Err(codes::STORE_NOT_EMPTY
                .error(format!(
                    "{} is there, the log of a store that is not",
                    Path::new(&log).display()
                ))
                .hint("name another file, or put the store back that the log belongs to"));
        }
    }
    Ok(())
}
