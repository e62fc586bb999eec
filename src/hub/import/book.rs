//! What a bulk load knows of entitlements, workspaces and balances: enough to prove a delivery right without
//! asking the store for each row.

use super::bulk::{Batch, Entered};
use super::desk::Desk;
use super::kind::Kind;
use super::kinds::{DEFAULT_SOURCE, part_key};
use super::lines::Cells;
use crate::domain::entitlement::Service;
use crate::domain::ledger::{Purse, split_draw};
use crate::domain::{Day, Quantity};
use crate::error::Result;
use crate::output::refuse;
use crate::store::sqlite::{CompactEntry, EntitlementFacts};
use std::collections::{HashMap, HashSet};

/// An entitlement that may be used.
#[derive(Debug)]
struct Line {
    facts: EntitlementFacts,
    today: Day,
    /// Where its use belongs when a row does not say it.
    workspace: Option<i64>,
    used: Quantity,
}

/// What a load adds to a kept total.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sums {
    pub consumed: Quantity,
    pub entries: i64,
    pub last_day: Day,
}

/// The places of the columns in the file.
#[derive(Debug)]
struct Columns {
    key: Option<usize>,
    source: Option<usize>,
    entitlement: Option<usize>,
    workspace: Option<usize>,
    service: Option<usize>,
    day: Option<usize>,
    quantity: Option<usize>,
    reference: Option<usize>,
    note: Option<usize>,
    late: Option<usize>,
    corrects: Option<usize>,
    reason: Option<usize>,
    width: usize,
    has_mark: bool,
}

/// Everything needed to judge deliveries.
#[derive(Debug)]
pub(super) struct Book {
    columns: Columns,
    lines: Vec<Line>,
    by_code: HashMap<Box<str>, usize>,
    /// Workspaces by id: key and customer.
    workspaces: HashMap<Box<str>, (i64, i64)>,
    /// What a workspace may draw from, by service.
    purses: HashMap<(i64, Service), Vec<usize>>,
    undelivered: HashSet<String>,
    sources: HashMap<Box<str>, i64>,
    last_source: i64,
    /// Sources that the load has made.
    pub new_sources: Vec<(i64, String)>,
    /// By keys of entitlement and workspace.
    pub sums: HashMap<(i64, i64), Sums>,
}

impl Book {
    pub fn open(
        desk: &mut Desk<'_, '_, '_>,
        places: Vec<Option<usize>>,
        width: usize,
        has_mark: bool,
    ) -> Result<Self> {
        let facts = desk.reading().all_entitlement_facts()?;
        let workspaces = desk.reading().all_workspace_facts()?;
        let defaults: HashMap<i64, i64> = workspaces
            .iter()
            .filter(|w| w.is_default)
            .map(|w| (w.customer_id, w.id))
            .collect();
        let mut attached: HashMap<i64, Vec<i64>> = HashMap::new();
        for (workspace, package) in desk.reading().attachments()? {
            attached.entry(package).or_default().push(workspace);
        }
        let used: HashMap<i64, Quantity> = desk.reading().used_by_entitlement()?.into_iter().collect();
        let mut lines = Vec::with_capacity(facts.len());
        let mut purses: HashMap<(i64, Service), Vec<usize>> = HashMap::new();
        for facts in facts {
            let homes = attached.get(&facts.package_id).map_or(&[][..], Vec::as_slice);
            for workspace in homes.iter().filter(|_| facts.tracked) {
                purses
                    .entry((*workspace, facts.service))
                    .or_default()
                    .push(lines.len());
            }
            let workspace = match homes {
                [only] => Some(*only),
                _ => defaults.get(&facts.customer_id).copied(),
            };
            let used = used.get(&facts.id).copied().unwrap_or_default();
            lines.push(Line {
                today: desk.today(&facts.time_zone)?,
                workspace,
                used,
                facts,
            });
        }
        let sources = desk.reading().sources()?;
        Ok(Self {
            columns: Columns::of(&places, width, has_mark),
            by_code: lines
                .iter()
                .enumerate()
                .map(|(place, l)| (l.facts.code.as_str().into(), place))
                .collect(),
            lines,
            workspaces: workspaces
                .iter()
                .map(|w| (w.code.as_str().into(), (w.id, w.customer_id)))
                .collect(),
            purses,
            undelivered: desk.reading().undelivered_engagements()?.into_iter().collect(),
            last_source: sources.iter().map(|(id, _)| *id).max().unwrap_or(0),
            sources: sources.into_iter().map(|(id, name)| (name.into(), id)).collect(),
            new_sources: Vec::new(),
            sums: HashMap::new(),
        })
    }

