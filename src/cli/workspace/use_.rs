//! `servhub workspace use`

use crate::cli::{App, Command, Outcome};
use crate::hub::workspace::Show;

/// Make a workspace the current one, which reports are about by default
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name or id
    workspace: String,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let show = Show {
            workspace: self.workspace,
        };
        let workspace = app.hub()?.ask(&show)?.workspace;
        let mut settings = app.settings()?;
        let profile = settings
            .profile
            .value
            .clone()
            .unwrap_or_else(|| "default".to_owned());
        settings
            .file
            .profiles
            .entry(profile.clone())
            .or_default()
            .workspace = Some(workspace.code.clone());
        settings.file.current.get_or_insert_with(|| profile.clone());
        settings.save()?;
        let note = format!(
            "workspace {} \"{}\" is the current one in profile {profile}",
            workspace.code, workspace.name
        );
        Ok(Outcome::silent().note(note))
    }
}
