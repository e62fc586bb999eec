//! The integration tests: one binary, because each one links the whole program.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failure in a helper is a failure of the test"
)]

mod audit;
mod complete;
mod contract;
mod exit;
mod fixture;
mod generated;
mod harness;
mod output;
mod settings;
mod store;
