//! `user.list` and `user.show`

use super::Places;
use crate::domain::Instant;
use crate::domain::member::Member;
use crate::domain::near::nearest;
use crate::domain::people::{MemberStatus, Role};
use crate::error::{Result, codes};
use crate::hub::role::HeldLine;
use crate::hub::{Query, Reading, Route};
use crate::output::{Cell, Column, Cut, Tabular, col};
use crate::policy::needs::ListPeople;
use crate::store::sqlite::{HeldFilter, MemberFilter};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A membership as it is shown.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct MemberLine {
    /// What is kept.
    pub member: Member,
    /// How the person stands at the moment asked about.
    pub status: MemberStatus,
}

impl MemberLine {
    /// A membership at a moment.
    pub(crate) fn at(member: Member, now: Instant) -> Self {
        Self {
            status: member.status(now),
            member,
        }
    }
}

impl Tabular for MemberLine {
    const SCHEMA: &'static str = "user.list/1";
    const COLUMNS: &'static [Column] = &[
        col("workspace"),
        col("account"),
        col("name"),
        col("account_kind").quiet(),
        col("status"),
        col("support_contact"),
        col("service_admin").quiet(),
        col("roles"),
        col("groups"),
        col("default_group").quiet(),
        col("language").quiet(),
        col("label").quiet(),
        col("invited_at").quiet(),
        col("expires_at"),
        col("registered_at").quiet(),
        col("removed_at").quiet(),
        col("sent").quiet(),
    ];

    fn cells(&self) -> Vec<Cell> {
        let m = &self.member;
        let waits = matches!(self.status, MemberStatus::Invited | MemberStatus::Expired);
        let roles: Vec<String> = m.roles.iter().map(|role| role.word().to_owned()).collect();
        vec![
            (&m.workspace).into(),
            (&m.account).into(),
            (&m.name).into(),
            m.account_kind.word().into(),
            self.status.word().into(),
            m.support_contact.into(),
            m.service_admin.into(),
            roles.into(),
            m.groups.iter().cloned().collect::<Vec<_>>().into(),
            (&m.default_group).into(),
            (&m.language).into(),
            (&m.label).into(),
            m.invited_at.into(),
            m.expires_at.filter(|_| waits).into(),
            m.registered_at.into(),
            m.removed_at.into(),
            i64::from(m.sent).into(),
        ]
    }
}

/// Lists members by workspace and account.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct List {
    /// Of which workspaces.
    pub places: Places,
    /// Only in these states; empty means all but removed.
    pub status: Vec<MemberStatus>,
    /// Only with this role, granted or through a group.
    pub role: Option<Role>,
    /// Only with, or only without the support-contact mark.
    pub support_contact: Option<bool>,
    /// At most so many; none for all (K-7).
    pub limit: Option<usize>,
    /// Where the page before ended.
    pub page_token: Option<String>,
}

impl Query for List {
    const NAME: &'static str = "user.list";
    const ROUTE: Route = Route::get("/users");
    type Needs = ListPeople;
    type Answer = (Vec<MemberLine>, Option<Cut>);

    fn answer(&self, at: &Reading<'_, ListPeople>) -> Result<Self::Answer> {
        let keys = self.places.keys(at)?;
        let filter = MemberFilter {
            workspaces: keys.as_deref(),
            account: None,
            status: &self.status,
            role: self.role,
            support_contact: self.support_contact,
        };
        let now = at.context().now;
        let limit = self.limit.and_then(|limit| i64::try_from(limit).ok());
        let limit = limit.unwrap_or(i64::MAX - 1);
        let mut found = at.member_page(&filter, now, self.after()?, limit + 1)?;
        let mut cut = None;
        if i64::try_from(found.len()).is_ok_and(|count| count > limit) {
            found.pop();
            cut = Some(Cut {
                total: Some(at.member_count(&filter, now)?),
                next: found.last().map_or(0, |last| last.id).to_string(),
            });
        }
        let lines = found.into_iter().map(|member| MemberLine::at(member, now));
        Ok((lines.collect(), cut))
    }
}

impl List {
    fn after(&self) -> Result<Option<i64>> {
        let read = |token: &String| {
            token
                .parse()
                .map_err(|_| codes::BAD_TOKEN.error(format!("\"{token}\" is no page token of `user list`")))
        };
        self.page_token.as_ref().map(read).transpose()
    }
}

/// Everything that the asking person may know of an account.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Show {
    /// The account.
    pub account: String,
}

/// A person's memberships, and each role with where it comes from.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Shown {
    /// By workspace.
    pub memberships: Vec<MemberLine>,
    /// By customer and workspace.
    pub roles: Vec<HeldLine>,
}

impl Query for Show {
    const NAME: &'static str = "user.show";
    const ROUTE: Route = Route::get("/users/{account}");
    type Needs = ListPeople;
    type Answer = Shown;

    fn answer(&self, at: &Reading<'_, ListPeople>) -> Result<Shown> {
        let now = at.context().now;
        let filter = MemberFilter {
            account: Some(&self.account),
            status: MemberStatus::ALL,
            ..MemberFilter::default()
        };
        let found = at.member_page(&filter, now, None, i64::MAX)?;
        let held = at.held(&HeldFilter {
            account: Some(&self.account),
            ..HeldFilter::default()
        })?;
        if found.is_empty() && held.is_empty() {
            return Err(self.nobody(at)?);
        }
        Ok(Shown {
            memberships: found
                .into_iter()
                .map(|member| MemberLine::at(member, now))
                .collect(),
            roles: held.into_iter().map(HeldLine).collect(),
        })
    }
}

impl Show {
    /// The same answer for someone who is not there and for someone whom the asking person may not know of.
    fn nobody(&self, at: &Reading<'_, ListPeople>) -> Result<crate::error::Error> {
        let mut known = Vec::new();
        at.each_member(None, |member| {
            known.push(member.account);
            Ok(())
        })?;
        let error = codes::NOT_FOUND.error(format!("there is no person \"{}\"", self.account));
        let near = nearest(&self.account, known.iter().map(String::as_str));
        Ok(match near.as_slice() {
            [] => error.hint("`servhub user list --all-workspaces` shows who there is"),
            near => error.hint(format!("did you mean {}?", near.join(", "))),
        })
    }
}
