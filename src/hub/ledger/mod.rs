//! The ledger: recording deliveries, correcting mistakes, and reading it (L-1 to L-6).

mod correct;
mod draw;
mod list;
mod record;

pub use correct::Correct;
pub use list::List;
pub use record::{Record, Recorded, Target};
