//! What PostgreSQL alone needs: opening and migrating a database, what one person sees, loading, and its checks. The
//! statements themselves are those of every store.

mod address;
mod export;
mod load;
mod open;
mod sight;
mod upkeep;
mod views;

pub use address::is_address;
pub(super) use export::each_entry_between;
pub(crate) use load::Copy;
pub(super) use load::{drop_ledger_indexes, owners};
pub(super) use open::{open, peek, second_reader};
pub(super) use sight::{install, search_path};
