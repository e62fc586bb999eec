//! What the importer writes and looks up. Every look-up goes by a unique index, so that its cost follows the
//! rows of the file and not those of the store.

use super::{Read, Write};
use crate::domain::{Day, Instant, Quantity};
use crate::error::Result;
use crate::store::engine::{self, OptionalExtension, params_from_iter};
use rusqlite::ToSql;
use rusqlite::types::{ToSqlOutput, Value as Stored};

/// A table that rows are put into, with the column that people know its rows by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Table {
    Customer,
    Contract,
    Schedule,
    Package,
    Entitlement,
    Workspace,
    Contact,
    Calendar,
    Holiday,
    Target,
    Administrator,
    Group,
    Case,
    Engagement,
    Learning,
    Assessment,
    Health,
    Partner,
    PartnerPerson,
    PartnerPlan,
    Relationship,
    AgreementTemplate,
    Agreement,
    SecurityGroup,
    Delegation,
    DelegationRole,
    Product,
    Subscription,
    SubscriptionRole,
    Reservation,
    ReservationReturn,
    Transfer,
    TransferItem,
    Intake,
}

impl Table {
    /// Its name and the column that holds the id people use.
    pub(crate) const fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::Customer => ("customer", "code"),
            Self::Contract => ("contract", "number"),
            Self::Schedule => ("schedule", "code"),
            Self::Package => ("package", "code"),
            Self::Entitlement => ("entitlement", "code"),
            Self::Workspace => ("workspace", "code"),
            Self::Contact => ("contact", "account"),
            Self::Calendar => ("calendar", "name"),
            Self::Holiday => ("holiday", "name"),
            Self::Target => ("target", "plan"),
            Self::Administrator => ("administrator", "account"),
            Self::Group => ("team", "code"),
            Self::Case => ("support_case", "number"),
            Self::Engagement => ("engagement", "code"),
            Self::Learning => ("learning", "code"),
            Self::Assessment => ("assessment", "code"),
            Self::Health => ("health_issue", "code"),
            Self::Partner => ("partner", "code"),
            Self::PartnerPerson => ("partner_person", "account"),
            Self::PartnerPlan => ("partner_plan", "code"),
            Self::Relationship => ("relationship", "status"),
            Self::AgreementTemplate => ("agreement_template", "code"),
            Self::Agreement => ("agreement", "status"),
            Self::SecurityGroup => ("security_group", "name"),
            Self::Delegation => ("delegation", "code"),
            Self::DelegationRole => ("delegation_role", "role"),
            Self::Product => ("product", "name"),
            Self::Subscription => ("subscription", "code"),
            Self::SubscriptionRole => ("subscription_role", "role"),
            Self::Reservation => ("reservation", "code"),
            Self::ReservationReturn => ("reservation_return", "code"),
            Self::Transfer => ("transfer", "code"),
            Self::TransferItem => ("transfer_item", "id"),
            Self::Intake => ("intake", "code"),
        }
    }

    /// The word for one of its rows.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Group => "group",
            Self::Health => "issue",
            Self::PartnerPerson => "person",
            Self::PartnerPlan => "plan",
            Self::SecurityGroup => "security group",
            Self::ReservationReturn => "return",
            Self::TransferItem => "item",
            Self::AgreementTemplate => "version of the agreement",
            other => other.name().0,
        }
    }
}

/// A value on its way into the store.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Value {
    Text(Option<String>),
    Number(i64),
    Count(Option<i64>),
    Day(Option<Day>),
    Instant(Option<Instant>),
    Quantity(Option<Quantity>),
    Flag(bool),
    Key(Table, Option<i64>),
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Self::Text(text) => text.to_sql(),
            Self::Number(number) => number.to_sql(),
            Self::Count(number) => number.to_sql(),
            Self::Day(day) => day.to_sql(),
            Self::Instant(instant) => instant.to_sql(),
            Self::Quantity(quantity) => quantity.to_sql(),
            Self::Flag(yes) => yes.to_sql(),
            Self::Key(_, id) => id.to_sql(),
        }
    }
}

