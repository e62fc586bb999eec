//! What a support request keeps: its history and its attachments.

use crate::domain::Instant;
use crate::domain::request::CaseState;
use crate::error::codes;
use crate::hub::import::beside::is_sha256;
use crate::hub::import::desk::{Desk, Judged};
use crate::hub::import::lines::hex;
use crate::hub::import::report::{Fault, Stop, Verdict};
use crate::hub::import::row::{Row, cell_fault, rule_fault};
use crate::hub::request::attach;
use crate::store::sqlite::{Attachment, CaseFacts, Event};
use sha2::{Digest, Sha256};

/// An event has no key of its own. A file says how often each happened: the second line of the same content is
/// new when the request has it once.
pub(super) fn event(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let case = desk.known::<CaseFacts>(row, "case")?;
    let text = |column: &str| row.opt(column).map(str::to_owned);
    let event = Event {
        at: row.need::<Instant>("at")?,
        account: row.text("account").to_owned(),
        kind: row.text("kind").to_owned(),
        before: text("before"),
        after: text("after"),
        text: text("text"),
    };
    if event.kind == "state" {
        check_states(row)?;
    }
    let nth = desk.nth(digest(case.id, &event));
    if desk.reading().same_events(case.id, &event)? >= nth {
        return Ok(Judged::unchanged());
    }
    desk.at.note_event(case.id, &event)?;
    Ok(Judged::new(Verdict::Created, "new"))
}

fn check_states(row: &Row<'_>) -> Result<(), Stop> {
    for column in ["before", "after"] {
        if let Some(text) = row.opt(column).filter(|text| text.parse::<CaseState>().is_err()) {
            let fix = format!("it is one of {}", CaseState::WORDS.join(", "));
            return Err(cell_fault(column, format!("\"{text}\" is no state"), fix).into());
        }
    }
    Ok(())
}

fn digest(case_id: i64, event: &Event) -> [u8; 32] {
    let mut digest = Sha256::new();
    digest.update(case_id.to_be_bytes());
    digest.update(event.at.seconds().to_be_bytes());
    let none = String::new();
    let parts = [&event.before, &event.after, &event.text].map(|part| part.as_ref().unwrap_or(&none));
    for part in [&event.account, &event.kind].into_iter().chain(parts) {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part.as_bytes());
    }
    digest.finalize().into()
}

/// The bytes lie in the folder `files` beside the file, each under its SHA-256.
pub(super) fn file(desk: &mut Desk<'_, '_, '_>, row: &Row<'_>) -> Result<Judged, Stop> {
    let case = desk.known::<CaseFacts>(row, "case")?;
    let (name, wanted) = (row.text("name"), row.text("sha256").to_lowercase());
    attach::check_name(name).map_err(|error| Fault::of(Some("name"), &error))?;
    if let Some(there) = desk.reading().file(case.id, name)? {
        if hex(&there.sha256) == wanted {
            return Ok(Judged::unchanged());
        }
        let what = format!("case {} has another file of that name", case.number);
        return Err(rule_fault(
            "name",
            what,
            "write another name: a file is never replaced",
        ));
    }
    let content = bytes(desk, &wanted)?;
    let found = hex(&Sha256::digest(&content));
    if found != wanted {
        let what = format!("the bytes that lie there have the SHA-256 {found}");
        return Err(cell_fault("sha256", what, "bring the file as it was").into());
    }
    let attachment = Attachment {
        at: row.need("at")?,
        account: row.text("account").to_owned(),
        name: name.to_owned(),
        size: i64::try_from(content.len()).unwrap_or(i64::MAX),
        sha256: Sha256::digest(&content).to_vec(),
    };
    desk.at.put_file(case.id, &attachment, &content)?;
    Ok(Judged::new(Verdict::Created, "new"))
}

fn bytes(desk: &Desk<'_, '_, '_>, sha256: &str) -> Result<Vec<u8>, Stop> {
    if !is_sha256(sha256) {
        let what = format!("\"{sha256}\" is no SHA-256");
        return Err(cell_fault("sha256", what, "write its 64 hexadecimal digits").into());
    }
    let Some(beside) = &desk.beside else {
        let what = "standard input brings no attachments";
        return Err(cell_fault("sha256", what, "import the folder in which `files` lies").into());
    };
    beside.bytes(sha256).map_err(|error| {
        let fault = Fault::of(Some("sha256"), &error);
        let fix = if error.code.id == codes::FILE_MISSING.id {
            "put its bytes there, under that name".to_owned()
        } else {
            fault.fix.clone()
        };
        Stop::Fault(Fault { fix, ..fault })
    })
}
