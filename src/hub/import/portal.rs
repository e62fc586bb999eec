//! People as the vendor's portal writes them: its names for columns, roles and statuses, so that its export
//! can be read as it is.

use super::kind::Kind;
use crate::domain::people::Role;

/// The portal's columns, in lower case, and ours.
const COLUMNS: &[(&str, &str)] = &[
    ("displayname", "name"),
    ("accountname", "account"),
    ("issupportcontact", "support_contact"),
    ("workspacename", "workspace"),
];

/// The portal's columns that say nothing the hub keeps.
const LEFT_OUT: &[&str] = &[
    "id",
    "role",
    "iscsm",
    "isglobalsupportcontact",
    "isreadonlycontact",
    "usertype",
    "lastloggedin",
    "aadgroups",
    "useraadgroups",
    "firstname",
    "lastname",
];

/// The portal's ids of roles.
const ROLES: &[(&str, Role)] = &[
    ("WorkspaceAdministratorRole", Role::WorkspaceAdmin),
    ("CustomerActivityPagePermissionRole", Role::CustomerActivity),
    ("InviteUsersPermissionRole", Role::InviteUsers),
    ("SupportCasePermissionRole", Role::ViewAllRequests),
    ("TrainingPermissionRole", Role::Learning),
    ("TrainingManager", Role::LearningManager),
    ("HealthPermissionRole", Role::Health),
    ("PlansPermissionRole", Role::Programs),
    ("SharedFilesPermissionRole", Role::SharedFiles),
];

/// Roles that come from the contract; nobody grants them.
const INHERITED: &[&str] = &[
    "Account manager",
    "IncidentManagerUnified",
    "CSMAdministrator",
    "ContractSupportUser",
];

/// The portal's words for a status, in lower case, and ours.
const STATUSES: &[(&str, &str)] = &[
    ("invite sent (resend)", "invited"),
    ("invite sent", "invited"),
    ("pending", "invited"),
    ("active", "registered"),
    ("added via microsoft entra id", "directory"),
    ("addedviadirectory", "directory"),
];

/// Our name for a column, given in lower case; the same when the portal has no other.
pub(super) fn column(kind: Kind, name: &str) -> &str {
    let found = COLUMNS.iter().find(|(theirs, _)| *theirs == name);
    match found {
        Some((_, ours)) if kind == Kind::People => ours,
        _ => name,
    }
}

/// Whether a column of the portal, given in lower case, is left out without a word.
pub(super) fn is_left_out(kind: Kind, name: &str) -> bool {
    kind == Kind::People && LEFT_OUT.contains(&name)
}

/// `yes` and `no` for the portal's `True` and `False`, in whatever case.
pub(super) fn flag(text: &str) -> &str {
    match text {
        text if text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("yes") => "yes",
        text if text.eq_ignore_ascii_case("false") || text.eq_ignore_ascii_case("no") => "no",
        other => other,
    }
}

/// Our word for a status.
pub(super) fn status(text: &str) -> &str {
    let ours = crate::domain::people::MemberStatus::WORDS
        .iter()
        .find(|word| word.eq_ignore_ascii_case(text));
    if let Some(word) = ours {
        return word;
    }
    let lower = text.to_lowercase();
    let found = STATUSES.iter().find(|(theirs, _)| *theirs == lower);
    found.map_or(text, |(_, ours)| ours)
}

/// The role that a word or an id of the portal means.
pub(super) fn role(text: &str) -> Option<Role> {
    let theirs = || ROLES.iter().find(|(id, _)| id.eq_ignore_ascii_case(text));
    text.parse().ok().or_else(|| theirs().map(|(_, role)| *role))
}

/// Whether a role is inherited from the contract.
pub(super) fn is_inherited(text: &str) -> bool {
    INHERITED.iter().any(|id| id.eq_ignore_ascii_case(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rules: U-1
    #[test]
    fn every_word_of_the_portal_means_one_of_ours() {
        let layout = Kind::People.layout();
        for (theirs, ours) in COLUMNS {
            assert!(
                layout.place(ours).is_some() && layout.place(theirs).is_none(),
                "{theirs}"
            );
            assert_eq!(column(Kind::People, theirs), *ours);
            assert_eq!(column(Kind::Contacts, theirs), *theirs);
        }
        for name in LEFT_OUT {
            assert!(
                layout.place(name).is_none() && is_left_out(Kind::People, name),
                "{name}"
            );
        }
        for (theirs, ours) in STATUSES {
            assert!(
                ours.parse::<crate::domain::people::MemberStatus>().is_ok(),
                "{theirs}"
            );
        }
        let granted: Vec<Role> = ROLES.iter().map(|(_, role)| *role).collect();
        for role in crate::domain::people::WORKSPACE_ROLES {
            assert!(granted.contains(&role), "{role}");
        }
        for inherited in INHERITED {
            assert!(
                role(inherited).is_none() && is_inherited(inherited),
                "{inherited}"
            );
        }
    }

    /// Rules: U-1
    #[test]
    fn flags_and_statuses_are_read_in_any_case() {
        assert_eq!(
            [flag("TRUE"), flag("False"), flag("Yes"), flag("1")],
            ["yes", "no", "yes", "1"]
        );
        assert_eq!(
            [status("Registered"), status("INVITE SENT"), status("gone")],
            ["registered", "invited", "gone"]
        );
    }
}
