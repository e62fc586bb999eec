//! Values between SQLite's five sorts and PostgreSQL's types.

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use std::error::Error;
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

type Failure = Box<dyn Error + Sync + Send>;

/// A value for a place of a statement, written as whatever the server takes there.
#[derive(Debug)]
pub(crate) struct Held(Value);

impl Held {
    /// The value of something that SQLite could take.
    pub fn of(value: &dyn rusqlite::ToSql) -> rusqlite::Result<Self> {
        Ok(Self(match value.to_sql()? {
            ToSqlOutput::Owned(value) => value,
            ToSqlOutput::Borrowed(value) => value.try_into().map_err(|_| rusqlite::Error::InvalidQuery)?,
            _ => return Err(rusqlite::Error::InvalidQuery),
        }))
    }
}

impl ToSql for Held {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Failure> {
        match (&self.0, ty) {
            (Value::Null, _) => Ok(IsNull::Yes),
            (Value::Integer(number), &Type::INT8) => number.to_sql(ty, out),
            (Value::Integer(number), &Type::INT4) => i32::try_from(*number)?.to_sql(ty, out),
            (Value::Integer(number), &Type::INT2) => i16::try_from(*number)?.to_sql(ty, out),
            (Value::Integer(number), &Type::BOOL) => (*number != 0).to_sql(ty, out),
            (Value::Real(number), &Type::FLOAT8) => number.to_sql(ty, out),
            (Value::Text(text), ty) if is_text(ty) => text.to_sql(ty, out),
            (Value::Blob(bytes), &Type::BYTEA) => bytes.to_sql(ty, out),
            // A list of keys, as SQLite's json_each takes it.
            (Value::Text(list), &Type::INT8_ARRAY) => serde_json::from_str::<Vec<i64>>(list)?.to_sql(ty, out),
            (value, ty) => Err(format!("a value of sort {:?} does not fit {ty}", value.data_type()).into()),
        }
    }

    fn accepts(ty: &Type) -> bool {
        matches!(
            *ty,
            Type::INT8 | Type::INT4 | Type::INT2 | Type::BOOL | Type::FLOAT8 | Type::BYTEA | Type::INT8_ARRAY
        ) || is_text(ty)
    }

    to_sql_checked!();
}

pub(super) fn is_text(ty: &Type) -> bool {
    matches!(
        *ty,
        Type::TEXT | Type::VARCHAR | Type::NAME | Type::BPCHAR | Type::UNKNOWN
    ) || ty.name() == "citext"
}

/// A column as the value that SQLite would have given.
struct Any<'r>(ValueRef<'r>);

impl<'r> FromSql<'r> for Any<'r> {
    fn from_sql(ty: &Type, raw: &'r [u8]) -> Result<Self, Failure> {
        Ok(Self(match *ty {
            Type::INT8 => ValueRef::Integer(i64::from_sql(ty, raw)?),
            Type::INT4 => ValueRef::Integer(i32::from_sql(ty, raw)?.into()),
            Type::INT2 => ValueRef::Integer(i16::from_sql(ty, raw)?.into()),
            Type::BOOL => ValueRef::Integer(bool::from_sql(ty, raw)?.into()),
            Type::FLOAT8 => ValueRef::Real(f64::from_sql(ty, raw)?),
            Type::BYTEA => ValueRef::Blob(raw),
            _ => ValueRef::Text(raw),
        }))
    }

    fn from_sql_null(_: &Type) -> Result<Self, Failure> {
        Ok(Self(ValueRef::Null))
    }

    fn accepts(ty: &Type) -> bool {
        *ty != Type::INT8_ARRAY && Held::accepts(ty)
    }
}

/// The value of a column. A type that is none of ours is refused: it means a forgotten cast.
pub(in crate::store::engine) fn any(
    row: &tokio_postgres::Row,
    at: usize,
) -> Result<ValueRef<'_>, tokio_postgres::Error> {
    Ok(row.try_get::<_, Any<'_>>(at)?.0)
}
