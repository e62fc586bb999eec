//! `delegation.assign`

use super::kept::{State, find, name_of, roles, subject};
use super::list::Line;
use crate::domain::near::nearest;
use crate::error::{Error, Result, codes};
use crate::hub::steps::no_way;
use crate::hub::{Change, Route, Writing};
use crate::policy::needs::KeepDelegations;
use crate::store::sqlite::{Delegation, DelegationRole};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Gives roles of a delegation to security groups of its partner, or takes them back.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Assign {
    /// Id or name of the delegation.
    pub delegation: String,
    /// Names of the groups.
    pub groups: Vec<String>,
    /// The roles, by name or template id; empty means all that were delegated.
    pub roles: Vec<String>,
    /// Takes them back.
    pub remove: bool,
}

impl Change for Assign {
    const NAME: &'static str = "delegation.assign";
    const ROUTE: Route = Route::post("/delegations/{delegation}/assignments");
    type Needs = KeepDelegations;
    type Answer = (Line, Vec<DelegationRole>);

    fn change(&self, at: &mut Writing<'_, KeepDelegations>) -> Result<Self::Answer> {
        let one = find(at, &self.delegation)?;
        at.grant().on_partner(one.partner_id, &one.partner)?;
        let before = State::of(at, one.id)?;
        let lines = at.reading().delegation_roles(one.id)?;
        let roles = self.chosen(&one, &lines)?;
        let groups = self.keys(at, &one)?;
        let now = at.context().now;
        one.life
            .check_assign(now)
            .map_err(|why| no_way(&one.code, &why))?;
        for (group, name) in &groups {
            for role in &roles {
                let is = |line: &DelegationRole| line.role == *role && line.group.as_ref() == Some(name);
                match (lines.iter().any(is), self.remove) {
                    (false, false) => at.assign_role(one.id, role, *group)?,
                    (true, true) => at.withdraw_role(one.id, role, *group)?,
                    _ => {}
                }
            }
        }
        let after = State::of(at, one.id)?;
        if after != before {
            at.record(&subject(&one.code), Some(&before), Some(&after))?;
        }
        Ok(after.told(at))
    }
}

impl Assign {
    /// The roles meant: none but those that were delegated.
    fn chosen(&self, one: &Delegation, lines: &[DelegationRole]) -> Result<BTreeSet<String>> {
        let delegated: BTreeSet<String> = lines.iter().map(|line| line.role.clone()).collect();
        let wanted = roles(&self.roles)?;
        if wanted.is_empty() {
            return Ok(delegated);
        }
        match wanted.difference(&delegated).next() {
            None => Ok(wanted),
            Some(other) => Err(not_delegated(one, other, &delegated)),
        }
    }

    /// Keys and names of the groups meant, each once.
    fn keys(&self, at: &Writing<'_, KeepDelegations>, one: &Delegation) -> Result<BTreeSet<(i64, String)>> {
        if self.groups.is_empty() {
            return Err(codes::MISSING_OPTION
                .error("no security group is named")
                .hint("add --group NAME"));
        }
        let key = |name: &String| match at.reading().security_group(one.partner_id, name)? {
            Some(id) => Ok((id, name.clone())),
            None => Err(no_group(at, one, name)?),
        };
        self.groups.iter().map(key).collect()
    }
}

fn not_delegated(one: &Delegation, role: &str, delegated: &BTreeSet<String>) -> Error {
    let names: Vec<&str> = delegated.iter().map(|role| name_of(role)).collect();
    codes::NOT_DELEGATED
        .error(format!(
            "{} was not delegated with {} (G-3)",
            name_of(role),
            one.code
        ))
        .hint(format!("it has {}", names.join(", ")))
}

fn no_group(at: &Writing<'_, KeepDelegations>, one: &Delegation, name: &str) -> Result<Error> {
    let error = codes::NOT_FOUND.error(format!(
        "partner {} has no security group \"{name}\"",
        one.partner
    ));
    let groups = at.reading().security_groups_of(one.partner_id)?;
    Ok(
        match nearest(name, groups.iter().map(String::as_str)).as_slice() {
            [] => error.hint(format!(
                "`servhub partner show {} --groups` shows what there is",
                one.partner
            )),
            near => error.hint(format!("did you mean {}?", near.join(", "))),
        },
    )
}
