//! `user.invite`

use super::choice::locate;
use super::resend::send_again;
use super::settle::settle;
use super::{Places, Powers, Touched, places};
use crate::domain::contract::AccountKind;
use crate::domain::member::{Member, Wish};
use crate::domain::people::{MemberStatus, Role};
use crate::error::{Result, codes};
use crate::hub::{Change, Route, Writing};
use crate::policy::needs::InvitePeople;
use crate::store::sqlite::WorkspaceFacts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Someone to invite.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Invitee {
    /// The account.
    pub account: String,
    /// Only into this workspace; none for all of the change's places.
    pub workspace: Option<String>,
    /// For people; the account when there is none.
    pub name: Option<String>,
    /// Of the invitation.
    pub language: Option<String>,
    /// Work when nothing is said (W-4).
    pub account_kind: Option<AccountKind>,
    /// Roles to begin with.
    pub roles: BTreeSet<Role>,
    /// Marked as support contact from the beginning.
    pub support_contact: bool,
    /// Who manages the person (U-3).
    pub label: Option<String>,
    /// Where the wish stands, such as `people.csv:3`, for messages.
    pub origin: Option<String>,
}

/// Invites people: each workspace needs its own invitation (W-3).
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Invite {
    /// Who.
    pub people: Vec<Invitee>,
    /// Where to, for those who do not name a workspace of their own.
    pub places: Places,
    /// For how many days the invitations can be accepted.
    pub valid_days: i64,
}

impl Change for Invite {
    const NAME: &'static str = "user.invite";
    const ROUTE: Route = Route::post("/invitations");
    type Needs = InvitePeople;
    type Answer = Vec<Touched>;

    fn change(&self, at: &mut Writing<'_, InvitePeople>) -> Result<Vec<Touched>> {
        super::check_valid(self.valid_days)?;
        let powers = Powers::of(at);
        let mut done = Vec::new();
        for person in &self.people {
            let invited = self.invite(at, &powers, person, &mut done);
            invited.map_err(|error| locate(error, person.origin.as_deref()))?;
        }
        Ok(done)
    }
}

impl Invite {
    fn invite(
        &self,
        at: &mut Writing<'_, InvitePeople>,
        powers: &Powers,
        person: &Invitee,
        done: &mut Vec<Touched>,
    ) -> Result<()> {
        person.check()?;
        let workspaces = match &person.workspace {
            Some(own) => vec![places::find(at, own)?],
            None => self.places.facts(at)?,
        };
        for workspace in &workspaces {
            done.push(self.settle_in(at, powers, person, workspace)?);
        }
        Ok(())
    }

    fn settle_in(
        &self,
        at: &mut Writing<'_, InvitePeople>,
        powers: &Powers,
        person: &Invitee,
        workspace: &WorkspaceFacts,
    ) -> Result<Touched> {
        let now = at.context().now;
        let before = at.reading().member(workspace.id, &person.account)?;
        let there = before
            .as_ref()
            .filter(|member| member.status != MemberStatus::Removed);
        let wish = there.map_or_else(|| person.newly(), |member| person.further(member));
        let new = Member::new(workspace.id, &workspace.code, &person.account, now);
        let after = wish.on(before.as_ref().unwrap_or(&new), now);
        let settled = settle(at, powers, workspace, (before.as_ref(), after), self.valid_days)?;
        if settled.member.status(now) == MemberStatus::Expired {
            return send_again(at, workspace, settled.member, self.valid_days);
        }
        Ok(Touched::of(settled, now))
    }
}

impl Invitee {
    /// Someone who is not in comes with exactly this; what they held before they were removed is gone.
    fn newly(&self) -> Wish {
        Wish {
            name: self.name.clone(),
            account_kind: self.account_kind,
            language: self.language.clone(),
            label: self.label.clone(),
            roles: Some(self.roles.clone()),
            groups: Some(BTreeSet::new()),
            default_group: Some(String::new()),
            support_contact: Some(self.support_contact),
            service_admin: Some(false),
            status: Some(MemberStatus::Invited),
        }
    }

    /// Someone who is in keeps what they have, and gets what is new.
    fn further(&self, member: &Member) -> Wish {
        Wish {
            roles: Some(member.roles.union(&self.roles).copied().collect()),
            support_contact: Some(member.support_contact || self.support_contact),
            ..Wish::default()
        }
    }

    fn check(&self) -> Result<()> {
        check_account(&self.account)?;
        let letters =
            |text: &String| text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') && text.len() >= 2;
        match self.language.as_ref().filter(|text| !letters(text)) {
            None => Ok(()),
            Some(language) => Err(codes::BAD_VALUE
                .error(format!("\"{language}\" is no language"))
                .hint("write it as a language tag: en, cs, pt-BR")),
        }
    }
}

/// An account is a mail address or a user principal name.
pub(crate) fn check_account(account: &str) -> Result<()> {
    let plain = !account.contains(|c: char| c.is_whitespace() || c.is_control());
    let sides = account.split_once('@');
    if plain && sides.is_some_and(|(name, domain)| !name.is_empty() && !domain.is_empty()) {
        return Ok(());
    }
    Err(codes::BAD_VALUE
        .error(format!("\"{account}\" is no account"))
        .hint("write it as a mail address or a user principal name: eva@example.com"))
}
