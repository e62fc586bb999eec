//! The integration tests: one binary, because each one links the whole program.

mod audit;
mod contract;
mod fixture;
mod generated;
mod harness;
mod store;
