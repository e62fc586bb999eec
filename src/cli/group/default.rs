//! `servhub group default`

use crate::cli::args::{Changing, Show};
use crate::cli::people::outcome;
use crate::cli::{App, Command, Outcome};
use crate::error::{Result, codes};
use crate::hub::group::{Choice, ChooseDefault, SetDefault};
use crate::hub::{Done, Hub};

/// Choose the group that a person's new requests are shared with
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name or id of the group, to which the person belongs
    #[arg(required_unless_present = "none")]
    group: Option<String>,
    /// Share new requests with no group
    #[arg(long, conflicts_with = "group")]
    none: bool,
    /// The workspace, with --none; default: the current one
    #[arg(
        long,
        short,
        visible_alias = "space",
        value_name = "WORKSPACE",
        conflicts_with = "group"
    )]
    workspace: Option<String>,
    /// Whose; default: one's own
    #[arg(long, value_name = "ACCOUNT")]
    account: Option<String>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

impl Command for Args {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let default = self.choice(app)?;
        let mut hub = app.hub_for(&self.changing)?;
        let mode = self.changing.mode();
        let done = match self.account.clone() {
            Some(account) if !is_own(&hub, &account)? => {
                hub.carry_out(&SetDefault { account, default }, mode)?
            }
            _ => hub.carry_out(&ChooseDefault { default }, mode)?,
        };
        let done = Done {
            answer: vec![done.answer],
            changed: done.changed,
        };
        Ok(outcome(app, &self.show, &self.changing, done))
    }
}

impl Args {
    fn choice(&self, app: &App) -> anyhow::Result<Choice> {
        if let Some(group) = &self.group {
            return Ok(Choice::Group(group.clone()));
        }
        let workspace = match &self.workspace {
            Some(named) => Some(named.clone()),
            None => app.settings()?.workspace.value,
        };
        workspace.map(Choice::None).ok_or_else(|| {
            let error = codes::MISSING_OPTION.error("nothing says in which workspace");
            error.hint("name it with --workspace").into()
        })
    }
}

fn is_own(hub: &Hub, account: &str) -> Result<bool> {
    let person = hub.person()?;
    Ok(person.is_some_and(|person| person.eq_ignore_ascii_case(account)))
}
