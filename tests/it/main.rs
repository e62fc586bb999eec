//! The integration tests: one binary, because each one links the whole program.

mod contract;
mod demo;
mod generated;
mod harness;
mod rule_index;
mod workspace;
