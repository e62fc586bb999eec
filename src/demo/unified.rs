//! The first kind of customer: a unified contract in its second year, after one that has expired.

use super::blueprint::Allowance::{AsNeeded, Included, Limited};
use super::blueprint::{
    Blueprint, Contacts, Contract, Course, Draw, Line, Link, Package, Programme, Schedule, Setup, Shape,
    Unit, Workspace,
};
use super::dates::day;

/// When the current contract starts; the earlier one ends on the day before.
const START: i32 = day(2025, 7, 1);
const END: i32 = day(2027, 6, 30);
const EARLIER: i32 = day(2023, 7, 1);
const EARLIER_END: i32 = START - 1;
const YEAR: i32 = day(2026, 1, 1);
const YEAR_END: i32 = day(2026, 12, 31);
const SECOND_CREDITS: i32 = day(2026, 7, 1);
const ADD_ON: i32 = day(2025, 10, 1);
const DEACTIVATED: i32 = day(2026, 4, 1);
const ARCHIVED: i32 = day(2026, 3, 31);

/// The last day in the life of the demo.
pub(super) const LAST: i32 = day(2026, 11, 20);

#[rustfmt::skip]
const BASE: &[Line] = &[
    Line { service: "reactive",   allowance: AsNeeded("hours"),    used: None,         text: "Problem Resolution Hours As-Needed" },
    Line { service: "advisory",   allowance: Limited(600, "hours"), used: Some(51_600), text: "Advisory Services Hours" },
    Line { service: "proactive",  allowance: Limited(160, "hours"), used: Some(8_250),  text: "Built-in Proactive Services" },
    Line { service: "education",  allowance: AsNeeded("count"),    used: None,         text: "On-Demand Education Subscription" },
    Line { service: "contacts",   allowance: Limited(30, "seats"),  used: None,         text: "Reactive Enabled Contacts" },
    Line { service: "assessment", allowance: AsNeeded("count"),    used: None,         text: "On-Demand Assessment" },
    Line { service: "other",      allowance: Included,             used: None,         text: "Escalation Management" },
    Line { service: "other",      allowance: Included,             used: None,         text: "Support Technology Advisor" },
    Line { service: "other",      allowance: Included,             used: None,         text: "Service Delivery Management: plan, recommendations, outage management" },
    Line { service: "other",      allowance: Included,             used: None,         text: "Critical Security Advice" },
];

#[rustfmt::skip]
const EARLIER_BASE: &[Line] = &[
    Line { service: "reactive",   allowance: AsNeeded("hours"),    used: None,         text: "Problem Resolution Hours As-Needed" },
    Line { service: "advisory",   allowance: Limited(240, "hours"), used: Some(18_000), text: "Advisory Services Hours" },
    Line { service: "proactive",  allowance: Limited(80, "hours"),  used: Some(7_600),  text: "Built-in Proactive Services" },
    Line { service: "education",  allowance: AsNeeded("count"),    used: None,         text: "On-Demand Education Subscription" },
    Line { service: "contacts",   allowance: Limited(20, "seats"),  used: None,         text: "Reactive Enabled Contacts" },
    Line { service: "assessment", allowance: Limited(1, "count"),   used: None,         text: "On-Demand Assessment: set-up and configuration" },
    Line { service: "other",      allowance: Included,             used: None,         text: "Escalation Management" },
];

#[rustfmt::skip]
const ENGINEERING: &[Line] = &[
    Line { service: "dse",   allowance: Limited(400, "hours"), used: Some(41_250), text: "Designated Support Engineering: Azure" },
    Line { service: "other", allowance: Included,             used: None,         text: "Named engineer as first point of contact" },
];

#[rustfmt::skip]
const EARLIER_ENGINEERING: &[Line] = &[
    Line { service: "dse", allowance: Limited(200, "hours"), used: Some(18_800), text: "Designated Support Engineering" },
];

#[rustfmt::skip]
const DEVELOPER: &[Line] = &[
    Line { service: "advisory", allowance: Limited(60, "hours"), used: Some(2_250), text: "Developer Advisory Hours" },
    Line { service: "proactive", allowance: Limited(24, "hours"), used: None,      text: "Code Review Workshop" },
];

#[rustfmt::skip]
const CREDITS_A: &[Line] = &[
    Line { service: "proactive-credits", allowance: Limited(100, "credits"), used: Some(9_200), text: "Proactive Credits" },
];

#[rustfmt::skip]
const CREDITS_B: &[Line] = &[
    Line { service: "proactive-credits", allowance: Limited(150, "credits"), used: Some(3_800), text: "Proactive Credits" },
];

