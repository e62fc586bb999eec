//! Where an export goes and in which form.

use crate::cli::App;
use crate::cli::outlet::Out;
use crate::error::{Result, codes};
use crate::hub::export::form::Form;
use crate::output::{Dialect, ReportFormat};
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
    /// How the report is written.
    pub fn form(&self) -> Form {
        Form {
            output: self.output,
            csv_dialect: self.csv_dialect,
        }
    }

    /// The way to the file or to standard output.
    ///
    /// # Errors
    /// `E0600` for a workbook at a terminal.
    pub fn outlet<'a>(&'a self, app: &'a App) -> Result<Out<'a>> {
        if self.out.is_none() && self.output == ReportFormat::Xlsx && app.ui.at_terminal() {
            return Err(codes::NEEDS_FILE
                .error("a workbook is not for a terminal")
                .hint("name a file with --out, such as --out cpod.xlsx"));
        }
        Ok(Out::to(self.out.as_deref(), &app.ui))
    }
}
