//! The people of the workspaces that rows name. Each workspace is loaded once, and rows are compared in
//! memory; a row may stand for several workspaces, and each of them has an outcome of its own.

use super::desk::Desk;
use super::kind::Kind;
use super::people::Wanted;
use super::portal;
use super::report::{Counts, Fault, Stop};
use super::row::{Row, cell_fault};
use crate::domain::member::Member;
use crate::domain::people::MemberStatus;
use crate::error::{Error, Result, codes};
use crate::hub::people::Invitation;
use crate::hub::people::Powers;
use crate::policy::Permission;
use crate::store::Named;
use crate::store::sqlite::WorkspaceFacts;
use std::collections::{BTreeSet, HashMap};

/// Someone as the hub holds them.
#[derive(Debug)]
pub(super) struct Held {
    pub member: Member,
    /// A row names the person; whoever is named is not pruned.
    pub listed: bool,
    /// The line that was applied to the person.
    pub said: Option<u64>,
}

/// A workspace with its people, removed ones as well, by account in lower case.
#[derive(Debug)]
pub(super) struct Place {
    pub facts: WorkspaceFacts,
    pub members: HashMap<String, Held>,
    /// Id and name of its groups.
    pub groups: Vec<(String, String)>,
}

/// A row that may pass when others have: a place that another one frees, another administrator.
#[derive(Debug)]
struct Waiting {
    place: usize,
    file: String,
    line: u64,
    cells: Vec<Option<String>>,
    fault: Fault,
}

/// What rows of people have in common.
#[derive(Debug, Default)]
pub(super) struct Crowd {
    /// How a file of people is applied; none takes people over as they stand elsewhere.
    pub wanted: Option<Wanted>,
    /// The workspace of the row in hand.
    pub at: usize,
    pub places: Vec<Place>,
    pub powers: Option<Powers>,
    /// Invitations made, with their codes.
    pub invited: Vec<Invitation>,
    /// Invitations taken over, without codes.
    pub uncoded: u64,
    /// Cases that a row has shared with a group.
    pub shared: HashMap<i64, String>,
    /// Workspaces of rows that name none.
    given: Option<Vec<usize>>,
    by_text: HashMap<String, std::result::Result<Vec<usize>, Fault>>,
    waiting: Vec<Waiting>,
}

/// An account as the store compares it.
pub(super) fn folded(account: &str) -> String {
    account.to_ascii_lowercase()
}

/// A refusal is a fault of the row; a failure of the store ends everything.
pub(super) fn refusal(column: Option<&'static str>, error: Error) -> Stop {
    use crate::error::Kind::{Denied, NotFound, Refused, Usage};
    match error.code.kind {
        Denied | NotFound | Refused | Usage => Stop::Fault(Fault::of(column, &error)),
        _ => Stop::Hard(error),
    }
}

impl Crowd {
    /// Whether a column that must be there may be missing, because the command says it.
    pub fn supplies(&self, kind: Kind, column: &str) -> bool {
        kind == Kind::People && column == "workspace" && self.given.is_some()
    }

    /// The workspace of the row in hand.
    pub fn here(&self) -> &Place {
        &self.places[self.at]
    }

    fn place_of(&self, id: i64) -> Option<usize> {
        self.places.iter().position(|place| place.facts.id == id)
    }
}

/// Applies rows that name no workspace to these.
pub(super) fn give<P: Permission>(desk: &mut Desk<'_, '_, '_, P>, ids: &[i64]) -> Result<()> {
    let given = ids
        .iter()
        .map(|id| load(desk, *id))
        .collect::<Result<BTreeSet<_>>>()?;
    desk.crowd.given = Some(given.into_iter().collect());
    Ok(())
}

fn load<P: Permission>(desk: &mut Desk<'_, '_, '_, P>, id: i64) -> Result<usize> {
    if let Some(place) = desk.crowd.place_of(id) {
        return Ok(place);
    }
    let members = desk.reading().members_of(id)?.into_iter();
    let held = members.map(|member| {
        let held = Held {
            member,
            listed: false,
            said: None,
        };
        (folded(&held.member.account), held)
    });
    let place = Place {
        facts: desk.reading().workspace_facts_of(id)?,
        members: held.collect(),
        groups: desk.reading().group_names(id)?,
    };
    desk.crowd.places.push(place);
    Ok(desk.crowd.places.len() - 1)
}

