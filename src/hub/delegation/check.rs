//! `delegation.check`: the least privileged role for a task, and whether a partner has it at a customer.

use crate::domain::partner::{Search, Task, search, tasks};
use crate::domain::words::words;
use crate::error::{Error, Result, codes};
use crate::hub::{Query, Reading, Route};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::ReadDelegations;
use crate::store::Named;
use crate::store::sqlite::DelegationRole;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Asks for the least privileged role for something.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Check {
    /// What is to be done, in some words; none lists every task.
    pub task: Option<String>,
    /// At this customer, by name or id: whether it was delegated there.
    pub customer: Option<String>,
    /// To this partner only, by name or id.
    pub partner: Option<String>,
}

words! {
    /// Whether what was delegated suffices for a task.
    Cover, "cover" {
        /// A group holds a role that does.
        Covered = "covered",
        /// A role that does was delegated, and no group holds it.
        Unassigned = "unassigned",
        /// No active delegation has such a role.
        Missing = "missing",
    }
}

/// How a partner stands to a task at a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reach {
    /// Id of the partner.
    pub partner: String,
    /// Whether it may.
    pub cover: Cover,
    /// Id of the delegation that lets it.
    pub delegation: Option<String>,
    /// The role that does.
    pub has: Option<String>,
    /// The groups that hold it, for those who see them.
    pub groups: Vec<String>,
    /// What to do where it may not.
    pub to_do: Option<String>,
}

/// A task with its least privileged role.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Checked {
    /// What is done.
    pub task: String,
    /// The products in which.
    pub products: Vec<String>,
    /// Name of the role.
    pub role: String,
    /// Its template id.
    pub role_id: String,
    /// What is needed besides.
    pub besides: Option<String>,
    /// How a partner stands to it, where a customer was named.
    pub reach: Option<Reach>,
}

impl Query for Check {
    const NAME: &'static str = "delegation.check";
    const ROUTE: Route = Route::get("/delegation-tasks");
    type Needs = ReadDelegations;
    type Answer = Vec<Checked>;

    fn answer(&self, at: &Reading<'_, ReadDelegations>) -> Result<Vec<Checked>> {
        let found = self.tasks()?;
        let Some(text) = &self.customer else {
            return Ok(found.into_iter().map(|task| checked(task, None)).collect());
        };
        let customer = at.find(Named::Customer, text)?;
        let held = held(at, customer)?;
        let mut rows = Vec::new();
        for task in found {
            for (_, partner) in self.partners(at, customer)? {
                rows.push(checked(task, Some(reach(task, &partner, &held, text))));
            }
        }
        Ok(rows)
    }
}

impl Check {
    fn tasks(&self) -> Result<Vec<&'static Task>> {
        let Some(text) = &self.task else {
            return Ok(tasks().collect());
        };
        match search(text) {
            Search::Found(found) => Ok(found),
            Search::Near(near) => Err(unknown(text, &near)),
        }
    }

    /// The partners that serve the customer, as far as what was delegated to them is for the acting person.
    fn partners(&self, at: &Reading<'_, ReadDelegations>, customer: i64) -> Result<Vec<(i64, String)>> {
        let mut serving = at.serving(customer)?;
        let coverage = at.grant().coverage();
        serving.retain(|(id, _)| coverage.has_partner(*id) || coverage.has_customer(customer));
        if let Some(text) = &self.partner {
            let id = at.find(Named::Partner, text)?;
            serving.retain(|(one, _)| *one == id);
        }
        Ok(serving)
    }
}

fn unknown(text: &str, near: &[&str]) -> Error {
    let error = codes::NOT_FOUND.error(format!("no task is known by \"{text}\""));
    if near.is_empty() {
        return error.hint("`servhub delegation check` lists every task");
    }
    let error = error.hint(format!("did you mean \"{}\"?", near.join("\", \"")));
    error.hint("`servhub delegation check` lists every task")
}

/// A role that some partner holds at the customer now.
struct Held {
    partner: String,
    role: DelegationRole,
}

fn held(at: &Reading<'_, ReadDelegations>, customer: i64) -> Result<Vec<Held>> {
    let now = at.context().now;
    let mut held = Vec::new();
    for one in at.delegations_to(customer)? {
        if one.life.holds(now) {
            let roles = at.delegation_roles(one.id)?.into_iter();
            held.extend(roles.map(|role| Held {
                partner: one.partner.clone(),
                role,
            }));
        }
    }
    Ok(held)
}

fn reach(task: &Task, partner: &str, held: &[Held], customer: &str) -> Reach {
    let fits = |one: &&Held| one.partner == partner && task.is_covered_by(&one.role.role);
    // What a group holds comes before what waits for one; then the least privileged.
    let rank = |one: &&Held| {
        let place = task.roles.iter().position(|role| role.id == one.role.role);
        (!one.role.assigned, place)
    };
    let Some(best) = held.iter().filter(fits).min_by_key(rank) else {
        return Reach {
            partner: partner.to_owned(),
            cover: Cover::Missing,
            delegation: None,
            has: None,
            groups: Vec::new(),
            to_do: Some(format!(
                "servhub delegation request {customer} --partner {partner} --role \"{}\"",
                task.least().name
            )),
        };
    };
    let DelegationRole {
        delegation,
        role,
        assigned,
        ..
    } = &best.role;
    let same = held
        .iter()
        .filter(|one| one.role.delegation == *delegation && one.role.role == *role);
    let name = super::kept::name_of(role);
    let assign = || format!("servhub delegation assign {delegation} --role \"{name}\" --group GROUP");
    Reach {
        partner: partner.to_owned(),
        cover: if *assigned {
            Cover::Covered
        } else {
            Cover::Unassigned
        },
        delegation: Some(delegation.clone()),
        has: Some(name.to_owned()),
        groups: same.filter_map(|one| one.role.group.clone()).collect(),
        to_do: (!assigned).then(assign),
    }
}

fn checked(task: &Task, reach: Option<Reach>) -> Checked {
    let least = task.least();
    Checked {
        task: task.name.to_owned(),
        products: task.products.iter().map(|&product| product.to_owned()).collect(),
        role: least.name.to_owned(),
        role_id: least.id.to_owned(),
        besides: task.besides.map(str::to_owned),
        reach,
    }
}

impl Tabular for Checked {
    const SCHEMA: &'static str = "delegation.check/1";
    const COLUMNS: &'static [Column] = &[
        col("task"),
        col("products"),
        col("role"),
        col("role_id").quiet(),
        col("besides"),
        col("partner"),
        col("cover"),
        col("delegation"),
        col("has"),
        col("groups"),
        col("to_do"),
    ];

    fn cells(&self) -> Vec<Cell> {
        let reach = self.reach.as_ref();
        vec![
            self.task.clone().into(),
            self.products.clone().into(),
            self.role.clone().into(),
            self.role_id.clone().into(),
            (&self.besides).into(),
            reach.map(|one| one.partner.clone()).into(),
            reach.map(|one| one.cover.word()).map(str::to_owned).into(),
            reach.and_then(|one| one.delegation.clone()).into(),
            reach.and_then(|one| one.has.clone()).into(),
            reach.map(|one| one.groups.clone()).into(),
            reach.and_then(|one| one.to_do.clone()).into(),
        ]
    }
}
