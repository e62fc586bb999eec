//! `servhub profile list`

use crate::cli::args::Show;
use crate::cli::settings::hide_password;
use crate::cli::{App, Command, Outcome};
use crate::output::{Cell, Column, Listing, Tabular, col};

/// List the profiles
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    show: Show,
}

/// A profile.
#[derive(Debug)]
pub struct Line {
    name: String,
    current: bool,
    store: Option<String>,
    workspace: Option<String>,
    acting: Option<String>,
}

impl Tabular for Line {
    const SCHEMA: &'static str = "profile.list/1";
    const COLUMNS: &'static [Column] = &[
        col("profile"),
        col("current"),
        col("store"),
        col("workspace"),
        col("as"),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.name).into(),
            self.current.into(),
            (&self.store).into(),
            (&self.workspace).into(),
            (&self.acting).into(),
        ]
    }
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let settings = app.settings()?;
        let line = |(name, profile): (&String, &crate::cli::settings::Profile)| Line {
            name: name.clone(),
            current: settings.profile.value.as_ref() == Some(name),
            store: profile.store.as_deref().map(hide_password),
            workspace: profile.workspace.clone(),
            acting: profile.acting.clone(),
        };
        let lines: Vec<Line> = settings.file.profiles.iter().map(line).collect();
        Ok(Outcome::listing(Listing::of(&lines), self.show.style(&app.ui)))
    }
}
