//! Where the data is kept: in a file (SQLite) or a database (PostgreSQL). Every statement lives below this module.

mod copy;
mod engine;
mod postgres;
pub mod sqlite;
pub mod volume;

pub(crate) use copy::{NewFile, copy, count_all};
pub(crate) use engine::Error as EngineError;
pub use postgres::is_address;
pub(crate) use sqlite::Dress;
pub use sqlite::export;
pub use sqlite::{
    Assessment, CaseLine, Contact, Days, Db, Engagement, Entries, Entry, EntryLine, Heap, HeapKey, Learning,
    Named, NewEntry, NewWorkspace, Of, Order, Reach, Read, Scope, Sight, UsageLine, Write,
};
pub use sqlite::{AuditFilter, Recorded};
