//! Who holds what: memberships, global administrators, and the provider's people on contracts.

use super::super::Read;
use super::folder::joined;
use super::{Scope, list};
use crate::domain::Instant;
use crate::domain::contract::AccountKind;
use crate::domain::people::MemberStatus;
use crate::error::Result;
use crate::store::engine::{self, Row};

/// One membership, or one role that is held without one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolderLine {
    /// Name of the customer, except for a partner's people.
    pub customer: Option<String>,
    /// Name of the workspace, for a membership.
    pub workspace: Option<String>,
    /// Number of the contract that names one of the provider's people.
    pub contract: Option<String>,
    /// Account.
    pub account: String,
    /// Name; of the provider's people only the account is known.
    pub name: Option<String>,
    /// Work or personal (W-4).
    pub account_kind: Option<AccountKind>,
    /// How the person stands now.
    pub status: Option<MemberStatus>,
    /// Roles held directly.
    pub roles: Vec<String>,
    /// Roles held through groups.
    pub via_groups: Vec<String>,
    /// Ids of the person's groups.
    pub groups: Vec<String>,
    /// May file requests.
    pub support_contact: bool,
    /// Named on the contract as its administrator.
    pub service_admin: bool,
    /// Language of invitations.
    pub language: Option<String>,
    /// Who manages the person (U-3).
    pub label: Option<String>,
    /// When the newest invitation was sent.
    pub invited_at: Option<Instant>,
    /// When it runs out.
    pub expires_at: Option<Instant>,
    /// When the person accepted.
    pub registered_at: Option<Instant>,
    /// Name of the partner, for one of its people.
    pub partner: Option<String>,
}

/// Conditions for the three sources: members, global administrators, people of the provider.
fn conditions(scope: &Scope) -> [String; 3] {
    let (contracts, workspaces) = (list(&scope.contracts), list(&scope.workspaces));
    let mut all = ["", "", ""].map(|_| "true".to_owned());
    let mut add = |narrowed: bool, conditions: [String; 3]| {
        for (to, more) in all.iter_mut().zip(conditions).filter(|_| narrowed) {
            to.push_str(" AND ");
            to.push_str(&more);
        }
    };
    let customers = list(&scope.customers);
    add(
        !scope.customers.is_empty(),
        ["u.id", "u.id", "u.id"].map(|column| format!("{column} IN ({customers})")),
    );
    add(
        !scope.workspaces.is_empty(),
        [
            format!("w.id IN ({workspaces})"),
            format!("u.id IN (SELECT customer_id FROM workspace WHERE id IN ({workspaces}))"),
            format!(
                "c.id IN (SELECT contract_id FROM workspace_contract WHERE workspace_id IN ({workspaces}))"
            ),
        ],
    );
    add(
        !scope.contracts.is_empty(),
        [
            format!(
                "w.id IN (SELECT workspace_id FROM workspace_contract WHERE contract_id IN ({contracts}))"
            ),
            format!("u.id IN (SELECT customer_id FROM contract WHERE id IN ({contracts}))"),
            format!("c.id IN ({contracts})"),
        ],
    );
    all
}

/// The people of partners, who hold what they do at no customer: whoever chooses one does not mean them.
fn of_partners(scope: &Scope) -> String {
    if [&scope.customers, &scope.workspaces, &scope.contracts]
        .iter()
        .any(|chosen| !chosen.is_empty())
    {
        return String::new();
    }
    format!(
        "UNION ALL SELECT NULL, NULL, NULL, q.account, q.name, NULL, NULL, {}, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL, p.name
         FROM partner_person q JOIN partner p ON p.id = q.partner_id",
        joined("role", "partner_role WHERE person_id = q.id")
    )
}

fn sql(scope: &Scope) -> String {
    let [members, administrators, staff] = conditions(scope);
    let named = |column: &str, role: &str| {
        format!(
            "UNION ALL SELECT u.name, NULL, c.number, c.{column}, NULL, NULL, NULL, '{role}', NULL, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL
             FROM contract c JOIN customer u ON u.id = c.customer_id WHERE c.{column} IS NOT NULL AND {staff}"
        )
    };
    format!(
        "SELECT u.name AS customer, w.name AS workspace, NULL AS contract, m.account AS account, m.name AS name, m.account_kind AS account_kind,
           m.status AS status, {roles} AS roles, {via} AS via_groups, {groups} AS groups, m.support_contact AS support_contact,
           m.service_admin AS service_admin, m.language AS language, m.label AS label, m.invited_at AS invited_at,
           m.expires_at AS expires_at, m.registered_at AS registered_at, NULL AS partner
         FROM member m JOIN workspace w ON w.id = m.workspace_id JOIN customer u ON u.id = w.customer_id
         WHERE m.status <> 'removed' AND {members}
         UNION ALL SELECT u.name, NULL, NULL, a.account, a.name, NULL, NULL, 'global-admin', NULL, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL
         FROM administrator a JOIN customer u ON u.id = a.customer_id WHERE {administrators}
         {csam} {coordinator} {incidents} {partners}
         ORDER BY partner NULLS FIRST, customer NULLS FIRST, workspace NULLS FIRST, contract NULLS FIRST, account,
           roles NULLS FIRST",
        roles = joined("role", "member_role WHERE member_id = m.id"),
        via = joined(
            "DISTINCT r.role",
            "team_member x JOIN team_role r ON r.team_id = x.team_id WHERE x.member_id = m.id"
        ),
        groups = joined("t.code", "team_member x JOIN team t ON t.id = x.team_id WHERE x.member_id = m.id"),
        partners = of_partners(scope),
        csam = named("csam", "csam"),
        coordinator = named("account_coordinator", "account-coordinator"),
        incidents = named("incident_manager", "incident-manager"),
    )
}

impl Read<'_> {
    /// Hands everyone who holds something to `each`: of every customer first the provider's people and the
    /// global administrators, then the members by workspace, and at last the people of partners. A choice of workspaces or contracts takes those
    /// who hold something there.
    ///
    /// # Errors
    /// The store's own failure, or what `each` answers.
    pub fn each_holder(
        &self,
        scope: &Scope,
        now: Instant,
        mut each: impl FnMut(HolderLine) -> Result<()>,
    ) -> Result<()> {
        let mut statement = self.conn.prepare(&sql(scope))?;
        let mut rows = statement.query([])?;
        while let Some(ref row) = rows.next()? {
            each(line(row, now)?)?;
        }
        Ok(())
    }
}

fn line(row: &Row<'_>, now: Instant) -> engine::Result<HolderLine> {
    let words = |column: &str| -> engine::Result<Vec<String>> {
        let text: Option<String> = row.get(column)?;
        let parts = text.iter().flat_map(|all| all.split(';'));
        Ok(parts.map(str::to_owned).collect())
    };
    let expires_at: Option<Instant> = row.get("expires_at")?;
    let status: Option<MemberStatus> = row.get("status")?;
    Ok(HolderLine {
        customer: row.get("customer")?,
        workspace: row.get("workspace")?,
        contract: row.get("contract")?,
        account: row.get("account")?,
        name: row.get("name")?,
        account_kind: row.get("account_kind")?,
        status: status.map(|status| status.at(now, expires_at)),
        roles: words("roles")?,
        via_groups: words("via_groups")?,
        groups: words("groups")?,
        support_contact: row.get("support_contact")?,
        service_admin: row.get("service_admin")?,
        language: row.get("language")?,
        label: row.get("label")?,
        invited_at: row.get("invited_at")?,
        expires_at,
        registered_at: row.get("registered_at")?,
        partner: row.get("partner")?,
    })
}
