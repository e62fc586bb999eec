//! Who holds which role, and where it comes from.

use super::Read;
use super::scope::Conditions;
use crate::domain::people::Role;
use crate::error::Result;
use crate::store::engine::{self, Row};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One role of a person, and what it was given on and by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Held {
    /// Whose.
    pub account: String,
    /// The role.
    pub role: Role,
    /// Id of the customer, except for a role at a partner.
    pub customer: Option<String>,
    /// Id of the workspace, for a role of one.
    pub workspace: Option<String>,
    /// Number of the contract that names the person, for the provider's staff.
    pub contract: Option<String>,
    /// Id of the group that the role comes through.
    pub group: Option<String>,
    /// Id of the partner, for a role at one.
    pub partner: Option<String>,
}

/// Which ones are wanted; what is none does not restrict.
#[derive(Debug, Clone, Default)]
pub struct HeldFilter<'a> {
    /// Of one account.
    pub account: Option<&'a str>,
    /// Keys of a workspace and its customer: what counts there, whether given on the one or on the other.
    pub workspace: Option<(i64, i64)>,
    /// Of one customer, with all its workspaces.
    pub customer: Option<i64>,
}

// The view reads the tables themselves, so each thing that it names is looked up as the person sees it.
const HELD: &str =
    "SELECT h.account, h.role, u.code AS customer, w.code AS workspace, c.number AS contract, t.code AS team,
    p.code AS partner
  FROM main.holding h LEFT JOIN customer u ON u.id = h.customer_id LEFT JOIN workspace w ON w.id = h.workspace_id
    LEFT JOIN contract c ON c.id = h.contract_id LEFT JOIN team t ON t.id = h.team_id
    LEFT JOIN main.partner p ON p.id = h.partner_id";

impl Read<'_> {
    /// Roles by customer, workspace and account. That a member is one is not among them.
    ///
    /// # Errors
    /// The store's own failure.
    pub fn held(&self, filter: &HeldFilter<'_>) -> Result<Vec<Held>> {
        let mut on = Conditions::default();
        on.require("h.role <> 'member'".to_owned());
        on.require("(h.customer_id IS NULL OR u.id IS NOT NULL)".to_owned());
        if self.is_restricted() {
            // Of a partner that serves one's customer, one knows the name and not the people (G-2).
            on.require(
                "(h.partner_id IS NULL OR h.partner_id IN (SELECT id FROM temp.seen_partner))".to_owned(),
            );
        }
        on.require("(h.workspace_id IS NULL OR w.id IS NOT NULL)".to_owned());
        on.require("(h.contract_id IS NULL OR c.id IS NOT NULL)".to_owned());
        on.compare("h.account =", filter.account.map(str::to_owned));
        on.compare("h.customer_id =", filter.customer);
        if let Some((workspace, customer)) = filter.workspace {
            let (workspace, customer) = (on.bind(workspace), on.bind(customer));
            on.require(format!(
                "(h.workspace_id = {workspace} OR (h.workspace_id IS NULL AND h.customer_id = {customer}))"
            ));
        }
        let sql = format!(
            "{HELD}{} ORDER BY p.code NULLS FIRST, u.code NULLS FIRST, w.code NULLS FIRST, lower(h.account), h.role,
               c.number NULLS FIRST, t.code NULLS FIRST",
            on.clause()
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(on.values(), held)?;
        Ok(rows.collect::<engine::Result<_>>()?)
    }
}

fn held(row: &Row<'_>) -> engine::Result<Held> {
    Ok(Held {
        account: row.get("account")?,
        role: row.get("role")?,
        customer: row.get("customer")?,
        workspace: row.get("workspace")?,
        contract: row.get("contract")?,
        group: row.get("team")?,
        partner: row.get("partner")?,
    })
}
