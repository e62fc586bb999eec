//! Delegated access (GDAP) through its whole life (G-3).

mod approve;
mod assign;
mod check;
mod extend;
mod kept;
mod list;
mod request;
mod terminate;

pub use approve::Approve;
pub use assign::Assign;
pub use check::{Check, Checked, Reach};
pub use extend::Extend;
pub use list::{Line, List, Show};
pub use request::{Request, Requested, Wanted};
pub use terminate::Terminate;
