//! One answer: its text, the issues in it, and the lines on which they stand.

use super::object::{AGAIN, Members, fault};
use crate::hub::import::report::Fault;
use serde::Deserialize;
use serde_json::value::RawValue;

/// A fault and the line on which it stands.
type At<T> = Result<T, (u64, Fault)>;

/// The text of a file, with what is needed to tell its lines.
pub(super) struct Page<'t> {
    text: &'t str,
    ends: Vec<usize>,
}

/// One issue.
pub(super) struct Item<'t> {
    pub line: u64,
    pub members: Members<'t>,
}

/// The issues of a page, and whether the answer has more pages.
pub(super) struct Items<'t> {
    pub all: Vec<&'t RawValue>,
    pub has_more: bool,
}

#[derive(Deserialize)]
struct Refusal {
    #[serde(default)]
    code: String,
    #[serde(default)]
    message: String,
}

impl<'t> Page<'t> {
    pub fn of(bytes: &'t [u8]) -> Result<Self, Fault> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let text =
            std::str::from_utf8(bytes).map_err(|_| fault(None, "the answer is not valid UTF-8", AGAIN))?;
        let ends = text.match_indices('\n').map(|(place, _)| place).collect();
        Ok(Self { text, ends })
    }

    /// The line on which a piece of the text stands.
    pub fn line(&self, piece: &RawValue) -> u64 {
        let place = (piece.get().as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        1 + self.ends.partition_point(|end| *end < place) as u64
    }

    pub fn items(&self) -> At<Items<'t>> {
        let all = |list: &'t str| serde_json::from_str::<Vec<&RawValue>>(list);
        let broken = |error: serde_json::Error| {
            let text = error.to_string();
            let why = text.split(" at line ").next().unwrap_or_default();
            let what = format!("column {}: {why}", error.column());
            (error.line() as u64, fault(None, what, AGAIN))
        };
        if self.text.trim_start().starts_with('[') {
            let all = all(self.text).map_err(broken)?;
            return Ok(Items { all, has_more: false });
        }
        let whole: &RawValue = serde_json::from_str(self.text).map_err(broken)?;
        let answer: Members<'_> = serde_json::from_str(self.text).map_err(broken)?;
        let Some(value) = answer.get("value") else {
            return self.without_list(whole, &answer);
        };
        let wrong = |_| {
            (
                self.line(value),
                fault(Some("value"), "value is no list of issues", AGAIN),
            )
        };
        Ok(Items {
            all: all(value.get()).map_err(wrong)?,
            has_more: answer
                .get("@odata.nextLink")
                .is_some_and(|next| next.get() != "null"),
        })
    }

    /// An answer that is one issue, or says that there is none.
    fn without_list(&self, whole: &'t RawValue, answer: &Members<'_>) -> At<Items<'t>> {
        if answer.keys().any(|name| name.eq_ignore_ascii_case("id")) {
            return Ok(Items {
                all: vec![whole],
                has_more: false,
            });
        }
        if let Some(Ok(Refusal { code, message })) =
            answer.get("error").map(|raw| serde_json::from_str(raw.get()))
        {
            let what = format!("the interface refused to answer: {code}: {message}");
            let fix = "ask it again with the permission ServiceHealth.Read.All, and save that answer";
            return Err((1, fault(None, what, fix)));
        }
        Err((
            1,
            fault(
                None,
                "there are no known issues in it: it has no list called value",
                AGAIN,
            ),
        ))
    }

    pub fn item(&self, raw: &'t RawValue) -> At<Item<'t>> {
        let line = self.line(raw);
        match serde_json::from_str(raw.get()) {
            Ok(members) => Ok(Item { line, members }),
            Err(_) => Err((line, fault(None, "an issue is no object", AGAIN))),
        }
    }
}
