//! The members of an object of an answer, and what is wrong with them.

use super::page::Page;
use crate::domain::Instant;
use crate::error::codes;
use crate::hub::import::report::Fault;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// What mends an answer that is none.
pub(super) const AGAIN: &str =
    "save the whole answer of /admin/serviceAnnouncement/issues, as UTF-8 and without changing it";
/// What mends one with too little in it.
pub(super) const WHOLE: &str =
    "fetch it anew without $select, which leaves members out, and with the whole depth of the answer";

pub(super) type Members<'t> = BTreeMap<String, &'t RawValue>;

pub(super) fn fault(column: Option<&'static str>, what: impl Into<String>, fix: &str) -> Fault {
    Fault {
        column,
        what: what.into(),
        fix: fix.to_owned(),
        code: codes::BAD_VALUE.id,
    }
}

/// A member, whatever the case of its name: the vendor's own tools write them in capitals.
pub(super) fn member<'t>(members: &Members<'t>, name: &str) -> Option<&'t RawValue> {
    let exact = members.get(name).copied();
    let other = || members.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    exact.or_else(|| other().map(|(_, raw)| *raw))
}

/// What is read of an object, and what is wrong with it.
pub(super) struct Reader<'p, 't> {
    pub page: &'p Page<'t>,
    pub members: Members<'t>,
    pub line: u64,
    pub faults: Vec<(u64, Fault)>,
}

impl Reader<'_, '_> {
    /// A text; none where the object does not speak of it, and an empty one for null.
    pub fn text(&mut self, name: &'static str) -> Option<String> {
        let raw = member(&self.members, name)?;
        match serde_json::from_str::<Option<String>>(raw.get()) {
            Ok(text) => Some(text.unwrap_or_default()),
            Err(_) => {
                let wrong = fault(Some(name), format!("{name} is no text"), WHOLE);
                self.faults.push((self.page.line(raw), wrong));
                None
            }
        }
    }

    /// A text that must be there.
    pub fn need(&mut self, name: &'static str) -> String {
        let told = self.faults.len();
        let text = self.text(name).unwrap_or_default();
        if text.is_empty() && told == self.faults.len() {
            let missing = fault(Some(name), format!("{name} is missing"), WHOLE);
            self.faults.push((self.line, missing));
        }
        text
    }

    /// The text if it is a moment.
    pub fn moment(&mut self, name: &'static str, text: String) -> String {
        if !text.is_empty() && text.parse::<Instant>().is_err() {
            let what = format!("\"{text}\" is no instant");
            let wrong = fault(Some(name), what, "write it as 2026-03-01T09:30:00Z");
            self.faults.push((self.line, wrong));
        }
        text
    }

    pub fn yes(&self, name: &str) -> bool {
        member(&self.members, name).is_some_and(|raw| raw.get() == "true")
    }
}
