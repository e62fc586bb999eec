//! `servhub user adopt`

use crate::cli::outlet::Out;
use crate::cli::{App, Command, Outcome};
use crate::hub::people::adopt::Adopt;
use std::path::PathBuf;

/// Write the people of workspaces out as a file for `user plan` and `user apply`
///
/// People who were removed are left out. Applying the file as it is changes nothing.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only this workspace, by name or id; may be given several times
    #[arg(
        long,
        visible_alias = "space",
        value_name = "WORKSPACE",
        help_heading = "What"
    )]
    workspace: Vec<String>,
    /// All workspaces that you may list, which is also what is meant when none is named
    #[arg(long, conflicts_with = "workspace", help_heading = "What")]
    all_workspaces: bool,
    /// Write to this file, which appears whole or not at all, instead of standard output
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath, help_heading = "Output")]
    out: Option<PathBuf>,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let adopt = Adopt {
            workspaces: self.workspace,
        };
        let rows = app
            .hub()?
            .export(&adopt, &mut Out::to(self.out.as_deref(), &app.ui))?;
        let place = self
            .out
            .map_or(String::new(), |path| format!(" in {}", path.display()));
        Ok(Outcome::silent().note(format!("{rows} people{place}")))
    }
}
