//! The second kind of customer: a premier contract in its last months, with the next contract signed.

use super::blueprint::Allowance::{AsNeeded, Included, Limited};
use super::blueprint::{
    Blueprint, Contacts, Contract, Course, Draw, Line, Link, Package, Programme, Schedule, Setup, Shape,
    Unit, Workspace,
};
use super::dates::day;
use super::unified::LAST;

const START: i32 = day(2024, 2, 1);
const END: i32 = day(2027, 1, 31);
const ADD_ON: i32 = day(2025, 2, 1);
const NEXT: i32 = END + 1;
const NEXT_END: i32 = day(2029, 1, 31);

#[rustfmt::skip]
const BASE: &[Line] = &[
    Line { service: "reactive",   allowance: Limited(900, "hours"),  used: Some(64_125), text: "Problem Resolution Hours" },
    Line { service: "advisory",   allowance: Limited(320, "hours"),  used: Some(24_050), text: "Advisory Services Hours" },
    Line { service: "proactive",  allowance: Limited(120, "hours"),  used: Some(5_600),  text: "Workshops and Reviews" },
    Line { service: "education",  allowance: Limited(250, "count"),  used: None,         text: "On-Demand Education" },
    Line { service: "contacts",   allowance: Limited(12, "seats"),   used: None,         text: "Reactive Enabled Contacts" },
    Line { service: "assessment", allowance: Limited(5, "count"),    used: None,         text: "On-Demand Assessment" },
    Line { service: "other",      allowance: Included,              used: None,         text: "Escalation Management" },
    Line { service: "other",      allowance: Included,              used: None,         text: "Service Delivery Management" },
];

#[rustfmt::skip]
const ENGINEERING: &[Line] = &[
    Line { service: "dse", allowance: Limited(240, "hours"), used: Some(22_100), text: "Designated Support Engineering: SQL Server" },
];

#[rustfmt::skip]
const CREDITS: &[Line] = &[
    Line { service: "proactive-credits", allowance: Limited(80, "credits"), used: Some(3_900), text: "Proactive Credits" },
];

#[rustfmt::skip]
const TOP_UP: &[Line] = &[
    Line { service: "reactive", allowance: Limited(50, "hours"), used: None, text: "Problem Resolution Hours, top-up" },
    Line { service: "other",    allowance: Included,            used: None, text: "Extended hours, weekends" },
];

#[rustfmt::skip]
const NEXT_BASE: &[Line] = &[
    Line { service: "reactive",   allowance: AsNeeded("hours"),     used: None, text: "Problem Resolution Hours As-Needed" },
    Line { service: "advisory",   allowance: Limited(400, "hours"),  used: None, text: "Advisory Services Hours" },
    Line { service: "proactive",  allowance: Limited(80, "hours"),   used: None, text: "Built-in Proactive Services" },
    Line { service: "education",  allowance: AsNeeded("count"),     used: None, text: "On-Demand Education Subscription" },
    Line { service: "contacts",   allowance: Limited(20, "seats"),   used: None, text: "Reactive Enabled Contacts" },
    Line { service: "assessment", allowance: Limited(1, "count"),    used: None, text: "On-Demand Assessment: set-up and configuration" },
    Line { service: "other",      allowance: Included,              used: None, text: "Escalation Management" },
];

