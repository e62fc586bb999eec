//! `servhub request file`

use crate::cli::outlet::Out;
use crate::cli::{App, Command, Outcome};
use crate::error::codes;
use crate::hub::request::File;
use std::path::PathBuf;

/// Get an attachment back, byte for byte
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Number of the request
    request: String,
    /// What the attachment is called
    name: String,
    /// Write to this file, which appears whole or not at all, instead of standard output
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    out: Option<PathBuf>,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        if self.out.is_none() && app.ui.at_terminal() {
            let error = codes::NEEDS_FILE.error("an attachment is not for a terminal");
            return Err(error.hint("name a file with --out").into());
        }
        let file = File {
            number: self.request,
            name: self.name,
        };
        let bytes = app
            .hub()?
            .export(&file, &mut Out::to(self.out.as_deref(), &app.ui))?;
        Ok(match self.out {
            None => Outcome::silent(),
            Some(path) => Outcome::silent().note(format!("{}: {bytes} bytes", path.display())),
        })
    }
}
