//! Bringing one membership from what it is to what it should be: every rule about people is asked here.

use super::contact;
use super::{Code, Powers};
use crate::domain::contract::AccountKind;
use crate::domain::member::{Member, differences};
use crate::domain::people::{MemberStatus, Role, WORKSPACE_ROLES};
use crate::error::{Result, codes};
use crate::hub::Writing;
use crate::policy::Permission;
use crate::store::sqlite::WorkspaceFacts;

/// What came of it.
#[derive(Debug)]
pub(crate) struct Settled {
    /// The membership as it is now.
    pub member: Member,
    /// Whether it was not there before.
    pub is_new: bool,
    /// What was changed, in words; empty when nothing was.
    pub told: Vec<String>,
    /// The code of the invitation, when one was made. It can be told now and never again.
    pub code: Option<Code>,
}

/// How someone comes to be invited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Letter {
    /// A code is made, and is valid for so many days.
    Sent(i64),
    /// The invitation stands as it was made elsewhere, without a code of ours.
    Elsewhere,
}

/// Makes `after` true, or refuses. `before` is the membership as the store has it, if there is one.
///
/// # Errors
/// `E0200` for a part that the person may not change, `E0408` over the cap, `E05xx` for the rules.
pub(crate) fn settle<P: Permission>(
    at: &mut Writing<'_, P>,
    powers: &Powers,
    workspace: &WorkspaceFacts,
    states: (Option<&Member>, Member),
    valid_days: i64,
) -> Result<Settled> {
    bring(at, powers, workspace, states, Letter::Sent(valid_days))
}

/// The same for someone who is taken over as they stand elsewhere: with the moments that `after` names,
/// without a code, and into an archived workspace as well.
///
/// # Errors
/// As [`settle`].
pub(crate) fn take_over<P: Permission>(
    at: &mut Writing<'_, P>,
    powers: &Powers,
    workspace: &WorkspaceFacts,
    states: (Option<&Member>, Member),
) -> Result<Settled> {
    bring(at, powers, workspace, states, Letter::Elsewhere)
}

fn bring<P: Permission>(
    at: &mut Writing<'_, P>,
    powers: &Powers,
    workspace: &WorkspaceFacts,
    (before, mut after): (Option<&Member>, Member),
    letter: Letter,
) -> Result<Settled> {
    if before == Some(&after) {
        return Ok(Settled {
            member: after,
            is_new: false,
            told: Vec::new(),
            code: None,
        });
    }
    let nobody = Member {
        status: MemberStatus::Removed,
        roles: Default::default(),
        groups: Default::default(),
        support_contact: false,
        service_admin: false,
        default_group: None,
        ..after.clone()
    };
    let was = before.unwrap_or(&nobody);
    permitted(powers, workspace, was, &after)?;
    if letter == Letter::Elsewhere {
        powers.take_over(workspace)?;
    }
    fits(at, workspace, (before, &after), letter)?;
    let counted = may_demote(was, &after);
    let administrators = counted
        .then(|| at.reading().administrators_of(workspace.id))
        .transpose()?;
    let code = invitation(at, was, &mut after, letter)?;
    after.id = at.keep_member(before, &after)?;
    if let Some(code) = &code {
        at.set_code(after.id, Some(&code.hash()))?;
    } else if after.status != MemberStatus::Invited {
        at.set_code(after.id, None)?;
    }
    if was.support_contact != after.support_contact {
        contact::mark(at, workspace, &after)?;
    }
    if let Some(were) = administrators
        && !at.reading().administrators_of(workspace.id)?.suffice_after(were)
    {
        return Err(last_administrator(&after.account, &workspace.code));
    }
    at.record(&after.subject(), before, Some(&after))?;
    Ok(Settled {
        told: differences(was, &after),
        is_new: before.is_none(),
        member: after,
        code,
    })
}

/// Whether a change could take an administrator away: counting them costs a look at the whole workspace.
fn may_demote(was: &Member, after: &Member) -> bool {
    let administers =
        was.service_admin || !was.groups.is_empty() || was.roles.contains(&Role::WorkspaceAdmin);
    let standing = |member: &Member| {
        (
            member.status,
            member.service_admin,
            member.roles.clone(),
            member.groups.clone(),
        )
    };
    was.status != MemberStatus::Removed && administers && standing(was) != standing(after)
}

/// Each part of a change needs its own permission.
fn permitted(powers: &Powers, workspace: &WorkspaceFacts, was: &Member, after: &Member) -> Result<()> {
    use MemberStatus::{Directory, Invited, Registered, Removed};
    match (was.status, after.status) {
        (before, after) if before == after => {}
        (_, Removed) => powers.manage(workspace)?,
        (Removed, Invited) => powers.invite(workspace)?,
        // A person who had registered and was removed comes back as they were.
        (Removed, Registered) if was.registered_at.is_some() && was.id != 0 => powers.manage(workspace)?,
        (_, Directory) => powers.groups(workspace)?,
        _ => powers.take_over(workspace)?,
    }
    let back = was.status == Removed && after.status != Removed;
    let none = Member::new(workspace.id, &workspace.code, &after.account, after.invited_at);
    // Whoever was removed held nothing: what they come back with is given anew.
    let held = if back { &none } else { was };
    if held.roles != after.roles {
        powers.roles(workspace)?;
    }
    if held.groups != after.groups {
        powers.groups(workspace)?;
    }
    if held.default_group != after.default_group {
        powers.default_group(workspace, &after.account)?;
    }
    if was.support_contact != after.support_contact && after.status != Removed {
        powers.contacts(workspace)?;
    }
    if held.service_admin != after.service_admin || (after.service_admin && after.status == Removed) {
        let allowed = powers.service_admins(workspace);
        allowed.map_err(|error| {
            if after.status == Removed {
                two_people(error, after)
            } else {
                error
            }
        })?;
    }
    let kept = |member: &Member| {
        (
            member.name.clone(),
            member.account_kind,
            member.language.clone(),
            member.label.clone(),
        )
    };
    if was.status != Removed && kept(was) != kept(after) {
        powers.manage(workspace)?;
    }
    Ok(())
}

