//! Where the data is kept. SQLite today; every statement lives below this module.

pub mod sqlite;

pub use sqlite::{Days, Db, Entry, Heap, HeapKey, Named, Order, Reach, Read, Scope, UsageLine, Write};
