//! The support requests of a customer, with every way to end up under *other cases* (O-1 to O-4).

use super::blueprint::Shape;
use super::customer::{Customer, Topic};
use super::dates::instant;
use super::frames::{Frame, frame, state};
use super::history::{History, Moment};
use super::people;
use super::random::Random;
use super::sheet::{Kind, Sheets};
use super::texts::{MACHINES, PROBLEMS, QUESTIONS, Subject};
use std::io;

/// One support request, as far as its deliveries need to know it.
pub(super) struct Case {
    pub(super) number: String,
    pub(super) workspace: usize,
    /// The account of whoever filed it; empty when that is not known.
    pub(super) contact: String,
    /// Package and line, when it has both.
    pub(super) entitlement: Option<(usize, usize)>,
    pub(super) shape: Shape,
    pub(super) opened: i32,
    /// The last day on which anybody worked on it.
    pub(super) done: i32,
    /// False while nobody has begun.
    pub(super) begun: bool,
}

/// The cells that partners' requests have.
const OF_PARTNERS: [&str; 6] = [""; 6];

/// Writes the cases and hands them on.
pub(super) fn write(customer: &Customer, to: &mut Sheets) -> io::Result<Vec<Case>> {
    let mut random = customer.random(Topic::Cases);
    let mut histories = customer.random(Topic::Histories);
    let mut all = Vec::new();
    for (shape, count) in customer.blueprint.cases {
        for n in 0..*count {
            let case = case(
                customer,
                (*shape, n, all.len()),
                (&mut random, &mut histories),
                to,
            )?;
            all.push(case);
        }
    }
    Ok(all)
}

fn case(
    c: &Customer,
    (shape, n, serial): (Shape, u32, usize),
    (random, histories): (&mut Random, &mut Random),
    to: &mut Sheets,
) -> io::Result<Case> {
    let frame = frame(c, shape, n, random);
    let advisory = shape == Shape::Side || random.chance(33);
    let line = c.blueprint.packages[frame.package].line_for(if advisory { "advisory" } else { "reactive" });
    let (state, begun) = state(shape, n, random);
    let links = links(c, shape, &frame, line);
    let (opened_on, seconds) = opened(shape, n, &frame, random);
    let opened_at = instant(opened_on, seconds);
    let (number, workspace) = (number(c, opened_on, serial), frame.workspace);
    let what = what(shape, advisory, state, random);
    let contact = contact(c, workspace, opened_on, random);
    let closed_at = instant(frame.done, random.day(28_800, 61_200).cast_unsigned());
    let closed_at = if state == "closed" { closed_at.as_str() } else { "" };
    let code = c.workspace(workspace);
    let history = History {
        number: &number,
        contact: &contact,
        state,
        language: c.tongue_of(workspace).land().language,
        opened: Moment::new(opened_on, seconds),
    };
    let kept = history.write(histories, to)?;
    let place = [&number, &code].map(String::as_str);
    let (links, what) = (
        links.each_ref().map(String::as_str),
        what.each_ref().map(String::as_str),
    );
    to.row(
        Kind::Cases,
        &[
            &place[..],
            &links,
            &what,
            &[contact.as_str(), &opened_at, closed_at],
            &kept.each_ref().map(String::as_str),
            &OF_PARTNERS,
        ]
        .concat(),
    )?;
    let entitlement = line
        .filter(|_| !links[2].is_empty())
        .map(|line| (frame.package, line));
    let (opened, done) = (frame.opened, frame.done);
    Ok(Case {
        number,
        workspace,
        contact,
        entitlement,
        shape,
        opened,
        done,
        begun,
    })
}

/// Most cases name the support contact who filed them.
fn contact(c: &Customer, workspace: usize, day: i32, random: &mut Random) -> String {
    if random.chance(94) {
        people::someone(c, workspace, day, random)
    } else {
        String::new()
    }
}

/// The day in UTC and the second of it at which a case was opened. The first one after the end of a contract
/// comes when midnight has passed in the contract's zone in summer, but not in UTC.
fn opened(shape: Shape, n: u32, frame: &Frame, random: &mut Random) -> (i32, u32) {
    let seconds = random.day(21_600, 57_000).cast_unsigned();
    let at_the_edge = shape == Shape::AfterEnd && n == 0;
    if at_the_edge {
        (frame.opened - 1, 81_930)
    } else {
        (frame.opened, seconds)
    }
}

/// The cells from kind to title.
fn what(shape: Shape, advisory: bool, state: &str, random: &mut Random) -> [String; 6] {
    let class = if let Shape::Class(class) = shape {
        class
    } else {
        ""
    };
    let kind = if advisory {
        "advisory"
    } else {
        "problem-resolution"
    };
    let severity = random.text(&["C", "C", "C", "C", "C", "B", "B", "B", "B", "A"]);
    let (product, title) = subject(if advisory { QUESTIONS } else { PROBLEMS }, random);
    [kind, class, severity, state, product, &title].map(str::to_owned)
}

/// The day as six digits and ten that no other case has.
fn number(c: &Customer, opened: i32, serial: usize) -> String {
    let (year, month, day) = super::dates::civil(opened);
    let n = u128::from(c.number) * 1_000 + serial as u128;
    let unique = (n * 3_141_592_661) % 10_000_000_000;
    format!("{:02}{month:02}{day:02}{unique:010}", year % 100)
}

/// The cells contract, package and entitlement.
fn links(c: &Customer, shape: Shape, frame: &Frame, line: Option<usize>) -> [String; 3] {
    let contract = c.contract(c.blueprint.contract_of(frame.package));
    let package = c.package(frame.package);
    let entitlement = line
        .map(|line| c.entitlement(frame.package, line))
        .unwrap_or_default();
    match shape {
        Shape::NoContract => Default::default(),
        Shape::NoPackage => [contract, String::new(), String::new()],
        Shape::NoService => [contract, package, String::new()],
        _ => [contract, package, entitlement],
    }
}

fn subject(list: &[Subject], random: &mut Random) -> (&'static str, String) {
    let (product, title) = random.pick(list).unwrap_or_default();
    let machine = format!("{}-{:02}", random.text(MACHINES), random.below(40) + 1);
    (product, title.replace("{}", &machine))
}
