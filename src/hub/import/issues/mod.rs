//! Known issues as the vendor's interface answers them (G-10): a page of `serviceHealthIssue`, one of them, or a
//! list of them. Each is a row of `health` and its posts are rows of `updates`. Members that the hub does not keep
//! are passed over.

mod object;
mod page;

use super::desk::Desk;
use super::kind::Kind;
use super::lines::hex;
use super::row::Row;
use super::run::WasRead;
use super::source::Source;
use crate::domain::health::is_open;
use crate::domain::html;
use crate::error::{AtPath, Result};
use crate::policy::Permission;
use object::{Members, Reader, WHOLE, fault, member};
use page::Page;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

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
    let mut faults = read.faults.into_iter();
    faults.try_for_each(|(line, fault)| desk.refuse(&row(Kind::Health, source, line, &cells), fault))
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
    let mut posts = posts.unwrap_or_default().into_iter();
    posts.try_for_each(|raw| post(desk, source, page, (&id, raw)))
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
    let mut faults = read.faults.into_iter();
    faults.try_for_each(|(line, fault)| desk.refuse(&row(Kind::Updates, source, line, &cells), fault))
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
