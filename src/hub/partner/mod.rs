//! Partners: who they are, and what they offer their customers.

mod profile;
mod show;

pub use profile::{Profile, SetProfile};
pub use show::{List, Show, Shown};
