//! One demo customer: a blueprint, a name, and the numbers and codes that no other customer has.

use super::blueprint::{Blueprint, Unit};
use super::identity::{identity, shift};
use super::names::{TONGUES, Tongue};
use super::premier::PREMIER;
use super::random::Random;
use super::unified::{LAST, UNIFIED};

/// Which table a stream of chance is for.
#[derive(Clone, Copy)]
pub(super) enum Topic {
    Shift = 1,
    Contacts,
    Cases,
    Engagements,
    Learning,
    Assessments,
    Deliveries,
    Titles,
    People,
    Shares,
    Histories,
}

/// One customer with everything that its rows are derived from.
pub(super) struct Customer {
    /// From 1 on.
    pub(super) number: u64,
    pub(super) tongue: Tongue,
    pub(super) name: String,
    pub(super) domain: String,
    pub(super) blueprint: &'static Blueprint,
    short: String,
    seed: u64,
    shift: i32,
}

impl Customer {
    /// The customer with this number, from 1 on; the same for every factor.
    pub(super) fn new(seed: u64, number: u64) -> Self {
        let unified = number % 2 == 1;
        let pair = (number - 1) / 2;
        let tongue = TONGUES[((pair + if unified { 0 } else { 3 }) % 4) as usize];
        let (name, short, domain) = identity(number, tongue);
        let blueprint = if unified { &UNIFIED } else { &PREMIER };
        let shift = if pair == 0 {
            0
        } else {
            shift(seed, number, unified)
        };
        Self {
            number,
            tongue,
            name,
            domain,
            blueprint,
            short,
            seed,
            shift,
        }
    }

    /// `C0001`.
    pub(super) fn code(&self) -> String {
        format!("C{:04}", self.number)
    }

    /// A day of the blueprint in the life of this customer.
    pub(super) fn day(&self, day: i32) -> i32 {
        day + self.shift
    }

    /// Like [`Self::day`], but never after the last day of the demo.
    pub(super) fn past(&self, day: i32) -> i32 {
        self.day(day).min(LAST)
    }

    /// The chance that belongs to one topic.
    pub(super) fn random(&self, topic: Topic) -> Random {
        Random::keyed(self.seed, self.number, topic as u64)
    }

    /// Nine digits with leading zeros; two contracts share none of them below fifty million contracts.
    pub(super) fn contract(&self, contract: usize) -> String {
        let n = self.number * 2 + contract as u64;
        format!("{:09}", (n * 6_364_153 + 41_775_208) % 100_000_000)
    }

    /// Ten digits with leading zeros.
    pub(super) fn schedule(&self, schedule: usize) -> String {
        let n = self.number * 8 + schedule as u64;
        format!("{:010}", (n * 87_310_451 + 502_246_913) % 1_000_000_000)
    }

    pub(super) fn package(&self, package: usize) -> String {
        format!("P{:04}-{:02}", self.number, package + 1)
    }

    pub(super) fn entitlement(&self, package: usize, line: usize) -> String {
        format!("E{:04}-{:02}{:02}", self.number, package + 1, line + 1)
    }

    pub(super) fn workspace(&self, workspace: usize) -> String {
        match self.blueprint.workspaces[workspace].unit {
            Unit::Country(steps) => format!("{}-{}", self.short, self.tongue.further(steps).land().country),
            Unit::Finance => format!("{}-FIN", self.short),
            Unit::Research => format!("{}-RD", self.short),
        }
    }

    /// What people call a workspace, in the language of the customer.
    pub(super) fn workspace_name(&self, workspace: usize) -> String {
        let land = self.tongue.land();
        let part = match self.blueprint.workspaces[workspace].unit {
            Unit::Country(steps) => land.countries[self.tongue.further(steps) as usize],
            Unit::Finance => land.finance,
            Unit::Research => land.research,
        };
        format!(
            "{} – {part}",
            self.name
                .rsplit_once(", ")
                .map_or(self.name.as_str(), |(name, _)| name)
        )
    }

    /// The language that the people of a workspace speak.
    pub(super) fn tongue_of(&self, workspace: usize) -> Tongue {
        match self.blueprint.workspaces[workspace].unit {
            Unit::Country(steps) => self.tongue.further(steps),
            Unit::Finance | Unit::Research => self.tongue,
        }
    }

    /// The `n`th person who works in a workspace.
    pub(super) fn person(&self, workspace: usize, n: usize) -> String {
        let tongue = self.tongue_of(workspace);
        let first = if self.number > 2 {
            self.number.wrapping_mul(97) as usize % 672
        } else {
            usize::from(tongue == Tongue::Polish) * 425
        };
        tongue.person(first + n)
    }

    /// The first day on which a workspace has a package.
    pub(super) fn linked_on(&self, workspace: usize, package: usize) -> i32 {
        let links = self.blueprint.links.iter();
        let link = links
            .filter(|l| l.workspace == workspace && l.package == Some(package))
            .map(|l| l.on)
            .next();
        self.day(link.unwrap_or(self.blueprint.packages[package].start))
    }
}
