//! What was typed and not yet delivered: one file for each act of filing, whole or not there, kept until the hub has
//! answered. A request is put here before it is sent, so that no moment exists at which it could be lost;
//! sending it twice files it once, by its key.

use crate::domain::Instant;
use crate::error::{AtPath, Error, Kind, Result, codes};
use crate::hub::request::{Filed, Order};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use std::fs::DirEntry;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use tempfile::{Builder, NamedTempFile};

/// Name and version of the file's form.
const SCHEMA: &str = "outbox/1";
/// How the name of a file begins that is still written.
const DRAFT: &str = ".tmp";

/// A hub that requests are delivered to: the local store, or one behind a network.
pub trait Delivery {
    /// Files the orders, all or none.
    ///
    /// # Errors
    /// Of kind `Unreachable` when the hub did not answer; then nobody knows yet whether they were filed.
    fn deliver(&mut self, orders: &[Order]) -> Result<Vec<Filed>>;
}

/// One act of filing that waits.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Parcel {
    schema: String,
    /// When it was put here.
    pub kept_at: Instant,
    /// The store it is for, without its password.
    pub store: String,
    /// On whose behalf, if not the owner's.
    pub acting: Option<String>,
    /// Why it was not delivered, when that is known.
    pub held_up_by: Option<String>,
    /// What to file.
    pub orders: Vec<Order>,
}

/// What is found in the outbox.
#[derive(Debug, Default)]
pub struct Waiting {
    /// What waits, the oldest first.
    pub parcels: Vec<Parcel>,
    /// What is wrong with the files that cannot be read, each with the file's name.
    pub damaged: Vec<Error>,
}

/// The folder of what waits.
#[derive(Debug, Clone)]
pub struct Outbox {
    folder: PathBuf,
}

impl Parcel {
    /// Something to be sent.
    pub fn new(kept_at: Instant, store: String, acting: Option<String>, orders: Vec<Order>) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            kept_at,
            store,
            acting,
            held_up_by: None,
            orders,
        }
    }

    /// What it is known by: the key of its first request.
    pub fn key(&self) -> &str {
        self.orders.first().map_or("empty", |order| &order.key)
    }

    /// Its name among the others: a digest of all that is asked for, where and for whom. So the same content is
    /// kept once, and other content never takes its place, whatever its key.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn name(&self) -> Result<String> {
        use sha2::{Digest, Sha256};
        let content = serde_json::to_vec(&(&self.store, &self.acting, &self.orders)).map_err(unwritable)?;
        Ok(crate::hub::import::hex(&Sha256::digest(content)[..16]))
    }
}

