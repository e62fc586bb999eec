//! Where the data is kept. SQLite today; every statement lives below this module.

pub mod sqlite;

pub use sqlite::{Db, Named, NewWorkspace, Read, Write};
