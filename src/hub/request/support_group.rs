//! `request.support-group`: people who may file for an Azure subscription (B-4).

use crate::domain::near::nearest;
use crate::domain::partner::{Family, SUPPORT_REQUEST_ROLE, SubscriptionStatus};
use crate::error::{Error, Result, codes};
use crate::hub::{Change, Route, Writing};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::SetUpSupportGroups;
use crate::store::Named;
use crate::store::sqlite::Sold;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Makes a security group of the own partner that may file for a subscription, and puts people into it. Where all of it is
/// there already, nothing changes.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct SupportGroup {
    /// Id or name of the subscription.
    pub subscription: String,
    /// Its customer, by name or id.
    pub customer: Option<String>,
    /// Name of the group; without one the group that the subscription has, or one named after it.
    pub name: Option<String>,
    /// Accounts of the partner's people who are put into it.
    pub add: Vec<String>,
}

/// A group that may file for a subscription.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Granted {
    pub group: String,
    pub partner: String,
    pub customer: String,
    pub subscription: String,
    /// What it holds there.
    pub role: Option<String>,
    pub people: Vec<String>,
}

impl Change for SupportGroup {
    const NAME: &'static str = "request.support-group";
    const ROUTE: Route = Route::post("/subscriptions/{subscription}/support-group");
    type Needs = SetUpSupportGroups;
    type Answer = Granted;

    fn change(&self, at: &mut Writing<'_, SetUpSupportGroups>) -> Result<Granted> {
        let id = at.reading().find(Named::Subscription, &self.subscription)?;
        let facts = at.reading().sold(id, at.context().now)?;
        self.is_of_customer(at, &facts)?;
        let (partner, code) = whose(at, &facts)?;
        suits(&facts)?;
        let people = self.people(at, partner, &code)?;
        let name = match &self.name {
            Some(name) => name.clone(),
            None => at
                .reading()
                .support_group_of(partner, id)?
                .unwrap_or_else(|| format!("Support requests for {}", facts.line.code)),
        };
        let is = |at: &Writing<'_, SetUpSupportGroups>, group| granted(at, group, (id, &facts), &code, &name);
        let there = at.reading().security_group(partner, &name)?;
        let before = there.map(|group| is(at, group)).transpose()?;
        let group = match there {
            Some(group) => group,
            None => at.create_security_group(partner, &name)?,
        };
        if !at.reading().is_support_group(group, id)? {
            at.let_group_file(group, id)?;
        }
        for person in people {
            at.put_into_security_group(group, person)?;
        }
        let after = is(at, group)?;
        if before.as_ref() != Some(&after) {
            at.record(
                &format!("security-group:{code}/{name}"),
                before.as_ref(),
                Some(&after),
            )?;
        }
        Ok(after)
    }
}

impl SupportGroup {
    /// A subscription of another customer is answered like one that is not there.
    fn is_of_customer(&self, at: &Writing<'_, SetUpSupportGroups>, facts: &Sold) -> Result<()> {
        let Some(text) = &self.customer else {
            return Ok(());
        };
        if at.reading().find(Named::Customer, text)? == facts.customer_id {
            return Ok(());
        }
        Err(codes::NOT_FOUND
            .error(format!(
                "customer {text} has no subscription \"{}\"",
                self.subscription
            ))
            .hint(format!(
                "`servhub subscription list --customer {text}` shows what there is"
            )))
    }

    /// Keys of the people to put in.
    fn people(&self, at: &Writing<'_, SetUpSupportGroups>, partner: i64, code: &str) -> Result<Vec<i64>> {
        let all = at.reading().people_of_partner(partner)?;
        let key = |account: &String| {
            let found = all.iter().find(|(_, one)| one.eq_ignore_ascii_case(account));
            found
                .map(|(id, _)| *id)
                .ok_or_else(|| nobody_there(account, code, &all))
        };
        self.add.iter().map(key).collect()
    }
}

fn nobody_there(account: &str, partner: &str, all: &[(i64, String)]) -> Error {
    let error = codes::RULE.error(format!(
        "{account} is not one of the people of partner {partner}, and only those file for it (B-4)"
    ));
    match nearest(account, all.iter().map(|(_, one)| one.as_str())).as_slice() {
        [] => error.hint(format!(
            "`servhub partner show {partner} --people` shows who there is"
        )),
        near => error.hint(format!("did you mean {}?", near.join(", "))),
    }
}

/// The partner that sold it, or was given it, for which the person may do this: its key and id.
fn whose(at: &Writing<'_, SetUpSupportGroups>, facts: &Sold) -> Result<(i64, String)> {
    let mut serving = at.reading().serving(facts.customer_id)?;
    serving.retain(|(id, _)| facts.partners.contains(id) && at.grant().coverage().has_partner(*id));
    // The one that sold it comes first.
    serving.sort_by_key(|(id, _)| facts.partners.iter().position(|one| one == id));
    serving.into_iter().next().ok_or_else(|| {
        let line = &facts.line;
        codes::RULE
            .error(format!(
                "customer {} is not served by the partner of subscription {} any more (G-2)",
                line.customer, line.code
            ))
            .hint(format!(
                "`servhub customer show {} --partners` shows how the partners stand",
                line.customer
            ))
    })
}

/// Whether a role on it is what files for it.
fn suits(facts: &Sold) -> Result<()> {
    let line = &facts.line;
    if line.family != Some(Family::Azure) {
        return Err(codes::RULE
            .error(format!(
                "subscription {} is of {}, and a group files by a role on a subscription for Azure only (B-4)",
                line.code, line.product
            ))
            .hint(format!(
                "for other products a delegated role counts: `servhub delegation list --customer {}`",
                line.customer
            )));
    }
    if line.status != SubscriptionStatus::Active {
        return Err(codes::RULE
            .error(format!(
                "subscription {} is {}, and one files for active ones only (B-4)",
                line.code, line.status
            ))
            .hint(format!(
                "`servhub subscription list --customer {} --status active` shows those",
                line.customer
            )));
    }
    Ok(())
}

fn granted(
    at: &Writing<'_, SetUpSupportGroups>,
    group: i64,
    (subscription, facts): (i64, &Sold),
    partner: &str,
    name: &str,
) -> Result<Granted> {
    let may = at.reading().is_support_group(group, subscription)?;
    Ok(Granted {
        group: name.to_owned(),
        partner: partner.to_owned(),
        customer: facts.line.customer.clone(),
        subscription: facts.line.code.clone(),
        role: may.then(|| SUPPORT_REQUEST_ROLE.to_owned()),
        people: at.reading().security_group_people(group)?,
    })
}

impl Tabular for Granted {
    const SCHEMA: &'static str = "request.support-group/1";
    const COLUMNS: &'static [Column] = &[
        col("group"),
        col("partner"),
        col("customer"),
        col("subscription"),
        col("role"),
        col("people"),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.group).into(),
            (&self.partner).into(),
            (&self.customer).into(),
            (&self.subscription).into(),
            (&self.role).into(),
            self.people.clone().into(),
        ]
    }
}
