//! servhub keeps what a support contract promises, what was delivered against it, and what is left.
//!
//! The data goes one way: `cli` (arguments) → `hub` (operations) → `policy` and `domain` (rules) → `store`.

pub mod api;
pub mod audit;
pub mod cli;
pub mod demo;
pub mod domain;
pub mod error;
pub mod hub;
pub mod oidc;
pub mod outbox;
pub mod output;
pub mod policy;
pub mod remote;
pub mod server;
pub mod sort;
pub mod store;
pub mod ui;
