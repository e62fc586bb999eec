//! `user.resend`

use super::choice::Among;
use super::settle::{open, renew};
use super::{Choice, Code, Touched};
use crate::domain::member::Member;
use crate::domain::people::MemberStatus;
use crate::error::{Result, codes};
use crate::hub::{Change, Route, Writing};
use crate::policy::Permission;
use crate::policy::needs::InvitePeople;
use crate::store::sqlite::WorkspaceFacts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Sends invitations again, also those that ran out: a new code each, and the old one dies.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Resend {
    /// Whose.
    pub choice: Choice,
    /// For how many days the new ones can be accepted.
    pub valid_days: i64,
}

impl Change for Resend {
    const NAME: &'static str = "user.resend";
    const ROUTE: Route = Route::post("/invitation-renewals");
    type Needs = InvitePeople;
    type Answer = Vec<Touched>;

    fn change(&self, at: &mut Writing<'_, InvitePeople>) -> Result<Vec<Touched>> {
        super::check_valid(self.valid_days)?;
        self.choice
            .each(at, Among::Waiting, |at, _, (workspace, member)| {
                send_again(at, &workspace, member, self.valid_days)
            })
    }
}

/// Gives someone who is invited a new code and a new time.
pub(super) fn send_again<P: Permission>(
    at: &mut Writing<'_, P>,
    workspace: &WorkspaceFacts,
    before: Member,
    valid_days: i64,
) -> Result<Touched> {
    open(workspace)?;
    if before.status != MemberStatus::Invited {
        let message = format!(
            "{} is {} in workspace {} and needs no invitation (R-2)",
            before.account,
            before.status.word(),
            workspace.code
        );
        return Err(codes::RULE.error(message));
    }
    let now = at.context().now;
    let mut after = before.clone();
    renew(&mut after, now, valid_days);
    let code = Code::make()?;
    at.keep_member(Some(&before), &after)?;
    at.set_code(after.id, Some(&code.hash()))?;
    at.record(&after.subject(), Some(&before), Some(&after))?;
    Ok(Touched {
        status: MemberStatus::Invited,
        outcome: "changed".into(),
        changes: vec![format!("invitation: sent {} times", after.sent)],
        code: Some(code),
        member: after,
    })
}
