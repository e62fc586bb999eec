//! The integration tests: one binary, because each one links the whole program.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, and so do the helpers that it calls"
)]

mod activity;
mod attach;
mod audit;
mod change;
mod clock;
mod complete;
mod contract;
mod copy;
mod database;
mod delegation;
mod demo;
mod entitlements;
mod exit;
mod export;
mod filing;
mod fixture;
mod formats;
mod generated;
mod groups;
mod harness;
mod health;
mod import;
mod invitations;
mod ledger;
mod life;
mod matrix;
mod organisation;
mod output;
mod page;
mod partner;
mod partner_files;
mod people;
mod people_file;
mod postgres;
mod recipe;
mod request;
mod roles;
mod server;
mod settings;
mod sight;
mod sign_in;
mod sla;
mod sold;
mod spaces;
mod store;
mod supply;
mod targets;
mod tenant;
mod terminal;
mod tokens;
mod values;
mod visibility;
mod wire;
mod workspace;
