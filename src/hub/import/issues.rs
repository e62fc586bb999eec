//! Known issues as the vendor's interface answers them (G-10): a page of `serviceHealthIssue`, one of them, or a
//! list of them. Each is a row of `health` and its posts are rows of `updates`. Members that the hub does not keep
//! are passed over.

use super::desk::Desk;
use super::kind::Kind;
use super::lines::hex;
use super::report::Fault;
use super::row::Row;
use super::run::WasRead;
use super::source::Source;
use crate::domain::health::is_open;
use crate::domain::{Instant, html};
use crate::error::{AtPath, Result, codes};
use crate::policy::Permission;
use serde::Deserialize;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

const AGAIN: &str =
    "save the whole answer of /admin/serviceAnnouncement/issues, as UTF-8 and without changing it";
const WHOLE: &str =
    "fetch it anew without $select, which leaves members out, and with the whole depth of the answer";

/// A fault and the line on which it stands.
type At<T> = Result<T, (u64, Fault)>;
type Members<'t> = BTreeMap<String, &'t RawValue>;

/// Whether a text begins like such an answer. JSON Lines of rows have no members of these names, and a quote within
/// a text of theirs would have a backslash before it.
pub(super) fn begins_one(start: &[u8]) -> bool {
    let start = String::from_utf8_lossy(start);
    start.starts_with('[') || start.contains("\"@odata.") || start.contains("\"value\"")
}

/// The same for a file that nobody named: it must say so.
pub(super) fn are_in(start: &[u8]) -> bool {
    let start = String::from_utf8_lossy(start);
    start.contains("serviceAnnouncement")
        || (start.contains("\"value\"") && start.contains("impactDescription"))
}

/// The text of a file, with what is needed to tell its lines.
struct Page<'t> {
    text: &'t str,
    ends: Vec<usize>,
}

/// One issue.
struct Item<'t> {
    line: u64,
    members: Members<'t>,
}

/// Judges what an answer holds of one kind.
pub(super) fn read<P: Permission>(
    desk: &mut Desk<'_, '_, '_, P>,
    kind: Kind,
    source: &Source,
) -> Result<WasRead> {
    let bytes = std::fs::read(&source.path).at(&source.path)?;
    let done = WasRead {
        sha256: hex(&Sha256::digest(&bytes)),
        left_over: false,
    };
    let page = Page::of(&bytes);
    let items = match page
        .as_ref()
        .map_err(|fault| (1, fault.clone()))
        .and_then(Page::items)
    {
        Ok(items) => items,
        // What is wrong with the whole is told once.
        Err((line, fault)) if kind == Kind::Health => {
            desk.refuse(&row(kind, source, line, &[]), fault)?;
            return Ok(done);
        }
        Err(_) => return Ok(done),
    };
    let Ok(page) = page else { return Ok(done) };
    if items.has_more {
        desk.tally.note(format!(
            "{}: the answer goes on, and @odata.nextLink names its next page; save and import that as well",
            source.name
        ));
    }
    for raw in items.all {
        match kind {
            Kind::Health => issue(desk, source, &page, raw)?,
            _ => posts(desk, source, &page, raw)?,
        }
    }
    Ok(done)
}

fn row<'a>(kind: Kind, source: &'a Source, line: u64, cells: &'a [Option<&'a str>]) -> Row<'a> {
    Row {
        kind,
        file: &source.name,
        line,
        cells,
    }
}

/// The issues of a page, and whether the answer has more pages.
struct Items<'t> {
    all: Vec<&'t RawValue>,
    has_more: bool,
}

#[derive(Deserialize)]
struct Refusal {
    #[serde(default)]
    code: String,
    #[serde(default)]
    message: String,
}

impl<'t> Page<'t> {
    fn of(bytes: &'t [u8]) -> std::result::Result<Self, Fault> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let text =
            std::str::from_utf8(bytes).map_err(|_| fault(None, "the answer is not valid UTF-8", AGAIN))?;
        let ends = text.match_indices('\n').map(|(place, _)| place).collect();
        Ok(Self { text, ends })
    }

