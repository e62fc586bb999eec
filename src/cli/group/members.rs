//! `servhub group add` and `servhub group remove`

use crate::cli::args::{Changing, Show};
use crate::cli::people::{Who, ask, outcome};
use crate::cli::{App, Command, Outcome};
use crate::hub::group;

/// Which group, and whom.
#[derive(Debug, clap::Args)]
struct Common {
    /// Name or id of the group
    group: String,
    #[command(flatten)]
    who: Who,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

/// Add people: members to a local group; through a directory group people come in without an invitation
#[derive(Debug, clap::Args)]
pub struct Add {
    #[command(flatten)]
    common: Common,
}

/// Take people out of a group
///
/// Whoever came through a directory's groups and is in none of them any more leaves the workspace.
#[derive(Debug, clap::Args)]
pub struct Remove {
    #[command(flatten)]
    common: Common,
}

impl Common {
    fn accounts(&self) -> anyhow::Result<Vec<String>> {
        let people = self.who.people()?;
        Ok(people.into_iter().map(|whom| whom.account).collect())
    }
}

impl Command for Add {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let common = self.common;
        let accounts = common.accounts()?;
        if common.who.is_many() {
            let question = format!("Add {} people to group {}?", accounts.len(), common.group);
            ask(app, &common.changing, &question)?;
        }
        let add = group::Add {
            group: common.group,
            accounts,
        };
        let done = app
            .hub_for(&common.changing)?
            .carry_out(&add, common.changing.mode())?;
        Ok(outcome(app, &common.show, &common.changing, done))
    }
}

impl Command for Remove {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let common = self.common;
        let accounts = common.accounts()?;
        let question = match accounts.as_slice() {
            [one] => format!("Take {one} out of group {}?", common.group),
            many => format!("Take {} people out of group {}?", many.len(), common.group),
        };
        ask(app, &common.changing, &question)?;
        let remove = group::Remove {
            group: common.group,
            accounts,
        };
        let done = app
            .hub_for(&common.changing)?
            .carry_out(&remove, common.changing.mode())?;
        Ok(outcome(app, &common.show, &common.changing, done))
    }
}
