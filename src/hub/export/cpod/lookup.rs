//! What the reference of a delivery names. It mostly arrives with the sort, just before the deliveries of
//! its entitlement; what belongs elsewhere is looked up.

use super::record::{Kind, fact_key};
use crate::domain::other_case::OtherReason;
use crate::domain::request::CaseClass;
use crate::error::Result;
use crate::hub::export::cases::{CaseOf, Cases};
use crate::store::Read;
use crate::store::export::{CaseRow, Detail, EngagementRow};

/// Bytes of what one entitlement's references name that are kept; beyond that they are looked up.
const MEMORY: usize = 4 << 20;

/// Every reason there is; records keep its place.
const REASONS: [OtherReason; 7] = [
    OtherReason::MissingLink,
    OtherReason::ExpiredContract,
    OtherReason::ContractNotInWorkspace,
    OtherReason::Class(CaseClass::Su),
    OtherReason::Class(CaseClass::Dsa),
    OtherReason::Class(CaseClass::X85),
    OtherReason::Class(CaseClass::Rec),
];

/// What a reference names, read back from its record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Named<'a> {
    pub(super) title: &'a str,
    pub(super) contact: &'a str,
    pub(super) severity: &'a str,
    pub(super) state: &'a str,
    /// Key of the case's contract, and the reasons when that is linked to the workspace and when not.
    case: Option<(i64, [u8; 2])>,
}

impl Named<'_> {
    /// Why it is listed under other cases, looked at from a workspace; empty when it is not.
    pub(super) fn other_reason(&self, cases: &Cases, workspace_id: i64) -> &'static str {
        let Some((contract, reasons)) = self.case else {
            return "";
        };
        let reason = if reasons[0] == reasons[1] || cases.linked(workspace_id, contract) {
            reasons[0]
        } else {
            reasons[1]
        };
        let reason = usize::from(reason)
            .checked_sub(1)
            .and_then(|place| REASONS.get(place));
        reason.map_or("", |reason| reason.word())
    }
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(&u32::try_from(text.len()).unwrap_or(u32::MAX).to_le_bytes());
    out.extend_from_slice(text.as_bytes());
}

fn take_text<'a>(bytes: &mut &'a [u8]) -> Option<&'a str> {
    let (length, rest) = bytes.split_first_chunk()?;
    let (text, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    *bytes = rest;
    std::str::from_utf8(text).ok()
}

fn put_named(out: &mut Vec<u8>, texts: [&str; 4]) {
    for text in texts {
        put_text(out, text);
    }
}

/// Appends the details of a case.
pub(super) fn put_case(out: &mut Vec<u8>, case: &CaseRow<'_>, cases: &Cases) {
    put_named(
        out,
        [case.title, case.contact, case.severity.word(), case.state.word()],
    );
    let of = CaseOf {
        contract_id: case.contract_id,
        fully_linked: case.has_package && case.entitlement_id.is_some(),
        opened_at: case.opened_at,
        class: case.class,
    };
    let place = |reason: Option<OtherReason>| {
        let found = REASONS.iter().position(|known| Some(*known) == reason);
        found.map_or(0, |place| u8::try_from(place + 1).unwrap_or(0))
    };
    out.extend_from_slice(&case.contract_id.unwrap_or(0).to_le_bytes());
    out.push(place(cases.reason(&of, true)));
    out.push(place(cases.reason(&of, false)));
}

/// Appends the details of an engagement.
pub(super) fn put_engagement(out: &mut Vec<u8>, engagement: &EngagementRow<'_>) {
    put_named(out, [engagement.title, engagement.contact, "", engagement.status]);
}

pub(super) fn read_named(mut bytes: &[u8]) -> Option<Named<'_>> {
    let (title, contact) = (take_text(&mut bytes)?, take_text(&mut bytes)?);
    let (severity, state) = (take_text(&mut bytes)?, take_text(&mut bytes)?);
    let case = match bytes.split_first_chunk() {
        Some((contract, &[linked, other])) => Some((i64::from_le_bytes(*contract), [linked, other])),
        _ => None,
    };
    Some(Named {
        title,
        contact,
        severity,
        state,
        case,
    })
}

/// What the references of the current entitlement name: a sorted table, filled in order.
#[derive(Debug, Default)]
pub(super) struct Lookup {
    place: u32,
    arena: Vec<u8>,
    /// Where a key begins, where its details begin, where they end.
    index: Vec<(usize, usize, usize)>,
    key: Vec<u8>,
    fetched_for: Option<Vec<u8>>,
    fetched: Vec<u8>,
}

impl Lookup {
    /// Keeps something for the deliveries of its entitlement that follow.
    pub(super) fn keep(&mut self, place: u32, key: &[u8], details: &[u8]) {
        self.turn_to(place);
        if self.arena.len() + key.len() + details.len() > MEMORY {
            return;
        }
        let start = self.arena.len();
        self.arena.extend_from_slice(key);
        self.arena.extend_from_slice(details);
        self.index.push((start, start + key.len(), self.arena.len()));
    }

    fn turn_to(&mut self, place: u32) {
        if self.place != place {
            self.place = place;
            self.arena.clear();
            self.index.clear();
        }
    }

    /// What a reference names, if anything does.
    pub(super) fn find(
        &mut self,
        store: Read<'_>,
        cases: &Cases,
        place: u32,
        kind: Kind,
        code: &str,
    ) -> Result<Option<Named<'_>>> {
        self.turn_to(place);
        self.key.clear();
        fact_key(&mut self.key, kind, code.as_bytes());
        let kept = self
            .index
            .binary_search_by(|(start, details, _)| self.arena[*start..*details].cmp(&self.key));
        if let Ok(nth) = kept {
            let (_, details, end) = self.index[nth];
            return Ok(read_named(&self.arena[details..end]));
        }
        if self.fetched_for.as_deref() != Some(&self.key) {
            self.fetched.clear();
            fetch(store, cases, kind, code, &mut self.fetched)?;
            self.fetched_for = Some(self.key.clone());
        }
        Ok(read_named(&self.fetched))
    }
}

/// Looks one thing up; nothing is appended when there is no such thing.
fn fetch(store: Read<'_>, cases: &Cases, kind: Kind, code: &str, out: &mut Vec<u8>) -> Result<()> {
    match kind {
        Kind::Case => store.case_by_number(code, |case| {
            put_case(out, &case, cases);
            Ok(())
        }),
        Kind::Engagement => store.engagement_by_code(code, |engagement| {
            put_engagement(out, &engagement);
            Ok(())
        }),
    }
}

/// Appends the details of the row that an entry was made from, which its reference names, or the entry's
/// note where there is no such row.
pub(super) fn put_derived(
    out: &mut Vec<u8>,
    store: Read<'_>,
    detail: Detail,
    code: &str,
    note: &str,
) -> Result<()> {
    store.detail_by_code(detail, code, |title, contact, state| {
        put_named(out, [title, contact, "", state]);
        Ok(())
    })?;
    if out.is_empty() {
        put_named(out, [note, "", "", ""]);
    }
    Ok(())
}
