//! What people learned, and the assessments that were set up.

use super::blueprint::{Course, Setup};
use super::customer::{Customer, Topic};
use super::dates::{iso, iso_or_empty};
use super::names::account;
use super::random::Random;
use super::sheet::{Kind, Sheets};
use super::texts::{COURSES, FORMATS, LEVELS, TECHNOLOGIES};
use super::unified::LAST;
use std::io;

/// Out of twenty activities, three are only registered and six are under way.
#[rustfmt::skip]
const STATUSES: [&str; 20] = [
    "completed", "started", "completed", "registered", "completed", "completed", "started", "completed", "started",
    "registered", "completed", "completed", "started", "completed", "started", "completed", "registered", "completed",
    "started", "completed",
];

/// Writes learning activities and assessments.
pub(super) fn write(customer: &Customer, to: &mut Sheets) -> io::Result<()> {
    let mut random = customer.random(Topic::Learning);
    let mut serial = 0;
    for course in customer.blueprint.learning {
        for _ in 0..course.count {
            activity(customer, course, serial, &mut random, to)?;
            serial += 1;
        }
    }
    let mut random = customer.random(Topic::Assessments);
    for (n, setup) in customer.blueprint.assessments.iter().enumerate() {
        assessment(customer, setup, n, &mut random, to)?;
    }
    Ok(())
}

fn activity(
    c: &Customer,
    course: &Course,
    serial: usize,
    random: &mut Random,
    to: &mut Sheets,
) -> io::Result<()> {
    let status = STATUSES[serial % STATUSES.len()];
    let when = progress(c, course, status, random);
    let name = c.person(course.workspace, random.index(60));
    let (product, title) = random.pick(COURSES).unwrap_or_default();
    let language = if random.chance(60) {
        "en"
    } else {
        c.tongue_of(course.workspace).land().language
    };
    let (id, workspace) = (
        format!("L{:04}-{:04}", c.number, serial + 1),
        c.workspace(course.workspace),
    );
    let (account, entitlement) = (
        account(&name, &c.domain),
        entitlement(c, course.package, "education"),
    );
    let who = [&id, &workspace, &account, &name].map(String::as_str);
    let what = [title, random.text(FORMATS), product];
    let how = [random.text(LEVELS), language, status, &when[0], &when[1]];
    to.row(Kind::Learning, &[&who[..], &what, &how, &[&entitlement]].concat())
}

/// The cells started and completed.
fn progress(c: &Customer, course: &Course, status: &str, random: &mut Random) -> [String; 2] {
    let last = c.past(c.blueprint.packages[course.package].last_day());
    let started = random.day(c.linked_on(course.workspace, course.package), last - 1);
    let completed = (status == "completed").then(|| (started + random.day(0, 60)).min(last));
    [(status != "registered").then_some(started), completed].map(iso_or_empty)
}

/// The entitlement of a package for a service; nothing when it has none.
fn entitlement(c: &Customer, package: usize, service: &str) -> String {
    let line = c.blueprint.packages[package].line_for(service);
    line.map(|line| c.entitlement(package, line)).unwrap_or_default()
}

fn assessment(c: &Customer, setup: &Setup, n: usize, random: &mut Random, to: &mut Sheets) -> io::Result<()> {
    let technology = TECHNOLOGIES[n % TECHNOLOGIES.len()];
    let workspace = c.workspace(setup.workspace);
    let (id, name) = (
        format!("AS{:04}-{:02}", c.number, n + 1),
        format!("{technology} – {workspace}"),
    );
    let (set_up, last_run) = (c.day(setup.on), last_run(c, setup, random));
    let found = findings(last_run.is_some(), random);
    let (set_up, last_run) = (iso(set_up), iso_or_empty(last_run));
    let status = if setup.active { "active" } else { "inactive" };
    let entitlement = entitlement(c, setup.package, "assessment");
    let what = [&id, &workspace, &name, technology].map(|cell: &str| cell);
    let found = [&found[0], &found[1], &found[2], &entitlement].map(String::as_str);
    to.row(
        Kind::Assessments,
        &[&what[..], &[&set_up, &last_run, status], &found].concat(),
    )
}

/// An active assessment runs every week, if it has begun; one that was given up ran for some weeks.
fn last_run(c: &Customer, setup: &Setup, random: &mut Random) -> Option<i32> {
    if setup.active {
        let latest = LAST - random.day(0, 6);
        return random.chance(92).then_some(latest);
    }
    Some((c.day(setup.on) + random.day(30, 90)).min(LAST))
}

/// Recommendations of high and low priority, and checks passed.
fn findings(has_run: bool, random: &mut Random) -> [String; 3] {
    let found = [random.below(30), random.below(90) + 5, random.below(220) + 40];
    found.map(|count| if has_run { count.to_string() } else { String::new() })
}