    /// The line on which a piece of the text stands.
    fn line(&self, piece: &RawValue) -> u64 {
        let place = (piece.get().as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        1 + self.ends.partition_point(|end| *end < place) as u64
    }

    fn items(&self) -> At<Items<'t>> {
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

    fn item(&self, raw: &'t RawValue) -> At<Item<'t>> {
        let line = self.line(raw);
        match serde_json::from_str(raw.get()) {
            Ok(members) => Ok(Item { line, members }),
            Err(_) => Err((line, fault(None, "an issue is no object", AGAIN))),
        }
    }
}

fn fault(column: Option<&'static str>, what: impl Into<String>, fix: &str) -> Fault {
    Fault {
        column,
        what: what.into(),
        fix: fix.to_owned(),
        code: codes::BAD_VALUE.id,
    }
}

/// A member, whatever the case of its name: the vendor's own tools write them in capitals.
fn member<'t>(members: &Members<'t>, name: &str) -> Option<&'t RawValue> {
    let exact = members.get(name).copied();
    let other = || members.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    exact.or_else(|| other().map(|(_, raw)| *raw))
}

/// What is read of an object, and what is wrong with it.
struct Reader<'p, 't> {
    page: &'p Page<'t>,
    members: Members<'t>,
    line: u64,
    faults: Vec<(u64, Fault)>,
}

