//! Everything as an import folder, so that another store can be filled with it: import(export(x)) = x.

use crate::domain::{Day, Instant, Quantity, Zone};
use crate::error::{Result, codes};
use crate::hub::import::{Kind, Type, hex};
use crate::hub::{Export, Outlet, Reading, Route};
use crate::output::{Column, Dialect, Encoder, Text, Value, col};
use crate::policy::needs::MaintainStore;
use crate::store::export::{Cells, Sheet};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Writes one CSV file for each kind of row.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Folder {}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    /// Rows by kind, in the order in which an import applies them.
    pub rows: Vec<(Kind, u64)>,
    /// Corrections that a folder cannot hold: they reverse by hand what the importer makes by itself.
    pub left_out: i64,
}

impl Export for Folder {
    const NAME: &'static str = "export.folder";
    const ROUTE: Route = Route::get("/exports/folder");
    type Needs = MaintainStore;
    type Answer = Counts;

    fn write(&self, at: &Reading<'_, MaintainStore>, to: &mut dyn Outlet) -> Result<Counts> {
        let mut rows = Vec::new();
        for &kind in Kind::ALL {
            rows.push((kind, write(at, kind, to)?));
        }
        write_files(at, to)?;
        Ok(Counts {
            rows,
            left_out: at.corrections_of_derived()?,
        })
    }
}

/// The bytes of attachments, each once, under its SHA-256.
fn write_files(at: &Reading<'_, MaintainStore>, to: &mut dyn Outlet) -> Result<()> {
    for (id, sha256) in at.distinct_files()? {
        let mut drain = to.open(Some(&format!("files/{}", hex(&sha256))))?;
        drain.block().extend_from_slice(&at.file_content(id)?);
        drain.finish()?;
    }
    Ok(())
}

fn write(at: &Reading<'_, MaintainStore>, kind: Kind, to: &mut dyn Outlet) -> Result<u64> {
    let fields = kind.layout().fields;
    let columns: Vec<Column> = fields.iter().map(|field| col(field.name)).collect();
    let mut drain = to.open(Some(&kind.file_name()))?;
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
        Type::Count | Type::Amount => number()?.map(|number| Ok(Value::Number(number))),
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
        Kind::AgreementTemplates => Sheet::AgreementTemplates,
        Kind::Agreements => Sheet::Agreements,
        Kind::Delegations => Sheet::Delegations,
        Kind::DelegationRoles => Sheet::DelegationRoles,
        Kind::Products => Sheet::Products,
        Kind::Subscriptions => Sheet::Subscriptions,
        Kind::SubscriptionRoles => Sheet::SubscriptionRoles,
        Kind::Transfers => Sheet::Transfers,
        Kind::Reservations => Sheet::Reservations,
        Kind::ReservationReturns => Sheet::ReservationReturns,
        Kind::CustomerPeople => Sheet::CustomerPeople,
        Kind::Licenses => Sheet::Licenses,
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
