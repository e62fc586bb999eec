//! The integration tests: one binary, because each one links the whole program.

mod activity;
mod contract;
mod demo;
mod entitlements;
mod generated;
mod harness;
mod ledger;
mod output;
mod rule_index;
mod store;
mod supply;
mod values;
mod workspace;
