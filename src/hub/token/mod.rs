//! `token.create`, `token.list` and `token.revoke`: tokens for programs, and the sessions of sign-ins.

mod create;
mod list;
mod revoke;

pub use create::{Create, Created};
pub use list::{Line, List};
pub use revoke::Revoke;