impl Reader<'_, '_> {
    /// A text; none where the object does not speak of it, and an empty one for null.
    fn text(&mut self, name: &'static str) -> Option<String> {
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
    fn need(&mut self, name: &'static str) -> String {
        let told = self.faults.len();
        let text = self.text(name).unwrap_or_default();
        if text.is_empty() && told == self.faults.len() {
            let missing = fault(Some(name), format!("{name} is missing"), WHOLE);
            self.faults.push((self.line, missing));
        }
        text
    }

    /// The text if it is a moment.
    fn moment(&mut self, name: &'static str, text: String) -> String {
        if !text.is_empty() && text.parse::<Instant>().is_err() {
            let what = format!("\"{text}\" is no instant");
            let wrong = fault(Some(name), what, "write it as 2026-03-01T09:30:00Z");
            self.faults.push((self.line, wrong));
        }
        text
    }

    fn yes(&self, name: &str) -> bool {
        member(&self.members, name).is_some_and(|raw| raw.get() == "true")
    }
}

/// One row of `health`.
fn issue<P: Permission>(
    desk: &mut Desk<'_, '_, '_, P>,
    source: &Source,
    page: &Page<'_>,
    raw: &RawValue,
) -> Result<()> {
    let item = match page.item(raw) {
        Ok(item) => item,
        Err((line, fault)) => return desk.refuse(&row(Kind::Health, source, line, &[]), fault),
    };
    let mut read = Reader {
        page,
        line: item.line,
        members: item.members,
        faults: Vec::new(),
    };
    let id = read.need("id");
    let (service, title) = (read.need("service"), read.need("title"));
    let (classification, status) = (read.need("classification"), read.need("status"));
    let impact = read.text("impactDescription");
    let started = read.need("startDateTime");
    let started = read.moment("startDateTime", started);
    let ended = ended(&mut read, &status);
    let cells = [
        Some(id.as_str()),
        Some(&service),
        Some(&title),
        Some(&classification),
        Some(&status),
        None,
        impact.as_deref(),
        Some(&started),
        ended.as_deref(),
    ];
    if read.faults.is_empty() {
        return desk.take(&row(Kind::Health, source, item.line, &cells));
    }
    let faults = read.faults.into_iter();
    faults
        .map(|(line, fault)| desk.refuse(&row(Kind::Health, source, line, &cells), fault))
        .collect()
}

/// When the issue ended. The vendor says of some that they are resolved and not since when: then it was by the time of
/// the last change at the latest.
fn ended(read: &mut Reader<'_, '_>, status: &str) -> Option<String> {
    let told = read
        .text("endDateTime")
        .map(|text| read.moment("endDateTime", text));
    let has_ended = told.as_ref().is_some_and(|text| !text.is_empty());
    if !read.yes("isResolved") || !is_open(status, has_ended) {
        return told;
    }
    let changed = read.text("lastModifiedDateTime").filter(|text| !text.is_empty());
    let changed = changed.map(|text| read.moment("lastModifiedDateTime", text));
    changed.or(told)
}

/// What was said of one issue: a row of `updates` for each post.
fn posts<P: Permission>(
    desk: &mut Desk<'_, '_, '_, P>,
    source: &Source,
    page: &Page<'_>,
    raw: &RawValue,
) -> Result<()> {
    let Ok(item) = page.item(raw) else { return Ok(()) };
    let id: Option<String> = member(&item.members, "id").and_then(|raw| serde_json::from_str(raw.get()).ok());
    // An issue that was refused has said so itself.
    let Some(id) = id.filter(|id| !id.is_empty() && !desk.was_refused(Kind::Health, id)) else {
        return Ok(());
    };
    let Some(list) = member(&item.members, "posts") else {
        return Ok(());
    };
    let Ok(posts) = serde_json::from_str::<Option<Vec<&RawValue>>>(list.get()) else {
        let cells = [Some(id.as_str()), None, None];
        let wrong = fault(Some("posts"), "posts is no list", WHOLE);
        return desk.refuse(&row(Kind::Updates, source, page.line(list), &cells), wrong);
    };
    let posts = posts.unwrap_or_default().into_iter();
    posts.map(|raw| post(desk, source, page, (&id, raw))).collect()
}

fn post<P: Permission>(
    desk: &mut Desk<'_, '_, '_, P>,
    source: &Source,
    page: &Page<'_>,
    (id, raw): (&str, &RawValue),
) -> Result<()> {
    let line = page.line(raw);
    let Ok(members) = serde_json::from_str(raw.get()) else {
        let wrong = fault(Some("posts"), "a post is no object", WHOLE);
        return desk.refuse(&row(Kind::Updates, source, line, &[Some(id), None, None]), wrong);
    };
    let mut read = Reader {
        page,
        line,
        members,
        faults: Vec::new(),
    };
    let text = description(&mut read);
    if text.is_empty() && read.faults.is_empty() {
        // Nothing was said.
        return Ok(());
    }
    let at = read.need("createdDateTime");
    let at = read.moment("createdDateTime", at);
    let cells = [Some(id), Some(at.as_str()), Some(&text)];
    if read.faults.is_empty() {
        return desk.take(&row(Kind::Updates, source, line, &cells));
    }
    let faults = read.faults.into_iter();
    faults
        .map(|(line, fault)| desk.refuse(&row(Kind::Updates, source, line, &cells), fault))
        .collect()
}

/// What a post says, as plain text.
fn description(read: &mut Reader<'_, '_>) -> String {
    let Some(raw) = member(&read.members, "description") else {
        return String::new();
    };
    let Ok(members) = serde_json::from_str::<Option<Members<'_>>>(raw.get()) else {
        let wrong = fault(
            Some("description"),
            "description is no object with its content",
            WHOLE,
        );
        read.faults.push((read.page.line(raw), wrong));
        return String::new();
    };
    let mut body = Reader {
        page: read.page,
        line: read.page.line(raw),
        members: members.unwrap_or_default(),
        faults: Vec::new(),
    };
    let content = body.text("content").unwrap_or_default();
    let kind = body.text("contentType").unwrap_or_default();
    read.faults.append(&mut body.faults);
    if kind.eq_ignore_ascii_case("html") {
        html::plain(&content)
    } else {
        content.trim().to_owned()
    }
}
