//! A member of a workspace, what a file or a command wishes of one, and the difference between the two.

use super::Instant;
use super::contract::AccountKind;
use super::people::{MemberStatus, Role};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A person in one workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Member {
    /// Key in the store; zero before it is kept.
    #[serde(skip)]
    pub id: i64,
    /// Key of the workspace.
    #[serde(skip)]
    pub workspace_id: i64,
    /// Id of the workspace.
    pub workspace: String,
    /// Mail address or user principal name; upper and lower case are one.
    pub account: String,
    /// For people.
    pub name: String,
    /// Work or personal (W-4).
    pub account_kind: AccountKind,
    /// As it is stored: ask [`Member::status`] what it is at a moment.
    pub status: MemberStatus,
    /// May file requests.
    pub support_contact: bool,
    /// Named on the contract as its administrator.
    pub service_admin: bool,
    /// Of invitations and letters.
    pub language: Option<String>,
    /// Who manages this person: a file applied with the same label may remove them (U-3).
    pub label: Option<String>,
    /// Roles granted to the person, not through groups.
    pub roles: BTreeSet<Role>,
    /// Ids of the person's groups.
    pub groups: BTreeSet<String>,
    /// The group that new requests are shared with (V-6).
    pub default_group: Option<String>,
    /// When the newest invitation was sent.
    pub invited_at: Instant,
    /// When it runs out.
    pub expires_at: Option<Instant>,
    /// When the person accepted.
    pub registered_at: Option<Instant>,
    /// When the person was removed.
    pub removed_at: Option<Instant>,
    /// How many invitations were sent.
    pub sent: u32,
}

impl Member {
    /// Someone new, invited at a moment.
    pub fn new(workspace_id: i64, workspace: &str, account: &str, now: Instant) -> Self {
        Self {
            id: 0,
            workspace_id,
            workspace: workspace.to_owned(),
            account: account.to_owned(),
            name: account.to_owned(),
            account_kind: AccountKind::Work,
            status: MemberStatus::Invited,
            support_contact: false,
            service_admin: false,
            language: None,
            label: None,
            roles: BTreeSet::new(),
            groups: BTreeSet::new(),
            default_group: None,
            invited_at: now,
            expires_at: None,
            registered_at: None,
            removed_at: None,
            sent: 0,
        }
    }

    /// How the person stands at a moment.
    pub fn status(&self, now: Instant) -> MemberStatus {
        self.status.at(now, self.expires_at)
    }

    /// How the audit trail names the membership.
    pub fn subject(&self) -> String {
        format!("member:{}/{}", self.workspace, self.account.to_lowercase())
    }
}

/// What should be; what is none stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wish {
    /// The person's name.
    pub name: Option<String>,
    /// Work or personal.
    pub account_kind: Option<AccountKind>,
    /// Language of invitations.
    pub language: Option<String>,
    /// Who manages the person.
    pub label: Option<String>,
    /// Exactly these roles.
    pub roles: Option<BTreeSet<Role>>,
    /// Exactly these groups, by id.
    pub groups: Option<BTreeSet<String>>,
    /// The default group; an empty id means none.
    pub default_group: Option<String>,
    /// The support-contact mark.
    pub support_contact: Option<bool>,
    /// Named on the contract.
    pub service_admin: Option<bool>,
    /// In (registered, directory, or newly invited) or removed. None brings someone who is not in to an
    /// invitation, and leaves everyone else.
    pub status: Option<MemberStatus>,
}

impl Wish {
    /// What a member becomes by the wish. Someone who is removed and wished for is a member again: registered
    /// if they had been, else invited.
    #[must_use]
    pub fn on(&self, member: &Member, now: Instant) -> Member {
        let mut after = member.clone();
        let set = |to: &mut String, wish: &Option<String>| {
            if let Some(wish) = wish {
                wish.clone_into(to);
            }
        };
        set(&mut after.name, &self.name);
        let optional = |to: &mut Option<String>, wish: &Option<String>| {
            if let Some(wish) = wish {
                *to = Some(wish.clone()).filter(|text| !text.is_empty());
            }
        };
        optional(&mut after.language, &self.language);
        optional(&mut after.label, &self.label);
        optional(&mut after.default_group, &self.default_group);
        after.account_kind = self.account_kind.unwrap_or(after.account_kind);
        after.support_contact = self.support_contact.unwrap_or(after.support_contact);
        after.service_admin = self.service_admin.unwrap_or(after.service_admin);
        if let Some(roles) = &self.roles {
            after.roles.clone_from(roles);
        }
        if let Some(groups) = &self.groups {
            after.groups.clone_from(groups);
        }
        self.stand(&mut after, now);
        after
    }

    fn stand(&self, after: &mut Member, now: Instant) {
        let wished = match (self.status, after.status) {
            (None, MemberStatus::Removed) if after.registered_at.is_some() => MemberStatus::Registered,
            (None | Some(MemberStatus::Expired), MemberStatus::Removed) => MemberStatus::Invited,
            (None | Some(MemberStatus::Expired), other) => other,
            (Some(wished), _) => wished,
        };
        if wished == MemberStatus::Removed {
            // A mark that nobody uses would hold a place of the contract's line.
            after.support_contact = false;
            after.removed_at = after.removed_at.or(Some(now));
        } else {
            after.removed_at = None;
        }
        if wished.is_active() {
            after.registered_at = after.registered_at.or(Some(now));
        }
        after.status = wished;
    }
}

/// The differences between two states of a member, in words: `roles: +learning -health`.
pub fn differences(before: &Member, after: &Member) -> Vec<String> {
    let mut told = Vec::new();
    let mut tell = |name: &str, before: &str, after: &str| {
        if before != after {
            let shown = |text: &str| if text.is_empty() { "none" } else { text }.to_owned();
            told.push(format!("{name}: {} → {}", shown(before), shown(after)));
        }
    };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let yes = |yes: bool| if yes { "yes" } else { "no" };
    tell("status", before.status.word(), after.status.word());
    tell("name", &before.name, &after.name);
    tell(
        "account_kind",
        before.account_kind.word(),
        after.account_kind.word(),
    );
    tell("language", &text(&before.language), &text(&after.language));
    tell("label", &text(&before.label), &text(&after.label));
    tell(
        "support_contact",
        yes(before.support_contact),
        yes(after.support_contact),
    );
    tell(
        "service_admin",
        yes(before.service_admin),
        yes(after.service_admin),
    );
    tell(
        "default_group",
        &text(&before.default_group),
        &text(&after.default_group),
    );
    let words = |roles: &BTreeSet<Role>| roles.iter().map(|role| role.word().to_owned()).collect();
    told.extend(set_difference(
        "roles",
        &words(&before.roles),
        &words(&after.roles),
    ));
    told.extend(set_difference("groups", &before.groups, &after.groups));
    told
}

fn set_difference(name: &str, before: &BTreeSet<String>, after: &BTreeSet<String>) -> Option<String> {
    let more = after.difference(before).map(|one| format!("+{one}"));
    let less = before.difference(after).map(|one| format!("-{one}"));
    let all: Vec<String> = more.chain(less).collect();
    (!all.is_empty()).then(|| format!("{name}: {}", all.join(" ")))
}
