//! Where the data is kept. SQLite today; every statement lives below this module.

mod engine;
pub mod sqlite;
pub mod volume;

pub(crate) use engine::Error as EngineError;
pub(crate) use sqlite::Dress;
pub use sqlite::export;
pub use sqlite::{
    Assessment, CaseLine, Contact, Days, Db, Engagement, Entries, Entry, EntryLine, Heap, HeapKey, Learning,
    Named, NewEntry, NewWorkspace, Of, Order, Reach, Read, Scope, Sight, UsageLine, Write,
};
pub use sqlite::{AuditFilter, Recorded};
