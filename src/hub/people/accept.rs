//! `user.accept`

use super::settle::open;
use super::{Code, Touched};
use crate::domain::member::{Member, Wish, differences};
use crate::domain::people::MemberStatus;
use crate::error::{Result, codes};
use crate::hub::{Change, Route, Writing};
use crate::policy::needs::AcceptInvitations;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Accepts an invitation with its code: once, by the account it was sent to, before it runs out.
#[derive(Serialize, Deserialize, JsonSchema)]
pub struct Accept {
    /// The code as it was typed.
    pub code: String,
    /// Whose it is, where the operator accepts for somebody.
    pub account: Option<String>,
    /// How the person wants to be called.
    pub name: Option<String>,
}

impl std::fmt::Debug for Accept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Accept(...)")
    }
}

impl Change for Accept {
    const NAME: &'static str = "user.accept";
    const ROUTE: Route = Route::post("/acceptances");
    type Needs = AcceptInvitations;
    type Answer = Touched;

    fn change(&self, at: &mut Writing<'_, AcceptInvitations>) -> Result<Touched> {
        let account = self.account(at)?;
        let Some(before) = at.reading().member_by_code(&Code::typed(&self.code).hash())? else {
            return Err(codes::NOT_FOUND
                .error("no invitation has this code")
                .hint("ask whoever invited you to send it again"));
        };
        usable(at, &before, account.as_deref())?;
        let wish = Wish {
            name: self.name.clone(),
            status: Some(MemberStatus::Registered),
            ..Wish::default()
        };
        let after = wish.on(&before, at.context().now);
        at.keep_member(Some(&before), &after)?;
        at.set_code(after.id, None)?;
        at.record(&after.subject(), Some(&before), Some(&after))?;
        Ok(Touched {
            status: after.status,
            outcome: "changed".into(),
            changes: differences(&before, &after),
            code: None,
            member: after,
        })
    }
}

impl Accept {
    /// A person accepts for themselves; the operator for whomever they name, or for the one invited.
    fn account(&self, at: &Writing<'_, AcceptInvitations>) -> Result<Option<String>> {
        let acting = at.grant().actor().account();
        match (acting, &self.account) {
            (Some(acting), Some(named)) if !acting.eq_ignore_ascii_case(named) => Err(codes::BAD_VALUE
                .error(format!("{acting} cannot accept for {named} (R-2)"))
                .hint("leave --account out")),
            (Some(acting), _) => Ok(Some(acting.to_owned())),
            (None, named) => Ok(named.clone()),
        }
    }
}

fn usable(at: &Writing<'_, AcceptInvitations>, member: &Member, account: Option<&str>) -> Result<()> {
    if account.is_some_and(|account| !account.eq_ignore_ascii_case(&member.account)) {
        // Whose it is would be more than the holder of a stray code may know.
        return Err(codes::INVITATION.error("the invitation was sent to another account (R-2)"));
    }
    if member.status(at.context().now) == MemberStatus::Expired {
        let end = member
            .expires_at
            .map_or(String::new(), |end| format!(" on {end}"));
        return Err(codes::INVITATION
            .error(format!("the invitation ran out{end} (R-2)"))
            .hint("ask whoever invited you to send it again: `servhub user resend`"));
    }
    open(&at.reading().workspace_facts_of(member.workspace_id)?)
}
