//! Where each shape of case belongs, when it was, and how far it has come.

use super::blueprint::Shape;
use super::customer::Customer;
use super::random::Random;
use super::unified::LAST;

/// Where a case belongs and when it was.
pub(super) struct Frame {
    pub(super) workspace: usize,
    pub(super) package: usize,
    pub(super) opened: i32,
    pub(super) done: i32,
}

/// Workspace, package and days of a case.
pub(super) fn frame(c: &Customer, shape: Shape, n: u32, random: &mut Random) -> Frame {
    let package = match shape {
        Shape::Earlier | Shape::LateTail | Shape::AfterEnd => 7,
        Shape::Side => 2,
        _ => 0,
    };
    let holders = c.blueprint.holders(package);
    let workspace = match shape {
        Shape::Elsewhere => c.blueprint.workspaces.len() - 1,
        Shape::AfterEnd => 0,
        _ if random.chance(40) => 0,
        _ => random.pick(&holders).unwrap_or_default(),
    };
    let (first, last, length) = days(c, shape, n, package);
    let opened = random.day(first.max(c.linked_on(workspace, package)), last);
    let done = (opened + random.day(length.0, length.1)).min(LAST);
    Frame {
        workspace,
        package,
        opened,
        done,
    }
}

/// The days between which such a case was opened, and how long it may have lasted.
fn days(c: &Customer, shape: Shape, n: u32, package: usize) -> (i32, i32, (i32, i32)) {
    let package = &c.blueprint.packages[package];
    let (start, last) = (c.day(package.start), c.day(package.last_day()));
    match shape {
        Shape::Recent => (LAST - 25, LAST - 3, (30, 60)),
        Shape::LateTail => (last - 12, last - 6, (16, 24)),
        Shape::Side if n == 0 => (last - 9, last - 7, (14, 18)),
        Shape::AfterEnd if n == 0 => (last + 1, last + 1, (3, 9)),
        Shape::AfterEnd => (last + 4, last + 90, (3, 20)),
        Shape::Elsewhere => {
            let archived = c.blueprint.workspaces.iter().filter_map(|w| w.archived).min();
            (start + 20, c.day(archived.unwrap_or(last)) - 60, (2, 45))
        }
        _ => (start, last.min(LAST) - 50, (2, 45)),
    }
}

/// The state of a case, and whether work on it has begun.
pub(super) fn state(shape: Shape, n: u32, random: &mut Random) -> (&'static str, bool) {
    match shape {
        Shape::Recent => [
            ("in-progress", true),
            ("open", false),
            ("awaiting-customer", true),
            ("in-progress", true),
            ("draft", false),
            ("awaiting-customer", true),
            ("open", false),
            ("in-progress", true),
        ][n as usize % 8],
        _ if random.chance(8) => ("resolved", true),
        _ => ("closed", true),
    }
}
