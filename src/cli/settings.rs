//! Where the data is: flag, environment, profile, default, in that order (K-1).

use super::args::Global;
use crate::domain::near::nearest;
use crate::error::{AtPath, codes};
use crate::store::is_address;
use anyhow::Context as _;
use directories::ProjectDirs;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What a profile holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// A file or a URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub store: Option<String>,
    /// The current workspace, by id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workspace: Option<String>,
    /// The person to act as, by account.
    #[serde(rename = "as", skip_serializing_if = "Option::is_none")]
    pub acting: Option<String>,
}

/// The settings file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// The profile in use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current: Option<String>,
    /// All profiles by name.
    #[serde(default)]
    pub profiles: BTreeMap<String, Profile>,
}

/// A setting and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Its name.
    pub name: &'static str,
    /// Its value.
    pub value: Option<String>,
    /// Flag, environment variable, profile with its file, or default.
    pub origin: String,
}

/// Where the store is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A SQLite file.
    File(PathBuf),
    /// A remote hub.
    Hub(String),
}

impl Place {
    /// Where a name says that the store is.
    ///
    /// # Errors
    /// `E0100` for an address of an unknown kind, or one with a password in it.
    pub fn of(value: &str) -> anyhow::Result<Self> {
        without_password(value)?;
        if value.starts_with("https://") || value.starts_with("http://") {
            return Ok(Self::Hub(value.to_owned()));
        }
        if is_address(value) {
            return Ok(Self::File(PathBuf::from(value)));
        }
        let path = value.strip_prefix("sqlite:").unwrap_or(value);
        if path.contains("://") {
            let scheme = path.split("://").next().unwrap_or_default();
            return Err(codes::BAD_VALUE
                .error(format!(
                    "a store is a file, a postgres:// or an https:// address, not {scheme}://"
                ))
                .into());
        }
        Ok(Self::File(PathBuf::from(path)))
    }
}

/// The settings in force.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The settings file as it stands.
    pub file: File,
    /// Where that file is.
    pub path: PathBuf,
    /// Name of the profile in force, and its origin.
    pub profile: Setting,
    /// The store.
    pub store: Setting,
    /// The current workspace.
    pub workspace: Setting,
    /// The person to act as.
    pub acting: Setting,
    /// The folder of requests that wait to be sent.
    pub outbox: Setting,
}

impl Settings {
    /// Reads the settings file and resolves every setting.
    ///
    /// # Errors
    /// When the file cannot be read or names an unknown profile.
    pub fn load(global: &Global) -> anyhow::Result<Self> {
        let path = path()?;
        let file = read(&path)?;
        let env = |name: &'static str| {
            std::env::var(name)
                .ok()
                .filter(|v| !v.is_empty())
                .map(|v| (v, name.to_owned()))
        };
        let flag = |value: &Option<String>, name: &str| value.clone().map(|v| (v, name.to_owned()));
        let in_file = file
            .current
            .clone()
            .map(|name| (name, path.display().to_string()));
        let chosen = flag(&global.profile, "--profile")
            .or_else(|| env("SERVHUB_PROFILE"))
            .or(in_file);
        let profile = setting("profile", chosen, None);
        let found = profile.value.as_ref().map(|name| known(&file, name));
        let found = found.transpose()?.cloned().unwrap_or_default();
        let from = format!("profile {}", profile.value.as_deref().unwrap_or("(none)"));
        let in_profile = |value: Option<String>| value.map(|v| (v, from.clone()));
        let store = flag(&global.store, "--store")
            .or_else(|| env("SERVHUB_STORE"))
            .or_else(|| in_profile(found.store));
        let workspace = env("SERVHUB_WORKSPACE").or_else(|| in_profile(found.workspace));
        let acting = flag(&global.acting, "--as")
            .or_else(|| env("SERVHUB_AS"))
            .or_else(|| in_profile(found.acting));
        let outbox = env("SERVHUB_OUTBOX");
        let default_outbox = match &outbox {
            Some(_) => None,
            None => Some(directories()?.data_dir().join("outbox").display().to_string()),
        };
        let default_store = match &store {
            Some(_) => None,
            None => Some(directories()?.data_dir().join("servhub.db").display().to_string()),
        };
        Ok(Self {
            store: setting("store", store, default_store),
            workspace: setting("workspace", workspace, None),
            acting: setting("as", acting, None),
            outbox: setting("outbox", outbox, default_outbox),
            profile,
            file,
            path,
        })
    }

    /// The settings file alone, with nothing resolved: what changes of the profiles start from.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn unresolved() -> anyhow::Result<Self> {
        let path = path()?;
        Ok(Self {
            file: read(&path)?,
            path,
            profile: setting("profile", None, None),
            store: setting("store", None, None),
            workspace: setting("workspace", None, None),
            acting: setting("as", None, None),
            outbox: setting("outbox", None, None),
        })
    }

    /// Checks that there is such a profile.
    ///
    /// # Errors
    /// `E0110` with the nearest ones.
    pub fn known(&self, name: &str) -> anyhow::Result<()> {
        known(&self.file, name).map(|_| ())
    }

    /// Where the store is.
    ///
    /// # Errors
    /// `E0100` for a URL of an unknown kind.
    pub fn place(&self) -> anyhow::Result<Place> {
        Place::of(self.store.value.as_deref().unwrap_or_default())
    }

    /// Writes the settings file, whole or not at all.
    ///
    /// # Errors
    /// When its folder cannot be written.
    pub fn save(&self) -> anyhow::Result<()> {
        let text = toml::to_string_pretty(&self.file).context("the settings cannot be written as TOML")?;
        let folder = self.path.parent().unwrap_or(&self.path);
        std::fs::create_dir_all(folder).at(folder)?;
        let mut temporary = tempfile::NamedTempFile::new_in(folder).at(folder)?;
        std::io::Write::write_all(&mut temporary, text.as_bytes()).at(&self.path)?;
        temporary
            .persist(&self.path)
            .map_err(|error| error.error)
            .at(&self.path)?;
        Ok(())
    }
}

