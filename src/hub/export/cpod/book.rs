//! The report as a workbook.

use super::line::{COLUMNS, Delivery, FIXED, Line, SUMMARY_COLUMNS};
use super::overview::Overview;
use super::{Annex, Sink};
use crate::domain::Day;
use crate::error::Result;
use crate::hub::export::columns::{
    ASSESSMENT, CONTACT, LEARNING, OTHER_CASE, assessment, contact, learning, other_case,
};
use crate::output::{Book, Column, Look, Table, Value};

/// Column widths of the detail, in characters.
const WIDTHS: [f64; COLUMNS.len()] = [
    26.0, 12.0, 13.0, 13.0, 12.0, 30.0, 11.0, 28.0, 15.0, 14.0, 12.0, 13.0, 16.0, 17.0, 9.0, 11.0, 11.0,
    11.0, 13.0, 12.5, 19.0, 44.0, 10.0, 34.0, 9.0, 17.0, 11.0, 24.0,
];

/// The sheets behind the detail, in their order.
const PARTS: [&str; 4] = ["Contacts", "Education", "Assessments", "Other cases"];

/// Writes the report into a workbook: cover, summary, detail and the other parts.
#[derive(Debug)]
pub struct BookSink {
    book: Book,
    cover: usize,
    summary: Table,
    detail: Option<Table>,
    annexes: Vec<(&'static str, Table)>,
    overview: Overview,
    as_of: Day,
    only_summary: bool,
}

impl BookSink {
    /// Begins the report.
    ///
    /// # Errors
    /// When a temporary file cannot be made.
    pub fn new(as_of: Day, only_summary: bool) -> Result<Self> {
        let mut book = Book::new("Proof of delivery", as_of)?;
        let cover = book.free_sheet("Cover", &[30.0, 26.0, 14.0, 26.0, 13.0, 13.0, 12.0])?;
        let mut widths = WIDTHS[..FIXED].to_vec();
        widths.extend([11.0, 18.0]);
        let summary = book.table("Summary", SUMMARY_COLUMNS, &widths)?;
        let detail = match only_summary {
            true => None,
            false => Some(book.table("Detail", COLUMNS, &WIDTHS)?),
        };
        Ok(Self {
            book,
            cover,
            summary,
            detail,
            annexes: Vec::new(),
            overview: Overview::default(),
            as_of,
            only_summary,
        })
    }

    /// Ends the report and hands it over in pieces.
    ///
    /// # Errors
    /// When a temporary file cannot be written, or what `piece` answers.
    pub fn finish(mut self, piece: impl FnMut(&[u8]) -> Result<()>) -> Result<()> {
        self.book.end(&self.summary)?;
        if let Some(detail) = &self.detail {
            self.book.end(detail)?;
        }
        if !self.only_summary {
            // The sheets are there even when they are empty: that there is nothing is an answer, too.
            self.annex_table(PARTS[PARTS.len() - 1])?;
        }
        for (_, table) in &self.annexes {
            self.book.end(table)?;
        }
        self.write_cover()?;
        self.book.finish(piece)
    }

    /// The table of a part. Sheets stand in the order in which they are made, so those before it come first,
    /// even when they stay empty.
    fn annex_table(&mut self, kind: &'static str) -> Result<usize> {
        for part in PARTS.iter().skip(self.annexes.len()) {
            if self.annexes.iter().any(|(name, _)| *name == kind) {
                break;
            }
            self.begin_annex(part)?;
        }
        let place = self.annexes.iter().position(|(name, _)| *name == kind);
        Ok(place.unwrap_or_default())
    }

    fn begin_annex(&mut self, kind: &'static str) -> Result<()> {
        let (columns, widths): (&[Column], &[f64]) = match kind {
            "Contacts" => (
                CONTACT,
                &[26.0, 12.0, 30.0, 24.0, 40.0, 16.0, 12.0, 10.0, 18.0, 12.0, 12.0],
            ),
            "Education" => (
                LEARNING,
                &[
                    26.0, 30.0, 24.0, 40.0, 40.0, 14.0, 20.0, 14.0, 10.0, 12.0, 12.0, 13.0, 12.0, 12.0,
                ],
            ),
            "Assessments" => (
                ASSESSMENT,
                &[26.0, 30.0, 34.0, 22.0, 12.0, 12.0, 10.0, 13.0, 12.0, 14.0],
            ),
            _ => (
                OTHER_CASE,
                &[
                    26.0, 30.0, 19.0, 24.0, 18.0, 9.0, 17.0, 22.0, 46.0, 34.0, 17.0, 17.0, 12.0, 11.0, 13.0,
                ],
            ),
        };
        let table = self.book.table(kind, columns, widths)?;
        self.annexes.push((kind, table));
        Ok(())
    }

