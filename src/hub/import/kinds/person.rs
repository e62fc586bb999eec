//! Members of workspaces (R-2, R-3, U-1 to U-4).

use crate::domain::Instant;
use crate::domain::member::{Member, Wish};
use crate::domain::near::nearest;
use crate::domain::people::{MemberStatus, Role};
use crate::error::codes;
use crate::hub::import::crowd::{Held, folded, refusal};
use crate::hub::import::desk::{Desk, Judged};
use crate::hub::import::portal;
use crate::hub::import::report::{Fault, Stop, Verdict};
use crate::hub::import::row::{Row, cell_fault, rule_fault};
use crate::hub::people::{Invitation, Powers, Settled, VALID_DAYS, settle, take_over};
use crate::policy::Permission;
use std::collections::BTreeSet;

/// Judges one person in one workspace, the one that [`crate::hub::import::crowd`] has put in hand.
pub(in crate::hub::import) fn person<P: Permission>(
    desk: &mut Desk<'_, '_, '_, P>,
    row: &Row<'_>,
) -> Result<Judged, Stop> {
    let key = folded(row.text("account"));
    let wish = if row.line == 0 {
        removal()
    } else {
        wish(desk, row)?
    };
    let now = desk.at.context().now;
    let place = desk.crowd.here();
    let held = place.members.get(&key);
    let new;
    let start = match held {
        Some(held) => &held.member,
        None if wish.status == Some(MemberStatus::Removed) && desk.crowd.wanted.is_some() => {
            return Ok(Judged::unchanged());
        }
        None => {
            new = Member::new(place.facts.id, &place.facts.code, row.text("account"), now);
            &new
        }
    };
    let mut after = wish.on(start, now);
    if wish.default_group.is_none() {
        // Whoever leaves a group does not share new requests with it any more.
        let kept = |group: &String| after.groups.contains(group);
        after.default_group = after.default_group.filter(kept);
    }
    if desk.crowd.wanted.is_none() {
        moments(row, &mut after, now)?;
    }
    if let Some(held) = held {
        if held.member == after {
            return Ok(Judged::unchanged());
        }
        said_once(held)?;
        if after.status == MemberStatus::Removed {
            may_remove(desk, row, &held.member)?;
        }
    }
    let settled = bring(desk, &key, after)?;
    Ok(keep(desk, row, key, settled))
}

fn removal() -> Wish {
    Wish {
        status: Some(MemberStatus::Removed),
        ..Wish::default()
    }
}

/// What the row says should be. A column that is not there says nothing.
fn wish<P: Permission>(desk: &mut Desk<'_, '_, '_, P>, row: &Row<'_>) -> Result<Wish, Stop> {
    let status: Option<MemberStatus> = row.value("status")?;
    let managed = desk.crowd.wanted.as_ref();
    if status == Some(MemberStatus::Removed) && managed.is_some() {
        return Ok(removal());
    }
    let label = managed.and_then(|wanted| wanted.label.clone());
    // Who is registered and who is not is not for a file to say; an import takes over what was.
    let status = status.filter(|_| managed.is_none()).map(|status| match status {
        MemberStatus::Expired => MemberStatus::Invited,
        other => other,
    });
    let flag = |column: &str| row.opt(column).map(|text| text == "yes");
    let text = |column: &str| row.speaks_of(column).then(|| row.text(column).to_owned());
    Ok(Wish {
        name: row.opt("name").map(str::to_owned),
        account_kind: row.value("account_kind")?,
        language: text("language"),
        label: label.or_else(|| text("label")),
        roles: roles(desk, row)?,
        groups: groups(desk, row)?,
        default_group: default_group(desk, row)?,
        support_contact: flag("support_contact"),
        service_admin: flag("service_admin"),
        status,
    })
}

