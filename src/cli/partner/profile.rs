//! `servhub partner profile`

use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::domain::partner::SupportStructure;
use crate::hub::partner::{Profile, SetProfile};
use crate::output::Listing;

/// Verbs of `partner profile`.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    Show(ShowArgs),
    Set(Box<SetArgs>),
}

impl Command for Verb {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::Show(args) => args.run(app),
            Self::Set(args) => args.run(app),
        }
    }
}

/// Show what a partner offers its customers
#[derive(Debug, clap::Args)]
pub struct ShowArgs {
    /// Name or id of the partner
    partner: String,
    #[command(flatten)]
    show: Show,
}

impl Command for ShowArgs {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let contact = app.hub()?.ask(&Profile {
            partner: self.partner,
        })?;
        Ok(Outcome::listing(Listing::one(&contact), self.show.style(&app.ui)))
    }
}

/// Change what a partner offers its customers; what is not named stays as it is, and "" takes away
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("what").required(true).multiple(true)))]
pub struct SetArgs {
    /// Name or id of the partner
    partner: String,
    /// Mail address of its support
    #[arg(long, value_name = "ADDRESS", group = "what")]
    mail: Option<String>,
    /// Telephone number of its support
    #[arg(long, value_name = "NUMBER", group = "what")]
    phone: Option<String>,
    /// Web site of its support
    #[arg(long, value_name = "URL", group = "what")]
    site: Option<String>,
    /// When somebody answers
    #[arg(long, value_name = "TEXT", group = "what")]
    hours: Option<String>,
    /// Languages spoken
    #[arg(long, value_name = "TEXT", group = "what")]
    languages: Option<String>,
    /// What is charged
    #[arg(long, value_name = "TEXT", group = "what")]
    charges: Option<String>,
    /// Who does the support
    #[arg(long, value_enum, group = "what")]
    structure: Option<SupportStructure>,
    /// By whom, when it is outsourced or resold
    #[arg(long, value_name = "NAME", group = "what")]
    structure_by: Option<String>,
    /// Name that customers find it by (G-11)
    #[arg(long, value_name = "NAME", group = "what")]
    business_name: Option<String>,
    /// What it offers; repeat it for each, "" for nothing
    #[arg(long, value_name = "TEXT", group = "what")]
    offer: Vec<String>,
    /// An industry that it serves; repeat it for each, "" for none
    #[arg(long, value_name = "TEXT", group = "what")]
    industry: Vec<String>,
    /// Where it does; repeat it for each, "" for nowhere
    #[arg(long, value_name = "TEXT", group = "what")]
    location: Vec<String>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for SetArgs {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let list = |texts: Vec<String>| (!texts.is_empty()).then_some(texts);
        let set = SetProfile {
            partner: self.partner,
            mail: self.mail,
            phone: self.phone,
            site: self.site,
            hours: self.hours,
            languages: self.languages,
            charges: self.charges,
            structure: self.structure,
            structure_by: self.structure_by,
            business_name: self.business_name,
            offers: list(self.offer),
            industries: list(self.industry),
            locations: list(self.location),
        };
        app.change(&set, &self.changing, &self.show)
    }
}
