//! What became of a membership, as every change of people answers it.

use super::settle::{Settled, settle};
use super::{Code, Places, Powers};
use crate::domain::Instant;
use crate::domain::member::{Member, Wish};
use crate::domain::near::nearest;
use crate::domain::people::MemberStatus;
use crate::error::{Error, Result, codes};
use crate::hub::Writing;
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::Permission;
use crate::store::sqlite::WorkspaceFacts;

/// One membership after a change.
#[derive(Debug, Clone)]
pub struct Touched {
    /// The membership as it is now.
    pub member: Member,
    /// How the person stands.
    pub status: MemberStatus,
    /// `created`, `changed` or `unchanged`.
    pub outcome: &'static str,
    /// What was changed, in words.
    pub changes: Vec<String>,
    /// The code of an invitation that was made now. It can be told once and never again.
    pub code: Option<Code>,
}

impl Touched {
    /// What [`settle`] has answered.
    pub(crate) fn of(settled: Settled, now: Instant) -> Self {
        let outcome = match (settled.is_new, settled.told.is_empty()) {
            (true, _) => "created",
            (false, false) => "changed",
            (false, true) => "unchanged",
        };
        Self {
            status: settled.member.status(now),
            member: settled.member,
            outcome,
            changes: settled.told,
            code: settled.code,
        }
    }

    /// A membership that was as wished already.
    pub(crate) fn unchanged(member: Member, now: Instant) -> Self {
        Self {
            status: member.status(now),
            member,
            outcome: "unchanged",
            changes: Vec::new(),
            code: None,
        }
    }
}

impl Tabular for Touched {
    const SCHEMA: &'static str = "user.change/1";
    const COLUMNS: &'static [Column] = &[
        col("workspace"),
        col("account"),
        col("name").quiet(),
        col("outcome"),
        col("status"),
        col("changes"),
        col("expires_at"),
        col("code"),
    ];

    fn cells(&self) -> Vec<Cell> {
        let waits = matches!(self.status, MemberStatus::Invited | MemberStatus::Expired);
        vec![
            (&self.member.workspace).into(),
            (&self.member.account).into(),
            (&self.member.name).into(),
            self.outcome.into(),
            self.status.word().into(),
            self.changes.clone().into(),
            self.member.expires_at.filter(|_| waits).into(),
            self.code.as_ref().map(Code::tell).into(),
        ]
    }
}

/// Someone whom a change is about.
#[derive(Debug, Clone, Default)]
pub struct Whom {
    /// The account.
    pub account: String,
    /// Only in this workspace; none for all of the change's places.
    pub workspace: Option<String>,
    /// Where it stands, such as `people.csv:3`, for messages.
    pub origin: Option<String>,
}

/// Which memberships a change is about: each of the people in each of the places.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The people.
    pub people: Vec<Whom>,
    /// The workspaces; of all workspaces those count in which the account is.
    pub places: Places,
}

/// A membership that a change is about.
pub(crate) type Place = (WorkspaceFacts, Member);

impl Choice {
    /// Brings every chosen member to what `wish` says, or refuses all of it.
    ///
    /// # Errors
    /// `E0110` for someone who is no member there, and whatever [`settle`] refuses.
    pub(crate) fn settle<P: Permission>(
        &self,
        at: &mut Writing<'_, P>,
        wish: impl Fn(&Member) -> Wish,
    ) -> Result<Vec<Touched>> {
        self.each(at, is_in, |at, powers, (workspace, member)| {
            let now = at.context().now;
            let after = wish(&member).on(&member, now);
            let settled = settle(at, powers, &workspace, (Some(&member), after), super::VALID_DAYS)?;
            Ok(Touched::of(settled, now))
        })
    }

    /// Does something to every chosen membership that fits, one after the other.
    pub(crate) fn each<P: Permission>(
        &self,
        at: &mut Writing<'_, P>,
        fits: impl Fn(&Member) -> bool,
        mut work: impl FnMut(&mut Writing<'_, P>, &Powers, Place) -> Result<Touched>,
    ) -> Result<Vec<Touched>> {
        let powers = Powers::of(at);
        let mut done = Vec::new();
        for whom in &self.people {
            let chosen = self.of(at, whom, &fits);
            for place in chosen.map_err(|error| locate(error, whom.origin.as_deref()))? {
                let touched = work(at, &powers, place);
                done.push(touched.map_err(|error| locate(error, whom.origin.as_deref()))?);
            }
        }
        Ok(done)
    }

    /// The memberships of one person. They are read when it is their turn: an account may stand twice in the choice.
    fn of<P: Permission>(
        &self,
        at: &Writing<'_, P>,
        whom: &Whom,
        fits: impl Fn(&Member) -> bool,
    ) -> Result<Vec<Place>> {
        let own = whom
            .workspace
            .iter()
            .map(|name| Places::Named(vec![name.clone()]));
        let places = own.last();
        let places = places.as_ref().unwrap_or(&self.places);
        let mut found = Vec::new();
        for workspace in places.with_archived(at)? {
            match at.reading().member(workspace.id, &whom.account)?.filter(&fits) {
                Some(member) => found.push((workspace, member)),
                None if *places == Places::All => {}
                None => return Err(no_member(at, &workspace, &whom.account)?),
            }
        }
        if found.is_empty() {
            return Err(nowhere(&whom.account));
        }
        Ok(found)
    }
}

/// Whether someone is in, or has been asked in.
pub(super) fn is_in(member: &Member) -> bool {
    member.status != MemberStatus::Removed
}

/// Says where in a file the wish stands that was refused.
pub(super) fn locate(error: Error, origin: Option<&str>) -> Error {
    match origin {
        Some(origin) => Error {
            message: format!("{origin}: {}", error.message),
            ..error
        },
        None => error,
    }
}

/// "That is no member here", with the members whose account comes near (K-9).
pub(crate) fn no_member<P: Permission>(
    at: &Writing<'_, P>,
    workspace: &WorkspaceFacts,
    account: &str,
) -> Result<Error> {
    let members = at.reading().members_of(workspace.id)?;
    let message = format!("{account} is no member of workspace {}", workspace.code);
    let error = codes::NOT_FOUND.error(message);
    let same = |member: &&Member| member.account.eq_ignore_ascii_case(account);
    if members.iter().any(|member| same(&member)) {
        let again = format!(
            "was removed; `servhub user restore {account} --workspace {}`",
            workspace.code
        );
        return Ok(error.hint(again));
    }
    let near = nearest(account, members.iter().map(|member| member.account.as_str()));
    Ok(match near.as_slice() {
        [] => error.hint(format!(
            "`servhub user invite {account} --workspace {}` asks them in",
            workspace.code
        )),
        near => error.hint(format!("did you mean {}?", near.join(", "))),
    })
}

fn nowhere(account: &str) -> Error {
    codes::NOT_FOUND
        .error(format!("{account} is a member of none of these workspaces"))
        .hint("`servhub user list --all-workspaces` shows who there is")
}
