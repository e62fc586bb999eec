//! The people of a customer's tenant: `active` → `deleted` → back again, or gone when 30 days are over (G-6).

use super::Instant;
use super::cycle::{Cycle, NoWay};
use super::words::words;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// For so many days someone who was deleted can be restored, to the second.
pub const RESTORE_DAYS: i64 = 30;

words! {
    /// How someone of a customer's tenant stands.
    PersonState, "state of a person" {
        /// There.
        Active = "active",
        /// Deleted, and can be restored.
        Deleted = "deleted",
        /// Deleted too long ago: as if they had never been there.
        Gone = "gone",
    }
}

words! {
    /// What moves someone of a customer's tenant on.
    PersonStep, "step" {
        /// The person is taken out; what they had is remembered.
        Delete = "delete",
        /// The person is there again.
        Restore = "restore",
        /// Time takes what can no longer be restored.
        Expire = "expire",
    }
}

/// Where each step leads.
pub const LIFE: Cycle<PersonState, PersonStep> = Cycle {
    of: "a person",
    begins: &[PersonState::Active],
    moves: &[
        (PersonState::Active, PersonStep::Delete, PersonState::Deleted),
        (PersonState::Deleted, PersonStep::Restore, PersonState::Active),
        (PersonState::Deleted, PersonStep::Expire, PersonState::Gone),
    ],
};

/// Until when someone who was deleted can be restored.
pub fn restorable_until(deleted_at: Instant) -> Instant {
    deleted_at.plus_seconds(RESTORE_DAYS * 86_400)
}

/// How someone stands now: time takes its step by itself.
pub fn state_at(deleted_at: Option<Instant>, now: Instant) -> PersonState {
    let Some(deleted) = deleted_at else {
        return PersonState::Active;
    };
    let stored = PersonState::Deleted;
    if restorable_until(deleted) >= now {
        return stored;
    }
    LIFE.next(stored, PersonStep::Expire).unwrap_or(stored)
}

/// The state that a step leads to now.
///
/// # Errors
/// [`NoWay`] when it leads nowhere from there.
pub fn next(deleted_at: Option<Instant>, step: PersonStep, now: Instant) -> Result<PersonState, NoWay> {
    LIFE.next(state_at(deleted_at, now), step)
}

/// What is kept of someone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Profile {
    pub name: String,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    /// Two letters of ISO 3166; without it nobody is given a licence (G-7).
    pub usage_location: Option<String>,
    pub administrator: bool,
}

/// What is to become of a profile: what is none stays as it is, and an empty text takes away.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Wish {
    pub name: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub usage_location: Option<String>,
    pub administrator: Option<bool>,
}

impl Wish {
    /// The profile as it is wished.
    pub fn on(&self, before: &Profile) -> Profile {
        let text = |wish: &Option<String>, before: &Option<String>| match wish {
            None => before.clone(),
            Some(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        };
        let name = self.name.as_deref().map(str::trim).unwrap_or(&before.name);
        Profile {
            name: name.to_owned(),
            first_name: text(&self.first_name, &before.first_name),
            last_name: text(&self.last_name, &before.last_name),
            usage_location: text(&self.usage_location, &before.usage_location),
            administrator: self.administrator.unwrap_or(before.administrator),
        }
    }
}

impl Profile {
    /// What differs, in words.
    pub fn told(&self, after: &Self) -> Vec<String> {
        let none = || "none".to_owned();
        let text = |value: &Option<String>| value.clone().unwrap_or_else(none);
        let flag = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
        let pairs = [
            ("name", self.name.clone(), after.name.clone()),
            ("first_name", text(&self.first_name), text(&after.first_name)),
            ("last_name", text(&self.last_name), text(&after.last_name)),
            (
                "usage_location",
                text(&self.usage_location),
                text(&after.usage_location),
            ),
            (
                "administrator",
                flag(self.administrator),
                flag(after.administrator),
            ),
        ];
        let differ = pairs.into_iter().filter(|(_, before, after)| before != after);
        differ
            .map(|(what, before, after)| format!("{what}: {before} → {after}"))
            .collect()
    }
}

/// Whether an account is a user principal name of a domain or of one below it.
pub fn is_of_domain(account: &str, domain: &str) -> bool {
    let Some((name, host)) = account.rsplit_once('@') else {
        return false;
    };
    let (host, domain) = (host.to_lowercase(), domain.to_lowercase());
    let below = host
        .strip_suffix(&domain)
        .is_some_and(|rest| rest.ends_with('.') && rest.len() > 1);
    !name.is_empty() && !name.contains('@') && (host == domain || below)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_of_its_domain_or_of_one_below() {
        for account in ["eva@tatra.example", "EVA@Mail.TATRA.example"] {
            assert!(is_of_domain(account, "Tatra.example"), "{account}");
        }
        for account in [
            "eva",
            "@tatra.example",
            "eva@nottatra.example",
            "eva@.tatra.example",
            "eva@tatra.example.org",
            "a@b@tatra.example",
        ] {
            assert!(!is_of_domain(account, "tatra.example"), "{account}");
        }
    }

    #[test]
    fn an_empty_wish_takes_away_and_none_keeps() {
        let before = Profile {
            name: "Eva".to_owned(),
            usage_location: Some("SK".to_owned()),
            ..Profile::default()
        };
        assert_eq!(Wish::default().on(&before), before);
        let away = Wish {
            usage_location: Some(String::new()),
            administrator: Some(true),
            ..Wish::default()
        };
        assert_eq!(
            before.told(&away.on(&before)),
            ["usage_location: SK → none", "administrator: no → yes"]
        );
    }
}
