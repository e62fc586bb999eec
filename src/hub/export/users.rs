//! Who holds what, for reviews: every membership, global administrator and provider role.

use super::form::{self, Form, Report};
use super::{Made, RowSink, Selection};
use crate::domain::Zone;
use crate::error::Result;
use crate::hub::{Export, Outlet, Query, Reading, Route};
use crate::output::{About, Column, Value, col};
use crate::policy::needs::ListPeople;
use crate::store::export::HolderLine;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;

/// Name and version of the rows.
pub const SCHEMA: &str = "export.users/1";
/// The columns.
pub const COLUMNS: &[Column] = &[
    col("customer"),
    col("workspace"),
    col("contract"),
    col("account"),
    col("name"),
    col("account_kind"),
    col("status"),
    col("roles"),
    col("via_groups"),
    col("groups"),
    col("support_contact"),
    col("service_admin"),
    col("language"),
    col("label"),
    col("invited_at"),
    col("expires_at"),
    col("registered_at"),
    col("partner"),
];

/// Lists who holds what: by customer the provider's people and the global administrators, then the members by
/// workspace and account, and at last the people of partners. People who were removed hold nothing and are left out.
#[derive(Debug)]
pub struct Users<S> {
    /// What it covers.
    pub selection: Selection,
    /// Where it goes.
    pub sink: RefCell<S>,
}

impl<S: RowSink> Query for Users<S> {
    const NAME: &'static str = "export.users";
    const ROUTE: Route = Route::get("/exports/users");
    type Needs = ListPeople;
    type Answer = Made;

    fn answer(&self, at: &Reading<'_, ListPeople>) -> Result<Made> {
        let audit_head = at.audit_head()?;
        let scope = self.selection.resolve(at)?;
        let sink = &mut *self.sink.borrow_mut();
        let mut rows = 0;
        at.each_holder(&scope, at.context().now, |line| {
            rows += 1;
            sink.row(&values(&line))
        })?;
        Ok(Made {
            rows,
            as_of: at.context().day_in(&Zone::utc()),
            audit_head,
        })
    }
}

/// The same as a report.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct UsersFile {
    /// What it covers.
    #[serde(flatten)]
    pub selection: Selection,
    /// How it is written.
    #[serde(flatten)]
    pub form: Form,
}

impl Export for UsersFile {
    const NAME: &'static str = Users::<crate::output::Rows>::NAME;
    const ROUTE: Route = Users::<crate::output::Rows>::ROUTE;
    type Needs = ListPeople;
    type Answer = Report;

    fn write(&self, at: &Reading<'_, ListPeople>, to: &mut dyn Outlet) -> Result<Report> {
        let about = About {
            schema: SCHEMA,
            title: "Users",
            columns: COLUMNS,
        };
        form::listing(at, to, (&about, self.form), |sink| {
            let selection = self.selection.clone();
            Users { selection, sink }.answer(at)
        })
    }
}

fn values(line: &HolderLine) -> [Value<'_>; COLUMNS.len()] {
    // The flags are a member's; of the others there is nothing to say.
    let flag = |yes: bool| match line.workspace {
        Some(_) => Value::Text(if yes { "yes" } else { "no" }),
        None => Value::Empty,
    };
    [
        (&line.customer).into(),
        (&line.workspace).into(),
        (&line.contract).into(),
        (&line.account).into(),
        (&line.name).into(),
        line.account_kind.map_or(Value::Empty, |kind| kind.word().into()),
        line.status.map_or(Value::Empty, |status| status.word().into()),
        Value::Words(&line.roles),
        Value::Words(&line.via_groups),
        Value::Words(&line.groups),
        flag(line.support_contact),
        flag(line.service_admin),
        (&line.language).into(),
        (&line.label).into(),
        line.invited_at.map_or(Value::Empty, Value::Instant),
        line.expires_at.map_or(Value::Empty, Value::Instant),
        line.registered_at.map_or(Value::Empty, Value::Instant),
        (&line.partner).into(),
    ]
}
