//! What a statement's places are filled with.

use super::Result;
use rusqlite::ToSql;

/// The values of a statement's places `?1`, `?2`, ... in their order.
pub(crate) trait Params {
    /// Gives each value to `put`.
    fn each(&self, put: &mut dyn FnMut(&dyn ToSql) -> Result<()>) -> Result<()>;
}

/// Values of several types.
macro_rules! params {
    ($($value:expr),* $(,)?) => { &[$(&$value as &dyn rusqlite::ToSql),*] as &[&dyn rusqlite::ToSql] };
}
pub(crate) use params;

impl Params for &[&dyn ToSql] {
    fn each(&self, put: &mut dyn FnMut(&dyn ToSql) -> Result<()>) -> Result<()> {
        self.iter().try_for_each(|value| put(*value))
    }
}

impl Params for [&dyn ToSql; 0] {
    fn each(&self, _: &mut dyn FnMut(&dyn ToSql) -> Result<()>) -> Result<()> {
        Ok(())
    }
}

macro_rules! of_one_type {
    ($($count:literal)+) => {$(
        impl<T: ToSql> Params for [T; $count] {
            fn each(&self, put: &mut dyn FnMut(&dyn ToSql) -> Result<()>) -> Result<()> {
                self.iter().try_for_each(|value| put(value))
            }
        }
    )+};
}
of_one_type!(1 2 3 4);

/// As many values as there are.
#[derive(Debug)]
pub(crate) struct ParamsFromIter<T>(Vec<T>);

/// The values of an iterator.
pub(crate) fn params_from_iter<I: IntoIterator>(values: I) -> ParamsFromIter<I::Item> {
    ParamsFromIter(values.into_iter().collect())
}

impl<T: ToSql> Params for ParamsFromIter<T> {
    fn each(&self, put: &mut dyn FnMut(&dyn ToSql) -> Result<()>) -> Result<()> {
        self.0.iter().try_for_each(|value| put(value))
    }
}
