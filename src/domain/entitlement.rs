//! What a package promises, and how much of it is used.

use super::words::words;
use super::{Day, Quantity};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

words! {
    /// Whether usage is recorded at all (E-1).
    Category, "category" {
        /// Tracked and used up.
        Consumable = "consumable",
        /// A line on the contract that may be used, with no usage.
        AdditionalBenefit = "additional-benefit",
    }
}

words! {
    /// What is delivered (E-2).
    Service, "service" {
        /// Break-fix support.
        Reactive = "reactive",
        /// Advice.
        Advisory = "advisory",
        /// Workshops and the like, by the hour.
        Proactive = "proactive",
        /// Credits exchanged for proactive work.
        ProactiveCredits = "proactive-credits",
        /// Designated support engineering.
        Dse = "dse",
        /// On-demand education.
        Education = "education",
        /// On-demand assessments.
        Assessment = "assessment",
        /// Named support contacts.
        Contacts = "contacts",
        /// Anything else.
        Other = "other",
    }
}

words! {
    /// How much of it there is (E-3).
    AllowanceKind, "allowance" {
        /// A quantity and a unit.
        Limited = "limited",
        /// Tracked, no ceiling.
        AsNeeded = "as-needed",
        /// Not tracked.
        Included = "included",
    }
}

words! {
    /// What a quantity counts (E-3).
    Unit, "unit" {
        /// Hours of work.
        Hours = "hours",
        /// Credits.
        Credits = "credits",
        /// Seats.
        Seats = "seats",
        /// Things.
        Count = "count",
    }
}

words! {
    /// What deserves a second look (E-7).
    Flag, "flag" {
        /// At least 80 % used.
        Used80 = "used-80",
        /// At least 100 % used.
        Used100 = "used-100",
        /// Its package ends within 90 days.
        Expiring = "expiring",
    }
}

/// How much a contract line allows (E-3). Caps are never hard-coded: the line says how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Allowance {
    /// So much and no more is paid for; more is shown as over-use (E-5).
    Limited(Quantity, Unit),
    /// Tracked in a unit, without a ceiling.
    AsNeeded(Unit),
    /// Not tracked.
    Included,
}

impl Allowance {
    /// Which of the three it is.
    pub const fn kind(self) -> AllowanceKind {
        match self {
            Self::Limited(..) => AllowanceKind::Limited,
            Self::AsNeeded(_) => AllowanceKind::AsNeeded,
            Self::Included => AllowanceKind::Included,
        }
    }

    /// The ceiling, if there is one.
    pub const fn quantity(self) -> Option<Quantity> {
        if let Self::Limited(quantity, _) = self {
            Some(quantity)
        } else {
            None
        }
    }

    /// What is counted, if anything is.
    pub const fn unit(self) -> Option<Unit> {
        match self {
            Self::Limited(_, unit) | Self::AsNeeded(unit) => Some(unit),
            Self::Included => None,
        }
    }
}

/// A service line of a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Entitlement {
    /// Key in the store.
    pub id: i64,
    /// The provider's id.
    pub code: String,
    /// Key of its package.
    pub package_id: i64,
    /// What is delivered.
    pub service: Service,
    /// Whether usage is recorded.
    pub category: Category,
    /// How much there is.
    pub allowance: Allowance,
    /// For people (E-4).
    pub description: String,
    /// Where to order or use it (E-4).
    pub action_link: Option<String>,
}

impl Entitlement {
    /// Whether entries may be recorded against it (E-1, E-3).
    pub fn is_tracked(&self) -> bool {
        self.category == Category::Consumable && self.allowance != Allowance::Included
    }
}

/// Consumed, remaining and percent used: from the ledger alone, never clipped (E-5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// Sum of the entries.
    pub consumed: Quantity,
    /// Allowance less consumed, only for `limited`; negative when over-used.
    pub remaining: Option<Quantity>,
    /// Consumed in percent of the allowance, only for `limited`.
    pub percent_used: Option<Quantity>,
}

impl Usage {
    /// The arithmetic of E-5.
    pub fn of(allowance: Allowance, consumed: Quantity) -> Self {
        let ceiling = allowance.quantity();
        Self {
            consumed,
            remaining: ceiling.map(|all| all - consumed),
            percent_used: ceiling.and_then(|all| consumed.percent_of(all)),
        }
    }

    /// What is told to someone who sees only a part of the entries: their sum, and not what is left, because the
    /// difference would give the rest away.
    pub fn seen_in_part(consumed: Quantity) -> Self {
        Self {
            consumed,
            remaining: None,
            percent_used: None,
        }
    }

    /// Which thresholds are reached on a day (E-7): 80 %, 100 %, and 90 days before the package ends.
    /// A package that has ended already expires no more.
    pub fn flags(&self, package_end: Day, day: Day) -> Vec<Flag> {
        let at_least = |percent| {
            self.percent_used
                .is_some_and(|used| used >= Quantity::whole(percent))
        };
        let expiring = (0..=90).contains(&day.until(package_end));
        [
            (Flag::Used80, at_least(80) && !at_least(100)),
            (Flag::Used100, at_least(100)),
            (Flag::Expiring, expiring),
        ]
        .into_iter()
        .filter_map(|(flag, raised)| raised.then_some(flag))
        .collect()
    }
}
