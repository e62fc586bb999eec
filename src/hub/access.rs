//! Why a person sees a request, or does not (V-1 to V-5). The decision is that of the views through which every list
//! is read; what is said about it is looked up afterwards.

use super::reading::Eyes;
use super::{Query, Reading, Route};
use crate::domain::partner::Family;
use crate::domain::people::MemberStatus;
use crate::domain::request::CasePlace;
use crate::error::Result;
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::ExplainAccess;
use crate::policy::roles::{self, RoleScope};
use crate::policy::{Holding, PermissionId, Standing};
use crate::store::{CaseLine, Read};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Asks whether a person sees a request, and by which rule. Whoever asks must see it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Explain {
    /// The person's account.
    pub person: String,
    /// Number of the request.
    pub number: String,
}

/// One rule by which a person sees a request, or why they do not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Explained {
    /// The person's account.
    pub person: String,
    /// Number of the request.
    pub number: String,
    /// The rule; none when the person does not see it.
    pub rule: Option<String>,
    /// How the rule comes to hold, or why none does.
    pub because: String,
}

impl Query for Explain {
    const NAME: &'static str = "access.explain";
    const ROUTE: Route = Route::get("/access/{person}/requests/{number}");
    type Needs = ExplainAccess;
    type Answer = Vec<Explained>;

    fn answer(&self, at: &Reading<'_, ExplainAccess>) -> Result<Vec<Explained>> {
        let id = at.find_case(&self.number)?;
        // Somebody whom the caller need not know of gets the same answer as nobody at all.
        if at.grant().actor().account().is_none() {
            super::known_account(at, &self.person)?;
        }
        let line = at.request(id)?;
        let known = known_contracts(at, &line)?;
        explain(&at.eyes(at.grant())?, &self.person, &line, &known)
    }
}

/// Keys of contracts that the caller knows around a request; none means all there are. Whom another one names
/// is not for them.
type Known = Option<BTreeSet<i64>>;

fn known_contracts(at: &Reading<'_, ExplainAccess>, line: &CaseLine) -> Result<Known> {
    if at.grant().actor().account().is_none() {
        return Ok(None);
    }
    let Some(workspace) = line.case.workspace_id() else {
        return Ok(None);
    };
    let workspace = at.workspace(workspace)?;
    let contracts = at.contracts(Some(workspace.customer_id))?;
    Ok(Some(contracts.into_iter().map(|contract| contract.id).collect()))
}

/// Everyone who sees a request, each with the rules.
pub(super) fn everyone(eyes: &Eyes, line: &CaseLine) -> Result<Vec<Explained>> {
    let mut all = Vec::new();
    for person in eyes.accounts_around(line.case.place)? {
        all.extend(explain(eyes, &person, line, &None)?);
    }
    all.retain(|one| one.rule.is_some());
    Ok(all)
}

fn explain(eyes: &Eyes, person: &str, line: &CaseLine, known: &Known) -> Result<Vec<Explained>> {
    let told = |rule: Option<String>, because: String| Explained {
        person: person.to_owned(),
        number: line.case.number.clone(),
        rule,
        because,
    };
    eyes.of(person, |standing, store| {
        let place = Place {
            standing,
            store,
            line,
            known,
        };
        let rules = store.case_rules(line.case.id)?;
        if rules.is_empty() {
            return Ok(vec![told(None, place.why_not(person)?)]);
        }
        let each = rules.into_iter().map(|rule| {
            let because = place.because(&rule)?;
            Ok(told(Some(rule), because))
        });
        each.collect()
    })
}

/// A person before a request.
struct Place<'a> {
    standing: &'a Standing,
    store: Read<'a>,
    line: &'a CaseLine,
    known: &'a Known,
}

