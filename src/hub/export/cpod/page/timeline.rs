//! What expires when: contracts and packages on one line of time.

use super::super::overview::{ContractView, Overview, PackageView};
use super::months::point;
use super::say;
use crate::domain::Day;
use crate::domain::contract::{PackageKind, PackageStatus, Status, Term};
use maud::{Markup, html};

/// How many rows the drawing has at most.
const ROWS: usize = 80;
const WIDTH: f64 = 1000.0;
const LEFT: f64 = 300.0;
const ROW: f64 = 24.0;
const TOP: f64 = 34.0;

struct Row<'a> {
    label: String,
    term: Term,
    color: &'static str,
    ends: Option<i32>,
    contract: bool,
    kind: &'a str,
}

pub(super) fn section(view: &Overview, as_of: Day) -> Markup {
    let rows = rows(view, as_of);
    if rows.is_empty() {
        return html! {};
    }
    let shown = &rows[..rows.len().min(ROWS)];
    html! {
        section {
            h2 { "What ends when" }
            p { "Contracts and their packages. The vertical line is the day of the report; what ends within 90 days says so." }
            figure {
                div.scroll { (drawing(shown, as_of)) }
                ul.legend {
                    li { i style="background:#2f6fab" {} "in force" }
                    li { i style="background:#d9822b" {} "ends within 90 days" }
                    li { i style="background:#a9c4de" {} "not begun" }
                    li { i style="background:#b9c2cc" {} "over or stopped" }
                }
                @if rows.len() > shown.len() {
                    p.more { "The first " (shown.len()) " of " (rows.len()) " contracts and packages; `servhub contract expiring` lists all that end soon." }
                }
            }
        }
    }
}

fn rows(view: &Overview, as_of: Day) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    for contract in &view.contracts {
        rows.push(of_contract(contract, as_of));
        let packages = view
            .packages
            .iter()
            .filter(|package| package.contract == contract.number);
        rows.extend(packages.map(|package| of_package(package, as_of)));
        if rows.len() > 10 * ROWS {
            break;
        }
    }
    rows
}

fn color(status: Status, ends: Option<i32>) -> &'static str {
    match (status, ends) {
        (Status::Future, _) => "#a9c4de",
        (Status::Expired, _) => "#b9c2cc",
        (Status::Active, Some(_)) => "#d9822b",
        (Status::Active, None) => "#2f6fab",
    }
}

fn soon(term: &Term, as_of: Day) -> Option<i32> {
    Some(as_of.until(term.end)).filter(|days| term.contains(as_of) && *days <= 90)
}

fn of_contract(contract: &ContractView, as_of: Day) -> Row<'_> {
    let ends = soon(&contract.term, as_of);
    Row {
        label: format!("Contract {}", contract.number),
        term: contract.term,
        color: color(contract.status, ends),
        ends,
        contract: true,
        kind: contract.plan.as_deref().unwrap_or(contract.kind.word()),
    }
}

fn of_package(package: &PackageView, as_of: Day) -> Row<'_> {
    let status = match (package.status, package.term.status(as_of)) {
        // Stopped early: its term runs, but it is over.
        (PackageStatus::Inactive, Status::Active) => Status::Expired,
        (_, status) => status,
    };
    let ends = soon(&package.term, as_of).filter(|_| status == Status::Active);
    Row {
        label: package.name.clone(),
        term: package.term,
        color: color(status, ends),
        ends,
        contract: false,
        kind: if package.kind == PackageKind::AddOn {
            "add-on"
        } else {
            ""
        },
    }
}

fn drawing(rows: &[Row<'_>], as_of: Day) -> Markup {
    let first = rows
        .iter()
        .map(|row| row.term.start)
        .min()
        .unwrap_or(as_of)
        .min(as_of);
    let last = rows
        .iter()
        .map(|row| row.term.end)
        .max()
        .unwrap_or(as_of)
        .max(as_of);
    let days = f64::from(first.until(last).max(1));
    let x = |day: Day| LEFT + f64::from(first.until(day)) / days * (WIDTH - LEFT - 4.0);
    let height = TOP + ROW * rows.len() as f64 + 6.0;
    html! {
        svg viewBox={ "0 0 " (WIDTH) " " (point(height)) } role="img" {
            title { "Terms of contracts and packages" }
            desc { "One bar from the first to the last day of each contract and package." }
            @for (year, day) in years(first, last) {
                line x1=(point(x(day))) x2=(point(x(day))) y1="16" y2=(point(height)) stroke="#dfe5ec" {}
                @if x(day) < WIDTH - 36.0 { text.dim x=(point(x(day) + 4.0)) y="26" { (year) } }
            }
            @for (place, row) in rows.iter().enumerate() { (bar(row, TOP + ROW * place as f64, x(row.term.start), x(row.term.end))) }
            line x1=(point(x(as_of))) x2=(point(x(as_of))) y1="14" y2=(point(height)) stroke="#b3261e" stroke-width="1.5" {}
            text x=(point(x(as_of))) y="10" text-anchor=(if x(as_of) > WIDTH - 60.0 { "end" } else { "middle" }) style="fill:#b3261e" { (say::day(as_of)) }
        }
    }
}

/// First days of the years that begin in the range.
fn years(first: Day, last: Day) -> Vec<(i16, Day)> {
    let (from, _, _) = first.parts();
    let (to, _, _) = last.parts();
    let begins = (from + 1..=to).filter_map(|year| Some((year, format!("{year:04}-01-01").parse().ok()?)));
    begins.collect()
}

fn bar(row: &Row<'_>, y: f64, from: f64, to: f64) -> Markup {
    let height = if row.contract { 15.0 } else { 11.0 };
    let top = y + (ROW - height) / 2.0;
    let label: String = row.label.chars().take(36).collect();
    let cut = if label.len() < row.label.len() { "…" } else { "" };
    let note = row
        .ends
        .map(|days| format!("ends {}, in {}", say::day(row.term.end), say::days(days)));
    html! {
        g {
            title { (row.label) " " (row.kind) ": " (say::day(row.term.start)) " – " (say::day(row.term.end)) }
            text x=(if row.contract { "0" } else { "14" }) y=(point(y + 16.0)) style=(if row.contract { "font-weight:650" } else { "" }) { (label) (cut) }
            rect x=(point(from)) y=(point(top)) width=(point((to - from).max(2.0))) height=(point(height)) rx="3" fill=(row.color) {}
            @if let Some(note) = note { (beside(&note, from, to, y + 16.0)) }
        }
    }
}

/// A note behind the bar, or in front of it where there is no room behind.
fn beside(note: &str, from: f64, to: f64, y: f64) -> Markup {
    let (x, anchor) = if to < WIDTH - 180.0 {
        (to + 8.0, "start")
    } else {
        (from - 8.0, "end")
    };
    html! { text x=(point(x)) y=(point(y)) text-anchor=(anchor) style="fill:#8a4703;font-weight:600" { (note) } }
}
