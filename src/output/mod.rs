//! How answers are written: table, CSV, TSV, JSON, JSON Lines and Markdown from one [`Listing`].

mod cell;
mod delimited;
mod drain;
mod encode;
mod format;
mod jq;
mod json;
mod listing;
mod markdown;
mod rows;
mod table;
mod value;
mod workbook;

pub use cell::Cell;
pub use delimited::{Dialect, defuse, refuse};
pub use drain::{Drain, Written, write_file};
pub use encode::{Encoder, Text};
pub use format::{Format, ReportFormat, Style, render};
pub use listing::{Column, Cut, Listing, Tabular, col};
pub use rows::{About, Rows};
pub use value::Value;
pub use workbook::{Book, Look, Table};
