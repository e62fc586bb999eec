//! Consumption over time: a column for each month, in parts by service, a chart for each unit.

use super::super::overview::Overview;
use super::say;
use crate::domain::entitlement::{Service, Unit};
use crate::domain::{Day, Quantity};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

/// How many months a chart shows at most: those that end with the month of the report.
const MONTHS: i32 = 36;
const WIDTH: f64 = 1000.0;
const HEIGHT: f64 = 230.0;
const LEFT: f64 = 52.0;
const BOTTOM: f64 = 34.0;
const TOP: f64 = 12.0;

type ByMonth = BTreeMap<i32, BTreeMap<Service, Quantity>>;

pub(super) fn section(view: &Overview, as_of: Day) -> Markup {
    if view.months.is_empty() {
        return html! {};
    }
    html! {
        section {
            h2 { "Consumption over time" }
            p { "What was delivered in each month, by service." }
            @for (unit, months) in &view.months { (figure(*unit, months, as_of)) }
        }
    }
}

/// The months shown: from the first with a delivery, but not more than fit.
fn range(months: &ByMonth, as_of: Day) -> std::ops::RangeInclusive<i32> {
    let (year, month, _) = as_of.parts();
    let today = i32::from(year) * 12 + i32::from(month) - 1;
    let first = months.keys().next().copied().unwrap_or(today);
    let last = months.keys().next_back().copied().unwrap_or(today).max(today);
    first.max(last - MONTHS + 1)..=last
}

fn figure(unit: Unit, months: &ByMonth, as_of: Day) -> Markup {
    let range = range(months, as_of);
    let shown: ByMonth = months
        .range(range.clone())
        .map(|(month, parts)| (*month, parts.clone()))
        .collect();
    let services: BTreeSet<Service> = shown.values().flat_map(BTreeMap::keys).copied().collect();
    let what = match unit {
        Unit::Hours => "Hours",
        Unit::Credits => "Credits",
        Unit::Seats => "Seats",
        Unit::Count => "Activities, contacts and assessments",
    };
    let earlier = months.range(..*range.start()).count();
    html! {
        figure {
            figcaption { (what) " per month" @if earlier > 0 { " (the last " (MONTHS) " months)" } }
            div.scroll { (chart(&shown, range, unit, what)) }
            ul.legend {
                @for service in &services { li { i style={ "background:" (say::color(*service)) } {} (say::service(*service)) } }
            }
            details { summary { "The figures" } (figures(&shown, &services)) }
        }
    }
}

fn figures(months: &ByMonth, services: &BTreeSet<Service>) -> Markup {
    html! {
        table {
            thead { tr { th { "Month" } @for service in services { th.n { (say::service(*service)) } } } }
            tbody { @for (month, parts) in months {
                tr { td.d { (say::month(*month)) }
                    @for service in services {
                        td.n { @if let Some(part) = parts.get(service) { (say::amount(*part)) } }
                    } }
            } }
        }
    }
}

/// The scale of the vertical axis: a step of 1, 2 or 5 times a power of ten, and how many steps up and down.
fn steps(highest: f64, lowest: f64) -> (f64, i32, i32) {
    let rough = ((highest - lowest) / 4.0).max(0.01);
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .map(|factor| factor * power)
        .into_iter()
        .find(|step| *step >= rough)
        .unwrap_or(power);
    // Columns of a few hundred at most: the numbers of steps are tiny.
    (
        (step),
        (highest / step).ceil() as i32,
        (-lowest / step).ceil() as i32,
    )
}

fn real(quantity: Quantity) -> f64 {
    quantity.hundredths() as f64 / 100.0
}

fn chart(months: &ByMonth, range: std::ops::RangeInclusive<i32>, unit: Unit, what: &str) -> Markup {
    let sum = |parts: &BTreeMap<Service, Quantity>, negative: bool| -> f64 {
        parts
            .values()
            .filter(|part| part.is_negative() == negative)
            .map(|part| real(*part))
            .sum()
    };
    let highest = months.values().map(|parts| sum(parts, false)).fold(0.0, f64::max);
    let lowest = months.values().map(|parts| sum(parts, true)).fold(0.0, f64::min);
    let (step, up, down) = steps(highest, lowest);
    let scale = (HEIGHT - TOP - BOTTOM) / (step * f64::from((up + down).max(1)));
    let zero = TOP + f64::from(up) * step * scale;
    let count = range.end() - range.start() + 1;
    let slot = (WIDTH - LEFT) / f64::from(count.max(6));
    html! {
        svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" {
            title { (what) " per month, " (say::month(*range.start())) " to " (say::month(*range.end())) }
            desc { "One column for each month, in parts by service; the table behind it has the figures." }
            @for line in -down..=up { (grid_line(f64::from(line) * step, zero - f64::from(line) * step * scale)) }
            @for (place, month) in (0..).zip(range) {
                @let x = LEFT + f64::from(place) * slot;
                @if let Some(parts) = months.get(&month) { (column(parts, month, unit, Column { x, slot, zero, scale })) }
                (month_label(month, place, count, x + slot / 2.0))
            }
        }
    }
}

fn grid_line(value: f64, y: f64) -> Markup {
    let label = say::amount(Quantity::from_hundredths((value * 100.0).round() as i64));
    html! {
        line x1=(LEFT) x2=(WIDTH) y1=(point(y)) y2=(point(y)) stroke=(if value == 0.0 { "#7b8794" } else { "#e3e9f0" }) {}
        text.dim x=(LEFT - 8.0) y=(point(y + 4.0)) text-anchor="end" { (label) }
    }
}

/// January carries the year; with many months only every third has a name.
fn month_label(month: i32, place: i32, count: i32, x: f64) -> Markup {
    let of_year = month.rem_euclid(12);
    // The first column names its year, too, unless January stands too close to it.
    let year = of_year == 0 || (place == 0 && of_year < 9);
    let named = count <= 18 || of_year % 3 == 0;
    html! {
        @if named { text.dim x=(point(x)) y=(point(HEIGHT - BOTTOM + 16.0)) text-anchor="middle" { (say::month_name(of_year)) } }
        @if year { text x=(point(x)) y=(point(HEIGHT - BOTTOM + 30.0)) text-anchor="middle" { (month.div_euclid(12)) } }
    }
}

#[derive(Clone, Copy)]
struct Column {
    x: f64,
    slot: f64,
    zero: f64,
    scale: f64,
}

fn column(parts: &BTreeMap<Service, Quantity>, month: i32, unit: Unit, at: Column) -> Markup {
    let width = (at.slot * 0.72).min(44.0);
    let x = at.x + (at.slot - width) / 2.0;
    let (mut above, mut below) = (at.zero, at.zero);
    let boxes = parts.iter().map(|(service, part)| {
        let height = real(*part).abs() * at.scale;
        let y = if part.is_negative() {
            below += height;
            below - height
        } else {
            above -= height;
            above
        };
        (service, part, y, height)
    });
    let boxes: Vec<_> = boxes.collect();
    html! {
        @for (service, part, y, height) in boxes {
            rect x=(point(x)) y=(point(y)) width=(point(width)) height=(point(height)) fill=(say::color(*service)) {
                title { (say::month(month)) " · " (say::service(*service)) ": " (say::with_unit(*part, unit)) }
            }
        }
    }
}

/// A coordinate with one place, so that the page has the same bytes everywhere.
pub(super) fn point(value: f64) -> String {
    let tenths = (value * 10.0).round() as i64;
    Quantity::from_hundredths(tenths * 10).to_string()
}
