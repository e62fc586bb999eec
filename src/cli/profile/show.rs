//! `servhub profile show`

use crate::cli::args::Show;
use crate::cli::settings::hide_password;
use crate::cli::{App, Command, Outcome};
use crate::output::{Cell, Column, Listing, Tabular, col};

/// Show the settings in force, and where each came from
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Also show where each setting came from
    #[arg(long)]
    origin: bool,
    #[command(flatten)]
    show: Show,
}

/// A setting in force.
#[derive(Debug)]
pub struct SettingLine {
    name: &'static str,
    value: Option<String>,
    origin: String,
}

impl Tabular for SettingLine {
    const SCHEMA: &'static str = "profile.show/1";
    const COLUMNS: &'static [Column] = &[col("setting"), col("value"), col("origin").quiet()];

    fn cells(&self) -> Vec<Cell> {
        vec![self.name.into(), (&self.value).into(), (&self.origin).into()]
    }
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let settings = app.settings()?;
        let lines: Vec<SettingLine> = [
            settings.profile,
            settings.store,
            settings.workspace,
            settings.acting,
        ]
        .into_iter()
        .map(|setting| SettingLine {
            name: setting.name,
            value: setting.value.as_deref().map(hide_password),
            origin: setting.origin,
        })
        .collect();
        let mut listing = Listing::of(&lines);
        if self.origin {
            listing = listing.loud();
        }
        Ok(Outcome::listing(listing, self.show.style(&app.ui))
            .note(format!("settings file: {}", settings.path.display())))
    }
}
