//! Everything as an import folder, so that another store can be filled with it: import(export(x)) = x.

use crate::domain::{Day, Instant, Quantity, Zone};
use crate::error::{AtPath, Result, codes};
use crate::hub::import::{Kind, Type, hex};
use crate::hub::{Query, Reading};
use crate::output::{Column, Dialect, Drain, Encoder, Text, Value, col, write_file};
use crate::policy::needs::MaintainStore;
use crate::store::export::{Cells, Sheet};
use std::path::PathBuf;

/// Writes one CSV file for each kind of row.
#[derive(Debug)]
pub struct Folder {
    /// Where to, a folder that is there.
    pub folder: PathBuf,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// Rows by kind, in the order in which an import applies them.
    pub rows: Vec<(Kind, u64)>,
    /// Corrections that a folder cannot hold: they reverse by hand what the importer makes by itself.
    pub left_out: i64,
}

impl Query for Folder {
    const NAME: &'static str = "export.folder";
    type Needs = MaintainStore;
    type Answer = Counts;

    fn answer(&self, at: &Reading<'_, MaintainStore>) -> Result<Counts> {
        let mut rows = Vec::new();
        for &kind in Kind::ALL {
            rows.push((kind, self.write(at, kind)?));
        }
        self.write_files(at)?;
        Ok(Counts {
            rows,
            left_out: at.corrections_of_derived()?,
        })
    }
}

impl Folder {
    /// The bytes of attachments, each once, under its SHA-256.
    fn write_files(&self, at: &Reading<'_, MaintainStore>) -> Result<()> {
        let folder = self.folder.join("files");
        for (id, sha256) in at.distinct_files()? {
            std::fs::create_dir_all(&folder).at(&folder)?;
            write_file(&folder.join(hex(&sha256)), &at.file_content(id)?)?;
        }
        Ok(())
    }

    fn write(&self, at: &Reading<'_, MaintainStore>, kind: Kind) -> Result<u64> {
        let fields = kind.layout().fields;
        let columns: Vec<Column> = fields.iter().map(|field| col(field.name)).collect();
        let mut drain = Drain::file(&self.folder.join(kind.file_name()))?;
        let mut encoder = Encoder::new(Text::Csv(Dialect::Rfc4180), "", &columns);
        encoder.begin(drain.block());
        let mut rows = 0;
        let today = at.context().day_in(&Zone::utc());
        let told = at.each_row_of(sheet(kind), today, |cells| {
            rows += 1;
            for (place, field) in fields.iter().enumerate() {
                encoder.cell(drain.block(), place, value(cells, place, field.holds)?);
            }
            encoder.end_row(drain.block());
            drain.pass_on()
        });
        match told {
            Ok(()) => drain.finish().map(|_| rows),
            Err(failure) => Err(drain.abandon(failure)),
        }
    }
}

fn value<'a>(cells: &'a Cells<'_>, place: usize, holds: Type) -> Result<Value<'a>> {
    let number = || cells.number(place);
    let value = match holds {
        Type::Day => number()?.map(|number| {
            i32::try_from(number)
                .map(|number| Value::Day(Day::from_number(number)))
                .map_err(|_| codes::STORE_DAMAGED.error(format!("{number} is no day")))
        }),
        Type::Instant => number()?.map(|number| Ok(Value::Instant(Instant::from_seconds(number)))),
        Type::Quantity => number()?.map(|number| Ok(Value::Quantity(Quantity::from_hundredths(number)))),
        Type::Count => number()?.map(|number| Ok(Value::Number(number))),
        _ => cells.text(place)?.map(|text| Ok(Value::Text(text))),
    };
    value.unwrap_or(Ok(Value::Empty))
}

const fn sheet(kind: Kind) -> Sheet {
    match kind {
        Kind::Customers => Sheet::Customers,
        Kind::Contracts => Sheet::Contracts,
        Kind::Schedules => Sheet::Schedules,
        Kind::Packages => Sheet::Packages,
        Kind::Entitlements => Sheet::Entitlements,
        Kind::Workspaces => Sheet::Workspaces,
        Kind::Attachments => Sheet::Attachments,
        Kind::Contacts => Sheet::Contacts,
        Kind::Calendars => Sheet::Calendars,
        Kind::Holidays => Sheet::Holidays,
        Kind::Targets => Sheet::Targets,
        Kind::Administrators => Sheet::Administrators,
        Kind::Groups => Sheet::Groups,
        Kind::People => Sheet::People,
        Kind::Partners => Sheet::Partners,
        Kind::SecurityGroups => Sheet::SecurityGroups,
        Kind::PartnerPeople => Sheet::PartnerPeople,
        Kind::PartnerPlans => Sheet::PartnerPlans,
        Kind::Relationships => Sheet::Relationships,
        Kind::Delegations => Sheet::Delegations,
        Kind::DelegationRoles => Sheet::DelegationRoles,
        Kind::Products => Sheet::Products,
        Kind::Subscriptions => Sheet::Subscriptions,
        Kind::SubscriptionRoles => Sheet::SubscriptionRoles,
        Kind::Cases => Sheet::Cases,
        Kind::Shares => Sheet::Shares,
        Kind::Events => Sheet::Events,
        Kind::Files => Sheet::Files,
        Kind::Intake => Sheet::Intake,
        Kind::Engagements => Sheet::Engagements,
        Kind::Learning => Sheet::Learning,
        Kind::Assessments => Sheet::Assessments,
        Kind::Deliveries => Sheet::Deliveries,
        Kind::Health => Sheet::Health,
        Kind::Updates => Sheet::Updates,
    }
}
