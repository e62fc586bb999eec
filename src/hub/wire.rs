//! How an operation travels: where it stands in the interface of a shared hub, and what goes there and back.

use super::import::Watch;
use super::{Context, Mode};
use crate::error::Result;
use crate::output::Drain;
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fmt::Debug;
use std::path::{Path, PathBuf};

/// What travels as JSON and can say how it looks.
pub trait Wire: Serialize + DeserializeOwned + JsonSchema {}

impl<T: Serialize + DeserializeOwned + JsonSchema> Wire for T {}

/// What is done with a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// Looked at.
    Get,
    /// Something is made of it, or something is asked that does not fit into an address.
    Post,
    /// Set to a value.
    Put,
    /// Changed in parts.
    Patch,
    /// Taken away.
    Delete,
}

/// Where an operation stands in the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    /// What is done.
    pub method: Method,
    /// With which resource: a path below `/v1`, in which `{name}` stands for an argument.
    pub path: &'static str,
}

impl Route {
    /// A resource is looked at.
    pub const fn get(path: &'static str) -> Self {
        Self {
            method: Method::Get,
            path,
        }
    }

    /// Something is made.
    pub const fn post(path: &'static str) -> Self {
        Self {
            method: Method::Post,
            path,
        }
    }

    /// A value is set.
    pub const fn put(path: &'static str) -> Self {
        Self {
            method: Method::Put,
            path,
        }
    }

    /// A resource is changed in parts.
    pub const fn patch(path: &'static str) -> Self {
        Self {
            method: Method::Patch,
            path,
        }
    }

    /// A resource is taken away.
    pub const fn delete(path: &'static str) -> Self {
        Self {
            method: Method::Delete,
            path,
        }
    }

    /// The arguments that stand in the path.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        self.path
            .split('/')
            .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
    }
}

/// An operation on its way to a hub.
#[derive(Debug)]
pub struct Call<'a> {
    /// `noun.verb`.
    pub operation: &'static str,
    /// Where it goes.
    pub route: Route,
    /// Who asks, when and why.
    pub context: &'a Context,
    /// On whose behalf.
    pub on_behalf: Option<&'a str>,
    /// Whether a change is kept.
    pub mode: Mode,
    /// Its arguments, an object.
    pub arguments: Value,
}

/// A file that travels with a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// Where it lies.
    pub path: PathBuf,
    /// What the change finds it by; none for those that the change itself names, which come first and in their order.
    pub name: Option<String>,
}

impl Carried {
    /// One of those that a change names.
    pub fn named_by_change(path: PathBuf) -> Self {
        Self { path, name: None }
    }
}

/// What comes back.
#[derive(Debug)]
pub struct Reply {
    /// Whether anything was changed.
    pub changed: bool,
    /// The answer, as JSON.
    pub answer: Vec<u8>,
}

/// Where an export goes: one report, or the files of a folder.
pub trait Outlet {
    /// The way for one report (no name), or for a file of a folder (its path below the folder, with `/`).
    ///
    /// # Errors
    /// When it cannot be written there.
    fn open(&mut self, name: Option<&str>) -> Result<Drain>;

    /// The file of this machine that the one report becomes, when it becomes one.
    fn file(&self) -> Option<&Path> {
        None
    }
}

/// The way to a hub that is somewhere else.
pub trait Transport: Debug {
    /// The person whose token is shown there; none when whoever holds it acts as operator.
    ///
    /// # Errors
    /// When the hub does not answer.
    fn holder(&self) -> Result<Option<String>>;

    /// Brings a question or a change there and its answer back.
    ///
    /// # Errors
    /// What the hub answers, with the hub's code; of kind `Unreachable` when it does not answer.
    fn call(&self, call: &Call<'_>) -> Result<Reply>;

    /// The same for a change with files.
    ///
    /// # Errors
    /// As [`Transport::call`], and when a file cannot be read.
    fn deliver(&self, call: &Call<'_>, files: &[Carried], watch: &dyn Watch) -> Result<Reply>;

    /// Brings an export.
    ///
    /// # Errors
    /// As [`Transport::call`], and when it cannot be written; what was written then never appears.
    fn fetch(&self, call: &Call<'_>, to: &mut dyn Outlet) -> Result<Reply>;
}
