//! Support requests with the hours that were delivered on them.

use super::cases::Cases;
use super::form::{self, Form, Report};
use super::targets::Targets;
use super::{Made, RowSink, Selection};
use crate::domain::{Day, Instant, Quantity, Zone};
use crate::error::Result;
use crate::hub::{Export, Outlet, Query, Reading, Route};
use crate::output::{About, Column, Value, col};
use crate::policy::needs::ReadRequests;
use crate::sort::{Ahead, Sorter};
use crate::store::export::CaseLine;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::HashSet;

/// Name and version of the rows.
pub const SCHEMA: &str = "export.requests/1";
/// The columns.
pub const COLUMNS: &[Column] = &[
    col("number"),
    col("customer"),
    col("workspace"),
    col("contract"),
    col("package"),
    col("entitlement"),
    col("kind"),
    col("class"),
    col("severity"),
    col("state"),
    col("product"),
    col("title"),
    col("contact"),
    col("opened_at"),
    col("closed_at"),
    col("hours"),
    col("other_case_reason"),
    col("category"),
    col("language"),
    col("assignee"),
    col("due_at"),
    col("responded_at"),
    col("resolved_at"),
    col("partner"),
];

/// Bytes of deliveries that are sorted in memory before they are spilled.
const MEMORY: usize = 8 << 20;

/// Lists cases by number, with the hours delivered on them up to the day asked about. A case that was opened
/// after it is left out; state and links are those of now. What partners filed is among them, without hours.
#[derive(Debug)]
pub struct Requests<S> {
    /// What it covers.
    pub selection: Selection,
    /// Where it goes.
    pub sink: RefCell<S>,
}

impl<S: RowSink> Query for Requests<S> {
    const NAME: &'static str = "export.requests";
    const ROUTE: Route = Route::get("/exports/requests");
    type Needs = ReadRequests;
    type Answer = Made;

    fn answer(&self, at: &Reading<'_, ReadRequests>) -> Result<Made> {
        let audit_head = at.audit_head()?;
        let scope = self.selection.resolve(at)?;
        let as_of = at.context().day_in(&Zone::utc());
        let mut hours = Hours::of(at, as_of)?;
        let cases = Cases::of(at)?;
        let targets = Targets::of(at)?;
        let sink = &mut *self.sink.borrow_mut();
        let mut rows = 0;
        at.each_request(&scope, |line| {
            // What a partner files takes nothing from any contract.
            let is_partners = line.partner.is_some();
            let delivered = match is_partners {
                true => Quantity::ZERO,
                false => hours.on(line.case.number.as_bytes())?,
            };
            if line.case.opened_at.day_in(&Zone::utc()) > as_of {
                return Ok(());
            }
            rows += 1;
            let reason = cases.reason_at_home(&line.case).filter(|_| !is_partners);
            sink.row(&values(
                &line,
                delivered,
                reason.map_or("", |reason| reason.word()),
                targets.due(at, &line)?,
            ))
        })?;
        Ok(Made {
            rows,
            as_of,
            audit_head,
        })
    }
}

/// The same as a report.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct RequestsFile {
    /// What it covers.
    #[serde(flatten)]
    pub selection: Selection,
    /// How it is written.
    #[serde(flatten)]
    pub form: Form,
}

impl Export for RequestsFile {
    const NAME: &'static str = Requests::<crate::output::Rows>::NAME;
    const ROUTE: Route = Requests::<crate::output::Rows>::ROUTE;
    type Needs = ReadRequests;
    type Answer = Report;

    fn write(&self, at: &Reading<'_, ReadRequests>, to: &mut dyn Outlet) -> Result<Report> {
        let about = About {
            schema: SCHEMA,
            title: "Requests",
            columns: COLUMNS,
        };
        form::listing(at, to, (&about, self.form), |sink| {
            let selection = self.selection.clone();
            Requests { selection, sink }.answer(at)
        })
    }
}

fn values<'a>(
    line: &'a CaseLine,
    hours: Quantity,
    reason: &'static str,
    due: Option<Instant>,
) -> [Value<'a>; COLUMNS.len()] {
    let case = &line.case;
    [
        (&case.number).into(),
        (&line.customer).into(),
        (&line.workspace).into(),
        (&line.contract).into(),
        (&line.package).into(),
        (&line.entitlement).into(),
        case.kind.word().into(),
        case.class.map_or(Value::Empty, |class| class.word().into()),
        case.severity.word().into(),
        case.state.word().into(),
        (&case.product).into(),
        (&case.title).into(),
        (&case.contact).into(),
        case.opened_at.into(),
        case.closed_at.into(),
        hours.into(),
        Value::text(reason),
        (&line.category).into(),
        (&line.language).into(),
        (&line.assignee).into(),
        due.into(),
        line.responded_at.into(),
        line.resolved_at.into(),
        (&line.partner).into(),
    ]
}

/// What was delivered on cases, in the order of their numbers: the ledger is read once and sorted.
struct Hours {
    sorted: Ahead,
    /// The reference and quantity that were read and not yet asked for.
    next: Option<(Vec<u8>, Quantity)>,
}

impl Hours {
    fn of(at: &Reading<'_, ReadRequests>, as_of: Day) -> Result<Self> {
        let charged: HashSet<i64> = at.case_entitlements()?.into_iter().collect();
        let mut sorter = Sorter::new(MEMORY);
        if let Some(ids) = at.ledger_range()? {
            at.each_entry_between(&ids, |row| {
                let counts = row.delivered_on <= as_of && !row.reference.is_empty();
                if !counts || !charged.contains(&row.entitlement_id) {
                    return Ok(());
                }
                sorter.push(|out| {
                    out.extend_from_slice(row.reference);
                    out.extend_from_slice(&row.quantity.hundredths().to_be_bytes());
                })
            })?;
        }
        let mut hours = Self {
            sorted: Ahead::new(sorter.finish()?.merge()?),
            next: None,
        };
        hours.step()?;
        Ok(hours)
    }

    fn step(&mut self) -> Result<()> {
        let record = self.sorted.next()?;
        let split = record.and_then(<[u8]>::split_last_chunk);
        self.next = split.map(|(reference, quantity)| {
            let quantity = Quantity::from_hundredths(i64::from_be_bytes(*quantity));
            (reference.to_vec(), quantity)
        });
        Ok(())
    }

    /// The sum for a number; numbers are asked for in ascending order.
    fn on(&mut self, number: &[u8]) -> Result<Quantity> {
        let mut sum = Quantity::ZERO;
        while let Some((reference, quantity)) = &self.next {
            match reference.as_slice().cmp(number) {
                Ordering::Less => {}
                Ordering::Equal => sum += *quantity,
                Ordering::Greater => break,
            }
            self.step()?;
        }
        Ok(sum)
    }
}
