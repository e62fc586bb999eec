//! Where the secret of a hub lives on this side: in the environment, in the keyring of the system, or, for whoever asks for
//! that by name, in a file that nobody else can read (K-11).

mod file;
mod keyring;

use crate::domain::Instant;
use crate::domain::token::Secret;
use crate::error::{Error, Result, codes};
use crate::hub::sign_in::{Offer, Opened};
use crate::remote::sign_in::Granted;
use file::Files;
use keyring::Keyring;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::PathBuf;

/// The variable that wins over everything kept.
pub const VARIABLE: &str = "SERVHUB_TOKEN";

/// What is kept of a sign-in. It prints nothing of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The text of the token.
    pub token: String,
    /// Whose it is.
    pub account: String,
    /// The first moment at which it opens nothing any more.
    pub expires_at: Instant,
    /// What gets another session without the person.
    pub renewal: Option<Renewal>,
}

/// How a sign-in is renewed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renewal {
    /// With whom.
    pub offer: Offer,
    /// With what.
    pub granted: Granted,
}

impl Kept {
    /// What is kept of a token that the hub has made.
    pub fn of(opened: &Opened, renewal: Option<Renewal>) -> Self {
        Self {
            token: opened.token.clone(),
            account: opened.account.clone(),
            expires_at: opened.expires_at,
            renewal,
        }
    }

    /// The token.
    ///
    /// # Errors
    /// `E0201` when what is kept is none.
    pub fn secret(&self) -> Result<Secret> {
        Secret::read(&self.token).ok_or_else(|| nobody("what is kept is no token"))
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Kept({:?}, …)", self.account)
    }
}

/// Where a secret lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In [`VARIABLE`].
    Environment,
    /// In a file that only its owner can read.
    File(PathBuf),
    /// In the keyring of the system.
    Keyring,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Environment => write!(f, "the environment ({VARIABLE})"),
            Self::File(path) => write!(f, "the file {}", path.display()),
            Self::Keyring => f.write_str("the keyring"),
        }
    }
}

/// A secret that was found.
#[derive(Debug, Clone)]
pub enum Found {
    /// In the environment: nothing but the token is known.
    Told(Secret),
    /// Kept by a sign-in.
    Kept(Box<Kept>, Place),
}

/// The secrets of this side.
pub struct Secrets {
    told: Option<String>,
    files: Files,
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secrets({:?}, …)", self.files)
    }
}

impl Secrets {
    /// With a folder for files, and what the environment tells.
    pub fn new(folder: PathBuf, told: Option<String>) -> Self {
        Self {
            told: told.filter(|told| !told.trim().is_empty()),
            files: Files::new(folder),
        }
    }

    /// The secret of a hub: what the environment tells, else what a file has, else what the keyring has.
    ///
    /// # Errors
    /// `E0201` for a variable that holds no token; `E0208` when the keyring does not answer; `E0209` for a file that
    /// others can read.
    pub fn find(&self, hub: &str) -> Result<Option<Found>> {
        if let Some(told) = &self.told {
            let secret = Secret::read(told).ok_or_else(|| nobody(&format!("{VARIABLE} holds no token")))?;
            return Ok(Some(Found::Told(secret)));
        }
        if let Some((text, path)) = self.files.read(hub)? {
            return read(&text).map(|kept| Some(Found::Kept(Box::new(kept), Place::File(path))));
        }
        let text = Keyring.read(hub)?;
        let kept = text.map(|text| read(&text)).transpose()?;
        Ok(kept.map(|kept| Found::Kept(Box::new(kept), Place::Keyring)))
    }

    /// Finds out whether the keyring answers.
    ///
    /// # Errors
    /// `E0208` when it does not.
    pub fn try_keyring(&self, hub: &str) -> Result<()> {
        Keyring.read(hub).map(|_| ())
    }

    /// Keeps the secret of a hub, in the keyring or in a file, and nowhere else.
    ///
    /// # Errors
    /// `E0208` when the keyring does not answer; `E0008` when the file cannot be written.
    pub fn keep(&self, hub: &str, kept: &Kept, in_file: bool) -> Result<Place> {
        let text = serde_json::to_string(kept).map_err(|error| {
            codes::IO_FAILED
                .error("the secret cannot be written")
                .because(error)
        })?;
        if in_file {
            return self.files.write(hub, &text).map(Place::File);
        }
        Keyring.write(hub, text)?;
        self.files.remove(hub)?;
        Ok(Place::Keyring)
    }

    /// Waits until nobody else on this machine renews the sign-in to a hub, and keeps others waiting as long as the answer
    /// lives: a provider takes a refresh token once, and a second try looks like theft.
    ///
    /// # Errors
    /// `E0008` when the folder cannot be written.
    pub fn alone(&self, hub: &str) -> Result<std::fs::File> {
        self.files.lock(hub)
    }

    /// Forgets what is kept of a hub; says where it was.
    ///
    /// # Errors
    /// `E0208` when the keyring does not answer.
    pub fn forget(&self, hub: &str) -> Result<Option<Place>> {
        if let Some(path) = self.files.remove(hub)? {
            return Ok(Some(Place::File(path)));
        }
        Ok(Keyring.remove(hub)?.then_some(Place::Keyring))
    }
}

fn read(text: &str) -> Result<Kept> {
    // The parser's message could quote what it read.
    serde_json::from_str(text).map_err(|_| nobody("what is kept cannot be read"))
}

/// "Not signed in", for a reason on this side.
pub fn nobody(what: &str) -> Error {
    codes::NOT_SIGNED_IN
        .error(format!("not signed in: {what}"))
        .hint("`servhub login` signs in")
}
