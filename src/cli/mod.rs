//! The command line: arguments in, one call to the hub, one value out.

mod app;
mod args;
mod contract;
mod import;
mod outcome;
mod settings;

pub use app::App;
pub use outcome::{Exit, Outcome};

use crate::ui::Ui;
use args::Global;
use clap::{CommandFactory, Parser, Subcommand};
use std::process::ExitCode;

/// Support contracts from the shell: who may use them, what was bought, what was delivered, what is left.
#[derive(Debug, Parser)]
#[command(
    name = "servhub",
    version,
    propagate_version = true,
    arg_required_else_help = true,
    infer_subcommands = false
)]
pub struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    noun: Noun,
}

#[derive(Debug, Subcommand)]
enum Noun {
    /// Contracts, their packages, and what runs out
    #[command(subcommand)]
    Contract(contract::Verb),
    /// Bring in folders and files: CSV or JSON Lines
    Import(Box<import::Args>),
}

/// One command: its arguments know how to make the one call and turn the answer into an outcome.
pub trait Command {
    /// Runs it.
    ///
    /// # Errors
    /// The library's error, or one of the edge (files, settings) with context.
    fn run(self, app: &App) -> anyhow::Result<Outcome>;
}

impl Command for Noun {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::Contract(verb) => verb.run(app),
            Self::Import(args) => args.run(app),
        }
    }
}

/// The whole command surface, for help, completions, man pages and the surface snapshot.
pub fn command() -> clap::Command {
    Cli::command()
}

/// Parses the arguments, runs the command, prints the answer, and says how it ended.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return outcome::usage(&error),
    };
    let ui = Ui::new(cli.global.color, cli.global.quiet);
    let app = App::new(cli.global, ui.clone());
    let code = match cli.noun.run(&app).and_then(|outcome| outcome.deliver(&ui)) {
        Ok(exit) => exit.code(),
        Err(failure) => ui.failure(&failure),
    };
    ExitCode::from(code)
}
