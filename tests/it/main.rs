//! The integration tests: one binary, because each one links the whole program.

mod contract;
mod demo;
mod generated;
mod harness;
mod output;
mod rule_index;
mod store;
mod values;
mod workspace;
