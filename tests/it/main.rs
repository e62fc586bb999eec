//! The integration tests: one binary, because each one links the whole program.

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
