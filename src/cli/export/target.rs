//! Where an export goes and in which form.

use crate::cli::App;
use crate::domain::Day;
use crate::error::{Result, codes};
use crate::output::{About, Dialect, Drain, ReportFormat, Rows, Text};
use std::path::PathBuf;

/// Options of every export.
#[derive(Debug, Clone, clap::Args)]
pub struct Target {
    /// Output format
    #[arg(long, short, value_enum, default_value_t = ReportFormat::Csv, value_name = "FORMAT", help_heading = "Output")]
    pub output: ReportFormat,
    /// Write to this file, which appears whole or not at all, instead of standard output
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub out: Option<PathBuf>,
    /// How CSV is written
    #[arg(long, value_enum, default_value_t = Dialect::Rfc4180, value_name = "DIALECT", help_heading = "Output")]
    pub csv_dialect: Dialect,
    /// Write what was asked, the row count and the SHA-256 to this file, so that the report can be checked
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub manifest: Option<PathBuf>,
}

impl Target {
    /// The text format, when it is one.
    pub fn text(&self) -> Option<Text> {
        match self.output {
            ReportFormat::Csv => Some(Text::Csv(self.csv_dialect)),
            ReportFormat::Tsv => Some(Text::Tsv),
            ReportFormat::Json => Some(Text::Json),
            ReportFormat::Jsonl => Some(Text::Jsonl),
            ReportFormat::Xlsx | ReportFormat::Html => None,
        }
    }

    /// Opens the way to the file or to standard output.
    ///
    /// # Errors
    /// `E0600` for a workbook at a terminal; else when the folder cannot be written to.
    pub fn open(&self, app: &App) -> Result<Drain> {
        match &self.out {
            Some(path) => Drain::file(path),
            None if self.output == ReportFormat::Xlsx && app.ui.at_terminal() => Err(codes::NEEDS_FILE
                .error("a workbook is not for a terminal")
                .hint("name a file with --out, such as --out cpod.xlsx")),
            None => Ok(Drain::stream(app.ui.stream())),
        }
    }

    /// Begins a listing in the format asked for.
    ///
    /// # Errors
    /// As [`Target::open`].
    pub fn rows(&self, app: &App, about: &About, as_of: Day) -> Result<Rows> {
        let drain = self.open(app)?;
        match (self.text(), self.output) {
            (Some(text), _) => Ok(Rows::text(about, text, drain)),
            (None, ReportFormat::Xlsx) => Rows::book(about, as_of, drain),
            (None, _) => Ok(Rows::page(about, as_of, drain)),
        }
    }

    /// The dialect, where it matters.
    pub fn dialect_word(&self) -> Option<&'static str> {
        (self.output == ReportFormat::Csv).then(|| self.csv_dialect.word())
    }
}
