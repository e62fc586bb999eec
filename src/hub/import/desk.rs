//! Where rows are judged and put into the store.

use super::beside::Beside;
use super::crowd::Crowd;
use super::kind::Kind;
use super::kinds::Tenants;
use super::report::{Fault, RowResult, Stop, Tally, Verdict};
use super::row::{Row, cell_fault, rule_fault};
use super::run::WasRead;
use super::source::Source;
use crate::domain::Day;
use crate::domain::near::nearest;
use crate::error::{Result, codes};
use crate::hub::Writing;
use crate::hub::entries::EntryRun;
use crate::policy::Permission;
use crate::policy::needs::Import;
use crate::store::Read;
use crate::store::sqlite::{
    CaseFacts, Cell, ContractFacts, DelegationFacts, Difference, EntitlementFacts, PackageFacts,
    PartnerFacts, ScheduleFacts, Standing, SubscriptionFacts, Table, Value, WorkspaceFacts,
};
use serde_json::{Map, Value as Json};
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

/// For so many unknown names the nearest known ones are looked for; each costs a look at all of them.
const NEAR_LOOKUPS: usize = 50;
/// So many refused ids are remembered, to say so when a later row names one.
const REFUSED_KEPT: usize = 10_000;

/// What came of a row that has no fault.
#[derive(Debug, Clone)]
pub(super) struct Judged {
    pub verdict: Verdict,
    pub reason: String,
}

impl Judged {
    pub fn new(verdict: Verdict, reason: impl Into<String>) -> Self {
        Self {
            verdict,
            reason: reason.into(),
        }
    }

    pub fn unchanged() -> Self {
        Self::new(Verdict::Unchanged, "")
    }

    /// Adds what else was done; a row that did something is not unchanged.
    pub fn and(self, more: Option<String>) -> Self {
        let Some(more) = more else { return self };
        let verdict = match self.verdict {
            Verdict::Unchanged => Verdict::Changed,
            other => other,
        };
        let reason = [self.reason, more].into_iter().filter(|part| !part.is_empty());
        Self {
            verdict,
            reason: reason.collect::<Vec<_>>().join("; "),
        }
    }
}

/// Which rows of a kind get an audit record of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Record {
    /// All that changed something.
    Each,
    /// Changed ones; new ones are counted in the record of their file.
    Changes,
}

/// Reads a whole file at once, if that is worth it.
pub(super) type Load<P> = fn(&mut Desk<'_, '_, '_, P>, &Source) -> Result<Option<WasRead>>;

/// Judges a row whose cells are right by themselves.
pub(super) type Judge<P> = fn(&mut Desk<'_, '_, '_, P>, &Row<'_>) -> Result<Judged, Stop>;

/// Who judges the rows: a folder's import has a rule for every kind, a file of people has that of people.
pub(super) struct Clerk<P: Permission> {
    pub judge: Judge<P>,
    pub load: Option<Load<P>>,
}

/// The state of one import.
pub(super) struct Desk<'d, 's, 'o, P: Permission = Import> {
    pub at: &'d mut Writing<'s, P>,
    pub clerk: Clerk<P>,
    pub tally: Tally<'o>,
    pub run: EntryRun,
    pub keep_going: bool,
    /// Contracts whose people were named.
    pub welcomed: BTreeSet<i64>,
    /// The people of the workspaces that rows name.
    pub crowd: Crowd,
    /// What rows of customers' people have in common.
    pub tenants: Tenants,
    /// What lies beside the file in hand; none for standard input.
    pub beside: Option<Beside>,
    /// How often rows have told of the same event.
    told_events: HashMap<[u8; 32], i64>,
    today: HashMap<String, Day>,
    refused: HashSet<(Kind, String)>,
    near_left: usize,
}

impl<P: Permission> std::fmt::Debug for Desk<'_, '_, '_, P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.tally.fmt(f)
    }
}

impl<'d, 's, 'o, P: Permission> Desk<'d, 's, 'o, P> {
    pub fn new(at: &'d mut Writing<'s, P>, clerk: Clerk<P>, tally: Tally<'o>, keep_going: bool) -> Self {
        Self {
            at,
            clerk,
            tally,
            run: EntryRun::default(),
            keep_going,
            welcomed: BTreeSet::new(),
            crowd: Crowd::default(),
            tenants: Tenants::default(),
            beside: None,
            told_events: HashMap::new(),
            today: HashMap::new(),
            refused: HashSet::new(),
            near_left: NEAR_LOOKUPS,
        }
    }

