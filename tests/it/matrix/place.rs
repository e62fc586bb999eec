//! The organisation that the matrix asks about: three places, each with one of everything. What belongs to a
//! place has the place's tag in its name, so that an answer can be searched for it.

use super::partner::{self, Partner};
use crate::harness::Sandbox;
use rusqlite::Connection;
use servhub::domain::Instant;
use servhub::hub::import::{Apply, Source, discover};
use servhub::hub::people::Code;
use servhub::hub::{Context, Hub, Mode};
use servhub::policy::Actor;
use servhub::store::Db;
use std::fmt::Write;
use std::path::Path;

/// A workspace and what is in it, by the names under which an operation asks for them.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// In the name of everything that belongs here.
    pub tag: &'static str,
    /// The customer, whose name has no tag: two places share it.
    pub customer: &'static str,
    pub workspace: String,
    /// In force, and linked to the workspace.
    pub contract: String,
    /// Signed, and not begun.
    pub next_contract: String,
    /// Attached, and used.
    pub package: String,
    /// Attached, and not used.
    pub spare: String,
    /// Of the contract, and not attached.
    pub free: String,
    /// Of the package, in hours.
    pub entitlement: String,
    /// A case of the workspace, under the contract.
    pub case: String,
    /// One like it that is resolved.
    pub solved: String,
    /// Number of a ledger entry.
    pub entry: i64,
    /// Number of a ledger entry on the case.
    pub case_entry: i64,
    /// A registered member without a role, whom changes are tried on.
    pub member: String,
    /// Invited, and not registered yet.
    pub invited: String,
    /// Was a registered member, and was removed.
    pub removed: String,
    /// A member with the role of learning and the mark of a support contact.
    pub marked: String,
    /// A member who is named on the contract as its administrator.
    pub named: String,
    /// A member whom the label `crew` manages.
    pub labelled: String,
    /// A global administrator of the customer.
    pub chief: String,
    /// A local group, with which the case is shared. `member` is not in it.
    pub group: String,
    /// Who is in the local group, and with whom the case is shared.
    pub grouped: String,
    /// An administrator who is in the local group, and has it for the default one.
    pub chooser: String,
    /// A group of a directory, with the role of learning.
    pub directory: String,
    /// Who came through the directory's group.
    pub through: String,
    /// A partner that serves the customer.
    pub partner: Partner,
    /// A token of `member`.
    pub token: String,
    /// An operator of the shared hub.
    pub operator: String,
}

impl Place {
    /// The place with numbers of requests that another one has.
    pub fn without_requests(&self, other: &Self) -> Self {
        let mut place = self.clone();
        place.case.clone_from(&other.case);
        place.solved.clone_from(&other.solved);
        place.partner.filed.clone_from(&other.partner.filed);
        place.partner.cloud.clone_from(&other.partner.cloud);
        place.partner.settled.clone_from(&other.partner.settled);
        place
    }

    /// A message without the names by which the place was asked for.
    pub fn without_names(&self, message: &str) -> String {
        let numbers = [
            &self.entry.to_string(),
            &self.case_entry.to_string(),
            &self.case,
            &self.solved,
            &self.partner.filed,
            &self.partner.cloud,
            &self.partner.settled,
        ];
        let plain = message
            .replace(self.tag, "…")
            .replace(&self.tag.to_lowercase(), "…")
            .replace(self.customer, "…");
        let words = plain.split(' ').map(|word| {
            let bare = word.trim_matches(['"', ',', ':', ';', '.']);
            if numbers.iter().any(|number| *number == bare) {
                "…"
            } else {
                word
            }
        });
        words.collect::<Vec<_>>().join(" ")
    }
}

/// A place that is not there.
pub fn nowhere() -> Place {
    Place {
        entry: 999_999,
        case_entry: 999_999,
        case: "9999".to_owned(),
        solved: "9998".to_owned(),
        ..Place::new(9, ("-VOID", "ZETA"))
    }
}

/// The places: own, another workspace of the same customer, another customer.
pub const TAGS: [(&str, &str); 3] = [("-OWN", "ALFA"), ("-NEAR", "ALFA"), ("-FAR", "BETA")];

