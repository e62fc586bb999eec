//! `servhub group grant` and `servhub group revoke`

use crate::cli::args::{Changing, Show};
use crate::cli::{App, Command, Outcome};
use crate::domain::people::{Group, Role};
use crate::hub::{Change, group};

/// Which group, and which roles.
#[derive(Debug, clap::Args)]
struct Common {
    /// Name or id of the group
    group: String,
    /// The role (repeatable); `servhub role list --all` shows what each may
    #[arg(value_enum, value_name = "ROLE", required = true)]
    roles: Vec<Role>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

/// Give roles to a group, which all its members then hold
#[derive(Debug, clap::Args)]
pub struct Grant {
    #[command(flatten)]
    common: Common,
}

/// Take roles from a group
#[derive(Debug, clap::Args)]
pub struct Revoke {
    #[command(flatten)]
    common: Common,
}

impl Command for Grant {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let grant = group::Grant {
            group: self.common.group.clone(),
            roles: self.common.roles.clone(),
        };
        self.common.run(app, &grant)
    }
}

impl Command for Revoke {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let revoke = group::Revoke {
            group: self.common.group.clone(),
            roles: self.common.roles.clone(),
        };
        self.common.run(app, &revoke)
    }
}

impl Common {
    fn run<C: Change<Answer = Group>>(&self, app: &App, change: &C) -> anyhow::Result<Outcome> {
        app.change(change, &self.changing, &self.show)
    }
}
