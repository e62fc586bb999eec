//! What the two kinds of demo customer are drawn from: tables without any chance in them.
//! Days stand as they are for the first two customers; later ones are shifted as a whole.

/// One kind of customer.
pub(super) struct Blueprint {
    pub(super) contracts: &'static [Contract],
    pub(super) schedules: &'static [Schedule],
    pub(super) packages: &'static [Package],
    pub(super) workspaces: &'static [Workspace],
    pub(super) links: &'static [Link],
    pub(super) contacts: &'static [Contacts],
    pub(super) cases: &'static [(Shape, u32)],
    pub(super) engagements: &'static [Programme],
    pub(super) draws: &'static [Draw],
    pub(super) learning: &'static [Course],
    pub(super) assessments: &'static [Setup],
}

pub(super) struct Contract {
    pub(super) kind: &'static str,
    pub(super) plan: &'static str,
    pub(super) start: i32,
    pub(super) end: i32,
}

pub(super) struct Schedule {
    pub(super) contract: usize,
    pub(super) base: bool,
    pub(super) start: i32,
    pub(super) end: i32,
}

pub(super) struct Package {
    pub(super) schedule: usize,
    pub(super) name: &'static str,
    pub(super) start: i32,
    pub(super) end: i32,
    pub(super) deactivated: Option<i32>,
    pub(super) lines: &'static [Line],
}

/// One entitlement.
pub(super) struct Line {
    pub(super) service: &'static str,
    pub(super) allowance: Allowance,
    pub(super) text: &'static str,
    /// What the deliveries that name it come to, in hundredths; none: as it happens.
    pub(super) used: Option<i64>,
}

#[derive(Clone, Copy)]
pub(super) enum Allowance {
    /// A benefit on the contract, not tracked.
    Included,
    /// Tracked in this unit, no ceiling.
    AsNeeded(&'static str),
    /// So many of this unit.
    Limited(u32, &'static str),
}

pub(super) struct Workspace {
    pub(super) unit: Unit,
    pub(super) allow_personal: bool,
    pub(super) archived: Option<i32>,
    /// Members of its own.
    pub(super) people: usize,
}

/// Which part of a customer a workspace is for.
#[derive(Clone, Copy)]
pub(super) enum Unit {
    /// The country so many steps from home; 0 is home, and the default workspace.
    Country(usize),
    Finance,
    Research,
}

/// A contract, or one of its packages, linked to a workspace from a day on.
pub(super) struct Link {
    pub(super) workspace: usize,
    pub(super) contract: usize,
    pub(super) package: Option<usize>,
    pub(super) on: i32,
}

/// Some contacts of one contract in one workspace: people `first`, `first + 1` ... of its language.
pub(super) struct Contacts {
    pub(super) contract: usize,
    pub(super) workspace: usize,
    pub(super) admin: bool,
    pub(super) personal: bool,
    pub(super) first: usize,
    pub(super) count: usize,
    pub(super) since: i32,
    pub(super) until: Option<i32>,
}

/// Why a case is in the demo; the rule that it is for, where there is one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Long done, on the current contract.
    Regular,
    /// Of the last weeks, not closed yet.
    Recent,
    /// O-1.
    NoContract,
    /// O-1.
    NoPackage,
    /// O-1.
    NoService,
    /// O-2: opened within the contract that has expired since.
    Earlier,
    /// O-2, and its last hours were delivered after the end: L-6.
    LateTail,
    /// O-2: opened after the contract's end; the first one just past midnight of the contract's zone.
    AfterEnd,
    /// O-3: in the workspace that the current contract is not linked to.
    Elsewhere,
    /// O-4.
    Class(&'static str),
    /// On the package that was deactivated early; the first one with late hours.
    Side,
}

/// Engagements on one entitlement, with the number in each status.
pub(super) struct Programme {
    pub(super) package: usize,
    pub(super) line: usize,
    pub(super) delivered: u32,
    pub(super) in_progress: u32,
    pub(super) planned: u32,
    pub(super) cancelled: u32,
    /// The days between which the finished ones lie.
    pub(super) between: (i32, i32),
}

/// Credits drawn by workspace and service, without naming an entitlement (L-5).
pub(super) struct Draw {
    pub(super) workspace: usize,
    pub(super) on: i32,
    pub(super) credits: i64,
}

/// Learning of one workspace on one education entitlement.
pub(super) struct Course {
    pub(super) workspace: usize,
    pub(super) package: usize,
    pub(super) count: u32,
}

pub(super) struct Setup {
    pub(super) workspace: usize,
    pub(super) package: usize,
    pub(super) on: i32,
    pub(super) active: bool,
}

impl Package {
    /// The last day on which something may be delivered.
    pub(super) fn last_day(&self) -> i32 {
        self.deactivated.map_or(self.end, |on| on - 1)
    }

    /// The first entitlement for a service.
    pub(super) fn line_for(&self, service: &str) -> Option<usize> {
        self.lines.iter().position(|line| line.service == service)
    }
}

impl Blueprint {
    /// The contract that a package stands in.
    pub(super) fn contract_of(&self, package: usize) -> usize {
        self.schedules[self.packages[package].schedule].contract
    }

    /// The workspaces that hold a package.
    pub(super) fn holders(&self, package: usize) -> Vec<usize> {
        self.links
            .iter()
            .filter(|link| link.package == Some(package))
            .map(|link| link.workspace)
            .collect()
    }
}
