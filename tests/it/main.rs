//! The integration tests: one binary, because each one links the whole program.

mod audit;
mod change;
mod complete;
mod contract;
mod demo;
mod exit;
mod fixture;
mod generated;
mod harness;
mod output;
mod settings;
mod store;
mod values;
mod workspace;
mod import;
