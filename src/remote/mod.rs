//! A hub that is somewhere else, from this side.

pub mod secret;
pub mod sign_in;
