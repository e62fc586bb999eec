//! People of workspaces: one way from what is to what should be, for single commands and for whole files.

pub mod adopt;
mod code;
mod contact;
mod powers;
mod settle;

pub use code::Code;
pub(crate) use powers::Powers;
pub(crate) use settle::{Settled, VALID_DAYS, not_granted, renew, settle, take_over};
