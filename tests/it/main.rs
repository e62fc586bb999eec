//! The integration tests: one binary, because each one links the whole program.

mod activity;
mod audit;
mod change;
mod complete;
mod contract;
mod demo;
mod entitlements;
mod exit;
mod export;
mod fixture;
mod generated;
mod harness;
mod import;
mod ledger;
mod output;
mod settings;
mod store;
mod supply;
mod values;
mod workspace;
