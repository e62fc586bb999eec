//! `servhub request`

mod ask;
mod assign;
mod attach;
mod behalf;
mod check;
mod close;
mod contact;
mod context;
mod create;
mod draft;
mod faults;
mod fetch;
mod file;
mod intake;
mod list;
mod note;
mod outbox;
mod place;
mod post;
mod reopen;
mod resolve;
mod severity;
mod share;
mod show;
mod sla;
mod support_group;

pub use outbox::Line as ParcelLine;

use super::args::{Changing, Show};
use super::{App, Command, Outcome};
use crate::hub::Change;
use crate::hub::request::{About, Line};
use crate::output::Listing;
use clap::Subcommand;

/// Verbs of `request`.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// File a support request: what is missing is asked for at a terminal, the rules are checked first
    Create(Box<create::Args>),
    /// Ask every rule of filing about a request, and file nothing
    Check(Box<check::Args>),
    /// List the requests that you may see, newest first
    List(list::Args),
    /// Show one request, what happened to it, and with whom it is shared
    Show(show::Args),
    /// Say when the first answer is due, what is left, and the walk of the clock that led there
    Sla(sla::Args),
    /// Write a note on a request
    Note(note::Args),
    /// Attach files to a request: all of them or none, each of up to 25 MiB
    Attach(attach::Args),
    /// Get an attachment back, byte for byte
    File(fetch::Args),
    /// Share a request with people or with a group, or stop sharing it
    Share(share::Args),
    /// Change how much is at stake, with the reason why
    Severity(severity::Args),
    /// Hand a request over to another primary contact
    Contact(contact::Args),
    /// Take a request on, or give it to somebody of the provider
    Assign(assign::Args),
    /// Ask the customer something: the clock may stand still until the answer
    Ask(ask::Args),
    /// Say what solved a request
    Resolve(resolve::Args),
    /// Close a request that is resolved
    Close(close::Args),
    /// Reopen a request that was not solved after all: when resolved, and for 14 days when closed
    Reopen(reopen::Args),
    /// Let people of your partner file for an Azure subscription
    SupportGroup(support_group::Args),
    /// What came in from a partner's customers, and what became of it
    #[command(subcommand)]
    Intake(intake::Verb),
    /// Requests that wait to be sent
    #[command(subcommand)]
    Outbox(outbox::Verb),
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::Create(args) => args.run(app),
            Self::Check(args) => args.run(app),
            Self::List(args) => args.run(app),
            Self::Show(args) => args.run(app),
            Self::Sla(args) => args.run(app),
            Self::Note(args) => args.run(app),
            Self::Attach(args) => args.run(app),
            Self::File(args) => args.run(app),
            Self::Share(args) => args.run(app),
            Self::Severity(args) => args.run(app),
            Self::Contact(args) => args.run(app),
            Self::Assign(args) => args.run(app),
            Self::Ask(args) => args.run(app),
            Self::Resolve(args) => args.run(app),
            Self::Close(args) => args.run(app),
            Self::Reopen(args) => args.run(app),
            Self::SupportGroup(args) => args.run(app),
            Self::Intake(verb) => verb.run(app),
            Self::Outbox(verb) => verb.run(app),
        }
    }
}

/// How a change of one request was asked for.
struct Changed<'a> {
    request: &'a str,
    changing: &'a Changing,
    show: &'a Show,
}

/// Makes a change of one request, and shows it as it is then.
fn changed<C: Change<Answer = Line>>(app: &App, change: &C, asked: Changed<'_>) -> anyhow::Result<Outcome> {
    let mut hub = app.hub_for(asked.changing)?;
    context::tell(app, &hub, vec![About::Request(asked.request.to_owned())]);
    let done = hub.carry_out(change, asked.changing.mode())?;
    let outcome = Outcome::listing(Listing::one(&done.answer), asked.show.style(&app.ui));
    Ok(outcome.changed(asked.changing, done.changed))
}
