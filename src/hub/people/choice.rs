//! The memberships that a change is about.

use super::settle::settle;
use super::{Places, Powers, Touched};
use crate::domain::member::{Member, Wish};
use crate::domain::near::nearest;
use crate::domain::people::MemberStatus;
use crate::error::{Error, Result, codes};
use crate::hub::Writing;
use crate::policy::Permission;
use crate::store::sqlite::WorkspaceFacts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Someone whom a change is about.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Whom {
    /// The account.
    pub account: String,
    /// Only in this workspace; none for all of the change's places.
    pub workspace: Option<String>,
    /// Where it stands, such as `people.csv:3`, for messages.
    pub origin: Option<String>,
}

/// Which memberships a change is about: each of the people in each of the places.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Choice {
    /// The people.
    pub people: Vec<Whom>,
    /// The workspaces; of all workspaces those count in which the account is.
    pub places: Places,
}

/// Which memberships a change can be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Among {
    /// Those who are in or have been asked in.
    Members,
    /// Those whose invitation waits or has run out.
    Waiting,
    /// Everybody who ever was one.
    Ever,
    /// The same, in archived workspaces as well: one can always be taken out.
    Everywhere,
}

impl Among {
    /// Whether it fits a membership in a workspace that was named.
    fn fits(self, member: &Member) -> bool {
        matches!(self, Self::Ever | Self::Everywhere) || member.status != MemberStatus::Removed
    }

    /// Whether it is meant by "all workspaces".
    fn is_meant(self, workspace: &WorkspaceFacts, member: &Member) -> bool {
        let waits = member.status == MemberStatus::Invited;
        let is_open = !workspace.archived || self == Self::Everywhere;
        is_open && (waits || self != Self::Waiting)
    }
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
        self.each(at, Among::Members, |at, powers, (workspace, member)| {
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
        among: Among,
        mut work: impl FnMut(&mut Writing<'_, P>, &Powers, Place) -> Result<Touched>,
    ) -> Result<Vec<Touched>> {
        let powers = Powers::of(at);
        let mut done = Vec::new();
        for whom in &self.people {
            let chosen = self.of(at, whom, among);
            for place in chosen.map_err(|error| locate(error, whom.origin.as_deref()))? {
                let touched = work(at, &powers, place);
                done.push(touched.map_err(|error| locate(error, whom.origin.as_deref()))?);
            }
        }
        Ok(done)
    }

    /// The memberships of one person. They are read when it is their turn: an account may stand twice in the choice.
    fn of<P: Permission>(&self, at: &Writing<'_, P>, whom: &Whom, among: Among) -> Result<Vec<Place>> {
        let own = whom
            .workspace
            .as_ref()
            .map(|name| Places::Named(vec![name.clone()]));
        let places = own.as_ref().unwrap_or(&self.places);
        let mut found = Vec::new();
        for workspace in places.with_archived(at)? {
            let member = at.reading().member(workspace.id, &whom.account)?;
            match member.filter(|member| among.fits(member)) {
                Some(member) => found.push((workspace, member)),
                None if *places == Places::All => {}
                None => return Err(no_member(at, &workspace, &whom.account)?),
            }
        }
        if *places == Places::All {
            found.retain(|(workspace, member)| among.is_meant(workspace, member));
        }
        if found.is_empty() {
            return Err(nowhere(&whom.account));
        }
        Ok(found)
    }
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
