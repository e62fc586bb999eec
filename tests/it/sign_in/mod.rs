//! Signing in to a shared hub, with a provider that somebody else wrote and a person who is played by HTTP.

mod commands;
mod flows;
mod hub;
mod person;
mod provider;

pub use provider::free_port;
