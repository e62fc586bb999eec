//! The tables of the page.

use super::{Cut, say};
use crate::domain::entitlement::Unit;
use crate::domain::ledger::EntryKind;
use crate::domain::other_case::OtherReason;
use crate::domain::work::LearningStatus;
use crate::domain::{Day, Quantity, Zone};
use crate::hub::export::cpod::{Delivery, Line};
use crate::store::export::{AssessmentLine, CaseLine, ContactLine, LearningLine};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// How many deliveries of an entitlement the page shows: the latest.
const LATEST: usize = 15;

/// The latest deliveries of an entitlement.
#[derive(Debug)]
pub(super) struct Latest {
    contract: String,
    entitlement: String,
    unit: Option<Unit>,
    rows: VecDeque<DeliveryView>,
    all: u64,
}

/// A delivery as its table shows it.
#[derive(Debug)]
struct DeliveryView {
    workspace: String,
    day: Day,
    reference: String,
    title: String,
    quantity: Quantity,
    contact: String,
    severity: String,
    state: String,
    is_other: bool,
    is_correction: bool,
}

impl Latest {
    pub(super) fn of(line: &Line) -> Self {
        Self {
            contract: line.row.contract.clone(),
            entitlement: line.row.description.clone(),
            unit: line.row.allowance.unit(),
            rows: VecDeque::new(),
            all: line.deliveries,
        }
    }

    /// Takes the next one; they come by day.
    pub(super) fn push(&mut self, delivery: &Delivery<'_>) {
        if self.rows.len() == LATEST {
            self.rows.pop_front();
        }
        self.rows.push_back(DeliveryView {
            workspace: delivery.workspace.to_owned(),
            day: delivery.delivered_on,
            reference: delivery.reference.to_owned(),
            title: delivery.title.to_owned(),
            quantity: delivery.quantity,
            contact: delivery.contact.to_owned(),
            severity: delivery.severity.to_owned(),
            state: delivery.state.to_owned(),
            is_other: !delivery.other_case_reason.is_empty(),
            is_correction: delivery.kind == EntryKind::Correction,
        });
    }
}

/// What the people of a workspace learned about a product.
#[derive(Debug, Default)]
pub(super) struct Learned {
    registered: u64,
    started: u64,
    completed: u64,
    learners: BTreeSet<String>,
}

impl Learned {
    pub(super) fn add(&mut self, row: &LearningLine) {
        match row.status {
            LearningStatus::Registered => self.registered += 1,
            LearningStatus::Started => self.started += 1,
            LearningStatus::Completed => self.completed += 1,
        }
        self.learners.insert(row.learner_account.clone());
    }
}

/// A case listed apart, and why.
#[derive(Debug)]
pub(super) struct OtherView {
    pub(super) line: CaseLine,
    pub(super) reason: OtherReason,
}

fn more(shown: usize, all: u64) -> Markup {
    html! {
        @if all > shown as u64 {
            p.more { "The first " (say::count(shown as u64)) " of " (say::count(all)) " rows; the CSV and the workbook of this report have all of them." }
        }
    }
}

/// The latest deliveries of each entitlement, newest first.
pub(super) fn deliveries(blocks: &[Latest], all: u64) -> Markup {
    if blocks.is_empty() {
        return html! {};
    }
    let shown: usize = blocks.iter().map(|block| block.rows.len()).sum();
    html! {
        section {
            h2 { "Latest deliveries" }
            p { "The newest recorded uses of each entitlement: " (say::count(shown as u64)) " of " (say::count(all))
                " deliveries. The CSV and the workbook of this report have every one." }
            @for block in blocks {
                h4 { (block.entitlement)
                    span.sub { "contract " (block.contract)
                        @if block.all > block.rows.len() as u64 { " · the latest " (block.rows.len()) " of " (say::count(block.all)) } } }
                div.scroll { table {
                    thead { tr { th { "Day" } th { "Reference" } th { "Title" } th.n { "Quantity" } th { "Contact" } th { "Workspace" } th { "State" } } }
                    tbody { @for row in block.rows.iter().rev() { (delivery(row, block.unit)) } }
                } }
            }
        }
    }
}

fn delivery(row: &DeliveryView, unit: Option<Unit>) -> Markup {
    let quantity = unit.map_or_else(
        || say::amount(row.quantity),
        |unit| say::with_unit(row.quantity, unit),
    );
    html! {
        tr.(if row.is_correction { "minus" } else { "" }) {
            td.d { (say::day(row.day)) }
            td.k { (row.reference) }
            td.t { (row.title) @if row.is_correction { " " span.tag { "correction" } } }
            td.n { (quantity) }
            td { (row.contact) }
            td { (row.workspace) }
            td { (row.state) @if !row.severity.is_empty() { " · " (row.severity) } @if row.is_other { " " span.tag { "other case" } } }
        }
    }
}

