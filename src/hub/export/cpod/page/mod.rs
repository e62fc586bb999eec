//! The report as one page for customers: no network, charts as SVG, prints on A4.

mod bars;
mod head;
mod months;
mod say;
mod tables;
mod timeline;

use super::overview::Overview;
use super::{Annex, Delivery, Line, Sink};
use crate::domain::Day;
use crate::domain::other_case::OtherReason;
use crate::error::Result;
use crate::store::export::{AssessmentLine, ContactLine};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::collections::BTreeMap;
use tables::{Latest, Learned, OtherView};

/// How many entitlements get a bar of their own.
const BARS: usize = 500;
/// How many rows a table of the page shows. A page is for reading; it says how many there are in all, and
/// where (K-7).
const ROWS: usize = 1_000;

/// Collects what the page shows; long lists are cut, their totals are not.
#[derive(Debug)]
pub struct PageSink {
    as_of: Day,
    summary: bool,
    overview: Overview,
    lines: Vec<Line>,
    deliveries: Vec<Latest>,
    contacts: Cut<ContactLine>,
    assessments: Cut<AssessmentLine>,
    others: Cut<OtherView>,
    reasons: BTreeMap<OtherReason, u64>,
    learning: BTreeMap<(String, String), Learned>,
}

/// The first rows of a list, and how many there are.
#[derive(Debug)]
struct Cut<T> {
    first: Vec<T>,
    all: u64,
}

impl<T> Cut<T> {
    const fn new() -> Self {
        Self {
            first: Vec::new(),
            all: 0,
        }
    }

    fn push(&mut self, row: T) {
        self.all += 1;
        if self.first.len() < ROWS {
            self.first.push(row);
        }
    }
}

impl PageSink {
    /// Begins the report; a summary has no deliveries and no other parts.
    pub fn new(as_of: Day, summary: bool) -> Self {
        Self {
            as_of,
            summary,
            overview: Overview::default(),
            lines: Vec::new(),
            deliveries: Vec::new(),
            contacts: Cut::new(),
            assessments: Cut::new(),
            others: Cut::new(),
            reasons: BTreeMap::new(),
            learning: BTreeMap::new(),
        }
    }

    /// The page.
    pub fn finish(self) -> String {
        let title = format!("Proof of delivery – {}", head::names(&self.overview));
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width,initial-scale=1";
                    meta name="generator" content=(concat!("servhub ", env!("CARGO_PKG_VERSION")));
                    title { (title) }
                    style { (PreEscaped(include_str!("style.css"))) }
                }
                body { main {
                    (head::header(&self.overview, self.as_of))
                    (head::key_figures(&self.overview, self.as_of, self.summary))
                    (head::attention(&self.lines))
                    (bars::section(&self.lines, self.overview.entitlements))
                    (months::section(&self.overview, self.as_of))
                    (timeline::section(&self.overview, self.as_of))
                    (self.parts())
                    (head::footer(self.as_of))
                } }
            }
        };
        page.into_string() + "\n"
    }

    fn parts(&self) -> Markup {
        if self.summary {
            return html! {};
        }
        html! {
            (tables::other_cases(&self.others, &self.reasons))
            (tables::contacts(&self.contacts))
            (tables::education(&self.learning))
            (tables::assessments(&self.assessments))
            (tables::deliveries(&self.deliveries, self.overview.deliveries))
        }
    }
}

impl Sink for PageSink {
    fn line(&mut self, line: &Line) -> Result<()> {
        self.overview.line(line);
        if self.lines.len() < BARS {
            self.lines.push(line.clone());
            if line.deliveries > 0 && !self.summary {
                self.deliveries.push(Latest::of(line));
            }
        }
        Ok(())
    }

    fn delivery(&mut self, line: &Line, delivery: &Delivery<'_>) -> Result<()> {
        self.overview.delivery(line, delivery);
        if self.overview.entitlements <= BARS as u64
            && let Some(latest) = self.deliveries.last_mut()
        {
            latest.push(delivery);
        }
        Ok(())
    }

    fn wants_annex(&self) -> bool {
        !self.summary
    }

    fn annex(&mut self, row: Annex) -> Result<()> {
        self.overview.annex(&row);
        match row {
            Annex::Contact(contact) => self.contacts.push(contact),
            Annex::Assessment(assessment) => self.assessments.push(assessment),
            Annex::OtherCase(line, reason) => {
                *self.reasons.entry(reason).or_default() += 1;
                self.others.push(OtherView { line, reason });
            }
            Annex::Learning(row) => {
                let product = row.product.clone().unwrap_or_default();
                let learned = self.learning.entry((row.workspace.clone(), product)).or_default();
                learned.add(&row);
            }
        }
        Ok(())
    }
}
