//! The way to a hub that is somewhere else, and into it.

pub mod http;
mod outbound;
mod retry;
pub mod secret;
pub mod sign_in;