/// Refuses an address with a password in it: addresses are shown, logged and kept in files (K-11).
///
/// # Errors
/// `E0100` when there is one.
pub fn without_password(store: &str) -> anyhow::Result<()> {
    if hide_password(store) == store {
        return Ok(());
    }
    Err(codes::BAD_VALUE
        .error(format!("the address {} holds a password", hide_password(store)))
        .hint("leave it out of the address; for a database it may stand in PGPASSWORD")
        .into())
}

/// The address with its password as dots.
pub fn hide_password(store: &str) -> String {
    let hidden = store.split_once("://").and_then(|(scheme, rest)| {
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let (login, host) = authority.rsplit_once('@')?;
        let (name, _) = login.split_once(':')?;
        Some(format!("{scheme}://{name}:...@{host}{path}"))
    });
    let hidden = hidden.unwrap_or_else(|| store.to_owned());
    // A database's address may say it behind the question mark.
    match hidden.split_once("password=") {
        Some((before, rest)) if hidden.contains("://") && before.contains('?') => {
            let rest = rest.find('&').map_or("", |end| &rest[end..]);
            format!("{before}password=...{rest}")
        }
        _ => hidden,
    }
}

fn known<'a>(file: &'a File, name: &str) -> anyhow::Result<&'a Profile> {
    file.profiles.get(name).ok_or_else(|| {
        let error = codes::NOT_FOUND.error(format!("there is no profile \"{name}\""));
        let near = nearest(name, file.profiles.keys().map(String::as_str));
        match near.as_slice() {
            [] => error.hint("`servhub profile list` shows them").into(),
            near => error.hint(format!("did you mean {}?", near.join(", "))).into(),
        }
    })
}

fn setting(name: &'static str, found: Option<(String, String)>, default: Option<String>) -> Setting {
    match found {
        Some((value, origin)) => Setting {
            name,
            value: Some(value),
            origin,
        },
        None => Setting {
            name,
            value: default,
            origin: "default".to_owned(),
        },
    }
}

fn directories() -> anyhow::Result<ProjectDirs> {
    ProjectDirs::from("", "", "servhub").ok_or_else(|| {
        codes::NO_HOME
            .error("this account has no home folder")
            .hint("set SERVHUB_STORE and SERVHUB_CONFIG")
            .into()
    })
}

fn path() -> anyhow::Result<PathBuf> {
    match std::env::var_os("SERVHUB_CONFIG").filter(|value| !value.is_empty()) {
        Some(path) => Ok(PathBuf::from(path)),
        None => Ok(directories()?.config_dir().join("config.toml")),
    }
}

fn read(path: &std::path::Path) -> anyhow::Result<File> {
    let text = match std::fs::read_to_string(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(File::default()),
        other => other.at(path)?,
    };
    toml::from_str(&text).map_err(|error| {
        // The message may not quote the line: an address in it can hold a password (K-11).
        let line = error
            .span()
            .map_or(1, |span| text[..span.start].lines().count().max(1));
        codes::BAD_SETTINGS
            .error(format!("{}, line {line}: {}", path.display(), error.message()))
            .into()
    })
}
