//! One person in one workspace: how they stand there, and the line that says so.

use super::customer::Customer;
use super::dates::instant;
use super::groups::Group;
use super::random::Random;
use super::sheet::{Kind, Sheets};
use super::unified::LAST;
use std::io;

/// Days for which an invitation is good.
const VALID: i32 = 30;

/// How a person stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Registered,
    Directory,
    Invited,
    /// Was invited, and let it run out.
    Expired,
    Removed,
}

/// One person in one workspace.
pub(super) struct Member {
    pub(super) workspace: usize,
    pub(super) account: String,
    pub(super) name: String,
    pub(super) personal: bool,
    pub(super) roles: &'static str,
    pub(super) support_contact: bool,
    pub(super) service_admin: bool,
    pub(super) standing: Standing,
    pub(super) language: &'static str,
    pub(super) group: Option<Group>,
    /// New requests are shared with the group (V-6).
    pub(super) shares: bool,
    pub(super) label: &'static str,
    /// The day on which they were invited, or came.
    pub(super) since: i32,
}

impl Standing {
    const fn word(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Directory => "directory",
            Self::Invited => "invited",
            Self::Expired => "expired",
            Self::Removed => "removed",
        }
    }
}

impl Member {
    /// Whether their roles count.
    pub(super) fn is_active(&self) -> bool {
        matches!(self.standing, Standing::Registered | Standing::Directory)
    }

    /// Writes the line.
    pub(super) fn write(&self, c: &Customer, random: &mut Random, to: &mut Sheets) -> io::Result<()> {
        let (workspace, group) = (c.workspace(self.workspace), self.group_code(c));
        let kind = if self.personal { "personal" } else { "work" };
        let yes = |yes: bool| if yes { "yes" } else { "no" };
        let default = if self.shares { group.as_str() } else { "" };
        let when = self.instants(random);
        let who = [&workspace, &self.account, &self.name].map(String::as_str);
        let may = [
            kind,
            self.roles,
            yes(self.support_contact),
            yes(self.service_admin),
        ];
        let how = [
            self.standing.word(),
            self.language,
            group.as_str(),
            default,
            self.label,
        ];
        to.row(
            Kind::People,
            &[&who[..], &may, &how, &when.each_ref().map(String::as_str)].concat(),
        )
    }

    /// The id of their group; empty without one.
    pub(super) fn group_code(&self, c: &Customer) -> String {
        self.group
            .map(|group| group.code(c, self.workspace))
            .unwrap_or_default()
    }

    /// The cells invited, expires and registered.
    fn instants(&self, random: &mut Random) -> [String; 3] {
        let (sent, accepted) = (seconds(random), seconds(random));
        let answered = (self.since + random.day(1, 9)).min(LAST);
        let (invited, registered) = (instant(self.since, sent), instant(answered, accepted));
        match self.standing {
            Standing::Registered | Standing::Removed => [invited, String::new(), registered],
            Standing::Directory => [String::new(), String::new(), registered],
            Standing::Invited | Standing::Expired => {
                [invited, instant(self.since + VALID, sent), String::new()]
            }
        }
    }
}

/// A second within office hours.
fn seconds(random: &mut Random) -> u32 {
    random.day(25_200, 61_200).cast_unsigned()
}