    /// Judges a row and puts its entries into the batch. The rules are those of the row-by-row way; what
    /// does not plainly keep them is left to that.
    pub fn enter(&mut self, cells: &Cells, batch: &mut Batch) -> Entered {
        let Ok(text) = std::str::from_utf8(cells.bytes()) else {
            return Entered::Doubtful;
        };
        if cells.len() != self.columns.width {
            return Entered::Doubtful;
        }
        let has_mark = self.columns.has_mark;
        let get = |place: Option<usize>| {
            let text = place.map_or("", |place| &text[cells.range(place)]);
            if has_mark { refuse(text) } else { text }
        };
        if !get(self.columns.corrects).is_empty() {
            return Entered::Later;
        }
        self.enter_use(&get, cells.line, batch)
            .map_or(Entered::Doubtful, |()| Entered::Taken)
    }

    fn enter_use<'t>(
        &mut self,
        get: &impl Fn(Option<usize>) -> &'t str,
        line: u64,
        batch: &mut Batch,
    ) -> Option<()> {
        let key = Some(get(self.columns.key)).filter(|key| !key.is_empty())?;
        let day = day(get(self.columns.day))?;
        let quantity: Quantity = get(self.columns.quantity).parse().ok()?;
        let late = match get(self.columns.late) {
            "" | "no" => false,
            "yes" => true,
            _ => return None,
        };
        let reference = get(self.columns.reference);
        let refused = quantity <= Quantity::ZERO
            || !get(self.columns.reason).is_empty()
            || (!reference.is_empty() && self.undelivered.contains(reference));
        if refused {
            return None;
        }
        let service = get(self.columns.service);
        let service: Option<Service> = if service.is_empty() {
            None
        } else {
            Some(service.parse().ok()?)
        };
        let place = match get(self.columns.workspace) {
            "" => None,
            code => Some(*self.workspaces.get(code)?),
        };
        let source_id = self.source(get(self.columns.source));
        let first = batch.entries.len();
        match get(self.columns.entitlement) {
            "" => self
                .draw(place?.0, service?, day, quantity)?
                .iter()
                .enumerate()
                .for_each(|(part, entry)| {
                    let key = part_key(key, part);
                    let key = batch.keep(&key);
                    batch.entries.push(CompactEntry { key, ..*entry });
                }),
            code => {
                let mut entry = self.direct(code, place, service, day, quantity, late)?;
                entry.key = batch.keep(key);
                batch.entries.push(entry);
            }
        }
        let is_draw = get(self.columns.entitlement).is_empty();
        let keep = |batch: &mut Batch, text: &str| (!text.is_empty()).then(|| batch.keep(text));
        let reference = keep(batch, reference);
        let note = keep(batch, get(self.columns.note));
        let draw = is_draw.then(|| batch.keep(key));
        for place in first..batch.entries.len() {
            let entry = CompactEntry {
                source_id,
                reference,
                note,
                draw,
                ..batch.entries[place]
            };
            batch.entries[place] = entry;
            batch.lines.push((line, place > first));
            self.add(&entry);
        }
        Some(())
    }

    /// A delivery that names its entitlement.
    fn direct(
        &mut self,
        code: &str,
        place: Option<(i64, i64)>,
        service: Option<Service>,
        day: Day,
        quantity: Quantity,
        late: bool,
    ) -> Option<CompactEntry> {
        let line = &mut self.lines[*self.by_code.get(code)?];
        let facts = &line.facts;
        let is_inside = facts.term.contains(day);
        let fits = facts.tracked
            && service.is_none_or(|service| service == facts.service)
            && place.is_none_or(|(_, customer)| customer == facts.customer_id)
            && day <= line.today
            && (is_inside || late);
        if !fits {
            return None;
        }
        line.used += quantity;
        let workspace_id = place.map(|(id, _)| id).or(line.workspace)?;
        Some(CompactEntry {
            entitlement_id: facts.id,
            workspace_id,
            day,
            quantity,
            late: !is_inside,
            ..CompactEntry::default()
        })
    }

    /// A delivery that is drawn from what expires first (L-5).
    fn draw(
        &mut self,
        workspace_id: i64,
        service: Service,
        day: Day,
        quantity: Quantity,
    ) -> Option<Vec<CompactEntry>> {
        let places = self.purses.get(&(workspace_id, service))?;
        let in_force = places
            .iter()
            .map(|place| (*place, &self.lines[*place]))
            .filter(|(_, line)| {
                line.facts.term.contains(day) && line.facts.deactivated_on.is_none_or(|stop| day < stop)
            });
        let (mut purses, mut by_key) = (Vec::new(), HashMap::new());
        for (place, line) in in_force {
            if day > line.today {
                return None;
            }
            purses.push(Purse {
                entitlement_id: line.facts.id,
                expires: line.facts.term.end,
                remaining: line.facts.ceiling.map(|ceiling| ceiling - line.used),
            });
            by_key.insert(line.facts.id, place);
        }
        if purses.is_empty() {
            return None;
        }
        let parts = split_draw(&purses, quantity)
            .into_iter()
            .map(|(entitlement_id, quantity)| {
                if let Some(place) = by_key.get(&entitlement_id) {
                    self.lines[*place].used += quantity;
                }
                CompactEntry {
                    entitlement_id,
                    workspace_id,
                    day,
                    quantity,
                    ..CompactEntry::default()
                }
            });
        Some(parts.collect())
    }

    fn source(&mut self, name: &str) -> i64 {
        let name = if name.is_empty() { DEFAULT_SOURCE } else { name };
        if let Some(id) = self.sources.get(name) {
            return *id;
        }
        self.last_source += 1;
        self.sources.insert(name.into(), self.last_source);
        self.new_sources.push((self.last_source, name.to_owned()));
        self.last_source
    }

    fn add(&mut self, entry: &CompactEntry) {
        let key = (entry.entitlement_id, entry.workspace_id);
        let sum = self.sums.entry(key).or_insert(Sums {
            consumed: Quantity::ZERO,
            entries: 0,
            last_day: entry.day,
        });
        sum.consumed += entry.quantity;
        sum.entries += 1;
        sum.last_day = sum.last_day.max(entry.day);
    }
}

