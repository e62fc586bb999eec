//! The integration tests: one binary, because each one links the whole program.

mod contract;
mod harness;
mod import;