impl Place {
    fn new(number: usize, (tag, customer): (&'static str, &'static str)) -> Self {
        let small = tag.to_lowercase();
        Self {
            tag,
            customer,
            workspace: format!("W{tag}"),
            contract: format!("C{tag}"),
            next_contract: format!("N{tag}"),
            package: format!("P{tag}"),
            spare: format!("D{tag}"),
            free: format!("F{tag}"),
            entitlement: format!("E{tag}"),
            case: format!("{}001", number + 1),
            solved: format!("{}002", number + 1),
            entry: 0,
            case_entry: 0,
            member: format!("someone{small}@x.example"),
            invited: format!("guest{small}@x.example"),
            removed: format!("gone{small}@x.example"),
            marked: format!("marked{small}@x.example"),
            named: format!("named{small}@x.example"),
            labelled: format!("labelled{small}@x.example"),
            chief: format!("chief{small}@x.example"),
            group: format!("G{tag}"),
            grouped: format!("grouped{small}@x.example"),
            chooser: format!("chooser{small}@x.example"),
            directory: format!("H{tag}"),
            through: format!("through{small}@x.example"),
            partner: Partner::new(number + 1, tag),
            token: format!("token{small}"),
            operator: format!("operator{small}@x.example"),
        }
    }

    /// Whether what an operation answered with shows anything of this place.
    pub fn is_in(&self, answer: &impl std::fmt::Debug) -> bool {
        self.has(answer, "")
    }

    /// Whether what an operation answered with shows one thing of this place, by the beginning of its name.
    pub fn has(&self, answer: &impl std::fmt::Debug, thing: &str) -> bool {
        let text = format!("{answer:?}");
        text.contains(&format!("{thing}{}", self.tag))
            || text.contains(&format!("{thing}{}", self.tag.to_lowercase()))
    }
}

/// The context of the acting person; the reason is for changes that ask for one.
pub fn context() -> Context {
    Context {
        actor: Actor::Operator("owner".to_owned()),
        now: crate::harness::NOW.parse::<Instant>().unwrap(),
        as_of: None,
        reason: Some("because".to_owned()),
        ticket: None,
        origin: "matrix".to_owned(),
    }
}

pub fn hub(store: &Path) -> Hub {
    Hub::local(Db::open(store).unwrap(), context())
}

/// The import files below a folder.
pub fn sources(folder: &Path) -> Vec<Source> {
    discover(&[folder.to_owned()], None, &mut std::io::empty())
        .unwrap()
        .sources
}

/// Fills a sandbox with the organisation, without the people whose rights are asked about.
pub fn organisation(sandbox: &Sandbox) -> Vec<Place> {
    let mut places: Vec<Place> = (0..3).map(|number| Place::new(number, TAGS[number])).collect();
    for (file, text) in tables(&places) {
        sandbox.write(&format!("seed/{file}.csv"), &text);
    }
    let apply = Apply {
        sources: sources(&sandbox.path("seed")),
        ..Apply::default()
    };
    let done = hub(&sandbox.store()).carry_out(&apply, Mode::Apply).unwrap();
    assert_eq!(done.answer.report.total().refused, 0, "{:?}", done.answer.report);
    let conn = crate::database::raw(&sandbox.store());
    settle(&conn);
    for place in &mut places {
        let number = |key: &str| {
            let sql = "SELECT id FROM ledger WHERE source_key = ?1";
            conn.query_row(sql, [format!("{key}{}", place.tag)], |row| row.get(0))
                .unwrap()
        };
        (place.entry, place.case_entry) = (number("first"), number("second"));
        bystanders(&conn, place);
        partner::settle(&conn, place);
    }
    places
}

/// The import activates what is due and links it to the customer's default workspace; here each contract has
/// only its own workspace, and one is left to be activated.
fn settle(conn: &Connection) {
    conn.execute_batch(
        "DELETE FROM workspace_contract WHERE contract_id IN (SELECT id FROM contract WHERE number LIKE 'M-%' OR number = 'C-NEAR')
           AND workspace_id IN (SELECT id FROM workspace WHERE is_default = 1);
         UPDATE contract SET activated_at = NULL WHERE number LIKE 'M-%'",
    )
    .unwrap();
}