    pub fn reading(&self) -> Read<'_> {
        self.at.reading()
    }

    /// How often rows have told of an event by now, with this one.
    pub fn nth(&mut self, event: [u8; 32]) -> i64 {
        let told = self.told_events.entry(event).or_default();
        *told += 1;
        *told
    }

    /// Today in a zone (T-1).
    pub fn today(&mut self, zone: &str) -> Result<Day> {
        if let Some(day) = self.today.get(zone) {
            return Ok(*day);
        }
        let day = self.at.context().day_at(zone)?;
        self.today.insert(zone.to_owned(), day);
        Ok(day)
    }

    /// Judges a row and tells what came of it.
    pub fn take(&mut self, row: &Row<'_>) -> Result<()> {
        if row.kind == Kind::People {
            return super::crowd::take(self, row);
        }
        let faults = row.check();
        let judged = if faults.is_empty() {
            self.judge(row)
        } else {
            return faults.into_iter().try_for_each(|fault| self.refuse(row, fault));
        };
        match judged {
            Ok(judged) => self.tell(row, judged),
            Err(Stop::Fault(fault)) => self.refuse(row, fault),
            Err(Stop::Hard(error)) => Err(error),
        }
    }

    /// A row that is refused halfway leaves nothing behind when the others are kept.
    pub fn judge(&mut self, row: &Row<'_>) -> Result<Judged, Stop> {
        if !self.keep_going {
            return (self.clerk.judge)(self, row);
        }
        let run = self.run.clone();
        self.at.mark()?;
        let judged = (self.clerk.judge)(self, row);
        if judged.is_ok() {
            self.at.keep_mark()?;
        } else {
            self.at.undo_mark()?;
            self.run = run;
        }
        judged
    }

    pub fn tell(&mut self, row: &Row<'_>, judged: Judged) -> Result<()> {
        let quiet = judged.verdict == Verdict::Unchanged || !self.tally.has_room();
        if quiet && !self.tally.is_detailed() {
            self.tally.bulk(row.kind, judged.verdict, 1);
            return Ok(());
        }
        self.tally.row(RowResult {
            file: row.file.to_owned(),
            line: row.line,
            kind: row.kind,
            outcome: judged.verdict,
            key: key(row),
            column: None,
            reason: judged.reason,
            fix: String::new(),
            code: None,
        })
    }

    pub fn refuse(&mut self, row: &Row<'_>, fault: Fault) -> Result<()> {
        if self.refused.len() < REFUSED_KEPT {
            self.refused.insert((row.kind, key(row)));
        }
        self.tally.row(RowResult {
            file: row.file.to_owned(),
            line: row.line,
            kind: row.kind,
            outcome: Verdict::Refused,
            key: key(row),
            column: fault.column.map(Cow::Borrowed),
            reason: fault.what,
            fix: fault.fix,
            code: Some(fault.code.into()),
        })
    }

    /// Whether the row of this id was refused.
    pub fn was_refused(&self, kind: Kind, id: &str) -> bool {
        self.refused.contains(&(kind, id.to_owned()))
    }

    /// What a cell refers to; a fault with the nearest ids when there is no such thing (K-9).
    pub fn known<T: Known>(&mut self, row: &Row<'_>, column: &'static str) -> Result<T, Stop> {
        let text = row.text(column);
        match T::find(self.reading(), text)? {
            Some(found) => Ok(found),
            None => Err(self.unknown(column, T::KIND, T::TABLE, text)?.into()),
        }
    }

    /// The same for a cell that may be empty.
    pub fn known_if_named<T: Known>(
        &mut self,
        row: &Row<'_>,
        column: &'static str,
    ) -> Result<Option<T>, Stop> {
        row.opt(column).map(|_| self.known(row, column)).transpose()
    }

    fn unknown(&mut self, column: &'static str, kind: Kind, table: Table, text: &str) -> Result<Fault> {
        let what = format!("there is no {} \"{text}\"", table.word());
        let fault = |fix: String| Fault {
            code: codes::NOT_FOUND.id,
            ..cell_fault(column, what.clone(), fix)
        };
        if self.refused.contains(&(kind, text.to_owned())) {
            return Ok(fault(format!(
                "its own row in {kind} was refused; mend that first"
            )));
        }
        let near = if self.may_look_near() {
            let codes = self.reading().codes(table)?;
            nearest(text, codes.iter().map(String::as_str))
        } else {
            Vec::new()
        };
        Ok(fault(if near.is_empty() {
            format!("correct the id, or import its row in {kind} first")
        } else {
            format!("did you mean {}?", near.join(", "))
        }))
    }

    /// Whether names that come near may be looked for once more.
    pub fn may_look_near(&mut self) -> bool {
        let may = self.near_left > 0;
        self.near_left -= usize::from(may);
        may
    }

    /// Puts a row in or changes it, and records that. `subject` names it in the audit trail.
    pub fn put(
        &mut self,
        table: Table,
        id: Option<i64>,
        cells: &[Cell],
        (subject, record): (&str, Record),
    ) -> Result<(i64, Judged), Stop> {
        match self.reading().standing(table, id, cells)? {
            Standing::New => {
                let id = self.at.put_new(table, cells)?;
                if record == Record::Each {
                    let after = self.json(cells.iter().map(|cell| (cell.name, &cell.value)))?;
                    self.at.record(subject, None, Some(&after))?;
                }
                Ok((id, Judged::new(Verdict::Created, "new")))
            }
            Standing::There(id, differences) if differences.is_empty() => Ok((id, Judged::unchanged())),
            Standing::There(id, differences) => {
                self.may_change(&differences)?;
                self.at.put_changed(table, id, cells)?;
                let before = self.json(differences.iter().map(|d| (d.name, &d.before)))?;
                let after = self.json(differences.iter().map(|d| (d.name, &d.after)))?;
                self.at.record(subject, Some(&before), Some(&after))?;
                Ok((id, Judged::new(Verdict::Changed, self.told(&differences)?)))
            }
        }
    }

    fn may_change(&self, differences: &[Difference]) -> Result<(), Stop> {
        let Some(fixed) = differences.iter().find(|difference| difference.fixed) else {
            return Ok(());
        };
        let (before, after) = (self.shown(&fixed.before)?, self.shown(&fixed.after)?);
        let what = format!("it belongs to {before} and cannot move to {after}");
        Err(rule_fault(
            fixed.name,
            what,
            format!("write {before}, or give the row an id of its own"),
        ))
    }

    fn told(&self, differences: &[Difference]) -> Result<String> {
        let parts = differences.iter().map(|d| {
            Ok(format!(
                "{}: {} → {}",
                d.name,
                self.shown(&d.before)?,
                self.shown(&d.after)?
            ))
        });
        Ok(parts.collect::<Result<Vec<_>>>()?.join("; "))
    }

    fn shown(&self, value: &Value) -> Result<String> {
        Ok(self.reading().shown(value)?.unwrap_or_else(|| "none".to_owned()))
    }

    fn json<'v>(&self, values: impl Iterator<Item = (&'static str, &'v Value)>) -> Result<Json> {
        let mut map = Map::new();
        for (name, value) in values {
            let text = self.reading().shown(value)?;
            map.insert(name.to_owned(), text.map_or(Json::Null, Json::String));
        }
        Ok(Json::Object(map))
    }

    /// Refuses a value that another row has and that must be its own.
    pub fn only_here(
        &mut self,
        column: &'static str,
        table: Table,
        id: Option<i64>,
        keys: &[(&'static str, Value)],
    ) -> Result<(), Stop> {
        let other = self.reading().key_where(table, keys)?;
        match other.filter(|other| Some(*other) != id) {
            None => Ok(()),
            Some(other) => {
                let code = self.reading().code_of(table, other)?;
                let what = format!("{} {code} has the same {column}", table.word());
                Err(rule_fault(column, what, "write another one; it must be its own"))
            }
        }
    }
}

/// What a row is about, in words.
pub(super) fn key(row: &Row<'_>) -> String {
    let parts: &[&str] = match row.kind {
        Kind::Attachments => &["workspace", "contract", "package"],
        Kind::Contacts => &["contract", "account", "role", "workspace"],
        Kind::Holidays => &["calendar", "day"],
        Kind::Targets => &["plan", "severity", "kind", "language"],
        Kind::Administrators => &["customer", "account"],
        Kind::People => &["workspace", "account"],
        Kind::CustomerPeople | Kind::Licenses => &["customer", "account"],
        Kind::SecurityGroups => &["partner", "group"],
        Kind::PartnerPeople => &["partner", "account"],
        Kind::Relationships => &["partner", "customer"],
        Kind::Agreements => &["customer", "template"],
        Kind::DelegationRoles => &["delegation", "role", "group"],
        Kind::SubscriptionRoles => &["subscription", "role", "account", "group", "partner"],
        Kind::Shares => &["case", "account", "group"],
        Kind::Events => &["case", "at", "kind"],
        Kind::Files => &["case", "name"],
        Kind::Updates => &["issue", "at"],
        Kind::Deliveries => &["source", "source_key"],
        _ => &[row.kind.layout().fields[0].name],
    };
    let texts: Vec<&str> = parts
        .iter()
        .map(|part| row.text(part))
        .filter(|text| !text.is_empty())
        .collect();
    texts.join("/")
}

/// What cells can refer to.
pub(super) trait Known: Sized {
    const KIND: Kind;
    const TABLE: Table;
    fn find(read: Read<'_>, code: &str) -> Result<Option<Self>>;
}

macro_rules! known {
    ($($facts:ty: $kind:ident, $table:ident, $find:ident);+ $(;)?) => {$(
        impl Known for $facts {
            const KIND: Kind = Kind::$kind;
            const TABLE: Table = Table::$table;
            fn find(read: Read<'_>, code: &str) -> Result<Option<Self>> {
                read.$find(code)
            }
        }
    )+};
}

known! {
    ContractFacts: Contracts, Contract, contract_facts;
    ScheduleFacts: Schedules, Schedule, schedule_facts;
    PackageFacts: Packages, Package, package_facts;
    EntitlementFacts: Entitlements, Entitlement, entitlement_facts;
    WorkspaceFacts: Workspaces, Workspace, workspace_facts;
    PartnerFacts: Partners, Partner, partner_facts;
    DelegationFacts: Delegations, Delegation, delegation_facts;
    SubscriptionFacts: Subscriptions, Subscription, subscription_facts;
}

/// A case with what says who may see it.
impl Known for CaseFacts {
    const KIND: Kind = Kind::Cases;
    const TABLE: Table = Table::Case;
    fn find(read: Read<'_>, number: &str) -> Result<Option<Self>> {
        read.case_facts(number)
    }
}

/// The key of a reservation.
pub(super) struct ReservationKey(pub i64);

impl Known for ReservationKey {
    const KIND: Kind = Kind::Reservations;
    const TABLE: Table = Table::Reservation;
    fn find(read: Read<'_>, code: &str) -> Result<Option<Self>> {
        Ok(read.key_of(Table::Reservation, code)?.map(Self))
    }
}

/// The key of a product.
pub(super) struct ProductKey(pub i64);

impl Known for ProductKey {
    const KIND: Kind = Kind::Products;
    const TABLE: Table = Table::Product;
    fn find(read: Read<'_>, name: &str) -> Result<Option<Self>> {
        Ok(read.key_of(Table::Product, name)?.map(Self))
    }
}

/// The key of a known issue.
pub(super) struct IssueKey(pub i64);

impl Known for IssueKey {
    const KIND: Kind = Kind::Health;
    const TABLE: Table = Table::Health;
    fn find(read: Read<'_>, code: &str) -> Result<Option<Self>> {
        Ok(read.key_of(Table::Health, code)?.map(Self))
    }
}

/// The key of a calendar.
pub(super) struct CalendarKey(pub i64);

impl Known for CalendarKey {
    const KIND: Kind = Kind::Calendars;
    const TABLE: Table = Table::Calendar;
    fn find(read: Read<'_>, name: &str) -> Result<Option<Self>> {
        Ok(read.key_of(Table::Calendar, name)?.map(Self))
    }
}

/// The key of a version of the agreement.
pub(super) struct TemplateKey(pub i64);

impl Known for TemplateKey {
    const KIND: Kind = Kind::AgreementTemplates;
    const TABLE: Table = Table::AgreementTemplate;
    fn find(read: Read<'_>, code: &str) -> Result<Option<Self>> {
        Ok(read.key_of(Table::AgreementTemplate, code)?.map(Self))
    }
}

/// The key of a customer.
pub(super) struct CustomerKey(pub i64);

impl Known for CustomerKey {
    const KIND: Kind = Kind::Customers;
    const TABLE: Table = Table::Customer;
    fn find(read: Read<'_>, code: &str) -> Result<Option<Self>> {
        Ok(read.key_of(Table::Customer, code)?.map(Self))
    }
}
