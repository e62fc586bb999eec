//! `servhub user update`

use crate::cli::args::{Changing, Show};
use crate::cli::people::{Where, Who, choice, outcome};
use crate::cli::{App, Command, Outcome};
use crate::domain::contract::AccountKind;
use crate::hub::people::Update;

/// Change what is kept of people: name, language, kind of account, label
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("what").required(true).multiple(true).args(["name", "account_kind", "language", "label"]))]
pub struct Args {
    #[command(flatten)]
    who: Who,
    /// The name
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Work or personal
    #[arg(long, value_enum, value_name = "KIND")]
    account_kind: Option<AccountKind>,
    /// Of invitations, such as cs
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
    /// Who manages the person: a file applied with the same label may remove them; empty for nobody
    #[arg(long, value_name = "LABEL")]
    label: Option<String>,
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let update = Update {
            choice: choice(app, &self.who, &self.place, &self.changing, "Change")?,
            name: self.name,
            account_kind: self.account_kind,
            language: self.language,
            label: self.label,
        };
        let done = app
            .hub_for(&self.changing)?
            .carry_out(&update, self.changing.mode())?;
        Ok(outcome(app, &self.show, &self.changing, done))
    }
}