/// People of a place whom changes are tried on, and its groups.
fn bystanders(conn: &Connection, place: &Place) {
    let people = [
        (&place.member, "registered"),
        (&place.invited, "invited"),
        (&place.removed, "removed"),
        (&place.marked, "registered"),
        (&place.named, "registered"),
        (&place.labelled, "registered"),
        (&place.grouped, "registered"),
        (&place.chooser, "registered"),
        (&place.through, "directory"),
    ];
    for (account, status) in people {
        member(conn, &place.workspace, account, status);
    }
    for (group, kind, object) in [
        (&place.group, "local", None),
        (&place.directory, "directory", Some("object")),
    ] {
        let sql = "INSERT INTO team (workspace_id, code, name, kind, tenant, object_id)
                   SELECT id, ?2, 'Group ' || ?2, ?3, ?4, ?4 FROM workspace WHERE code = ?1";
        conn.execute(sql, (&place.workspace, group, kind, object))
            .unwrap();
    }
    into_group(conn, &place.group, &place.grouped);
    into_group(conn, &place.group, &place.chooser);
    into_group(conn, &place.directory, &place.through);
    hold(conn, place);
    share(conn, place);
    sign_in(conn, place);
}

/// A token of a member, and an operator.
fn sign_in(conn: &Connection, place: &Place) {
    let Place {
        token,
        member,
        operator,
        ..
    } = place;
    conn.execute_batch(&format!(
        "INSERT INTO token (code, kind, account, name, hash, scopes, created_at, expires_at)
           VALUES ('{token}', 'personal', '{member}', 'Token', x'00', 'read', 0, 1900000000);
         INSERT INTO operator (account, appointed_at) VALUES ('{operator}', 0);"
    ))
    .unwrap();
}

/// What the bystanders hold.
fn hold(conn: &Connection, place: &Place) {
    let Place {
        marked,
        named,
        labelled,
        chooser,
        group,
        directory,
        chief,
        customer,
        ..
    } = place;
    conn.execute_batch(&format!(
        "UPDATE member SET support_contact = 1 WHERE account = '{marked}';
         UPDATE member SET service_admin = 1 WHERE account = '{named}';
         UPDATE member SET label = 'crew' WHERE account = '{labelled}';
         UPDATE member SET default_group_id = (SELECT id FROM team WHERE code = '{group}') WHERE account = '{chooser}';
         INSERT INTO member_role (member_id, role) SELECT id, 'learning' FROM member WHERE account = '{marked}';
         INSERT INTO member_role (member_id, role) SELECT id, 'workspace-admin' FROM member WHERE account = '{chooser}';
         INSERT INTO team_role (team_id, role) SELECT id, 'learning' FROM team WHERE code = '{directory}';
         INSERT INTO administrator (customer_id, account, name) SELECT id, '{chief}', 'Chief' FROM customer WHERE code = '{customer}';"
    ))
    .unwrap();
}

/// With whom the cases are shared (V-1, V-2).
fn share(conn: &Connection, place: &Place) {
    let Place {
        case,
        solved,
        group,
        grouped,
        ..
    } = place;
    conn.execute_batch(&format!(
        "UPDATE support_case SET team_id = (SELECT id FROM team WHERE code = '{group}') WHERE number IN ('{case}', '{solved}');
         INSERT INTO case_share (case_id, account) SELECT id, '{grouped}' FROM support_case WHERE number IN ('{case}', '{solved}');
         INSERT INTO case_file (case_id, at, account, name, size, sha256, content)
           SELECT id, 0, 'x', 'kept.txt', 4, x'00', x'6b657074' FROM support_case WHERE number = '{case}';
         INSERT OR IGNORE INTO health_issue (code, service, title, classification, status, started_at)
           VALUES ('H-1', 'Mail', 'Late', 'incident', 'investigating', 0);"
    ))
    .unwrap();
}

/// The code of the invitation of an account into a workspace.
pub fn code(account: &str, workspace: &str) -> String {
    format!("{workspace} {account}")
}

/// Puts a membership into the store past the program. Whoever is invited has a code.
pub fn member(conn: &Connection, workspace: &str, account: &str, status: &str) {
    let hash = Code::typed(&code(account, workspace)).hash();
    let hash = (status == "invited").then_some(hash);
    conn.execute(
        "INSERT INTO member (workspace_id, account, name, account_kind, status, invited_at, expires_at, registered_at, code_hash)
         SELECT id, ?2, ?2, 'work', ?3, 1790000000, 1900000000, iif(?3 = 'invited', NULL, 1790000000), ?4
         FROM workspace WHERE code = ?1",
        (workspace, account, status, hash),
    )
    .unwrap();
}

/// Puts a member into a group.
pub fn into_group(conn: &Connection, group: &str, account: &str) {
    conn.execute(
        "INSERT INTO team_member (team_id, member_id) SELECT t.id, m.id FROM team t
         JOIN member m ON m.workspace_id = t.workspace_id AND m.account = ?2 WHERE t.code = ?1",
        [group, account],
    )
    .unwrap();
}

