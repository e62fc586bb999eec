//! `servhub profile remove`

use super::Setting;
use crate::cli::{App, Command, Outcome, complete};

/// Remove a profile; the store it names stays as it is
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
        if !self.setting.dry_run {
            let question = format!("Remove the profile \"{}\"?", self.name);
            app.ui.confirm(&question, self.setting.yes)?;
        }
        let mut after = before.clone();
        after.file.profiles.remove(&self.name);
        if after.file.current.as_ref() == Some(&self.name) {
            after.file.current = None;
        }
        let what = format!("profile {} removed; its store stays as it is", self.name);
        self.setting.keep(&before, &after, &what)
    }
}
