//! The way to a hub that is somewhere else, and into it.

mod calls;
pub mod http;
mod outbound;
mod parts;
mod retry;
pub mod secret;
pub mod sign_in;
