//! Proactive work: workshops, designated support engineering and services paid with credits.

use super::blueprint::Programme;
use super::customer::{Customer, Topic};
use super::dates::{iso, iso_or_empty};
use super::people;
use super::random::Random;
use super::sheet::{Kind, Sheets};
use super::texts::{CREDIT_SERVICES, ENGINEERING, WORKSHOPS};
use super::unified::LAST;
use std::io;

/// How far an engagement has come.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Delivered,
    InProgress,
    Planned,
    Cancelled,
}

/// One engagement, before its hours are known.
pub(super) struct Engagement {
    pub(super) id: String,
    pub(super) workspace: usize,
    pub(super) package: usize,
    pub(super) line: usize,
    pub(super) status: Status,
    /// The days of the work; for one without work, the day it was planned for.
    pub(super) first: i32,
    pub(super) last: i32,
    /// In hundredths; what was delivered.
    pub(super) delivered: i64,
}

/// Makes the engagements of a customer.
pub(super) fn all(customer: &Customer) -> Vec<Engagement> {
    let mut random = customer.random(Topic::Engagements);
    let mut all = Vec::new();
    for programme in customer.blueprint.engagements {
        let counts = [
            (Status::Delivered, programme.delivered),
            (Status::InProgress, programme.in_progress),
            (Status::Planned, programme.planned),
            (Status::Cancelled, programme.cancelled),
        ];
        for status in counts
            .iter()
            .flat_map(|(status, count)| (0..*count).map(|_| *status))
        {
            let id = format!("EG{:04}-{:03}", customer.number, all.len() + 1);
            all.push(engagement(customer, programme, (id, status), &mut random));
        }
    }
    all
}

fn engagement(
    c: &Customer,
    programme: &Programme,
    known: (String, Status),
    random: &mut Random,
) -> Engagement {
    let (id, status) = known;
    let (package, line) = (programme.package, programme.line);
    let (first, last) = days(c, programme, status, random);
    let mut holders = c.blueprint.holders(package);
    holders.retain(|workspace| c.linked_on(*workspace, package) <= first);
    let workspace = if random.chance(50) {
        0
    } else {
        random.pick(&holders).unwrap_or_default()
    };
    Engagement {
        id,
        workspace,
        package,
        line,
        status,
        first,
        last,
        delivered: 0,
    }
}

/// The days of the work, or twice the planned day.
fn days(c: &Customer, programme: &Programme, status: Status, random: &mut Random) -> (i32, i32) {
    let (from, to) = (c.day(programme.between.0), c.past(programme.between.1));
    let end = c.day(c.blueprint.packages[programme.package].last_day());
    let to = to.min(end);
    match status {
        Status::Delivered => {
            let first = random.day(from, (to - 40).max(from));
            (first, (first + random.day(12, 40)).min(to))
        }
        Status::InProgress => (random.day((LAST - 45).max(from), LAST - 20), LAST),
        Status::Planned => {
            let day = random.day(LAST + 4, (LAST + 70).min(end));
            (day, day)
        }
        Status::Cancelled => {
            let day = random.day(from, to);
            (day, day)
        }
    }
}

/// Writes the engagements, once the hours of each are known.
pub(super) fn write(customer: &Customer, all: &[Engagement], to: &mut Sheets) -> io::Result<()> {
    let mut random = customer.random(Topic::Titles);
    all.iter()
        .try_for_each(|engagement| row(customer, engagement, &mut random, to))
}

fn row(c: &Customer, e: &Engagement, random: &mut Random, to: &mut Sheets) -> io::Result<()> {
    let (kind, titles) = kind(c, e);
    let (status, delivered_on) = match e.status {
        Status::Delivered => ("delivered", Some(e.last)),
        Status::InProgress => ("in-progress", None),
        Status::Planned => ("planned", None),
        Status::Cancelled => ("cancelled", None),
    };
    let planned = planned(e, random);
    let contact = people::someone(c, e.workspace, e.first.min(LAST), random);
    let (workspace, entitlement) = (c.workspace(e.workspace), c.entitlement(e.package, e.line));
    let (first, last) = (iso(e.first), iso_or_empty(delivered_on));
    let what = [&e.id, &workspace, &entitlement, kind, random.text(titles)].map(|cell: &str| cell);
    to.row(
        Kind::Engagements,
        &[&what[..], &[status, &first, &last], &[&planned, &contact]].concat(),
    )
}

/// The kind of an engagement, and what such ones are called.
fn kind(customer: &Customer, engagement: &Engagement) -> (&'static str, &'static [&'static str]) {
    match customer.blueprint.packages[engagement.package].lines[engagement.line].service {
        "dse" => ("dse", ENGINEERING),
        "proactive-credits" => ("credit-funded", CREDIT_SERVICES),
        _ => ("workshop", WORKSHOPS),
    }
}

/// What was planned: some more than came of it, or a round number.
fn planned(engagement: &Engagement, random: &mut Random) -> String {
    match engagement.status {
        Status::Delivered => (engagement.delivered + 399) / 400 * 4,
        Status::InProgress => (engagement.delivered + 399) / 400 * 4 + 8,
        Status::Planned | Status::Cancelled => i64::from(random.below(8) + 1) * 4,
    }
    .to_string()
}
