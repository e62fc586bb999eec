//! `servhub role grant` and `servhub role revoke`

use crate::cli::args::{Changing, Show};
use crate::cli::people::{Where, Who, ask, choice, outcome};
use crate::cli::{App, Command, Outcome};
use crate::domain::people::Role;
use crate::error::codes;
use crate::hub::role::{self, Administrator, Appoint, Dismiss};
use crate::hub::{Change, Done};
use crate::output::Listing;

/// What granting and revoking have in common.
#[derive(Debug, clap::Args)]
struct Common {
    #[command(flatten)]
    who: Who,
    /// The role; `servhub role list --all` shows what each may
    #[arg(value_enum, value_name = "ROLE")]
    role: Role,
    #[command(flatten)]
    place: Where,
    /// The customer, for global-admin
    #[arg(long, value_name = "CUSTOMER", conflicts_with_all = ["workspace", "all_workspaces"])]
    customer: Option<String>,
    #[command(flatten)]
    changing: Changing,
    #[command(flatten)]
    show: Show,
}

/// Grant a role: of a workspace to its members, or global-admin of a customer
#[derive(Debug, clap::Args)]
#[command(allow_missing_positional = true)]
pub struct Grant {
    #[command(flatten)]
    common: Common,
    /// Name of the new global administrator
    #[arg(long, value_name = "NAME", requires = "customer")]
    name: Option<String>,
}

/// Take a role away; one that comes through a group stays
#[derive(Debug, clap::Args)]
#[command(allow_missing_positional = true)]
pub struct Revoke {
    #[command(flatten)]
    common: Common,
}

impl Command for Grant {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let common = self.common;
        if let Some(customer) = common.customer()? {
            let appoint = Appoint {
                accounts: common.accounts(app, "Appoint")?,
                customer,
                name: self.name,
            };
            return common.appointed(app, &appoint);
        }
        let grant = role::Grant {
            choice: common.choice(app, "Grant")?,
            role: common.role,
        };
        common.touched(app, &grant)
    }
}

impl Command for Revoke {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let common = self.common;
        if let Some(customer) = common.customer()? {
            let dismiss = Dismiss {
                accounts: common.accounts(app, "Dismiss")?,
                customer,
            };
            return common.dismissed(app, &dismiss);
        }
        let revoke = role::Revoke {
            choice: common.choice(app, "Revoke")?,
            role: common.role,
        };
        common.touched(app, &revoke)
    }
}

impl Common {
    /// The customer, which global-admin needs and no other role takes.
    fn customer(&self) -> anyhow::Result<Option<String>> {
        match (self.role, &self.customer) {
            (Role::GlobalAdmin, None) => Err(codes::MISSING_OPTION
                .error("global-admin is held at a customer, and none is named")
                .hint("name it with --customer")
                .into()),
            (Role::GlobalAdmin, Some(customer)) => Ok(Some(customer.clone())),
            (other, Some(_)) => Err(codes::WRONG_USAGE
                .error(format!("{other} is not held at a customer"))
                .hint("leave --customer out, and name a workspace")
                .into()),
            (_, None) => Ok(None),
        }
    }

    fn accounts(&self, app: &App, verb: &str) -> anyhow::Result<Vec<String>> {
        let people = self.who.people()?;
        if people.len() > 1 {
            let question = format!("{verb} {} global administrators?", people.len());
            ask(app, &self.changing, &question)?;
        }
        Ok(people.into_iter().map(|whom| whom.account).collect())
    }

    fn choice(&self, app: &App, verb: &str) -> anyhow::Result<crate::hub::people::Choice> {
        let question = format!("{verb} {}:", self.role);
        choice(app, &self.who, &self.place, &self.changing, &question)
    }

    fn touched<C>(&self, app: &App, change: &C) -> anyhow::Result<Outcome>
    where
        C: Change<Answer = Vec<crate::hub::people::Touched>>,
    {
        let done = app
            .hub_for(&self.changing)?
            .carry_out(change, self.changing.mode())?;
        Ok(outcome(app, &self.show, &self.changing, done))
    }

    fn dismissed(&self, app: &App, change: &Dismiss) -> anyhow::Result<Outcome> {
        let done = app
            .hub_for(&self.changing)?
            .carry_out(change, self.changing.mode())?;
        let outcome = Outcome::listing(Listing::of(&done.answer.people), self.show.style(&app.ui));
        let outcome = match done.answer.bereft {
            None => outcome,
            Some(customer) => outcome.note(format!(
                "{customer} then has no global administrator; `servhub role grant ACCOUNT global-admin --customer {customer}` appoints one"
            )),
        };
        Ok(outcome.changed(&self.changing, done.changed))
    }

    fn appointed<C>(&self, app: &App, change: &C) -> anyhow::Result<Outcome>
    where
        C: Change<Answer = Vec<Administrator>>,
    {
        let Done { answer, changed } = app
            .hub_for(&self.changing)?
            .carry_out(change, self.changing.mode())?;
        let outcome = Outcome::listing(Listing::of(&answer), self.show.style(&app.ui));
        Ok(outcome.changed(&self.changing, changed))
    }
}