/// The tables of this kind of customer.
#[rustfmt::skip]
pub(super) static PREMIER: Blueprint = Blueprint {
    contracts: &[
        Contract { kind: "premier", plan: "Premier Standard", start: START, end: END },
        Contract { kind: "unified", plan: "Unified Advanced", start: NEXT,  end: NEXT_END },
    ],
    schedules: &[
        Schedule { contract: 0, base: true,  start: START,  end: END },
        Schedule { contract: 0, base: false, start: ADD_ON, end: END },
        Schedule { contract: 1, base: true,  start: NEXT,   end: NEXT_END },
    ],
    packages: &[
        Package { schedule: 0, name: "Premier Standard Base",          start: START,           end: END,      deactivated: None, lines: BASE },
        Package { schedule: 1, name: "Designated Support Engineering", start: ADD_ON,          end: END,      deactivated: None, lines: ENGINEERING },
        Package { schedule: 1, name: "Proactive Credits",              start: ADD_ON,          end: END,      deactivated: None, lines: CREDITS },
        Package { schedule: 1, name: "Problem Resolution Top-up",      start: day(2025, 12, 16), end: day(2026, 12, 15), deactivated: None, lines: TOP_UP },
        Package { schedule: 2, name: "Unified Advanced Base",          start: NEXT,            end: NEXT_END, deactivated: None, lines: NEXT_BASE },
    ],
    workspaces: &[
        Workspace { unit: Unit::Country(0), allow_personal: false, archived: None, people: 30 },
        Workspace { unit: Unit::Research,   allow_personal: true,  archived: None, people: 16 },
    ],
    links: &[
        Link { workspace: 0, contract: 0, package: Some(0), on: START },
        Link { workspace: 1, contract: 0, package: Some(0), on: START + 60 },
        Link { workspace: 0, contract: 0, package: Some(1), on: ADD_ON },
        Link { workspace: 1, contract: 0, package: Some(1), on: ADD_ON + 14 },
        Link { workspace: 0, contract: 0, package: Some(2), on: ADD_ON },
        Link { workspace: 0, contract: 0, package: Some(3), on: day(2025, 12, 16) },
    ],
    contacts: &[
        Contacts { contract: 0, workspace: 0, admin: true,  personal: false, first: 12, count: 1, since: START,      until: None },
        Contacts { contract: 0, workspace: 0, admin: false, personal: false, first: 0,  count: 4, since: START,      until: None },
        Contacts { contract: 0, workspace: 1, admin: false, personal: false, first: 4,  count: 1, since: START + 60, until: None },
        Contacts { contract: 0, workspace: 1, admin: false, personal: true,  first: 6,  count: 2, since: START + 60, until: None },
        Contacts { contract: 1, workspace: 0, admin: true,  personal: false, first: 12, count: 1, since: NEXT,       until: None },
        Contacts { contract: 1, workspace: 0, admin: false, personal: false, first: 0,  count: 2, since: NEXT,       until: None },
    ],
    cases: &[
        (Shape::Regular, 94), (Shape::Recent, 7), (Shape::NoContract, 2), (Shape::NoPackage, 2), (Shape::NoService, 2),
        (Shape::Class("SU"), 2), (Shape::Class("DSA"), 1), (Shape::Class("X85"), 2), (Shape::Class("REC"), 1),
    ],
    engagements: &[
        Programme { package: 0, line: 2, delivered: 4, in_progress: 0, planned: 1, cancelled: 1, between: (START + 70, LAST) },
        Programme { package: 1, line: 0, delivered: 5, in_progress: 1, planned: 1, cancelled: 0, between: (ADD_ON + 20, LAST) },
        Programme { package: 2, line: 0, delivered: 4, in_progress: 1, planned: 1, cancelled: 1, between: (ADD_ON + 10, LAST) },
    ],
    draws: &[
        Draw { workspace: 0, on: ADD_ON + 410, credits: 4 },
        Draw { workspace: 0, on: ADD_ON + 540, credits: 7 },
    ],
    learning: &[
        Course { workspace: 0, package: 0, count: 160 }, Course { workspace: 1, package: 0, count: 80 },
    ],
    assessments: &[
        Setup { workspace: 0, package: 0, on: START + 40,  active: true }, Setup { workspace: 0, package: 0, on: START + 95,  active: true },
        Setup { workspace: 0, package: 0, on: START + 500, active: false }, Setup { workspace: 1, package: 0, on: START + 640, active: true },
    ],
};
