//! A line of the report (K-13).

use crate::domain::Day;
use crate::domain::contract::{PackageStatus, package_status};
use crate::domain::entitlement::{Flag, Usage};
use crate::domain::{Quantity, ledger::EntryKind};
use crate::output::{Column, Value, col};
use crate::store::export::LineRow;

/// How many columns are the same for all deliveries of an entitlement; they come first.
pub const FIXED: usize = 19;

/// The place of the workspace, the one column among those that differs by delivery.
pub const WORKSPACE: usize = 5;

/// The columns, in the order of K-13.
pub const COLUMNS: &[Column] = &[
    col("customer"),
    col("contract"),
    col("contract_kind"),
    col("contract_start"),
    col("contract_end"),
    col("workspace"),
    col("package"),
    col("package_name"),
    col("package_kind"),
    col("package_status"),
    col("package_end"),
    col("entitlement"),
    col("service"),
    col("category"),
    col("unit"),
    col("allowance"),
    col("consumed"),
    col("remaining"),
    col("percent_used"),
    col("delivered_on"),
    col("reference"),
    col("title"),
    col("quantity"),
    col("contact"),
    col("severity"),
    col("state"),
    col("entry_kind"),
    col("other_case_reason"),
];

/// The columns of `--summary`: the same up to the figures, then the number of deliveries and what deserves
/// a second look (E-7).
pub const SUMMARY_COLUMNS: &[Column] = &{
    let mut columns = [col("deliveries"); FIXED + 2];
    let mut at = 0;
    while at < FIXED {
        columns[at] = COLUMNS[at];
        at += 1;
    }
    columns[FIXED + 1] = col("flags");
    columns
};

/// An entitlement as of a day, with what its ledger adds up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The entitlement and all that hangs above it.
    pub row: LineRow,
    /// The day asked about, in the contract's zone (T-1).
    pub as_of: Day,
    /// Whether the package may be used on that day (C-4).
    pub package_status: PackageStatus,
    /// From all entries up to that day, whichever workspace's they are (E-5).
    pub usage: Usage,
    /// What deserves a second look (E-7), as words.
    pub flags: Vec<String>,
    /// How many deliveries the report shows for it.
    pub deliveries: u64,
    /// Names of the workspaces that its package is attached to, joined with "; ".
    pub workspaces: String,
}

impl Line {
    pub(super) fn new(row: LineRow, as_of: Day, consumed: Quantity, deliveries: u64) -> Self {
        let usage = if row.partial {
            Usage::seen_in_part(consumed)
        } else {
            Usage::of(row.allowance, consumed)
        };
        let flags = usage.flags(row.package_term.end, as_of);
        Self {
            package_status: package_status(&row.package_term, row.deactivated_on, as_of),
            flags: flags.iter().map(|flag: &Flag| flag.word().to_owned()).collect(),
            as_of,
            usage,
            deliveries,
            workspaces: String::new(),
            row,
        }
    }

    /// The first [`FIXED`] values, with the workspace given.
    pub fn values<'a>(&'a self, workspace: &'a str) -> [Value<'a>; FIXED] {
        let row = &self.row;
        let allowance = row.allowance;
        [
            (&row.customer).into(),
            (&row.contract).into(),
            row.contract_kind.word().into(),
            row.contract_term.start.into(),
            row.contract_term.end.into(),
            Value::text(workspace),
            (&row.package).into(),
            (&row.package_name).into(),
            row.package_kind.word().into(),
            self.package_status.word().into(),
            row.package_term.end.into(),
            (&row.entitlement).into(),
            row.service.word().into(),
            row.category.word().into(),
            allowance.unit().map_or(Value::Empty, |unit| unit.word().into()),
            allowance
                .quantity()
                .map_or_else(|| allowance.kind().word().into(), Value::Quantity),
            self.usage.consumed.into(),
            self.usage.remaining.map_or(Value::Empty, Value::Quantity),
            self.usage.percent_used.map_or(Value::Empty, Value::Percent),
        ]
    }

    /// The values of `--summary`.
    pub fn summary(&self) -> Vec<Value<'_>> {
        let mut values = self.values(&self.workspaces).to_vec();
        values.push(Value::Number(i64::try_from(self.deliveries).unwrap_or(i64::MAX)));
        values.push(Value::Words(&self.flags));
        values
    }
}

/// One recorded use of an entitlement, or the correction of one, with what its reference names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delivery<'a> {
    /// Key of the ledger entry.
    pub id: i64,
    /// Name of the workspace whose use it is.
    pub workspace: &'a str,
    /// Day of delivery.
    pub delivered_on: Day,
    /// Case number, engagement id, or the key of the row that consumed by itself; empty when there is none.
    pub reference: &'a str,
    /// Title of what the reference names, else the ledger's note.
    pub title: &'a str,
    /// How much.
    pub quantity: Quantity,
    /// Contact of what the reference names; empty when unknown.
    pub contact: &'a str,
    /// Severity of the case; empty for anything else.
    pub severity: &'a str,
    /// State of the case or status of the engagement; empty for anything else.
    pub state: &'a str,
    /// Use or correction.
    pub kind: EntryKind,
    /// Why the case is listed under other cases, if it is (O-5); else empty.
    pub other_case_reason: &'a str,
}

impl<'a> Delivery<'a> {
    /// The values after the first [`FIXED`].
    pub fn values(&self) -> [Value<'a>; COLUMNS.len() - FIXED] {
        [
            self.delivered_on.into(),
            Value::text(self.reference),
            Value::text(self.title),
            self.quantity.into(),
            Value::text(self.contact),
            Value::text(self.severity),
            Value::text(self.state),
            self.kind.word().into(),
            Value::text(self.other_case_reason),
        ]
    }
}
