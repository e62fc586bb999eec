//! `servhub profile use`

use super::Setting;
use crate::cli::{App, Command, Outcome, complete};

/// Use a profile from now on
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name of the profile
    #[arg(add = complete::profiles())]
    name: String,
    #[command(flatten)]
    setting: Setting,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let before = app.settings_file()?;
        before.known(&self.name)?;
        let mut after = before.clone();
        after.file.current = Some(self.name.clone());
        self.setting
            .keep(&before, &after, &format!("profile {} is in use", self.name))
    }
}
