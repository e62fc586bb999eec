//! The overview as one page: no network, no script, and every text escaped.

use super::sections::{self, Section};
use crate::hub::customer::Page;
use crate::output::Cell;
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = "html{font:14px/1.45 \"Segoe UI\",\"Helvetica Neue\",Helvetica,Arial,\"Noto Sans\",\"DejaVu Sans\",sans-serif;color:#1b2a41}\
body{margin:28px 32px;max-width:1200px}h1{font-size:1.6rem;margin:0;color:#1f4e79}h2{font-size:1.1rem;margin:26px 0 6px;color:#1f4e79}\
p{color:#5b6675;margin:2px 0 8px}table{border-collapse:collapse;width:100%;font-size:.85rem}\
th{text-align:left;background:#1f4e79;color:#fff;padding:6px 8px;white-space:nowrap}\
td{border-bottom:1px solid #dfe5ec;padding:5px 8px;vertical-align:top}td.n{text-align:right;font-variant-numeric:tabular-nums}td.d{white-space:nowrap}\
@page{size:A4 landscape;margin:12mm}@media print{html{font-size:8pt;-webkit-print-color-adjust:exact;print-color-adjust:exact}body{margin:0}\
thead{display:table-header-group}tr{break-inside:avoid}h2{break-after:avoid}}";

/// The page.
pub fn write(page: &Page) -> String {
    let customer = &page.customer;
    let title = format!("{} ({})", customer.name, customer.code);
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width,initial-scale=1";
                meta name="generator" content=(concat!("servhub ", env!("CARGO_PKG_VERSION")));
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { (title) }
                p {
                    @if let Some(domain) = &customer.domain { (domain) " · " }
                    @if let Some(country) = &customer.country { (country) " · " }
                    "as of " (page.at)
                }
                @for section in sections::of(page) { (part(&section)) }
                @if let Some(left_out) = super::left_out(page) { p { (left_out) } }
                p { "Made by servhub " (env!("CARGO_PKG_VERSION")) "." }
            }
        }
    };
    markup.into_string() + "\n"
}

fn part(section: &Section) -> Markup {
    let listing = &section.listing;
    html! {
        section {
            h2 { (section.title) }
            @if listing.rows.is_empty() {
                p { "None." }
            } @else {
                table {
                    thead { tr { @for column in &listing.columns { th { (column.name.replace('_', " ")) } } } }
                    tbody {
                        @for row in &listing.rows { tr { @for cell in row { td.(class(cell)) { (text(cell)) } } } }
                    }
                }
            }
        }
    }
}

/// Several words one under the other.
fn text(cell: &Cell) -> Markup {
    match cell {
        Cell::Words(words) => html! { @for word in words { div { (word) } } },
        Cell::Bool(yes) => html! { (if *yes { "yes" } else { "no" }) },
        other => html! { (other) },
    }
}

fn class(cell: &Cell) -> &'static str {
    match cell {
        Cell::Number(_) | Cell::Quantity(_) | Cell::Percent(_) => "n",
        Cell::Day(_) | Cell::Instant(_) => "d",
        _ => "",
    }
}
