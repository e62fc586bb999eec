//! What became of a membership, as every change of people answers it.

use super::Code;
use super::settle::Settled;
use crate::domain::Instant;
use crate::domain::member::Member;
use crate::domain::people::MemberStatus;
use crate::output::{Cell, Column, Tabular, col};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// One membership after a change.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Touched {
    /// The membership as it is now.
    pub member: Member,
    /// How the person stands.
    pub status: MemberStatus,
    /// `created`, `changed` or `unchanged`.
    pub outcome: Cow<'static, str>,
    /// What was changed, in words.
    pub changes: Vec<String>,
    /// The code of an invitation that was made now. It can be told once and never again.
    pub code: Option<Code>,
}

impl Touched {
    /// What settling the membership has answered.
    pub(crate) fn of(mut settled: Settled, now: Instant) -> Self {
        if settled.is_new {
            // How someone new stands is told beside it, and what they were before is nothing.
            settled.told.retain(|told| !told.starts_with("status: "));
        }
        let outcome = match (settled.is_new, settled.told.is_empty()) {
            (true, _) => "created",
            (false, false) => "changed",
            (false, true) => "unchanged",
        };
        Self {
            status: settled.member.status(now),
            member: settled.member,
            outcome: outcome.into(),
            changes: settled.told,
            code: settled.code,
        }
    }

    /// A membership that was as wished already.
    pub(crate) fn unchanged(member: Member, now: Instant) -> Self {
        Self {
            status: member.status(now),
            member,
            outcome: "unchanged".into(),
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
            (&self.outcome).into(),
            self.status.word().into(),
            self.changes.clone().into(),
            self.member.expires_at.filter(|_| waits).into(),
            self.code.as_ref().map(Code::tell).into(),
        ]
    }
}
