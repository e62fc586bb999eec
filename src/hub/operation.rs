//! What an operation is: a question, a change or a report. Its name, its permission and its record hang from one definition.

use super::{Outlet, Reading, Route, Wire, Writing};
use crate::error::Result;
use crate::policy::Permission;
use std::path::PathBuf;

/// A question: reads on one consistent snapshot and changes nothing.
pub trait Query {
    /// `noun.verb`, its one name in help, routes and records.
    const NAME: &'static str;
    /// Where it stands in the interface of a shared hub.
    const ROUTE: Route;
    /// What the acting person must be permitted.
    type Needs: Permission;
    /// What it answers.
    type Answer;
    /// Answers.
    ///
    /// # Errors
    /// As the operation says.
    fn answer(&self, at: &Reading<'_, Self::Needs>) -> Result<Self::Answer>;
}

/// A change: one transaction, written with its audit records or not at all.
pub trait Change: Wire {
    /// `noun.verb`, its one name in help, routes and records.
    const NAME: &'static str;
    /// Where it stands in the interface of a shared hub.
    const ROUTE: Route;
    /// What the acting person must be permitted.
    type Needs: Permission;
    /// What it answers.
    type Answer: Wire;
    /// Whether files can belong to it; then they travel with it.
    const HAS_FILES: bool = false;
    /// Where its files lie, in a fixed order.
    fn files(&self) -> Vec<PathBuf> {
        Vec::new()
    }
    /// Says where they lie at the hub, in the same order.
    fn hand_in(&mut self, _files: Vec<PathBuf>) {}
    /// Files that lie beside its files, each under the name by which it will look for it.
    ///
    /// # Errors
    /// When it cannot be seen what lies there.
    fn enclosed(&self) -> Result<Vec<(String, PathBuf)>> {
        Ok(Vec::new())
    }
    /// Says where those lie at the hub that came with it.
    fn hand_in_enclosed(&mut self, _files: Vec<(String, PathBuf)>) {}
    /// Whether it proves every reference that it writes: then the store does not check them again.
    fn proves_references(&self) -> bool {
        false
    }
    /// Makes the change and records it with [`Writing::record`].
    ///
    /// # Errors
    /// As the operation says; then nothing is changed.
    fn change(&self, at: &mut Writing<'_, Self::Needs>) -> Result<Self::Answer>;
}

/// A report that is handed on while it is made: reads as a [`Query`] does.
pub trait Export: Wire {
    /// `noun.verb`, its one name in help, routes and records.
    const NAME: &'static str;
    /// Where it stands in the interface of a shared hub.
    const ROUTE: Route;
    /// What the acting person must be permitted.
    type Needs: Permission;
    /// What it answers besides what it wrote.
    type Answer: Wire;
    /// Writes it.
    ///
    /// # Errors
    /// As the operation says; then nothing of it appears.
    fn write(&self, at: &Reading<'_, Self::Needs>, to: &mut dyn Outlet) -> Result<Self::Answer>;
}

/// Whether a change is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Do it.
    Apply,
    /// Do all of it, say what would have come of it, and roll it back (`--dry-run`, K-8).
    DryRun,
}

/// What came of a change.
#[derive(Debug)]
pub struct Done<T> {
    /// The operation's answer.
    pub answer: T,
    /// Whether anything was (or, in a dry run, would be) changed.
    pub changed: bool,
}
