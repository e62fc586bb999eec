//! `servhub profile`

mod add;
mod list;
mod remove;
mod show;
mod use_;

pub use list::Line;
pub use show::SettingLine;

use super::settings::Settings;
use super::{App, Command, Outcome};
use clap::Subcommand;

/// Verbs of `profile`.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Add a profile, or change one: a store and a current workspace under a name
    Add(add::Args),
    /// Use a profile from now on
    Use(use_::Args),
    /// List the profiles
    List(list::Args),
    /// Show the settings in force, and where each came from
    Show(show::Args),
    /// Remove a profile; the store it names stays as it is
    Remove(remove::Args),
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::Add(args) => args.run(app),
            Self::Use(args) => args.run(app),
            Self::List(args) => args.run(app),
            Self::Show(args) => args.run(app),
            Self::Remove(args) => args.run(app),
        }
    }
}

/// How a change of the settings file is made. It holds nothing of the hub, so it leaves no audit record.
#[derive(Debug, clap::Args)]
struct Setting {
    /// Show what would be done, and change nothing
    #[arg(long, help_heading = "Change")]
    dry_run: bool,
    /// Exit with 6 when a dry run finds changes
    #[arg(long, requires = "dry_run", help_heading = "Change")]
    detailed_exitcode: bool,
    /// Do not ask
    #[arg(long, short, help_heading = "Change")]
    yes: bool,
}

impl Setting {
    /// Saves when something differs from `before` and it is no dry run, and says `what` was done.
    fn keep(&self, before: &Settings, after: &Settings, what: &str) -> anyhow::Result<Outcome> {
        if before.file == after.file {
            return Ok(Outcome::silent().note("nothing to change"));
        }
        if !self.dry_run {
            after.save()?;
            return Ok(Outcome::silent().note(what));
        }
        let outcome = Outcome::silent().note(format!("would be done: {what}"));
        Ok(if self.detailed_exitcode {
            outcome.exit(super::Exit::Pending)
        } else {
            outcome
        })
    }
}
