//! Who asks: one person for every role, who holds it in the own place and nowhere else, and one who would
//! hold it there if the membership were active.

use super::partner;
use super::place::{Place, into_group, member};
use rusqlite::Connection;
use servhub::domain::people::{Role, WORKSPACE_ROLES};
use servhub::policy::roles::{ROLES, RoleScope};

/// A row of the matrix within an operation.
#[derive(Debug, Clone)]
pub struct Holder {
    /// The role, or what stands for it.
    pub name: String,
    /// The account; none is the operator.
    pub account: Option<String>,
    /// The account whose membership with that role is not active, where there can be one; of a partner's people, one
    /// who holds the role no more.
    pub inactive: Option<String>,
}

/// Several roles in one person: the union counts.
const TOGETHER: &[&[Role]] = &[
    &[Role::CustomerActivity, Role::ViewAllRequests],
    &[Role::CustomerActivity, Role::LearningManager],
    &[Role::InviteUsers, Role::SupportContact],
];

/// Roles that come through a group.
const GROUPED: &[Role] = &[Role::WorkspaceAdmin, Role::ViewAllRequests];

/// Makes everyone, in the order of the matrix.
pub fn everyone(conn: &Connection, places: &[Place]) -> Vec<Holder> {
    let (own, near) = (&places[0], &places[1]);
    let mut all = vec![Holder {
        name: "operator".to_owned(),
        account: None,
        inactive: None,
    }];
    for rule in ROLES {
        all.push(match (rule.scope, rule.role) {
            (RoleScope::Provider, role) => staff(role),
            (RoleScope::Customer, _) => administrator(conn, own),
            (RoleScope::Workspace, role) => of_workspace(conn, own, &[role]),
            (RoleScope::Partner, role) => partner::holder(conn, own, role),
        });
    }
    all.extend(TOGETHER.iter().map(|roles| of_workspace(conn, own, roles)));
    all.extend(GROUPED.iter().map(|role| grouped(conn, own, *role)));
    all.extend(["V-1", "V-2", "V-3"].map(|rule| seeing(conn, own, rule)));
    all.push(partner::sharer(conn, own));
    all.push(partner::reseller(conn, own));
    all.extend([Role::PartnerAdmin, Role::HelpdeskAgent].map(|role| partner::rival(conn, near, role)));
    all.push(known(conn, own, "nobody"));
    all
}

/// A member who sees the own place's cases by a rule that is about the person.
fn seeing(conn: &Connection, own: &Place, rule: &str) -> Holder {
    let mut holder = pair(conn, own, &format!("member by {rule}"));
    if rule == "V-3" {
        // One person is named on a case.
        holder.inactive = None;
    }
    for account in [&holder.account, &holder.inactive].into_iter().flatten() {
        let sql = match rule {
            "V-1" => {
                into_group(conn, &own.group, account);
                continue;
            }
            "V-2" => {
                "INSERT INTO case_share (case_id, account) SELECT id, ?2 FROM support_case WHERE number = ?1"
            }
            _ => "UPDATE support_case SET named_contact = ?2 WHERE number = ?1",
        };
        for case in [&own.case, &own.solved] {
            assert_eq!(conn.execute(sql, [case, account]).unwrap(), 1);
        }
    }
    holder
}

/// Named on the own place's contract.
fn staff(role: Role) -> Holder {
    let short = match role {
        Role::Csam => "csam",
        Role::AccountCoordinator => "ac",
        _ => "im",
    };
    Holder {
        name: role.word().to_owned(),
        account: Some(format!("{short}-own@p.example")),
        inactive: None,
    }
}

fn administrator(conn: &Connection, own: &Place) -> Holder {
    let account = "administrator@x.example";
    conn.execute(
        "INSERT INTO administrator (customer_id, account, name) SELECT id, ?2, ?2 FROM customer WHERE code = ?1",
        [own.customer, account],
    )
    .unwrap();
    Holder {
        name: Role::GlobalAdmin.word().to_owned(),
        account: Some(account.to_owned()),
        inactive: None,
    }
}

fn of_workspace(conn: &Connection, own: &Place, roles: &[Role]) -> Holder {
    let words: Vec<&str> = roles.iter().map(|role| role.word()).collect();
    let holder = pair(conn, own, &words.join("+"));
    for account in [&holder.account, &holder.inactive].into_iter().flatten() {
        for role in roles {
            give(conn, account, *role);
        }
    }
    holder
}

fn grouped(conn: &Connection, own: &Place, role: Role) -> Holder {
    let holder = pair(conn, own, &format!("{} through a group", role.word()));
    let group = format!("G{}-{}", own.tag, role.word());
    let code = &own.workspace;
    conn.execute(
        "INSERT INTO team (workspace_id, code, name, kind) SELECT id, ?2, ?2, 'local' FROM workspace WHERE code = ?1",
        [code, &group],
    )
    .unwrap();
    conn.execute(
        "INSERT INTO team_role (team_id, role) SELECT id, ?2 FROM team WHERE code = ?1",
        [&group, role.word()],
    )
    .unwrap();
    for account in [&holder.account, &holder.inactive].into_iter().flatten() {
        into_group(conn, &group, account);
    }
    holder
}

/// Two members of the own workspace, a registered one and an invited one.
fn pair(conn: &Connection, own: &Place, name: &str) -> Holder {
    let plain = name.replace(['+', ' '], "-");
    let (active, inactive) = (format!("{plain}@x.example"), format!("{plain}-invited@x.example"));
    member(conn, &own.workspace, &active, "registered");
    member(conn, &own.workspace, &inactive, "invited");
    Holder {
        name: name.to_owned(),
        account: Some(active),
        inactive: Some(inactive),
    }
}

/// Someone who was invited, and holds nothing.
fn known(conn: &Connection, own: &Place, name: &str) -> Holder {
    let account = format!("{name}@x.example");
    member(conn, &own.workspace, &account, "invited");
    Holder {
        name: name.to_owned(),
        account: Some(account),
        inactive: None,
    }
}

fn give(conn: &Connection, account: &str, role: Role) {
    let sql = match role {
        Role::Member => return,
        Role::SupportContact => "UPDATE member SET support_contact = 1 WHERE account = ?1 AND ?2 <> ''",
        Role::ServiceAdmin => "UPDATE member SET service_admin = 1 WHERE account = ?1 AND ?2 <> ''",
        role => {
            assert!(WORKSPACE_ROLES.contains(&role), "nothing grants {role}");
            "INSERT INTO member_role (member_id, role) SELECT id, ?2 FROM member WHERE account = ?1"
        }
    };
    assert_eq!(conn.execute(sql, [account, role.word()]).unwrap(), 1);
}