/// Judges a row in each of its workspaces, and tells what came of it.
pub(super) fn take<P: Permission>(desk: &mut Desk<'_, '_, '_, P>, row: &Row<'_>) -> Result<()> {
    let mut cells = row.cells.to_vec();
    for (field, cell) in row.kind.layout().fields.iter().zip(&mut cells) {
        *cell = cell.map(|text| match field.name {
            "status" => portal::status(text),
            "support_contact" | "service_admin" => portal::flag(text),
            _ => text,
        });
    }
    let row = Row {
        cells: &cells,
        ..*row
    };
    let places = match targets(desk, &row) {
        Ok(places) => places,
        Err(Stop::Hard(error)) => return Err(error),
        Err(Stop::Fault(fault)) => {
            let others = row.check().into_iter();
            for other in others.filter(|other| other.column != fault.column) {
                desk.refuse(&row, other)?;
            }
            return desk.refuse(&row, fault);
        }
    };
    for place in places {
        let code = desk.crowd.places[place].facts.code.clone();
        let mut cells = cells.clone();
        if let Some(cell) = cells.first_mut() {
            *cell = Some(&code);
        }
        take_in(desk, place, &Row { cells: &cells, ..row })?;
    }
    Ok(())
}

fn take_in<P: Permission>(desk: &mut Desk<'_, '_, '_, P>, place: usize, row: &Row<'_>) -> Result<()> {
    let crowd = &mut desk.crowd;
    crowd.at = place;
    if row.line > 0
        && let Some(held) = crowd.places[place].members.get_mut(&folded(row.text("account")))
    {
        held.listed = true;
    }
    let faults = row.check();
    if !faults.is_empty() {
        return faults.into_iter().try_for_each(|fault| desk.refuse(row, fault));
    }
    match desk.judge(row) {
        Ok(judged) => desk.tell(row, judged),
        Err(Stop::Hard(error)) => Err(error),
        Err(Stop::Fault(fault)) if may_pass_later(&fault) => {
            desk.crowd.waiting.push(Waiting {
                place,
                file: row.file.to_owned(),
                line: row.line,
                cells: row.cells.iter().map(|cell| cell.map(str::to_owned)).collect(),
                fault,
            });
            Ok(())
        }
        Err(Stop::Fault(fault)) => desk.refuse(row, fault),
    }
}

/// Someone may leave the contract's line, or become an administrator, further down.
fn may_pass_later(fault: &Fault) -> bool {
    [codes::OVER_CAP.id, codes::LAST_ADMINISTRATOR.id].contains(&fault.code)
}

/// Workspaces that a row is about: one, several separated by `;`, or those that the command names.
fn targets<P: Permission>(desk: &mut Desk<'_, '_, '_, P>, row: &Row<'_>) -> Result<Vec<usize>, Stop> {
    let text = row.text("workspace");
    match (&desk.crowd.given, text) {
        (Some(given), "") => return Ok(given.clone()),
        (Some(_), _) => {
            let what = "the row names a workspace, and so does the command";
            let fix =
                "take the column workspace out of the file, or leave out --workspace and --all-workspaces";
            return Err(cell_fault("workspace", what, fix).into());
        }
        (None, "") => {
            let fix = "write the id or the name of one, or name it with --workspace";
            return Err(cell_fault("workspace", "the cell is empty", fix).into());
        }
        (None, _) => {}
    }
    if let Some(known) = desk.crowd.by_text.get(text) {
        return Ok(known.clone()?);
    }
    let found = match look_up(desk, text) {
        Ok(places) => Ok(places),
        Err(Stop::Fault(fault)) => Err(fault),
        Err(hard) => return Err(hard),
    };
    desk.crowd.by_text.insert(text.to_owned(), found.clone());
    Ok(found?)
}

