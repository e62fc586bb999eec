//! Who, what, how much in all, and what needs attention.

use super::super::overview::{ContractView, Overview};
use super::say;
use crate::domain::contract::{PackageStatus, Status};
use crate::domain::entitlement::Unit;
use crate::domain::{Day, Quantity};
use crate::hub::export::cpod::Line;
use maud::{Markup, html};

/// How many contracts and customers the head names.
const NAMED: usize = 12;

/// The customers in a few words.
pub(super) fn names(view: &Overview) -> String {
    match view.customers.as_slice() {
        [] => "no customer".to_owned(),
        few if few.len() <= 3 => few.join(" · "),
        many => format!("{} customers", say::count(many.len() as u64)),
    }
}

pub(super) fn header(view: &Overview, as_of: Day) -> Markup {
    let more = view.contracts.len().saturating_sub(NAMED);
    html! {
        header {
            div.top {
                div {
                    p.eyebrow { "Proof of delivery" }
                    h1 { (names(view)) }
                }
                p.day style="margin:0" { small { "As of" } strong { (say::day(as_of)) } }
            }
            ul.contracts {
                @for contract in view.contracts.iter().take(NAMED) { (contract_chip(contract)) }
                @if more > 0 { li { "and " (more) " more" } }
            }
        }
    }
}

fn contract_chip(contract: &ContractView) -> Markup {
    let plan = contract.plan.as_deref().unwrap_or(contract.kind.word());
    html! {
        li {
            b { (contract.number) } " · " (plan) " · "
            (say::day(contract.term.start)) " – " (say::day(contract.term.end)) " "
            span.st { "(" (contract.status) ")" }
        }
    }
}

pub(super) fn key_figures(view: &Overview, as_of: Day, summary: bool) -> Markup {
    let active = view
        .contracts
        .iter()
        .filter(|c| c.status == Status::Active)
        .count();
    let soon = view
        .packages
        .iter()
        .filter(|p| (0..=90).contains(&as_of.until(p.term.end)))
        .count();
    html! {
        section {
            h2 { "Key figures" }
            p { "Everything below is added up from the ledger of deliveries, up to and including the day of the report." }
            dl.cards {
                @for unit in [Unit::Hours, Unit::Credits] { (used_of(view, unit)) }
                @if !summary {
                    (card("", "Deliveries", &say::count(view.deliveries), "recorded uses and corrections"))
                }
                (card("", "Active contracts", &say::count(active as u64),
                    &format!("of {} in this report", view.contracts.len())))
                (card(if view.flagged_100 > 0 { "bad" } else { "" }, "Used up", &say::count(view.flagged_100),
                    "entitlements in force at 100 % or more"))
                (card(if view.flagged_80 > 0 { "warn" } else { "" }, "Nearly used up", &say::count(view.flagged_80),
                    "entitlements in force at 80 % to 100 %"))
                (card(if soon > 0 { "warn" } else { "" }, "Ending soon", &say::count(soon as u64),
                    "packages within 90 days"))
                @if !summary {
                    (card("", "Other cases", &say::count(view.other_cases), "listed apart, with the reason"))
                }
            }
        }
    }
}

fn used_of(view: &Overview, unit: Unit) -> Markup {
    let total = view.of_unit(unit);
    if total.used == Quantity::ZERO && total.allowed == Quantity::ZERO {
        return html! {};
    }
    let title = if unit == Unit::Hours {
        "Hours delivered"
    } else {
        "Credits used"
    };
    let note = match total.used_of_allowed.percent_of(total.allowed) {
        Some(percent) => format!(
            "{} of {} with a limit ({} %)",
            say::amount(total.used_of_allowed),
            say::amount(total.allowed),
            say::amount(percent)
        ),
        None => "without a limit".to_owned(),
    };
    card("", title, &say::amount(total.used), &note)
}

fn card(class: &str, title: &str, figure: &str, note: &str) -> Markup {
    html! {
        div.card.(class) {
            dt { (title) }
            dd { div.big { (figure) } div.note { (note) } }
        }
    }
}

/// Lines over a threshold, and what ends soon (E-7).
pub(super) fn attention(lines: &[Line]) -> Markup {
    let in_force = |line: &&Line| line.package_status == PackageStatus::Active;
    let flagged: Vec<&Line> = lines.iter().filter(in_force).collect();
    let has = |line: &&&Line, flag: &str| line.flags.iter().any(|word| word == flag);
    let mut used: Vec<&&Line> = flagged
        .iter()
        .filter(|l| has(l, "used-100") || has(l, "used-80"))
        .collect();
    let mut ending: Vec<&Line> = flagged.iter().filter(|l| has(l, "expiring")).copied().collect();
    ending.dedup_by(|a, b| a.row.package == b.row.package);
    used.sort_by_key(|line| std::cmp::Reverse(line.usage.percent_used));
    ending.sort_by_key(|line| line.row.package_term.end);
    if used.is_empty() && ending.is_empty() {
        return html! {};
    }
    html! {
        section {
            h2 { "Needs attention" }
            p { "Of the packages in force: entitlements that are used up or nearly so, and what ends within 90 days." }
            ul.attention {
                @for line in used { (used_up(line)) }
                @for line in ending { (ends(line)) }
            }
        }
    }
}

fn used_up(line: &Line) -> Markup {
    let (row, usage) = (&line.row, &line.usage);
    let (Some(remaining), Some(unit)) = (usage.remaining, row.allowance.unit()) else {
        return html! {};
    };
    let percent = usage.percent_used.unwrap_or_default();
    let over = remaining.is_negative();
    html! {
        li.(if percent >= Quantity::whole(100) { "bad" } else { "" }) {
            b { (row.description) } ": "
            @if over { "over-used by " (say::with_unit(-remaining, unit)) }
            @else if remaining == Quantity::ZERO { "used up" }
            @else { (say::with_unit(remaining, unit)) " left" }
            " (" (say::amount(percent)) " % used) "
            small { (row.package_name) ", contract " (row.contract) }
        }
    }
}

fn ends(line: &Line) -> Markup {
    let row = &line.row;
    html! {
        li {
            b { (row.package_name) } " ends on " (say::day(row.package_term.end))
            ", in " (say::days(line.as_of.until(row.package_term.end))) " "
            small { (row.package) ", contract " (row.contract) }
        }
    }
}

pub(super) fn footer(as_of: Day) -> Markup {
    html! {
        footer {
            p { "Made by servhub " (env!("CARGO_PKG_VERSION")) " as of " (as_of) ". Consumption is the sum of the ledger's entries; corrections are entries of their own, over-use is shown as it is." }
            p { "The CSV and the workbook of the same report have every row. The same store and the same options give the same bytes; the SHA-256 is printed when the report is made, and --manifest keeps it." }
        }
    }
}