impl Place<'_> {
    /// How a rule comes to hold.
    fn because(&self, rule: &str) -> Result<String> {
        Ok(match rule {
            "V-1" => {
                let group = self.store.sharing(self.line.case.id)?.group.unwrap_or_default();
                format!("belongs to group {group}, which the request is shared with")
            }
            "V-2" => "the request is shared with this account".to_owned(),
            "V-3" => "was named as primary contact when the request was created".to_owned(),
            _ => self.roles(rule)?.join("; "),
        })
    }

    /// The roles that show every request here, and what each is given on.
    fn roles(&self, rule: &str) -> Result<Vec<String>> {
        let id = match self.line.case.place {
            CasePlace::Workspace(id) => id,
            CasePlace::Partner { partner, .. } => return self.of_partner(partner),
        };
        let workspace = self.store.workspace(id)?;
        let mut told = Vec::new();
        for holding in self.standing.holdings.iter().filter(|one| shows_all(one)) {
            let scope = roles::of(holding.role).map(|rule| rule.scope);
            let role = holding.role;
            match scope.filter(|scope| (*scope == RoleScope::Provider) == (rule == "V-5")) {
                Some(RoleScope::Workspace) if holding.workspace_id == Some(workspace.id) => {
                    told.push(format!("holds {role} in workspace {}", workspace.code));
                }
                Some(RoleScope::Customer) if holding.customer_id == Some(workspace.customer_id) => {
                    told.push(format!("is {role} of {}", workspace.customer));
                }
                Some(RoleScope::Provider) if holding.contract_id == self.line.case.contract_id => {
                    let number = self
                        .line
                        .contract
                        .as_ref()
                        .map_or("", |contract| &contract.number);
                    told.push(format!("is {role} of contract {number}"));
                }
                _ => {}
            }
        }
        told.sort();
        told.dedup();
        Ok(told)
    }

    /// The roles at the partner that show the request; what is for Azure shows no role but those that show everything,
    /// or that the person filed it.
    fn of_partner(&self, partner: i64) -> Result<Vec<String>> {
        let filing = self.store.filing(self.line.case.id)?;
        let told = match filing.behalf.family {
            Some(Family::Azure) => self.partner_roles(partner, shows_all),
            _ => self.partner_roles(partner, |one| gives(one, PermissionId::ReadRequests)),
        };
        if !told.is_empty() {
            return Ok(told);
        }
        let mut told = self.partner_roles(partner, |one| gives(one, PermissionId::ReadRequests));
        told.push("filed it".to_owned());
        Ok(told)
    }

    /// Roles at the partner that filed the request.
    fn partner_roles(&self, partner: i64, which: impl Fn(&Holding) -> bool) -> Vec<String> {
        let name = self.line.partner.as_deref().unwrap_or_default();
        let at_partner = self
            .standing
            .holdings
            .iter()
            .filter(|one| one.partner_id == Some(partner) && which(one));
        let mut told: Vec<String> = at_partner
            .map(|one| format!("is {} of partner {name}", one.role))
            .collect();
        told.sort();
        told
    }

    /// Why no rule shows a partner's request to a person.
    fn not_of_partner(&self, partner: i64) -> String {
        let name = self.line.partner.as_deref().unwrap_or_default();
        let told = self.partner_roles(partner, |_| true);
        if told.is_empty() {
            return format!("holds no role at partner {name}, which filed it (G-2)");
        }
        let told = told.join("; ");
        if self
            .partner_roles(partner, |one| gives(one, PermissionId::ReadRequests))
            .is_empty()
        {
            return format!("{told}, and that role shows no requests");
        }
        format!(
            "{told}, but: the request is for Azure, and neither filed by this account, nor shared with it (V-2), nor was \
             it named as primary contact (V-3)"
        )
    }

    /// Why no rule holds, and what would change that.
    fn why_not(&self, person: &str) -> Result<String> {
        let id = match self.line.case.place {
            CasePlace::Workspace(id) => id,
            CasePlace::Partner { partner, .. } => return Ok(self.not_of_partner(partner)),
        };
        let workspace = self.store.workspace(id)?.code;
        let Some(member) = self.store.member(id, person)? else {
            let known = |id: i64| self.known.as_ref().is_none_or(|known| known.contains(&id));
            let staff = |one: &&Holding| shows_all(one) && one.contract_id.is_some_and(known);
            return Ok(match self.standing.holdings.iter().find(staff) {
                Some(staff) => format!(
                    "is {} of other contracts, and not of this request's (V-5)",
                    staff.role
                ),
                None => format!("is not a member of workspace {workspace} (W-2)"),
            });
        };
        // Whether an invitation has run out makes no difference to what it shows.
        Ok(match member.status {
            MemberStatus::Invited => {
                format!("was invited to workspace {workspace} and has not accepted (R-2)")
            }
            MemberStatus::Expired => format!("let the invitation to workspace {workspace} run out (R-2)"),
            MemberStatus::Removed => format!("was removed from workspace {workspace} (R-2)"),
            MemberStatus::Registered | MemberStatus::Directory => {
                let sharing = self.store.sharing(self.line.case.id)?;
                let group = sharing.group.map_or_else(
                    || "the request is shared with no group (V-1)".to_owned(),
                    |group| format!("is not in group {group}, which it is shared with (V-1)"),
                );
                format!(
                    "is a member of workspace {workspace}, but: {group}; it is not shared with the account (V-2); \
                     someone else was named as primary contact (V-3); no role shows every request there (V-4)"
                )
            }
        })
    }
}

fn shows_all(holding: &Holding) -> bool {
    gives(holding, PermissionId::SeeAllRequests)
}

fn gives(holding: &Holding, permission: PermissionId) -> bool {
    roles::of(holding.role).is_some_and(|rule| rule.gives(permission))
}

impl Tabular for Explained {
    const SCHEMA: &'static str = "access.explain/1";
    const COLUMNS: &'static [Column] = &[
        col("person"),
        col("request"),
        col("sees"),
        col("rule"),
        col("because"),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.person).into(),
            (&self.number).into(),
            self.rule.is_some().into(),
            (&self.rule).into(),
            (&self.because).into(),
        ]
    }
}