#[rustfmt::skip]
const ACCELERATOR: &[Line] = &[
    Line { service: "proactive", allowance: Limited(40, "hours"), used: Some(4_000), text: "Cloud Onboarding Accelerator" },
    Line { service: "education", allowance: Limited(60, "seats"), used: None,        text: "Instructor-led Workshop Seats" },
];

#[rustfmt::skip]
const RAPID: &[Line] = &[
    Line { service: "reactive", allowance: Limited(40, "hours"), used: None, text: "Rapid Response Hours" },
    Line { service: "other",    allowance: Included,            used: None, text: "Direct line to the incident manager" },
];

/// The tables of this kind of customer.
#[rustfmt::skip]
pub(super) static UNIFIED: Blueprint = Blueprint {
    contracts: &[
        Contract { kind: "unified", plan: "Unified Performance", start: START,   end: END },
        Contract { kind: "unified", plan: "Unified Advanced",    start: EARLIER, end: EARLIER_END },
    ],
    schedules: &[
        Schedule { contract: 0, base: true,  start: START,            end: END },
        Schedule { contract: 0, base: false, start: ADD_ON,           end: END },
        Schedule { contract: 0, base: false, start: YEAR,             end: END },
        Schedule { contract: 1, base: true,  start: EARLIER,          end: EARLIER_END },
        Schedule { contract: 1, base: false, start: day(2024, 1, 1),  end: EARLIER_END },
    ],
    packages: &[
        Package { schedule: 0, name: "Unified Performance Base",             start: START,           end: END,      deactivated: None, lines: BASE },
        Package { schedule: 1, name: "Designated Support Engineering",       start: ADD_ON,          end: END,      deactivated: None, lines: ENGINEERING },
        Package { schedule: 1, name: "Developer Support",                    start: ADD_ON,          end: END,      deactivated: Some(DEACTIVATED), lines: DEVELOPER },
        Package { schedule: 2, name: "Proactive Credits, first tranche",     start: YEAR,            end: YEAR_END, deactivated: None, lines: CREDITS_A },
        Package { schedule: 2, name: "Proactive Credits, second tranche",    start: SECOND_CREDITS,  end: END,      deactivated: None, lines: CREDITS_B },
        Package { schedule: 2, name: "Cloud Onboarding Accelerator",         start: YEAR,            end: END,      deactivated: None, lines: ACCELERATOR },
        Package { schedule: 2, name: "Rapid Response",                       start: day(2026, 4, 1), end: END,      deactivated: None, lines: RAPID },
        Package { schedule: 3, name: "Unified Advanced Base",                start: EARLIER,         end: EARLIER_END, deactivated: None, lines: EARLIER_BASE },
        Package { schedule: 4, name: "Designated Support Engineering 2024",  start: day(2024, 1, 1), end: EARLIER_END, deactivated: None, lines: EARLIER_ENGINEERING },
    ],
    workspaces: &[
        Workspace { unit: Unit::Country(0), allow_personal: false, archived: None, people: 48 },
        Workspace { unit: Unit::Country(1), allow_personal: false, archived: None, people: 24 },
        Workspace { unit: Unit::Country(2), allow_personal: false, archived: None, people: 18 },
        Workspace { unit: Unit::Finance,    allow_personal: false, archived: Some(ARCHIVED), people: 16 },
    ],
    links: &[
        Link { workspace: 0, contract: 1, package: Some(7), on: EARLIER },
        Link { workspace: 1, contract: 1, package: Some(7), on: EARLIER + 31 },
        Link { workspace: 3, contract: 1, package: Some(7), on: EARLIER + 62 },
        Link { workspace: 0, contract: 1, package: Some(8), on: day(2024, 1, 1) },
        Link { workspace: 0, contract: 0, package: Some(0), on: START },
        Link { workspace: 1, contract: 0, package: Some(0), on: START },
        Link { workspace: 2, contract: 0, package: Some(0), on: START },
        Link { workspace: 2, contract: 1, package: None,    on: START },
        Link { workspace: 0, contract: 0, package: Some(1), on: ADD_ON },
        Link { workspace: 1, contract: 0, package: Some(1), on: ADD_ON },
        Link { workspace: 0, contract: 0, package: Some(2), on: ADD_ON },
        Link { workspace: 0, contract: 0, package: Some(3), on: YEAR },
        Link { workspace: 1, contract: 0, package: Some(3), on: YEAR },
        Link { workspace: 0, contract: 0, package: Some(5), on: YEAR },
        Link { workspace: 0, contract: 0, package: Some(6), on: day(2026, 4, 1) },
        Link { workspace: 0, contract: 0, package: Some(4), on: SECOND_CREDITS },
        Link { workspace: 1, contract: 0, package: Some(4), on: SECOND_CREDITS },
    ],
    contacts: &[
        Contacts { contract: 1, workspace: 0, admin: false, personal: false, first: 6,  count: 1, since: EARLIER, until: Some(EARLIER_END) },
        Contacts { contract: 1, workspace: 1, admin: false, personal: false, first: 8,  count: 1, since: EARLIER + 31, until: Some(EARLIER_END) },
        Contacts { contract: 1, workspace: 3, admin: false, personal: false, first: 10, count: 1, since: EARLIER + 62, until: Some(EARLIER_END) },
        Contacts { contract: 0, workspace: 0, admin: true,  personal: false, first: 12, count: 2, since: START, until: None },
        Contacts { contract: 0, workspace: 0, admin: false, personal: false, first: 0,  count: 4, since: START, until: None },
        Contacts { contract: 0, workspace: 0, admin: false, personal: false, first: 4,  count: 1, since: START, until: Some(START + 280) },
        Contacts { contract: 0, workspace: 0, admin: false, personal: false, first: 5,  count: 1, since: START + 281, until: None },
        Contacts { contract: 0, workspace: 1, admin: false, personal: false, first: 0,  count: 3, since: START, until: None },
        Contacts { contract: 0, workspace: 2, admin: false, personal: false, first: 0,  count: 3, since: START, until: None },
    ],
    cases: &[
        (Shape::Regular, 74), (Shape::Recent, 8), (Shape::Earlier, 24), (Shape::LateTail, 3), (Shape::AfterEnd, 5),
        (Shape::NoContract, 3), (Shape::NoPackage, 3), (Shape::NoService, 3), (Shape::Elsewhere, 4), (Shape::Side, 5),
        (Shape::Class("SU"), 4), (Shape::Class("DSA"), 4), (Shape::Class("X85"), 3), (Shape::Class("REC"), 4),
    ],
    engagements: &[
        Programme { package: 8, line: 0, delivered: 4, in_progress: 0, planned: 0, cancelled: 0, between: (day(2024, 1, 8), EARLIER_END) },
        Programme { package: 7, line: 2, delivered: 4, in_progress: 0, planned: 0, cancelled: 1, between: (EARLIER + 30, EARLIER_END) },
        Programme { package: 0, line: 2, delivered: 5, in_progress: 1, planned: 2, cancelled: 2, between: (START + 14, LAST) },
        Programme { package: 1, line: 0, delivered: 6, in_progress: 2, planned: 1, cancelled: 0, between: (ADD_ON + 7, LAST) },
        Programme { package: 3, line: 0, delivered: 5, in_progress: 0, planned: 0, cancelled: 1, between: (YEAR + 10, SECOND_CREDITS + 50) },
        Programme { package: 4, line: 0, delivered: 1, in_progress: 1, planned: 2, cancelled: 0, between: (SECOND_CREDITS + 5, LAST) },
        Programme { package: 5, line: 0, delivered: 3, in_progress: 0, planned: 0, cancelled: 0, between: (YEAR + 20, LAST) },
    ],
    draws: &[
        Draw { workspace: 0, on: SECOND_CREDITS + 60,  credits: 5 },
        Draw { workspace: 1, on: SECOND_CREDITS + 76,  credits: 12 },
        Draw { workspace: 0, on: SECOND_CREDITS + 99,  credits: 10 },
        Draw { workspace: 1, on: SECOND_CREDITS + 127, credits: 6 },
    ],
    learning: &[
        Course { workspace: 0, package: 0, count: 130 }, Course { workspace: 1, package: 0, count: 80 },
        Course { workspace: 2, package: 0, count: 60 },  Course { workspace: 0, package: 7, count: 50 },
        Course { workspace: 1, package: 7, count: 30 },  Course { workspace: 3, package: 7, count: 10 },
    ],
    assessments: &[
        Setup { workspace: 0, package: 7, on: EARLIER + 120, active: false }, Setup { workspace: 0, package: 0, on: START + 20, active: true },
        Setup { workspace: 0, package: 0, on: START + 48,  active: true },    Setup { workspace: 0, package: 0, on: START + 210, active: true },
        Setup { workspace: 1, package: 0, on: START + 75,  active: true },    Setup { workspace: 1, package: 0, on: START + 300, active: false },
        Setup { workspace: 2, package: 0, on: START + 160, active: true },    Setup { workspace: 2, package: 0, on: START + 400, active: true },
    ],
};
