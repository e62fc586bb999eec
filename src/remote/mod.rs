//! The way to a hub that is somewhere else.

pub mod http;
mod outbound;
mod retry;