/// What a cell names: a name with a `;` in it comes before a list.
fn look_up<P: Permission>(desk: &mut Desk<'_, '_, '_, P>, text: &str) -> Result<Vec<usize>, Stop> {
    let several = text.contains(';');
    match workspace(desk, text) {
        Err(Stop::Fault(fault)) if several && fault.code == codes::NOT_FOUND.id => {}
        other => return other.map(|place| vec![place]),
    }
    let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
    let places = parts
        .map(|part| workspace(desk, part))
        .collect::<Result<BTreeSet<_>, Stop>>()?;
    Ok(places.into_iter().collect())
}

fn workspace<P: Permission>(desk: &mut Desk<'_, '_, '_, P>, text: &str) -> Result<usize, Stop> {
    match desk.reading().find(Named::Workspace, text) {
        Ok(id) => Ok(load(desk, id)?),
        Err(_) if desk.was_refused(Kind::Workspaces, text) => Err(Fault {
            code: codes::NOT_FOUND.id,
            ..cell_fault(
                "workspace",
                format!("there is no workspace \"{text}\""),
                "its own row in workspaces was refused; mend that first",
            )
        }
        .into()),
        Err(error) => Err(refusal(Some("workspace"), error)),
    }
}

/// Ends the rows of people: removes those that are not listed, if that is wanted, and judges again what
/// waited for others.
pub(super) fn finish<P: Permission>(desk: &mut Desk<'_, '_, '_, P>) -> Result<()> {
    prune(desk)?;
    loop {
        let waiting = std::mem::take(&mut desk.crowd.waiting);
        let count = waiting.len();
        for one in &waiting {
            let cells: Vec<Option<&str>> = one.cells.iter().map(Option::as_deref).collect();
            take_in(desk, one.place, &one.row(&cells))?;
        }
        if count == 0 || desk.crowd.waiting.len() == count {
            break;
        }
    }
    for one in std::mem::take(&mut desk.crowd.waiting) {
        let cells: Vec<Option<&str>> = one.cells.iter().map(Option::as_deref).collect();
        desk.refuse(&one.row(&cells), one.fault.clone())?;
    }
    tell(desk);
    Ok(())
}

impl Waiting {
    fn row<'a>(&'a self, cells: &'a [Option<&'a str>]) -> Row<'a> {
        Row {
            kind: Kind::People,
            file: &self.file,
            line: self.line,
            cells,
        }
    }
}

/// Who is not in the file (U-3). Line 0 stands for "in no line".
fn prune<P: Permission>(desk: &mut Desk<'_, '_, '_, P>) -> Result<()> {
    let Some(wanted) = desk.crowd.wanted.clone().filter(|wanted| wanted.prune) else {
        return Ok(());
    };
    let told = *desk.tally.counts(Kind::People);
    let reason = if told.refused > 0 {
        Some("a row that was refused may name someone")
    } else if told == Counts::default() && desk.crowd.waiting.is_empty() {
        // A file that was cut off must not empty a workspace.
        Some("the file names nobody at all")
    } else {
        None
    };
    if let Some(reason) = reason {
        desk.tally
            .note(format!("nobody was removed, because {reason} (--prune)"));
        return Ok(());
    }
    let is_left = |held: &&Held| {
        let member = &held.member;
        !held.listed
            && member.status != MemberStatus::Removed
            && (wanted.label.is_none() || member.label == wanted.label)
    };
    let mut gone = Vec::new();
    for (place, all) in desk.crowd.places.iter().enumerate() {
        let left = all.members.values().filter(is_left);
        gone.extend(left.map(|held| (all.facts.code.clone(), held.member.account.clone(), place)));
    }
    gone.sort();
    for (code, account, place) in gone {
        let cells = [Some(code.as_str()), Some(account.as_str())];
        let row = Row {
            kind: Kind::People,
            file: &wanted.file,
            line: 0,
            cells: &cells,
        };
        take_in(desk, place, &row)?;
    }
    Ok(())
}

/// Says how many were invited, without a word of their codes.
fn tell<P: Permission>(desk: &mut Desk<'_, '_, '_, P>) {
    let uncoded = desk.crowd.uncoded;
    if uncoded > 0 {
        desk.tally.note(format!(
            "{uncoded} invitations were taken over without a code: `servhub user resend` makes codes"
        ));
    }
}
