//! Two customers with workspaces, contracts and people, for tests about who may do what.

use crate::harness::{Run, Sandbox};

/// Everybody who has accepted, and the provider's staff.
///
/// `C1` has a unified contract with two places for support contacts, and the workspaces `W-1` (the default one) and
/// `W-2`; `C2` has a premier contract and `W-3`.
pub struct Hub(pub Sandbox);

pub const ADMIN: &str = "admin@c1.example";
pub const SECOND: &str = "second@c1.example";
pub const INVITER: &str = "inviter@c1.example";
pub const PLAIN: &str = "plain@c1.example";
pub const GLOBAL: &str = "global@c1.example";
pub const FOREIGN: &str = "foreign@c2.example";
pub const CSAM: &str = "csam@provider.example";
pub const COORDINATOR: &str = "ac@provider.example";
pub const INCIDENTS: &str = "im@provider.example";

impl Hub {
    pub fn new() -> Self {
        let sandbox = Sandbox::new();
        sandbox.ok(["workspace", "list"]);
        sandbox.sql(
            "INSERT INTO customer (id, code, name) VALUES (1, 'C1', 'Žilina Steel'), (2, 'C2', 'Officine');
             INSERT INTO contract (id, customer_id, number, kind, starts_on, ends_on, csam, account_coordinator, incident_manager)
               VALUES (1, 1, '012345678', 'unified', 20000, 21000, 'csam@provider.example', 'ac@provider.example', 'im@provider.example'),
                      (2, 2, '061019486', 'premier', 20000, 21000, 'other@provider.example', NULL, NULL);
             INSERT INTO schedule (id, contract_id, code, kind, starts_on, ends_on) VALUES (1, 1, 'S-1', 'base', 20000, 21000);
             INSERT INTO package (id, schedule_id, code, name, kind, starts_on, ends_on)
               VALUES (1, 1, 'P-1', 'Base', 'enterprise-wide', 20000, 21000);
             INSERT INTO entitlement (id, package_id, code, service, category, allowance, quantity, unit, description)
               VALUES (1, 1, 'E-1', 'contacts', 'consumable', 'limited', 200, 'count', 'Support contacts');
             INSERT INTO workspace (id, customer_id, code, name, is_default) VALUES
               (1, 1, 'W-1', 'Výroba', 1), (2, 1, 'W-2', 'Vývoj', 0), (3, 2, 'W-3', 'Produzione', 1);
             INSERT INTO workspace_contract VALUES (1, 1), (2, 1), (3, 2);
             INSERT INTO workspace_package VALUES (1, 1, 20000), (2, 1, 20000);
             INSERT INTO member (id, workspace_id, account, name, account_kind, status, invited_at, registered_at) VALUES
               (1, 1, 'admin@c1.example', 'Adam', 'work', 'registered', 1790000000, 1790000000),
               (2, 1, 'inviter@c1.example', 'Irena', 'work', 'registered', 1790000000, 1790000000),
               (3, 1, 'plain@c1.example', 'Petra', 'work', 'registered', 1790000000, 1790000000),
               (4, 2, 'second@c1.example', 'Sára', 'work', 'registered', 1790000000, 1790000000),
               (5, 3, 'foreign@c2.example', 'Fabio', 'work', 'registered', 1790000000, 1790000000);
             INSERT INTO member_role VALUES (1, 'workspace-admin'), (2, 'invite-users'), (4, 'workspace-admin'), (5, 'workspace-admin');
             INSERT INTO administrator (customer_id, account, name) VALUES (1, 'global@c1.example', 'Greta');",
        );
        Self(sandbox)
    }

    /// Runs a command as the operator.
    pub fn run(&self, line: &str) -> Run {
        self.0.run(line.split(' '))
    }

    /// The same, which must succeed; answers standard output.
    pub fn ok(&self, line: &str) -> String {
        self.0.ok(line.split(' '))
    }

    /// Runs a command as a person.
    pub fn run_as(&self, who: &str, line: &str) -> Run {
        self.run(&format!("{line} --as {who}"))
    }

    /// The same, which must succeed; answers standard output.
    pub fn ok_as(&self, who: &str, line: &str) -> String {
        self.ok(&format!("{line} --as {who}"))
    }

    /// A command that must be refused: exit code, and the message on standard error.
    pub fn refused_as(&self, who: &str, line: &str, code: i32) -> String {
        let run = self.run_as(who, line);
        assert_eq!(run.code, code, "{line} as {who}: {run:?}");
        run.stderr
    }

    /// The same as the operator.
    pub fn refused(&self, line: &str, code: i32) -> String {
        let run = self.run(line);
        assert_eq!(run.code, code, "{line}: {run:?}");
        run.stderr
    }

    /// The one value of one column that a command answers.
    pub fn one(&self, line: &str, column: &str) -> String {
        let answer = self.ok(&format!("{line} -o tsv --columns {column}"));
        let values: Vec<&str> = answer.lines().skip(1).collect();
        assert_eq!(values.len(), 1, "{line}: {answer}");
        values[0].to_owned()
    }

    /// Invites and accepts; answers nothing.
    pub fn join(&self, account: &str, workspace: &str) {
        let code = self.one(&format!("user invite {account} -w {workspace}"), "code");
        self.ok(&format!("user accept {code} --as {account}"));
    }

    /// How an account stands in a workspace.
    pub fn status(&self, account: &str, workspace: &str) -> String {
        let statuses =
            "--status invited --status registered --status directory --status expired --status removed";
        let listed = self.ok(&format!(
            "user list -w {workspace} {statuses} -o csv --columns account,status"
        ));
        let line = listed
            .lines()
            .find_map(|line| line.strip_prefix(&format!("{account},")));
        line.unwrap_or("nobody").to_owned()
    }

    /// Whether an account holds a role in a workspace.
    pub fn holds(&self, account: &str, role: &str, workspace: &str) -> bool {
        let listed = self.ok(&format!(
            "role list {account} -w {workspace} -o csv --columns role"
        ));
        listed.lines().any(|line| line == role)
    }
}