fn listed(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', ','])
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

fn roles<P: Permission>(
    desk: &mut Desk<'_, '_, '_, P>,
    row: &Row<'_>,
) -> Result<Option<BTreeSet<Role>>, Stop> {
    if !row.speaks_of("roles") {
        return Ok(None);
    }
    let mut roles = BTreeSet::new();
    for part in listed(row.text("roles")) {
        match portal::role(part) {
            Some(role) => {
                roles.insert(role);
            }
            None if portal::is_inherited(part) => desk.tally.note(format!(
                "{}: the role \"{part}\" comes from the contract and was left out",
                row.file
            )),
            None => return Err(unknown_role(part).into()),
        }
    }
    Ok(Some(roles))
}

pub(super) fn unknown_role(text: &str) -> Fault {
    let granted = crate::domain::people::WORKSPACE_ROLES.map(Role::word);
    let near = nearest(text, granted.iter().copied());
    let near = near
        .first()
        .map_or(String::new(), |near| format!("did you mean {near}? "));
    let fix = format!("{near}It is one of {}", granted.join(", "));
    cell_fault("roles", format!("\"{text}\" is no role"), fix)
}

fn groups<P: Permission>(
    desk: &Desk<'_, '_, '_, P>,
    row: &Row<'_>,
) -> Result<Option<BTreeSet<String>>, Stop> {
    if !row.speaks_of("groups") {
        return Ok(None);
    }
    let all = listed(row.text("groups")).map(|text| group(desk, "groups", text));
    Ok(Some(all.collect::<Result<_, _>>()?))
}

fn default_group<P: Permission>(desk: &Desk<'_, '_, '_, P>, row: &Row<'_>) -> Result<Option<String>, Stop> {
    match row.text("default_group") {
        "" => Ok(row.speaks_of("default_group").then(String::new)),
        text => Ok(Some(group(desk, "default_group", text)?)),
    }
}

/// The id of a group of the workspace, by id or name.
fn group<P: Permission>(
    desk: &Desk<'_, '_, '_, P>,
    column: &'static str,
    text: &str,
) -> Result<String, Fault> {
    let place = desk.crowd.here();
    let by_id = place.groups.iter().find(|(code, _)| code == text);
    let by_name = || {
        let wanted = text.to_lowercase();
        place
            .groups
            .iter()
            .find(|(_, name)| name.to_lowercase() == wanted)
    };
    if let Some((code, _)) = by_id.or_else(by_name) {
        return Ok(code.clone());
    }
    let known = place.groups.iter().flat_map(|(code, name)| [code.as_str(), name]);
    let near = nearest(text, known);
    let fix = if near.is_empty() {
        "correct the id, or make the group first".to_owned()
    } else {
        format!("did you mean {}?", near.join(", "))
    };
    let what = format!("workspace {} has no group \"{text}\"", place.facts.code);
    Err(Fault {
        code: codes::NOT_FOUND.id,
        ..cell_fault(column, what, fix)
    })
}

/// When the person was invited, registered, and so on, and how often they were invited, as it stands elsewhere.
fn moments(row: &Row<'_>, after: &mut Member, now: Instant) -> Result<(), Fault> {
    let invited = after.status == MemberStatus::Invited;
    if let Some(at) = row.value("invited_at")? {
        after.invited_at = at;
    }
    match row.value::<Instant>("expires_at")? {
        Some(at) => after.expires_at = Some(at),
        None if invited && after.expires_at.is_none() => {
            after.expires_at = Some(after.invited_at.plus_seconds(VALID_DAYS * 86_400));
        }
        None if row.speaks_of("expires_at") && !invited => after.expires_at = None,
        None => {}
    }
    if row.text("status") == MemberStatus::Expired.word() && after.status(now) == MemberStatus::Invited {
        after.expires_at = Some(now);
    }
    match row.value::<Instant>("registered_at")? {
        Some(at) => after.registered_at = Some(at),
        None if row.speaks_of("registered_at") && !after.status.is_active() => after.registered_at = None,
        None => {}
    }
    after.sent = row.value("sent")?.unwrap_or(after.sent);
    if invited {
        after.sent = after.sent.max(1);
    }
    if after.status == MemberStatus::Removed {
        after.removed_at = row.value("removed_at")?.or(after.removed_at);
    }
    Ok(())
}

/// A file says of a person once what should be; else the last line would win, and the same file again would
/// change it back and forth.
fn said_once(held: &Held) -> Result<(), Fault> {
    match held.said {
        None => Ok(()),
        Some(line) => Err(cell_fault(
            "account",
            format!("line {line} says something else of the same person in this workspace"),
            "leave one line of the two",
        )),
    }
}

/// Removal needs `--prune` (U-3), spares people of other labels, and is never a service administrator's.
fn may_remove<P: Permission>(desk: &Desk<'_, '_, '_, P>, row: &Row<'_>, member: &Member) -> Result<(), Stop> {
    let Some(wanted) = &desk.crowd.wanted else {
        return Ok(());
    };
    if !wanted.prune {
        let what = format!(
            "{} would be removed, and nobody is without --prune (U-3)",
            member.account
        );
        return Err(rule_fault("status", what, "add --prune, or take the row out"));
    }
    if let Some(label) = wanted
        .label
        .as_ref()
        .filter(|label| member.label.as_ref() != Some(label))
    {
        let what = format!("{} does not carry the label \"{label}\" (U-3)", member.account);
        return Err(rule_fault(
            "status",
            what,
            "take the row out, or apply it without --label",
        ));
    }
    if member.service_admin && row.line == 0 {
        let what = format!(
            "{} is named on the contract as its administrator, whom only the provider changes (R-3)",
            member.account
        );
        return Err(rule_fault("account", what, "put the person into the file"));
    }
    Ok(())
}

/// Brings the membership to what it should be, or leaves nothing behind.
fn bring<P: Permission>(desk: &mut Desk<'_, '_, '_, P>, key: &str, after: Member) -> Result<Settled, Stop> {
    let crowd = &mut desk.crowd;
    let powers = crowd.powers.take().unwrap_or_else(|| Powers::of(desk.at));
    let place = &crowd.places[crowd.at];
    let before = place.members.get(key).map(|held| &held.member);
    desk.at.mark()?;
    let settled = if crowd.wanted.is_some() {
        settle(desk.at, &powers, &place.facts, (before, after), VALID_DAYS)
    } else {
        take_over(desk.at, &powers, &place.facts, (before, after))
    };
    crowd.powers = Some(powers);
    match settled {
        Ok(settled) => {
            desk.at.keep_mark()?;
            Ok(settled)
        }
        Err(error) => {
            desk.at.undo_mark()?;
            Err(refusal(column(error.code.id), error))
        }
    }
}

/// The column to blame for a rule.
fn column(code: &str) -> Option<&'static str> {
    let columns = [
        (codes::ACCOUNT_KIND.id, "account_kind"),
        (codes::LAST_ADMINISTRATOR.id, "roles"),
        (codes::NOT_GRANTED.id, "roles"),
        (codes::OVER_CAP.id, "support_contact"),
        (codes::ARCHIVED.id, "workspace"),
        (codes::DENIED.id, "workspace"),
    ];
    let found = columns.iter().find(|(id, _)| *id == code);
    found.map(|(_, column)| *column)
}

