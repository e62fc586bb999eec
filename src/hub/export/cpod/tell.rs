//! Telling the report: entitlements in their order, each with its deliveries as the sort hands them out.

use super::gather::Gathered;
use super::line::{Delivery, Line};
use super::lookup::{Lookup, Named, read_named};
use super::record::{Entry, Kind, Record, read};
use super::{Annex, Sink};
use crate::domain::Zone;
use crate::domain::entitlement::Service;
use crate::domain::ledger::EntryKind;
use crate::error::{Result, codes};
use crate::hub::Reading;
use crate::hub::export::cases::Cases;
use crate::policy::Permission;
use crate::sort::Ahead;
use crate::store::Read;
use crate::store::export::{LineRow, Scope};
use std::collections::HashMap;

/// Tells all entitlements and their deliveries; answers the number of rows.
pub(super) fn tell<P: Permission>(
    at: &Reading<'_, P>,
    scope: &Scope,
    mut gathered: Gathered<'_>,
    sink: &mut impl Sink,
    summary: bool,
) -> Result<u64> {
    let records = Ahead::new(std::mem::take(&mut gathered.records).merge()?);
    let mut teller = Teller {
        store: **at,
        scope,
        names: workspace_names(at)?,
        lookup: Lookup::default(),
        scratch: Vec::new(),
        attached: None,
        records,
        gathered,
        summary,
        wants_workspaces: summary || sink.wants_workspaces(),
        rows: 0,
    };
    let mut place = 0;
    at.each_line(scope, |row| {
        let line = teller.line(place, row)?;
        place += 1;
        line.map_or(Ok(()), |(place, line)| teller.tell(place, &line, sink))
    })?;
    Ok(teller.rows)
}

fn workspace_names<P: Permission>(at: &Reading<'_, P>) -> Result<HashMap<i64, Box<str>>> {
    let all = at.workspaces(None)?.into_iter();
    Ok(all
        .map(|workspace| (workspace.id, workspace.name.into()))
        .collect())
}

struct Teller<'a> {
    store: Read<'a>,
    scope: &'a Scope,
    names: HashMap<i64, Box<str>>,
    lookup: Lookup,
    scratch: Vec<u8>,
    /// The package asked about last, and the names of the workspaces it is attached to.
    attached: Option<(i64, String)>,
    records: Ahead,
    gathered: Gathered<'a>,
    summary: bool,
    wants_workspaces: bool,
    rows: u64,
}

impl Teller<'_> {
    /// The line of a place; none for an entitlement that the workspaces chosen neither have nor used by then.
    fn line(&mut self, place: usize, row: LineRow) -> Result<Option<(u32, Line)>> {
        let (sums, ranks) = (&self.gathered.sums, self.gathered.ranks);
        let deliveries = u64::from(sums.shown[place]);
        if deliveries == 0 && !ranks.attached(place) {
            return Ok(None);
        }
        let consumed = sums.consumed[place];
        let place = u32::try_from(place).unwrap_or(u32::MAX);
        let mut line = Line::new(row, ranks.up_to(place), consumed, deliveries);
        if self.wants_workspaces || deliveries == 0 {
            line.workspaces = self.attached_to(line.row.package_id)?;
        }
        Ok(Some((place, line)))
    }

    fn attached_to(&mut self, package_id: i64) -> Result<String> {
        if let Some((_, names)) = self.attached.as_ref().filter(|(id, _)| *id == package_id) {
            return Ok(names.clone());
        }
        let names = self.store.attached_names(package_id, self.scope)?.join("; ");
        self.attached = Some((package_id, names.clone()));
        Ok(names)
    }

    fn tell(&mut self, place: u32, line: &Line, sink: &mut impl Sink) -> Result<()> {
        sink.line(line)?;
        self.rows += if self.summary { 1 } else { line.deliveries.max(1) };
        if self.summary || line.deliveries == 0 {
            return Ok(());
        }
        let mut left = line.deliveries;
        while left > 0 {
            let record = self.records.next()?.ok_or_else(out_of_step)?;
            match read(record, &mut self.scratch).ok_or_else(out_of_step)? {
                Record::Fact { place, key, details } => self.lookup.keep(place, key, details),
                Record::Entry(entry) if entry.place == place => {
                    left -= 1;
                    let workspace = self.names.get(&entry.workspace_id).map_or("", |name| name);
                    let kind = kind_of(line.row.service).filter(|_| !entry.is_derived);
                    let cases = &self.gathered.cases;
                    let named = match kind {
                        Some(kind) => {
                            self.lookup
                                .find(self.store, cases, place, kind, text(entry.reference)?)?
                        }
                        None if entry.is_derived => read_named(entry.note),
                        None => None,
                    };
                    let named = named.unwrap_or_default();
                    let reason = named.other_reason(cases, entry.workspace_id);
                    sink.delivery(line, &delivery(&entry, workspace, &named, reason)?)?;
                }
                Record::Entry(_) => return Err(out_of_step()),
            }
        }
        Ok(())
    }
}

/// What references name, by the service used.
fn kind_of(service: Service) -> Option<Kind> {
    match service {
        Service::Reactive | Service::Advisory => Some(Kind::Case),
        Service::Proactive | Service::ProactiveCredits | Service::Dse => Some(Kind::Engagement),
        Service::Education | Service::Assessment | Service::Contacts | Service::Other => None,
    }
}

fn delivery<'a>(
    entry: &Entry<'a>,
    workspace: &'a str,
    named: &Named<'a>,
    other_case_reason: &'static str,
) -> Result<Delivery<'a>> {
    let note = if entry.is_derived { "" } else { text(entry.note)? };
    Ok(Delivery {
        id: entry.id,
        workspace,
        delivered_on: entry.day,
        reference: text(entry.reference)?,
        title: if named.title.is_empty() { note } else { named.title },
        quantity: entry.quantity,
        contact: named.contact,
        severity: named.severity,
        state: named.state,
        kind: if entry.is_correction {
            EntryKind::Correction
        } else {
            EntryKind::Use
        },
        other_case_reason,
    })
}

pub(super) fn text(bytes: &[u8]) -> Result<&str> {
    std::str::from_utf8(bytes).map_err(|error| {
        codes::STORE_DAMAGED
            .error("a text in the ledger is not UTF-8")
            .because(error)
    })
}

fn out_of_step() -> crate::error::Error {
    codes::STORE_FAILED.error("the sorted deliveries do not fit the entitlements")
}

/// Tells the other parts of the report: what was there on the day.
pub(super) fn annexes<P: Permission>(at: &Reading<'_, P>, scope: &Scope, sink: &mut impl Sink) -> Result<()> {
    let day = at.context().day_in(&Zone::utc());
    at.each_contact(scope, |row| match row.since <= day {
        true => sink.annex(Annex::Contact(row)),
        false => Ok(()),
    })?;
    at.each_learning(scope, |row| match row.as_of(day) {
        Some(row) => sink.annex(Annex::Learning(row)),
        None => Ok(()),
    })?;
    at.each_assessment(scope, |row| match row.set_up_on <= day {
        true => sink.annex(Annex::Assessment(row)),
        false => Ok(()),
    })?;
    let cases = Cases::of(at)?;
    at.each_case(scope, |line| match cases.reason_at_home(&line.case) {
        Some(reason) if line.case.opened_at.day_in(&Zone::utc()) <= day => {
            sink.annex(Annex::OtherCase(line, reason))
        }
        _ => Ok(()),
    })
}