pub(super) fn other_cases(cases: &Cut<OtherView>, reasons: &BTreeMap<OtherReason, u64>) -> Markup {
    if cases.all == 0 {
        return html! {};
    }
    html! {
        section {
            h2 { "Other cases" }
            p { "Cases that are listed apart from problem resolution and advisory, each with the reason." }
            div.reasons { @for (reason, number) in reasons { span.tag { (say::reason(*reason)) ": " (say::count(*number)) } } }
            div.scroll { table {
                thead { tr { th { "Case" } th { "Reason" } th { "Title" } th { "Severity" } th { "State" } th { "Opened" } th { "Workspace" } } }
                tbody { @for view in &cases.first {
                    @let case = &view.line.case;
                    tr {
                        td.k { (case.number) } td { (say::reason(view.reason)) } td.t { (case.title) }
                        td { (case.severity) } td.k { (case.state) }
                        td.d { (say::day(case.opened_at.day_in(&Zone::utc()))) } td { (view.line.workspace.as_deref().unwrap_or_default()) }
                    }
                } }
            } }
            (more(cases.first.len(), cases.all))
        }
    }
}

pub(super) fn contacts(contacts: &Cut<ContactLine>) -> Markup {
    if contacts.all == 0 {
        return html! {};
    }
    html! {
        section {
            h2 { "Contacts" }
            p { "Who administers the service and who may file requests." }
            div.scroll { table {
                thead { tr { th { "Name" } th { "Account" } th { "Role" } th { "Contract" } th { "Workspace" } th { "Since" } th { "Until" } } }
                tbody { @for row in &contacts.first {
                    tr {
                        td { (row.name) } td { (row.account) } td.k { (row.role) } td.k { (row.contract) }
                        td { (row.workspace.as_deref().unwrap_or_default()) }
                        td.d { (say::day(row.since)) } td.d { @if let Some(until) = row.until { (say::day(until)) } }
                    }
                } }
            } }
            (more(contacts.first.len(), contacts.all))
        }
    }
}

pub(super) fn education(learning: &BTreeMap<(String, String), Learned>) -> Markup {
    if learning.is_empty() {
        return html! {};
    }
    html! {
        section {
            h2 { "On-demand education" }
            p { "Learning activities of the people of each workspace; started and completed ones count as used." }
            @for (workspace, rows) in by_workspace(learning) {
                h4 { (workspace) }
                table {
                    thead { tr { th { "Product" } th.n { "Learners" } th.n { "Registered" } th.n { "Started" } th.n { "Completed" } } }
                    tbody { @for (product, row) in rows {
                        tr {
                            td { @if product.is_empty() { "not given" } @else { (product) } }
                            td.n { (row.learners.len()) } td.n { (row.registered) } td.n { (row.started) } td.n { (row.completed) }
                        }
                    } }
                }
            }
        }
    }
}

type Rows<'a> = Vec<(&'a str, &'a Learned)>;

fn by_workspace(learning: &BTreeMap<(String, String), Learned>) -> Vec<(&str, Rows<'_>)> {
    let mut blocks: Vec<(&str, Rows<'_>)> = Vec::new();
    for ((workspace, product), row) in learning {
        match blocks.last_mut() {
            Some((last, rows)) if *last == workspace.as_str() => rows.push((product, row)),
            _ => blocks.push((workspace, vec![(product.as_str(), row)])),
        }
    }
    blocks
}

pub(super) fn assessments(rows: &Cut<AssessmentLine>) -> Markup {
    if rows.all == 0 {
        return html! {};
    }
    html! {
        section {
            h2 { "On-demand assessments" }
            p { "What is assessed, when it last ran, and what it found." }
            div.scroll { table {
                thead { tr { th { "Assessment" } th { "Technology" } th { "Workspace" } th { "Set up" } th { "Last run" } th { "Status" }
                    th.n { "High" } th.n { "Low" } th.n { "Passed" } } }
                tbody { @for row in &rows.first {
                    tr {
                        td { (row.name) } td { (row.technology) } td { (row.workspace) } td.d { (say::day(row.set_up_on)) }
                        td.d { @if let Some(day) = row.last_run_on { (say::day(day)) } } td.k { (row.status) }
                        td.n { (row.high_priority) } td.n { (row.low_priority) } td.n { (row.passed_checks) }
                    }
                } }
            } }
            (more(rows.first.len(), rows.all))
        }
    }
}