/// Remembers what came of the person, and says it.
fn keep<P: Permission>(
    desk: &mut Desk<'_, '_, '_, P>,
    row: &Row<'_>,
    key: String,
    settled: Settled,
) -> Judged {
    let Settled {
        member,
        is_new,
        told,
        code,
    } = settled;
    let crowd = &mut desk.crowd;
    if crowd.wanted.is_none() && is_new && member.status == MemberStatus::Invited {
        crowd.uncoded += 1;
    }
    if let Some(code) = code {
        crowd.invited.push(Invitation {
            workspace: member.workspace.clone(),
            account: member.account.clone(),
            name: member.name.clone(),
            language: member.language.clone(),
            code: code.tell(),
            expires_at: member.expires_at,
        });
    }
    let (verdict, mut reason) = if is_new {
        (Verdict::Created, vec![member.status.word().to_owned()])
    } else {
        (Verdict::Changed, Vec::new())
    };
    if row.line == 0 {
        reason.push("not in the file (--prune)".to_owned());
    } else {
        let news = told
            .into_iter()
            .filter(|one| !is_new || !one.starts_with("status: "));
        reason.extend(news);
    }
    if reason.is_empty() {
        reason.push(
            "invited, expires, registered or removed at another moment, or invited another number of times"
                .to_owned(),
        );
    }
    let held = Held {
        member,
        listed: true,
        said: Some(row.line),
    };
    let place = crowd.at;
    crowd.places[place].members.insert(key, held);
    Judged::new(verdict, reason.join("; "))
}
