//! `servhub export`

mod activity;
mod cpod;
mod education;
mod folder;
mod requests;
mod rows;
mod select;
mod target;
mod users;

use super::{App, Command, Outcome};
use crate::hub::export::form::Report;
use crate::hub::export::manifest::{Manifest, Parameters};
use crate::output::write_file;
use clap::Subcommand;
use target::Target;

/// Verbs of `export`.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// The proof of delivery: what was bought, what was delivered and what is left
    Cpod(cpod::Args),
    /// The activity report as a file: the same rows as `servhub activity`, all of them
    Activity(activity::Args),
    /// Learning activities of the people of the workspaces
    Education(education::Args),
    /// Everything as an import folder, one CSV file for each kind
    Folder(folder::Args),
    /// Support requests, with the hours delivered on them
    Requests(requests::Args),
    /// Who holds what: members, global administrators and the provider's people
    Users(users::Args),
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::Activity(args) => args.run(app),
            Self::Cpod(args) => args.run(app),
            Self::Education(args) => args.run(app),
            Self::Folder(args) => args.run(app),
            Self::Requests(args) => args.run(app),
            Self::Users(args) => args.run(app),
        }
    }
}

/// Writes the manifest, if one is wanted, and says what was made (K-15).
fn finish(
    target: &Target,
    (schema, report): (&str, &Report),
    parameters: Parameters<'_>,
) -> anyhow::Result<Outcome> {
    let Report { made, written } = report;
    if let Some(path) = &target.manifest {
        let manifest = Manifest::new(schema, parameters, made, written).json()?;
        write_file(path, &manifest)?;
    }
    let place = target
        .out
        .as_ref()
        .map_or(String::new(), |path| format!(" in {}", path.display()));
    let rows = if made.rows == 1 { "row" } else { "rows" };
    let (count, bytes, sha256) = (made.rows, written.bytes, &written.sha256);
    Ok(Outcome::silent().note(format!("{count} {rows}, {bytes} bytes{place}, SHA-256 {sha256}")))
}