impl Outbox {
    /// The outbox in a folder, which need not be there yet.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    fn path(&self, parcel: &Parcel) -> Result<PathBuf> {
        Ok(self.folder.join(format!("{}.json", parcel.name()?)))
    }

    /// Keeps a parcel, durably, before anything else is done with it.
    ///
    /// # Errors
    /// The system's own.
    pub fn keep(&self, parcel: &Parcel) -> Result<()> {
        std::fs::create_dir_all(&self.folder).at(&self.folder)?;
        self.sweep();
        let mut file = self.draft().at(&self.folder)?;
        let text = serde_json::to_vec(parcel).map_err(unwritable)?;
        let path = self.path(parcel)?;
        file.write_all(&text).at(&path)?;
        file.as_file().sync_all().at(&path)?;
        file.persist(&path).map_err(|error| error.error).at(&path)?;
        self.settle()
    }

    /// A file to write a parcel to before it gets its name. It stays locked while its process lives, so that nobody
    /// takes it for a leftover.
    fn draft(&self) -> std::io::Result<NamedTempFile> {
        loop {
            let file = Builder::new().prefix(DRAFT).tempfile_in(&self.folder)?;
            // One that was swept up between its making and its lock is made again. Where files cannot be locked,
            // nobody sweeps either.
            if file.as_file().lock().is_err() || file.path().exists() {
                return Ok(file);
            }
        }
    }

    /// Clears away what processes that were killed while they wrote left behind. A parcel that is whole gets its
    /// name, because what was typed is not lost; half of one is removed. Nothing depends on it, so a failure waits
    /// for the next time.
    fn sweep(&self) {
        let entries = std::fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let is_draft = |entry: &DirEntry| {
            entry
                .file_name()
                .to_str()
                .is_some_and(|name| name.starts_with(DRAFT))
        };
        for entry in entries.filter(is_draft) {
            let path = entry.path();
            // The system takes a lock away with its process: who gets it has no living owner before him.
            if let Ok(file) = std::fs::File::options().read(true).write(true).open(&path)
                && file.try_lock().is_ok()
            {
                let _ = self.clear(file, &path);
            }
        }
    }

    fn clear(&self, mut file: std::fs::File, draft: &Path) -> Result<()> {
        let mut text = Vec::new();
        file.read_to_end(&mut text).at(draft)?;
        let Ok(parcel) = serde_json::from_slice::<Parcel>(&text) else {
            let is_half = serde_json::from_slice::<IgnoredAny>(&text).is_err();
            // What is whole and not ours is another release's.
            return if is_half {
                std::fs::remove_file(draft).at(draft)
            } else {
                Ok(())
            };
        };
        let path = self.path(&parcel)?;
        if path.exists() {
            return std::fs::remove_file(draft).at(draft);
        }
        std::fs::rename(draft, &path).at(&path)?;
        self.settle()
    }

    /// Makes a new name last through a power failure as well.
    fn settle(&self) -> Result<()> {
        // Only here does a folder open like a file.
        #[cfg(unix)]
        std::fs::File::open(&self.folder)
            .and_then(|folder| folder.sync_all())
            .at(&self.folder)?;
        Ok(())
    }

    /// Takes a parcel out; says whether it was there.
    ///
    /// # Errors
    /// The system's own.
    pub fn drop(&self, parcel: &Parcel) -> Result<bool> {
        let path = self.path(parcel)?;
        match std::fs::remove_file(&path) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
            other => other.at(&path).map(|()| true),
        }
    }

    /// What waits, the oldest first, and which files cannot be read: one damaged file holds up no other.
    ///
    /// # Errors
    /// The system's own.
    pub fn waiting(&self) -> Result<Waiting> {
        self.sweep();
        let entries = match std::fs::read_dir(&self.folder) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Waiting::default()),
            other => other.at(&self.folder)?,
        };
        let mut all = Waiting::default();
        for entry in entries {
            let path = entry.at(&self.folder)?.path();
            if path.extension().is_some_and(|kind| kind == "json") {
                match read(&path) {
                    Ok(parcel) => all.parcels.extend(parcel),
                    Err(error) => all.damaged.push(error),
                }
            }
        }
        all.parcels
            .sort_by(|a, b| (a.kept_at, a.key()).cmp(&(b.kept_at, b.key())));
        all.damaged.sort_by(|a, b| a.message.cmp(&b.message));
        Ok(all)
    }

    /// Keeps a parcel with the reason why it waits; answers that reason, and how to go on.
    ///
    /// # Errors
    /// The system's own.
    pub fn hold(&self, mut parcel: Parcel, error: Error) -> Result<Error> {
        parcel.held_up_by = Some(error.message.clone());
        self.keep(&parcel)?;
        let key = parcel.key();
        Ok(error.hint(format!(
            "nothing typed is lost: it is kept as {key}; `servhub request outbox` lists, sends and drops"
        )))
    }

    /// Keeps a parcel, delivers it, and takes it out again. What the hub refuses is taken out as well, unless it
    /// must not be lost; what could not be delivered stays.
    ///
    /// # Errors
    /// What the hub answers.
    pub fn send(&self, parcel: Parcel, hub: &mut dyn Delivery, keep_refused: bool) -> Result<Vec<Filed>> {
        self.keep(&parcel)?;
        match hub.deliver(&parcel.orders) {
            Ok(filed) => {
                self.drop(&parcel)?;
                Ok(filed)
            }
            Err(error) if keep_refused || !is_answer(error.kind()) => Err(self.hold(parcel, error)?),
            Err(error) => {
                self.drop(&parcel)?;
                Err(error)
            }
        }
    }
}

/// Whether a failure is the hub's own answer: then it has filed nothing, and says why.
pub fn is_answer(kind: Kind) -> bool {
    matches!(kind, Kind::Usage | Kind::NotFound | Kind::Denied | Kind::Refused)
}

/// One parcel; none when another process has just taken it out.
fn read(path: &Path) -> Result<Option<Parcel>> {
    let text = match std::fs::read(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        other => other.at(path)?,
    };
    let wrong = || codes::BAD_PARCEL.error(format!("{}: not a kept request of this release", path.display()));
    let parcel: Parcel = serde_json::from_slice(&text).map_err(|error| wrong().because(error))?;
    if parcel.schema != SCHEMA {
        return Err(wrong());
    }
    Ok(Some(parcel))
}

fn unwritable(error: serde_json::Error) -> Error {
    codes::IO_FAILED
        .error("the request could not be kept")
        .because(error)
}

#[cfg(test)]
mod tests {
    use super::Outbox;

    /// Rules: Q-2
    #[test]
    fn nobody_sweeps_up_what_is_being_written() {
        let folder = tempfile::tempdir().unwrap();
        let outbox = Outbox::new(folder.path().to_owned());
        let written = outbox.draft().unwrap();
        outbox.sweep();
        assert!(written.path().exists());
        let (file, left) = written.keep().unwrap();
        // Its process is gone, and the lock with it.
        drop(file);
        outbox.sweep();
        assert!(!left.exists());
    }
}