/// The import files, by name.
fn tables(places: &[Place]) -> Vec<(&'static str, String)> {
    let mut files: Vec<(&'static str, String)> = HEADERS
        .iter()
        .map(|(name, header)| (*name, format!("{header}\n")))
        .collect();
    for place in places {
        for (name, line) in rows(place) {
            let file = files.iter_mut().find(|(file, _)| *file == name).unwrap();
            writeln!(file.1, "{line}").unwrap();
        }
    }
    files
}

const HEADERS: &[(&str, &str)] = &[
    ("customers", "customer,name\nALFA,Alfa\nBETA,Beta"),
    (
        "contracts",
        "contract,customer,kind,start,end,csam,account_coordinator,incident_manager",
    ),
    ("schedules", "schedule,contract,kind,start,end"),
    ("packages", "package,schedule,name,kind,start,end"),
    (
        "entitlements",
        "entitlement,package,service,category,allowance,quantity,unit,description",
    ),
    ("workspaces", "workspace,customer,name,default"),
    ("attachments", "workspace,contract,package"),
    (
        "cases",
        "case,workspace,contract,package,entitlement,kind,severity,state,title,contact,opened_at",
    ),
    (
        "learning",
        "learning,workspace,learner_account,learner_name,title,status,started_on",
    ),
    (
        "assessments",
        "assessment,workspace,name,technology,set_up_on,status",
    ),
    (
        "deliveries",
        "source_key,entitlement,workspace,delivered_on,quantity,reference",
    ),
];

fn rows(place: &Place) -> Vec<(&'static str, String)> {
    let Place { tag, customer, .. } = place;
    let small = tag.to_lowercase();
    // Of one customer's contracts only one has a base schedule on a day.
    let base = if *tag == "-NEAR" { "add-on" } else { "base" };
    let yes = if *tag == "-NEAR" { "no" } else { "yes" };
    let of_package =
        |package: &str| format!("{package},S{tag},Package {package},add-on,2026-01-01,2026-12-31");
    vec![
        (
            "contracts",
            format!(
                "C{tag},{customer},unified,2026-01-01,2026-12-31,csam{small}@p.example,ac{small}@p.example,im{small}@p.example"
            ),
        ),
        (
            "contracts",
            format!("N{tag},{customer},unified,2028-01-01,2028-12-31,,,"),
        ),
        (
            "contracts",
            format!("M{tag},{customer},unified,2026-06-01,2026-12-31,,,"),
        ),
        ("schedules", format!("S{tag},C{tag},{base},2026-01-01,2026-12-31")),
        ("packages", of_package(&place.package)),
        ("packages", of_package(&place.spare)),
        ("schedules", format!("T{tag},C{tag},add-on,2026-01-01,2026-12-31")),
        (
            "packages",
            format!(
                "{},T{tag},Package {},add-on,2026-01-01,2026-12-31",
                place.free, place.free
            ),
        ),
        (
            "entitlements",
            format!("E{tag},P{tag},proactive,consumable,limited,100,hours,Workshops"),
        ),
        (
            "entitlements",
            format!("R{tag},P{tag},reactive,consumable,limited,100,hours,Support"),
        ),
        ("workspaces", format!("W{tag},{customer},Workspace {tag},{yes}")),
        ("attachments", format!("W{tag},C{tag},P{tag}")),
        ("attachments", format!("W{tag},C{tag},D{tag}")),
        (
            "cases",
            format!(
                "{},W{tag},C{tag},P{tag},R{tag},problem-resolution,B,open,Case {tag},,2026-03-01T08:00:00Z",
                place.case
            ),
        ),
        (
            "cases",
            format!(
                "{},W{tag},C{tag},P{tag},R{tag},problem-resolution,C,resolved,Solved {tag},,2026-02-01T08:00:00Z",
                place.solved
            ),
        ),
        (
            "learning",
            format!("L{tag},W{tag},learner{small}@x.example,Learner,Course {tag},started,2026-03-01"),
        ),
        (
            "assessments",
            format!("A{tag},W{tag},Assessment {tag},SQL,2026-03-01,active"),
        ),
        ("deliveries", format!("first{tag},E{tag},W{tag},2026-03-02,3,")),
        (
            "deliveries",
            format!("second{tag},R{tag},W{tag},2026-03-03,2,{}", place.case),
        ),
    ]
}