impl Value {
    fn stored(&self) -> Stored {
        let number = |n: Option<i64>| n.map_or(Stored::Null, Stored::Integer);
        match self {
            Self::Text(text) => text.clone().map_or(Stored::Null, Stored::Text),
            Self::Number(n) => Stored::Integer(*n),
            Self::Count(count) => number(*count),
            Self::Day(day) => number(day.map(|day| i64::from(day.number()))),
            Self::Instant(instant) => number(instant.map(Instant::seconds)),
            Self::Quantity(quantity) => number(quantity.map(Quantity::hundredths)),
            Self::Flag(yes) => Stored::Integer(i64::from(*yes)),
            Self::Key(_, id) => number(*id),
        }
    }

    /// A value of the same sort as this one, from the store.
    fn alike(&self, stored: Stored) -> Self {
        let number = match stored {
            Stored::Integer(number) => Some(number),
            _ => None,
        };
        match self {
            Self::Text(_) => Self::Text(match stored {
                Stored::Text(text) => Some(text),
                _ => None,
            }),
            Self::Number(_) => Self::Number(number.unwrap_or_default()),
            Self::Count(_) => Self::Count(number),
            Self::Day(_) => Self::Day(number.and_then(|n| i32::try_from(n).ok()).map(Day::from_number)),
            Self::Instant(_) => Self::Instant(number.map(Instant::from_seconds)),
            Self::Quantity(_) => Self::Quantity(number.map(Quantity::from_hundredths)),
            Self::Flag(_) => Self::Flag(number == Some(1)),
            Self::Key(table, _) => Self::Key(*table, number),
        }
    }
}

/// A column of a row on its way into the store.
#[derive(Debug, Clone)]
pub struct Cell {
    /// What people call it.
    pub name: &'static str,
    /// The table's column.
    pub column: &'static str,
    /// What goes in.
    pub value: Value,
    /// The input speaks of it; else an existing row keeps what it has.
    pub given: bool,
    /// Must not change once it is there.
    pub fixed: bool,
}

impl Cell {
    /// The same, never to be changed.
    #[must_use]
    pub fn fixed(self) -> Self {
        Self { fixed: true, ..self }
    }
}

/// A column that would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What people call the column.
    pub name: &'static str,
    /// What is there.
    pub before: Value,
    /// What the input says.
    pub after: Value,
    /// It must not change.
    pub fixed: bool,
}

/// How a row stands to what is there.
#[derive(Debug)]
pub enum Standing {
    /// Nothing of that key is there.
    New,
    /// It is there, and differs in these columns (or none).
    There(i64, Vec<Difference>),
}

