//! Which work was done when: the lines of `deliveries.csv` before they are written.

use super::blueprint::{Allowance, Shape};
use super::cases::Case;
use super::customer::Customer;
use super::engagements::{Engagement, Status};
use super::random::Random;

/// What a delivery is taken from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// A package and its line.
    Line(usize, usize),
    /// The credits of the workspace, whichever expire first (L-5).
    Credits,
}

/// What a delivery was for.
#[derive(Clone, Copy)]
pub(super) enum For {
    Case(usize),
    Engagement(usize),
    Order(usize),
}

/// One delivery; only those of a single customer are held at a time.
pub(super) struct Delivery {
    pub(super) from: From,
    pub(super) on_behalf: For,
    pub(super) workspace: usize,
    pub(super) day: i32,
    /// In hundredths.
    pub(super) quantity: i64,
    pub(super) late: bool,
}

/// All deliveries of a customer in the order of their days; tells the engagements what they came to.
pub(super) fn all(
    c: &Customer,
    cases: &[Case],
    engagements: &mut [Engagement],
    random: &mut Random,
) -> Vec<Delivery> {
    let mut all = Vec::with_capacity(2_500);
    for (n, case) in cases.iter().enumerate() {
        of_case(c, n, case, random, &mut all);
    }
    for (n, engagement) in engagements.iter().enumerate() {
        of_engagement(c, n, engagement, random, &mut all);
    }
    measure(c, random, &mut all);
    for delivery in &all {
        if let For::Engagement(n) = delivery.on_behalf {
            engagements[n].delivered += delivery.quantity;
        }
    }
    all.extend(c.blueprint.draws.iter().enumerate().map(|(n, draw)| Delivery {
        from: From::Credits,
        on_behalf: For::Order(n),
        workspace: draw.workspace,
        day: c.day(draw.on),
        quantity: draw.credits * 100,
        late: false,
    }));
    all.sort_by_key(|delivery| delivery.day);
    all
}

fn of_case(c: &Customer, n: usize, case: &Case, random: &mut Random, all: &mut Vec<Delivery>) {
    // A case of another workspace's contract is shown, but nobody could book hours on it there.
    let Some((package, line)) = case
        .entitlement
        .filter(|_| case.begun && case.shape != Shape::Elsewhere)
    else {
        return;
    };
    let entries = if case.shape == Shape::AfterEnd {
        2
    } else {
        6 + random.below(13)
    };
    for _ in 0..entries {
        let day = off_the_edge(c, package, random.day(case.opened, case.done), case.done);
        let late = day > c.day(c.blueprint.packages[package].last_day());
        let quantity = [25, 25, 50, 50, 75, 100, 100, 150, 200, 300][random.index(10)];
        let from = From::Line(package, line);
        all.push(Delivery {
            from,
            on_behalf: For::Case(n),
            workspace: case.workspace,
            day,
            quantity,
            late,
        });
    }
}

/// Nothing is delivered on the very day of a deactivation, which may be read either way.
fn off_the_edge(c: &Customer, package: usize, day: i32, done: i32) -> i32 {
    match c.blueprint.packages[package].deactivated {
        Some(edge) if c.day(edge) == day && day < done => day + 1,
        _ => day,
    }
}

fn of_engagement(c: &Customer, n: usize, e: &Engagement, random: &mut Random, all: &mut Vec<Delivery>) {
    if !matches!(e.status, Status::Delivered | Status::InProgress) {
        return;
    }
    let credits = c.blueprint.packages[e.package].lines[e.line].service == "proactive-credits";
    let entries = if credits {
        4 + random.below(4)
    } else {
        9 + random.below(12)
    };
    for _ in 0..entries {
        let from = From::Line(e.package, e.line);
        let day = random.day(e.first, e.last);
        let quantity = 100;
        all.push(Delivery {
            from,
            on_behalf: For::Engagement(n),
            workspace: e.workspace,
            day,
            quantity,
            late: false,
        });
    }
}

/// Where an entitlement says what was used of it, its deliveries are made to come to that sum.
fn measure(c: &Customer, random: &mut Random, all: &mut [Delivery]) {
    for (p, package) in c.blueprint.packages.iter().enumerate() {
        for (l, line) in package.lines.iter().enumerate() {
            let mine = |delivery: &(usize, &Delivery)| delivery.1.from == From::Line(p, l);
            let places: Vec<usize> = all
                .iter()
                .enumerate()
                .filter(mine)
                .map(|(place, _)| place)
                .collect();
            if let Some(used) = line.used.filter(|_| !places.is_empty()) {
                let grain = if matches!(line.allowance, Allowance::Limited(_, "hours")) {
                    25
                } else {
                    100
                };
                share_out(used, grain, &places, random, all);
            }
        }
    }
}

/// One grain for each, and the rest wherever chance puts it.
fn share_out(used: i64, grain: i64, places: &[usize], random: &mut Random, all: &mut [Delivery]) {
    for place in places {
        all[*place].quantity = grain;
    }
    for _ in places.len() as i64..used / grain {
        all[places[random.index(places.len())]].quantity += grain;
    }
}
