//! `servhub delegation`

mod approve;
mod assign;
mod check;
mod extend;
mod list;
mod plan;
mod request;
mod show;
mod terminate;

use super::{App, Command, Outcome};

/// Verbs of `delegation`.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    Request(Box<request::Args>),
    Plan(plan::Plan),
    Apply(plan::Apply),
    Approve(approve::Args),
    List(list::Args),
    Show(show::Args),
    Assign(assign::Args),
    Terminate(terminate::Args),
    Extend(extend::Args),
    Check(check::Args),
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::Request(args) => args.run(app),
            Self::Plan(args) => args.run(app),
            Self::Apply(args) => args.run(app),
            Self::Approve(args) => args.run(app),
            Self::List(args) => args.run(app),
            Self::Show(args) => args.run(app),
            Self::Assign(args) => args.run(app),
            Self::Terminate(args) => args.run(app),
            Self::Extend(args) => args.run(app),
            Self::Check(args) => args.run(app),
        }
    }
}
