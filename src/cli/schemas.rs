//! Every shape an answer can have, so that tests can pin them (K-6).

use super::{explain, profile};
use crate::hub::{audit, contract, upkeep};
use crate::output::{Column, Tabular};

/// A schema with its columns.
pub type Schema = (&'static str, &'static [Column]);

const fn of<T: Tabular>() -> Schema {
    (T::SCHEMA, T::COLUMNS)
}

/// All schemas; `docs/schemas.txt` is made from this, and a test finds one that is missing here.
pub const SCHEMAS: &[Schema] = &[
    of::<audit::Line>(),
    of::<audit::Verified>(),
    of::<contract::ExpiringLine>(),
    of::<contract::Line>(),
    of::<contract::PackageLine>(),
    of::<explain::Line>(),
    of::<profile::Line>(),
    of::<profile::SettingLine>(),
    of::<upkeep::Check>(),
];
