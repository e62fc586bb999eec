//! JSON Lines: one object a line, whose members are the columns of its kind. The member `import` says of which
//! kind it is; `kind` does as well, for kinds without a column of that name.

use super::kind::Kind;
use super::portal;
use super::report::Fault;
use crate::domain::near::nearest;
use crate::error::codes;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

type Members = BTreeMap<String, Box<RawValue>>;

/// Columns that hold several values; in a CSV cell they are separated by `;`.
const LISTS: &[&str] = &["workspace", "roles", "groups", "services", "not_covered_by"];

/// One object.
#[derive(Debug)]
pub(super) struct Object {
    pub kind: Kind,
    members: Members,
}

impl Object {
    /// Reads a line.
    pub fn read(line: &str, file: Option<Kind>) -> Result<Self, Fault> {
        let mut members: Members = serde_json::from_str(line).map_err(|error| {
            json_fault(
                format!("the line is no JSON object: {error}"),
                "write one object a line",
            )
        })?;
        let kind = match (members.remove("import"), file) {
            (Some(raw), _) => word(raw.get())?,
            (None, Some(kind)) => kind,
            (None, None) => match members.get("kind") {
                Some(raw) => word(raw.get())?,
                None => {
                    let what = "the object does not say of which kind it is";
                    return Err(json_fault(what, "add \"import\": \"customers\" or the like"));
                }
            },
        };
        if file.is_none() && kind.layout().place("kind").is_none() {
            members.remove("kind");
        }
        let members = members.into_iter().filter_map(|(name, raw)| {
            let lower = name.to_lowercase();
            if portal::is_left_out(kind, &lower) {
                return None;
            }
            match portal::column(kind, &lower) {
                known if known != lower => Some((known.to_owned(), raw)),
                _ => Some((name, raw)),
            }
        });
        Ok(Self {
            kind,
            members: members.collect(),
        })
    }

    /// Its cells in the order of its kind's table; a member that is not there is a column not spoken of.
    pub fn cells(&self) -> Result<Vec<Option<String>>, Fault> {
        let fields = self.kind.layout().fields.iter();
        fields
            .map(|field| {
                self.members
                    .get(field.name)
                    .map(|raw| text_of(field.name, raw.get()))
                    .transpose()
            })
            .collect()
    }

    /// Members that the kind does not have.
    pub fn unknown(&self) -> impl Iterator<Item = &str> {
        let layout = self.kind.layout();
        self.members
            .keys()
            .map(String::as_str)
            .filter(move |name| layout.place(name).is_none())
    }
}

fn word(raw: &str) -> Result<Kind, Fault> {
    let text: String = serde_json::from_str(raw).unwrap_or_else(|_| raw.to_owned());
    text.parse().map_err(|_| {
        let near = nearest(&text, Kind::WORDS.iter().copied());
        let near = near
            .first()
            .map_or(String::new(), |near| format!("did you mean {near}? "));
        let fix = format!("{near}It is one of {}", Kind::WORDS.join(", "));
        json_fault(format!("\"{text}\" is no kind of import"), fix)
    })
}

/// The text of a JSON value: numbers by their digits, so that no quantity passes through a binary fraction.
fn text_of(column: &'static str, raw: &str) -> Result<String, Fault> {
    match raw {
        "null" => Ok(String::new()),
        "true" => Ok("yes".to_owned()),
        "false" => Ok("no".to_owned()),
        text if text.starts_with('"') => {
            serde_json::from_str(text).map_err(|error| json_fault(error.to_string(), "write a text"))
        }
        list if LISTS.contains(&column) && list.starts_with('[') => {
            let all: Vec<String> = serde_json::from_str(list)
                .map_err(|error| json_fault(error.to_string(), "write a list of texts"))?;
            Ok(all.join(";"))
        }
        composite if composite.starts_with(['{', '[']) => Err(Fault {
            column: Some(column),
            ..json_fault(
                "the value is a list or an object",
                "write a text, a number, true, false or null",
            )
        }),
        number => Ok(number.to_owned()),
    }
}

fn json_fault(what: impl Into<String>, fix: impl Into<String>) -> Fault {
    Fault {
        column: None,
        what: what.into(),
        fix: fix.into(),
        code: codes::BAD_VALUE.id,
    }
}
