//! How answers are written: table, CSV, TSV, JSON, JSON Lines and Markdown from one [`Listing`].

mod cell;
mod delimited;
mod format;
mod jq;
mod json;
mod listing;
mod markdown;
mod table;

pub use cell::Cell;
pub use delimited::{Dialect, defuse, refuse};
pub use format::{Format, Style, render};
pub use listing::{Column, Cut, Listing, Tabular, col};
