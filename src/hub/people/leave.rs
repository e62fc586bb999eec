//! `user.remove` and `user.restore`

use super::choice::Among;
use super::settle::settle;
use super::{Choice, Touched};
use crate::domain::member::{Member, Wish};
use crate::domain::people::MemberStatus;
use crate::error::Result;
use crate::hub::{Change, Route, Writing};
use crate::policy::needs::ManagePeople;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Removes people from workspaces. What they held is kept for a restore, and counts no more.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Remove {
    /// Whom, and from where.
    pub choice: Choice,
}

impl Change for Remove {
    const NAME: &'static str = "user.remove";
    const ROUTE: Route = Route::post("/user-removals");
    type Needs = ManagePeople;
    type Answer = Vec<Touched>;

    fn change(&self, at: &mut Writing<'_, ManagePeople>) -> Result<Vec<Touched>> {
        self.choice
            .each(at, Among::Everywhere, |at, powers, (workspace, member)| {
                let now = at.context().now;
                if member.status == MemberStatus::Removed {
                    return Ok(Touched::unchanged(member, now));
                }
                let gone = Wish {
                    status: Some(MemberStatus::Removed),
                    ..Wish::default()
                };
                let after = gone.on(&member, now);
                let settled = settle(at, powers, &workspace, (Some(&member), after), super::VALID_DAYS)?;
                Ok(Touched::of(settled, now))
            })
    }
}

/// Brings removed people back: registered if they had been, else with a new invitation.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Restore {
    /// Whom, and where to.
    pub choice: Choice,
    /// For how many days a new invitation can be accepted.
    pub valid_days: i64,
}

impl Change for Restore {
    const NAME: &'static str = "user.restore";
    const ROUTE: Route = Route::post("/user-restorations");
    type Needs = ManagePeople;
    type Answer = Vec<Touched>;

    fn change(&self, at: &mut Writing<'_, ManagePeople>) -> Result<Vec<Touched>> {
        super::check_valid(self.valid_days)?;
        self.choice
            .each(at, Among::Ever, |at, powers, (workspace, member)| {
                let now = at.context().now;
                if member.status != MemberStatus::Removed {
                    return Ok(Touched::unchanged(member, now));
                }
                let after: Member = Wish::default().on(&member, now);
                let settled = settle(at, powers, &workspace, (Some(&member), after), self.valid_days)?;
                Ok(Touched::of(settled, now))
            })
    }
}
