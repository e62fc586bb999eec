//! Where the data is kept. SQLite today; every statement lives below this module.

pub mod sqlite;
pub mod volume;

pub use sqlite::{AuditFilter, Db, Named, Read, Recorded, Write};