/// An administrator removes people and the provider says who is named on the contract: neither of them alone removes
/// someone who is.
fn two_people(error: crate::error::Error, member: &Member) -> crate::error::Error {
    error.hint(format!(
        "removing a service administrator takes two people: the provider takes the mark away with `servhub user service-admin {} --off --workspace {}`, then an administrator of the customer removes the person",
        member.account, member.workspace
    ))
}

/// What a workspace takes (W-4, W-5), and what a member can be (R-1, V-6).
fn fits<P: Permission>(
    at: &Writing<'_, P>,
    workspace: &WorkspaceFacts,
    (before, after): (Option<&Member>, &Member),
    letter: Letter,
) -> Result<()> {
    if after.status == MemberStatus::Removed {
        return Ok(());
    }
    if letter != Letter::Elsewhere {
        open(workspace)?;
    }
    let stays =
        |before: &Member| before.status != MemberStatus::Removed && before.account_kind == after.account_kind;
    if !before.is_some_and(stays) {
        takes(at, workspace, after)?;
    }
    if let Some(role) = after.roles.iter().find(|role| !WORKSPACE_ROLES.contains(role)) {
        return Err(not_granted(*role));
    }
    let stray = after
        .default_group
        .as_ref()
        .filter(|group| !after.groups.contains(*group));
    if let Some(group) = stray {
        let message = format!(
            "{} is not in group {group}, which can therefore not be the default one (V-6)",
            after.account
        );
        return Err(codes::RULE
            .error(message)
            .hint(format!("`servhub group add {group} {}` first", after.account)));
    }
    Ok(())
}

/// An archived workspace takes nobody new (W-5).
pub(crate) fn open(workspace: &WorkspaceFacts) -> Result<()> {
    if !workspace.archived {
        return Ok(());
    }
    let message = format!(
        "workspace {} is archived and takes nobody new (W-5)",
        workspace.code
    );
    Err(codes::ARCHIVED.error(message))
}

fn takes<P: Permission>(at: &Writing<'_, P>, workspace: &WorkspaceFacts, after: &Member) -> Result<()> {
    let personal = after.account_kind == AccountKind::Personal;
    if !personal || workspace.allow_personal || at.reading().is_on_premier(workspace.id)? {
        return Ok(());
    }
    let message = format!(
        "workspace {} is on a unified contract and takes work accounts only (W-4); {} is a personal one",
        workspace.code, after.account
    );
    let hint = format!(
        "use a work account, or `servhub workspace update {} --allow-personal yes`",
        workspace.code
    );
    Err(codes::ACCOUNT_KIND.error(message).hint(hint))
}

/// Why a role is none that is granted in a workspace.
pub(crate) fn not_granted(role: Role) -> crate::error::Error {
    let hint = match role {
        Role::SupportContact => "it is a mark: `servhub user contact ACCOUNT --on`",
        Role::GlobalAdmin => {
            "it is held at a customer: `servhub role grant ACCOUNT global-admin --customer NAME`"
        }
        Role::ServiceAdmin => {
            "it comes from the contract, and the provider changes it: `servhub user service-admin ACCOUNT --on`"
        }
        Role::Csam | Role::AccountCoordinator | Role::IncidentManager => {
            "the contract names them: import contracts.csv"
        }
        _ => "`servhub role list --all` shows the roles there are",
    };
    codes::NOT_GRANTED
        .error(format!("{role} is not granted in a workspace"))
        .hint(hint)
}

/// "Somebody must administer the workspace", said of whoever or whatever would leave it without.
pub(crate) fn last_administrator(who: &str, workspace: &str) -> crate::error::Error {
    let message = format!(
        "{who} is the last administrator of workspace {workspace} and cannot be removed or demoted (R-3)"
    );
    let hint = format!(
        "make someone else one first: `servhub role grant ACCOUNT workspace-admin --workspace {workspace}`"
    );
    codes::LAST_ADMINISTRATOR.error(message).hint(hint)
}

/// Makes a new code for someone who becomes invited.
fn invitation<P: Permission>(
    at: &Writing<'_, P>,
    was: &Member,
    after: &mut Member,
    letter: Letter,
) -> Result<Option<Code>> {
    let Letter::Sent(valid_days) = letter else {
        return Ok(None);
    };
    if after.status != MemberStatus::Invited || was.status == MemberStatus::Invited {
        return Ok(None);
    }
    renew(after, at.context().now, valid_days);
    Code::make().map(Some)
}

/// Notes a further invitation: sent now, valid for so many days.
pub(crate) fn renew(member: &mut Member, now: crate::domain::Instant, valid_days: i64) {
    member.invited_at = now;
    member.expires_at = Some(now.plus_seconds(valid_days * 86_400));
    member.sent += 1;
}
