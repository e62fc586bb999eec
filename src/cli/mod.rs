//! The command line: arguments in, one call to the hub, one value out.

mod access;
mod activity;
mod agreement;
mod app;
mod args;
mod audit;
mod auth;
mod backup;
mod calendar;
mod complete;
mod completions;
mod contract;
mod copy;
mod csv_file;
mod customer;
mod delegation;
mod demo;
mod doctor;
mod due;
mod entitlements;
mod explain;
mod export;
mod group;
mod health;
mod import;
mod later;
mod ledger;
mod license;
mod login;
mod logout;
mod man;
mod operator;
mod outcome;
mod outlet;
mod partner;
mod people;
mod people_file;
mod places;
mod product;
mod profile;
mod relationship;
mod request;
mod reservation;
mod role;
mod row_plan;
mod schemas;
mod serve;
mod settings;
mod short_verbs;
mod sla;
mod subscription;
mod tenant_plan;
mod token;
mod user;
mod workspace;

pub use app::App;
pub use completions::Shell;
pub use outcome::{Exit, Outcome};
pub use schemas::SCHEMAS;

use crate::ui::Ui;
use args::Global;
use clap::{CommandFactory, Parser, Subcommand};
use later::Later;
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
    /// What was bought, what was delivered and what is left
    Activity(Box<activity::Args>),
    /// Entitlements, what is used of them and the arithmetic behind it
    Entitlements(Box<entitlements::Args>),
    /// The ledger: record deliveries, correct mistakes, list entries
    #[command(subcommand)]
    Ledger(Later<ledger::Verb>),
    /// Contracts, their packages, and what runs out
    #[command(subcommand)]
    Contract(Later<contract::Verb>),
    /// Workspaces and what is attached to them
    #[command(subcommand, visible_alias = "space")]
    Workspace(Later<workspace::Verb>),
    /// Response targets of support requests
    #[command(subcommand)]
    Sla(Later<sla::Verb>),
    /// Calendars: the hours in which response targets are counted
    #[command(subcommand)]
    Calendar(Later<calendar::Verb>),
    /// Known issues of services, and what was said of them
    #[command(subcommand)]
    Health(Later<health::Verb>),
    /// Customers and the partners that serve them
    #[command(subcommand)]
    Customer(Later<customer::Verb>),
    /// Partners: their people, plans, and what they offer their customers
    #[command(subcommand)]
    Partner(Later<partner::Verb>),
    /// Relationships: which partners serve which customers
    #[command(subcommand)]
    Relationship(Later<relationship::Verb>),
    /// Agreements that customers make before they buy
    #[command(subcommand)]
    Agreement(Later<agreement::Verb>),
    /// What ends soon: delegated access, agreements, subscriptions, reservations and requests
    Due(due::Args),
    /// Delegated access of partners to their customers (GDAP)
    #[command(subcommand)]
    Delegation(Later<delegation::Verb>),
    /// Subscriptions that partners sold, and the roles on them
    #[command(subcommand)]
    Subscription(Later<subscription::Verb>),
    /// Azure reservations: what is there, and giving them back in two steps
    #[command(subcommand)]
    Reservation(Later<reservation::Verb>),
    /// Licences of customers' people: bought, assigned and left
    #[command(subcommand)]
    License(Later<license::Verb>),
    /// Products that requests and subscriptions are about
    #[command(subcommand)]
    Product(Later<product::Verb>),
    /// People: invitations, memberships, support contacts, and files of people
    #[command(subcommand)]
    User(Later<user::Verb>),
    /// Roles: who holds what, and what each may
    #[command(subcommand)]
    Role(Later<role::Verb>),
    /// Groups of workspaces: their members and roles, and default groups
    #[command(subcommand)]
    Group(Later<group::Verb>),
    /// Support requests: which you may see, and with whom they are shared
    #[command(subcommand)]
    Request(Later<request::Verb>),
    /// Who sees what, and by which rule
    #[command(subcommand)]
    Access(Later<access::Verb>),
    /// Bring in folders and files: CSV or JSON Lines
    Import(Box<import::Args>),
    /// Fill an empty store with a believable provider and its customers, and show their report
    Demo(demo::Args),
    /// The proof of delivery and other reports as files
    #[command(subcommand)]
    Export(Later<export::Verb>),
    /// The audit trail: who changed what, when and why
    #[command(subcommand)]
    Audit(Later<audit::Verb>),
    /// Sign in to a shared hub
    Login(login::Login),
    /// Sign out: end the session at the hub, and forget its secret
    Logout(logout::Logout),
    /// Who you are at a shared hub
    #[command(subcommand)]
    Auth(Later<auth::Verb>),
    /// Tokens: for programs that act as you, and the sessions of your sign-ins
    #[command(subcommand)]
    Token(Later<token::Verb>),
    /// Operators of a shared hub
    #[command(subcommand)]
    Operator(Later<operator::Verb>),
    /// Profiles: stores and workspaces under names
    #[command(subcommand)]
    Profile(Later<profile::Verb>),
    /// Serve the store as a shared hub
    Serve(Box<serve::Args>),
    /// Check that the store is sound
    Doctor(doctor::Args),
    /// Copy the store to a file, as it is at this moment, while others go on working
    Backup(backup::Args),
    /// Copy a whole hub to another store, between files and databases in any direction
    Copy(copy::Args),
    /// Explain an error code, or list all of them
    Explain(explain::Args),
    /// Print the completion script of a shell
    Completions(completions::Args),
    /// Print the manual page, or write the pages of all commands to a folder
    Man(man::Args),
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
            Self::Activity(args) => args.run(app),
            Self::Entitlements(args) => args.run(app),
            Self::Ledger(verb) => verb.run(app),
            Self::Contract(verb) => verb.run(app),
            Self::Workspace(verb) => verb.run(app),
            Self::Sla(verb) => verb.run(app),
            Self::Calendar(verb) => verb.run(app),
            Self::Health(verb) => verb.run(app),
            Self::Customer(verb) => verb.run(app),
            Self::Partner(verb) => verb.run(app),
            Self::Relationship(verb) => verb.run(app),
            Self::Agreement(verb) => verb.run(app),
            Self::Due(args) => args.run(app),
            Self::Delegation(verb) => verb.run(app),
            Self::Subscription(verb) => verb.run(app),
            Self::Reservation(verb) => verb.run(app),
            Self::License(verb) => verb.run(app),
            Self::Product(verb) => verb.run(app),
            Self::User(verb) => verb.run(app),
            Self::Role(verb) => verb.run(app),
            Self::Group(verb) => verb.run(app),
            Self::Request(verb) => verb.run(app),
            Self::Access(verb) => verb.run(app),
            Self::Demo(args) => args.run(app),
            Self::Import(args) => args.run(app),
            Self::Export(verb) => verb.run(app),
            Self::Audit(verb) => verb.run(app),
            Self::Login(args) => args.run(app),
            Self::Logout(args) => args.run(app),
            Self::Auth(verb) => verb.run(app),
            Self::Token(verb) => verb.run(app),
            Self::Operator(verb) => verb.run(app),
            Self::Profile(verb) => verb.run(app),
            Self::Serve(args) => args.run(app),
            Self::Doctor(args) => args.run(app),
            Self::Backup(args) => args.run(app),
            Self::Copy(args) => args.run(app),
            Self::Explain(args) => args.run(app),
            Self::Completions(args) => args.run(app),
            Self::Man(args) => args.run(app),
        }
    }
}

/// The whole command surface, for help, completions, man pages and the surface snapshot.
pub fn command() -> clap::Command {
    complete::wire(Cli::command())
}

/// Answers a shell that asks for completions (K-12); nothing when this is an ordinary run.
fn completed() -> Option<ExitCode> {
    std::env::var_os(complete::VARIABLE)?;
    let env = clap_complete::CompleteEnv::with_factory(command).var(complete::VARIABLE);
    match env.try_complete(std::env::args_os(), std::env::current_dir().ok().as_deref()) {
        Ok(false) => None,
        // A shell that went away, or one that asks wrongly: a completion is never loud.
        Ok(true) | Err(_) => Some(ExitCode::SUCCESS),
    }
}

/// Parses the arguments, runs the command, prints the answer, and says how it ended.
pub fn main() -> ExitCode {
    if let Some(code) = completed() {
        return code;
    }
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