    fn write_cover(&mut self) -> Result<()> {
        let (sheet, view) = (self.cover, &self.overview);
        let customers = view.customers.join(", ");
        let as_of = format!("As of {}", self.as_of);
        self.book
            .put(sheet, 0, 0, Look::Title, "Proof of delivery".into())?;
        self.book
            .put(sheet, 1, 0, Look::Subtitle, Value::text(&customers))?;
        self.book.put(sheet, 2, 0, Look::Subtitle, (&as_of).into())?;
        let made_by = concat!(
            "Made by servhub ",
            env!("CARGO_PKG_VERSION"),
            " from the ledger of deliveries"
        );
        self.book.put(sheet, 3, 0, Look::Label, made_by.into())?;
        let count = |number: u64| Value::Number(i64::try_from(number).unwrap_or(i64::MAX));
        let figures = [
            ("Contracts", count(view.contracts.len() as u64)),
            ("Entitlements", count(view.entitlements)),
            ("Deliveries", count(view.deliveries)),
            ("In force, at 80 % to 100 %", count(view.flagged_80)),
            ("In force, at 100 % or more", count(view.flagged_100)),
            ("Other cases", count(view.other_cases)),
        ];
        let shown = if self.only_summary { 0..2 } else { 0..figures.len() };
        let mut row = 5;
        for (label, value) in &figures[shown] {
            self.book.put(sheet, row, 0, Look::Label, (*label).into())?;
            self.book.put(sheet, row, 1, Look::Plain, *value)?;
            row += 1;
        }
        row = self.write_contracts(row + 1)?;
        self.write_totals(row + 1)
    }

    fn write_contracts(&mut self, mut row: u32) -> Result<u32> {
        let sheet = self.cover;
        let heads = ["customer", "contract", "kind", "plan", "start", "end", "status"];
        self.heads(row, &heads)?;
        for contract in &self.overview.contracts {
            row += 1;
            let values: [Value<'_>; 7] = [
                (&contract.customer).into(),
                (&contract.number).into(),
                contract.kind.word().into(),
                (&contract.plan).into(),
                contract.term.start.into(),
                contract.term.end.into(),
                contract.status.word().into(),
            ];
            for (column, value) in (0_u16..).zip(values) {
                self.book.put(sheet, row, column, Look::Plain, value)?;
            }
        }
        Ok(row + 1)
    }

    fn write_totals(&mut self, mut row: u32) -> Result<()> {
        let sheet = self.cover;
        self.heads(row, &["service", "unit", "used", "of limited lines", "allowed"])?;
        for ((unit, service), total) in &self.overview.totals {
            row += 1;
            let values: [Value<'_>; 5] = [
                service.word().into(),
                unit.word().into(),
                total.used.into(),
                total.used_of_allowed.into(),
                total.allowed.into(),
            ];
            for (column, value) in (0_u16..).zip(values) {
                self.book.put(sheet, row, column, Look::Plain, value)?;
            }
        }
        Ok(())
    }

    fn heads(&mut self, row: u32, names: &[&str]) -> Result<()> {
        for (column, name) in (0_u16..).zip(names) {
            self.book
                .put(self.cover, row, column, Look::Header, (*name).into())?;
        }
        Ok(())
    }

    fn detail_row(
        &mut self,
        line: &Line,
        workspace: &str,
        rest: &[Value<'_>; COLUMNS.len() - FIXED],
    ) -> Result<()> {
        let Some(detail) = &mut self.detail else {
            return Ok(());
        };
        let mut values = [Value::Empty; COLUMNS.len()];
        values[..FIXED].copy_from_slice(&line.values(workspace));
        values[FIXED..].copy_from_slice(rest);
        self.book.row(detail, &values)
    }
}

impl Sink for BookSink {
    fn line(&mut self, line: &Line) -> Result<()> {
        self.overview.line(line);
        self.book.row(&mut self.summary, &line.summary())?;
        if line.deliveries == 0 {
            self.detail_row(line, &line.workspaces, &[Value::Empty; COLUMNS.len() - FIXED])?;
        }
        Ok(())
    }

    fn delivery(&mut self, line: &Line, delivery: &Delivery<'_>) -> Result<()> {
        self.overview.delivery(line, delivery);
        self.detail_row(line, delivery.workspace, &delivery.values())
    }

    fn wants_workspaces(&self) -> bool {
        true
    }

    fn wants_annex(&self) -> bool {
        !self.only_summary
    }

    fn annex(&mut self, row: Annex) -> Result<()> {
        self.overview.annex(&row);
        let kind = match &row {
            Annex::Contact(_) => "Contacts",
            Annex::Learning(_) => "Education",
            Annex::Assessment(_) => "Assessments",
            Annex::OtherCase(..) => "Other cases",
        };
        let place = self.annex_table(kind)?;
        let table = &mut self.annexes[place].1;
        match &row {
            Annex::Contact(row) => self.book.row(table, &contact(row)),
            Annex::Learning(row) => self.book.row(table, &learning(row)),
            Annex::Assessment(row) => self.book.row(table, &assessment(row)),
            Annex::OtherCase(row, reason) => self.book.row(table, &other_case(row, *reason)),
        }
    }
}
