//! Roles: of members in workspaces, and of global administrators at customers.

mod appoint;
mod grant;
mod list;

pub use appoint::{Administrator, Appoint, Dismiss, Dismissed};
pub use grant::{Grant, Revoke};
pub use list::{HeldLine, List};

pub(crate) use grant::granted_in_workspaces;