impl Columns {
    fn of(places: &[Option<usize>], width: usize, has_mark: bool) -> Self {
        let layout = Kind::Deliveries.layout();
        let place = |name: &str| layout.place(name).and_then(|place| places[place]);
        Self {
            key: place("source_key"),
            source: place("source"),
            entitlement: place("entitlement"),
            workspace: place("workspace"),
            service: place("service"),
            day: place("delivered_on"),
            quantity: place("quantity"),
            reference: place("reference"),
            note: place("note"),
            late: place("late"),
            corrects: place("corrects"),
            reason: place("reason"),
            width,
            has_mark,
        }
    }
}

/// A day from its digits, without the calendar library's cost; the same days as [`Day`]'s own parsing.
fn day(text: &str) -> Option<Day> {
    let bytes: &[u8; 10] = text.as_bytes().try_into().ok()?;
    if bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_i32, |n, b| {
            b.is_ascii_digit().then(|| n * 10 + i32::from(b - b'0'))
        })
    };
    let (year, month, date) = (number(&bytes[..4])?, number(&bytes[5..7])?, number(&bytes[8..])?);
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=length).contains(&date) {
        return None;
    }
    // Years that begin in March put the leap day last; 719,468 days lie between 0000-03-01 and 1970-01-01.
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + date - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(Day::from_number(era * 146_097 + day_of_era - 719_468))
}

#[cfg(test)]
mod tests {
    use super::day;
    use crate::domain::Day;
    use proptest::prelude::*;

    proptest! {
        /// Rules: T-1
        #[test]
        fn the_quick_way_reads_the_same_days(year in 0..=9999_u32, month in 0..=13_u32, date in 0..=32_u32) {
            let text = format!("{year:04}-{month:02}-{date:02}");
            prop_assert_eq!(day(&text), text.parse::<Day>().ok());
        }
    }
}
