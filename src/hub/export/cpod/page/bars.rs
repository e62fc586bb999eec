//! Used against left, one bar for each entitlement.

use super::say;
use crate::domain::Quantity;
use crate::domain::contract::{PackageStatus, Status};
use crate::domain::entitlement::{Allowance, Unit, Usage};
use crate::hub::export::cpod::Line;
use maud::{Markup, html};

pub(super) fn section(lines: &[Line], all: u64) -> Markup {
    let contracts = lines.chunk_by(|a, b| a.row.contract == b.row.contract);
    let many = lines
        .windows(2)
        .any(|pair| pair[0].row.customer != pair[1].row.customer);
    html! {
        section {
            h2 { "Used against left" }
            p { "What the contract lines promise, and how much of it was delivered." }
            @for contract in contracts { (of_contract(contract, many)) }
            @if all > lines.len() as u64 {
                p.more { "The first " (lines.len()) " of " (say::count(all)) " entitlements; the CSV and the workbook have all of them." }
            }
        }
    }
}

fn of_contract(lines: &[Line], with_customer: bool) -> Markup {
    let row = &lines[0].row;
    html! {
        h3 {
            @if with_customer { (row.customer) " – " }
            "Contract " (row.contract)
            span.sub { " · " (row.contract_plan.as_deref().unwrap_or(row.contract_kind.word())) " · "
                (say::day(row.contract_term.start)) " – " (say::day(row.contract_term.end)) }
        }
        @for package in lines.chunk_by(|a, b| a.row.package == b.row.package) { (of_package(package)) }
    }
}

fn of_package(lines: &[Line]) -> Markup {
    let (line, row) = (&lines[0], &lines[0].row);
    let left = line.as_of.until(row.package_term.end);
    html! {
        h4 {
            (row.package_name) span.sub { (row.package) " · " (row.package_kind) " · until " (say::day(row.package_term.end)) }
            @if line.package_status == PackageStatus::Inactive {
                span.tag {
                    @match row.package_term.status(line.as_of) {
                        Status::Future => "not begun",
                        Status::Active => "stopped early",
                        Status::Expired => "ended",
                    }
                }
            }
            @else if left <= 90 { span.tag.warn { "ends in " (say::days(left)) } }
        }
        div.bars { @for line in lines { (bar(line)) } }
    }
}

fn bar(line: &Line) -> Markup {
    let row = &line.row;
    html! {
        div.bar {
            div.name { (row.description) small { (say::service(row.service)) " · " (row.entitlement) } }
            @match row.allowance {
                Allowance::Limited(allowed, unit) if row.partial && line.row.category.word() == "consumable" => {
                    div.open { (say::with_unit(allowed, unit)) " allowed" }
                    div.fig { b { (say::with_unit(line.usage.consumed, unit)) } " used, of what you may see" }
                }
                Allowance::Limited(allowed, unit) if line.row.category.word() == "consumable" => {
                    (drawn(line, allowed, unit))
                    (figures(&line.usage, allowed, unit))
                }
                Allowance::AsNeeded(unit) => {
                    div.open { "as needed, no limit" }
                    div.fig { b { (say::with_unit(line.usage.consumed, unit)) } " used" }
                }
                _ => {
                    div.open { "part of the package, not tracked" }
                    div.fig { "included" }
                }
            }
        }
    }
}

/// A percentage as the drawing's length: two places are enough.
fn length(percent: Quantity) -> String {
    percent.to_string()
}

/// The bar's full width is the allowance, or what was used if that is more; then a line marks the allowance.
fn drawn(line: &Line, allowed: Quantity, unit: Unit) -> Markup {
    let percent = line.usage.percent_used.unwrap_or_default();
    let full = percent.max(Quantity::whole(100));
    let share = |part: Quantity| part.percent_of(full).unwrap_or_default();
    let used = share(percent.max(Quantity::ZERO).min(Quantity::whole(100)));
    let limit = share(Quantity::whole(100));
    let color = match percent {
        p if p >= Quantity::whole(100) => "#b3261e",
        p if p >= Quantity::whole(80) => "#d9822b",
        _ => "#2f6fab",
    };
    html! {
        svg viewBox="0 0 100 14" preserveAspectRatio="none" role="img" {
            title { (line.row.description) ": " (say::amount(percent)) " % of " (say::with_unit(allowed, unit)) " used" }
            rect width="100" height="14" fill="#e3e9f0" {}
            rect width=(length(used)) height="14" fill=(color) {}
            @if percent > Quantity::whole(100) {
                rect x=(length(limit)) width=(length(Quantity::whole(100) - limit)) height="14" fill="#e58a84" {}
                rect x=(length(limit)) width="0.6" height="14" fill="#fff" {}
            }
        }
    }
}

fn figures(usage: &Usage, allowed: Quantity, unit: Unit) -> Markup {
    let remaining = usage.remaining.unwrap_or_default();
    let percent = usage.percent_used.unwrap_or_default();
    html! {
        div.fig {
            b { (say::amount(usage.consumed)) } " of " (say::with_unit(allowed, unit)) " · "
            @if remaining.is_negative() { (say::amount(-remaining)) " over" } @else { (say::amount(remaining)) " left" }
            " "
            @match percent {
                p if p > Quantity::whole(100) => span.tag.bad { (say::amount(p)) " % – over-used" },
                p if p == Quantity::whole(100) => span.tag.bad { "100 % – used up" },
                p if p >= Quantity::whole(80) => span.tag.warn { (say::amount(p)) " % – nearly used up" },
                p => span.tag { (say::amount(p)) " %" },
            }
        }
    }
}
