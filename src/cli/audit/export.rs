//! `servhub audit export`

use super::Filter;
use crate::cli::outlet::Out;
use crate::cli::{App, Command, Outcome};
use crate::hub::audit::{File, Form};
use std::path::PathBuf;

/// Write the records out, oldest first, as JSON Lines or CSV
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    filter: Filter,
    /// Output format
    #[arg(long, short, value_enum, default_value_t = Form::Jsonl, value_name = "FORMAT", help_heading = "Output")]
    output: Form,
    /// Write to this file, whole or not at all, instead of standard output
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    out: Option<PathBuf>,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let export = File {
            wanted: self.filter.into(),
            output: self.output,
        };
        let count = app
            .hub()?
            .export(&export, &mut Out::to(self.out.as_deref(), &app.ui))?;
        Ok(Outcome::silent().note(format!("{count} audit records written")))
    }
}