impl Read<'_> {
    /// The key of the row that people know by `code`.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn key_of(&self, table: Table, code: &str) -> Result<Option<i64>> {
        let (name, column) = table.name();
        let sql = format!("SELECT id FROM {name} WHERE {column} = ?1");
        Ok(self
            .conn
            .prepare_cached(&sql)?
            .query_row([code], |row| row.get(0))
            .optional()?)
    }

    /// The key of the row in which a column has a value.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn key_where(&self, table: Table, keys: &[(&'static str, Value)]) -> Result<Option<i64>> {
        // "IS NOT DISTINCT FROM" would say both, and no index of PostgreSQL would serve it.
        let mut values = Vec::new();
        let tests: Vec<String> = keys
            .iter()
            .map(|(column, value)| {
                if value.stored() == Stored::Null {
                    return format!("{column} IS NULL");
                }
                values.push(value);
                format!("{column} = ?{}", values.len())
            })
            .collect();
        let sql = format!(
            "SELECT id FROM {} WHERE {} LIMIT 1",
            table.name().0,
            tests.join(" AND ")
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let values = params_from_iter(values);
        Ok(statement.query_row(values, |row| row.get(0)).optional()?)
    }

    /// What people know the row by.
    ///
    /// # Errors
    /// The store's own failure, or no such row.
    pub fn code_of(&self, table: Table, id: i64) -> Result<String> {
        let (name, column) = table.name();
        let sql = format!("SELECT {column} FROM {name} WHERE id = ?1");
        Ok(self
            .conn
            .prepare_cached(&sql)?
            .query_row([id], |row| row.get(0))?)
    }

    /// All ids that people know rows of the table by.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn codes(&self, table: Table) -> Result<Vec<String>> {
        let (name, column) = table.name();
        let sql = format!("SELECT {column} FROM {name}");
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }

    /// The text of a value for people: codes instead of keys.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn shown(&self, value: &Value) -> Result<Option<String>> {
        Ok(match value {
            Value::Text(text) => text.clone(),
            Value::Number(number) => Some(number.to_string()),
            Value::Count(number) => number.map(|number| number.to_string()),
            Value::Day(day) => day.map(|day| day.to_string()),
            Value::Instant(instant) => instant.map(|instant| instant.to_string()),
            Value::Quantity(quantity) => quantity.map(|quantity| quantity.to_string()),
            Value::Flag(yes) => Some(if *yes { "yes" } else { "no" }.to_owned()),
            Value::Key(_, None) => None,
            Value::Key(table, Some(id)) => Some(self.code_of(*table, *id)?),
        })
    }

    /// What a column will hold: the cell's own value, or what is there when the input does not speak of it.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn will_hold(&self, table: Table, id: Option<i64>, cell: &Cell) -> Result<Value> {
        let Some(id) = id.filter(|_| !cell.given) else {
            return Ok(cell.value.clone());
        };
        let sql = format!("SELECT {} FROM {} WHERE id = ?1", cell.column, table.name().0);
        let mut statement = self.conn.prepare_cached(&sql)?;
        Ok(cell.value.alike(statement.query_row([id], |row| row.get(0))?))
    }

    /// Compares a row with what is there under its key.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn standing(&self, table: Table, id: Option<i64>, cells: &[Cell]) -> Result<Standing> {
        let Some(id) = id else {
            return Ok(Standing::New);
        };
        let columns: Vec<&str> = cells.iter().map(|cell| cell.column).collect();
        let sql = format!(
            "SELECT {} FROM {} WHERE id = ?1",
            columns.join(", "),
            table.name().0
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let stored = statement.query_row([id], |row| {
            (0..cells.len())
                .map(|place| row.get(place))
                .collect::<engine::Result<Vec<Stored>>>()
        })?;
        let pairs = cells.iter().zip(stored);
        let different = pairs.filter(|(cell, stored)| cell.given && cell.value.stored() != *stored);
        let differences = different.map(|(cell, stored)| Difference {
            name: cell.name,
            before: cell.value.alike(stored),
            after: cell.value.clone(),
            fixed: cell.fixed,
        });
        Ok(Standing::There(id, differences.collect()))
    }
}

impl Write<'_> {
    /// Puts a new row in.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn put_new(&self, table: Table, cells: &[Cell]) -> Result<i64> {
        let columns: Vec<&str> = cells.iter().map(|cell| cell.column).collect();
        let marks: Vec<String> = (1..=cells.len()).map(|place| format!("?{place}")).collect();
        let sql = format!(
            "INSERT INTO {} ({}) VALUES ({}) RETURNING id",
            table.name().0,
            columns.join(", "),
            marks.join(", ")
        );
        let mut statement = self.conn().prepare_cached(&sql)?;
        Ok(statement.insert(params_from_iter(cells.iter().map(|cell| &cell.value)))?)
    }

    /// Changes the given columns of a row.
    ///
    /// # Errors
    /// The store's own failure.
    pub(crate) fn put_changed(&self, table: Table, id: i64, cells: &[Cell]) -> Result<()> {
        let given: Vec<&Cell> = cells.iter().filter(|cell| cell.given).collect();
        let sets: Vec<String> = given
            .iter()
            .enumerate()
            .map(|(place, cell)| format!("{} = ?{}", cell.column, place + 2))
            .collect();
        let sql = format!("UPDATE {} SET {} WHERE id = ?1", table.name().0, sets.join(", "));
        let mut statement = self.conn().prepare_cached(&sql)?;
        let id = Value::Number(id);
        let values = std::iter::once(&id).chain(given.iter().map(|cell| &cell.value));
        statement.execute(params_from_iter(values))?;
        Ok(())
    }
}
