//! All faults of a file of requests at once (K-17), in the order of the file.

use crate::error::{Error, Result, codes};
use crate::hub::import::FAULTS_KEPT;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// What is wrong with a file.
#[derive(Debug, Default)]
pub(super) struct Faults {
    all: Vec<(u64, Error)>,
    /// The rows that could be read: where each begins, and its columns that have a fault.
    rows: Vec<(u64, Vec<String>)>,
}

impl Faults {
    /// A row begins that will be an order.
    pub fn begin(&mut self, line: u64) {
        self.rows.push((line, Vec::new()));
    }

    /// A cell of the row begun last is wrong.
    pub fn cell(&mut self, line: u64, column: &str, error: Error) {
        if let Some((_, bad)) = self.rows.last_mut() {
            bad.push(column.to_owned());
        }
        self.row(line, error);
    }

    /// What begun last is no row at all.
    pub fn void(&mut self, line: u64, error: Error) {
        self.rows.pop();
        self.row(line, error);
    }

    /// A line that is no row is wrong.
    pub fn row(&mut self, line: u64, error: Error) {
        self.all.push((line, error));
    }

    /// Something is wrong with an order, by its place among them.
    pub fn order(&mut self, place: usize, error: Error) {
        let line = self.rows.get(place).map_or(0, |(line, _)| *line);
        self.row(line, error);
    }

    /// Whether a column of an order has a fault already: then it is not missing as well.
    pub fn has(&self, place: usize, column: &str) -> bool {
        let bad = self.rows.get(place).map(|(_, bad)| bad);
        bad.is_some_and(|bad| bad.iter().any(|one| one == column))
    }

    /// Ends with all that is wrong.
    ///
    /// # Errors
    /// The one fault, or `E0300` with all of them; faults of one sort keep their code.
    pub fn check(mut self, name: &str) -> Result<()> {
        if self.all.len() <= 1 {
            return self.all.pop().map_or(Ok(()), |(_, error)| Err(error));
        }
        self.all.sort_by_key(|(line, _)| *line);
        let first = self.all.first().map(|(_, error)| error.code);
        let same = first.filter(|code| self.all.iter().all(|(_, error)| error.code.id == code.id));
        let code = same.unwrap_or(&codes::IMPORT_FAULTS);
        let error = code.error(format!("{name} has {} faults; nothing was filed", self.all.len()));
        let more = self.all.len().saturating_sub(FAULTS_KEPT);
        let more = (more > 0).then(|| format!("and {more} more"));
        let told = self.all.iter().take(FAULTS_KEPT).map(|(_, error)| told(error));
        Err(told.chain(more).fold(error, Error::hint))
    }
}

fn told(error: &Error) -> String {
    let fixes = error.hints.iter().map(|hint| {
        let hint = hint.split("; nothing was filed").next();
        hint.unwrap_or_default()
    });
    let parts: Vec<&str> = std::iter::once(error.message.as_str()).chain(fixes).collect();
    parts.join("; ")
}

/// The members of a JSON object one by one: each by its name, with the object as if it had this one alone, where
/// every other character is a blank, so that whatever is wrong stands where it stood. None for what is no object.
pub(super) fn members(object: &str) -> Option<Vec<(String, String)>> {
    let members: BTreeMap<String, &RawValue> = serde_json::from_str(object).ok()?;
    let place = |raw: &RawValue| (raw.get().as_ptr() as usize).checked_sub(object.as_ptr() as usize);
    let ends = members.into_iter().map(|(name, raw)| {
        let start = place(raw)?;
        Some((start + raw.get().len(), name))
    });
    let mut ends: Vec<(usize, String)> = ends.collect::<Option<_>>()?;
    ends.sort_unstable();
    let mut from = 1;
    let alone = ends.into_iter().map(|(end, name)| {
        let blank = |text: &str| {
            text.bytes()
                .map(|b| if b == b'\n' { '\n' } else { ' ' })
                .collect::<String>()
        };
        let member = object.get(from..end)?;
        let comma = member.len() - member.trim_start().trim_start_matches(',').len();
        let (before, member) = member.split_at(comma);
        let before = blank(object.get(1..from)?) + &blank(before);
        from = end;
        Some((name, format!("{{{before}{member}}}")))
    });
    alone.collect()
}

#[cfg(test)]
mod tests {
    use super::members;

    #[test]
    fn a_member_alone_stands_where_it_stood() {
        let object = "{ \"a\": \"ž,\",\n  \"b\" : [1, {\"c\": 2}] , \"c,\":3}";
        let alone = members(object).unwrap();
        let texts: Vec<&str> = alone.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "{ \"a\": \"ž,\"}",
                "{            \n  \"b\" : [1, {\"c\": 2}]}",
                "{            \n                        \"c,\":3}",
            ]
        );
        assert!(members("[1]").is_none() && members("{\"a\": }").is_none());
        assert_eq!(members("{}").unwrap(), []);
    }
}
