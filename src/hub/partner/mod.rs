//! Partners: who they are, and what they offer their customers.

mod find;
mod profile;
mod show;

pub use find::Find;
pub use profile::{Profile, Profiled, SetProfile};
pub use show::{List, Show, Shown};
