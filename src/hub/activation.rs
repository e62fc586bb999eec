//! Activating a contract (C-2): its default workspace, its base packages, its people.

use super::entries::EntryRun;
use super::people::{Code, Invitation};
use super::posting::{Posting, Wanted};
use super::{Change, Route, Writing};
use crate::audit::EntryRange;
use crate::domain::Day;
use crate::domain::contract::{ContactRole, Contract, ScheduleKind};
use crate::domain::entitlement::Service;
use crate::domain::member::Member;
use crate::error::{Result, codes};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::Permission;
use crate::policy::needs::ManageContracts;
use crate::store::Named;
use crate::store::sqlite::{ContactRow, NewMember};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Activates one contract, or every one whose first day has come.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Activate {
    /// Number of the contract; none with `due`.
    pub contract: Option<String>,
    /// All contracts whose first day has come and that are not activated yet.
    pub due: bool,
    /// Make codes for the invitations, to be told with the answer; without them, sending again makes some.
    pub codes: bool,
}

/// What an activation did.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Activation {
    /// Number of the contract.
    pub contract: String,
    /// Id of the customer's default workspace.
    pub workspace: String,
    /// Whether that workspace was made now.
    pub workspace_is_new: bool,
    /// Packages of the base schedule that were attached now.
    pub packages: Vec<String>,
    /// Accounts that were invited now.
    pub invited: Vec<String>,
    /// The invitations with their codes, when those were asked for. No record has them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub invitations: Vec<Invitation>,
    /// Support contacts that are counted now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entries: Option<EntryRange>,
}

impl Tabular for Activation {
    const SCHEMA: &'static str = "contract.activate/1";
    const COLUMNS: &'static [Column] = &[
        col("contract"),
        col("workspace"),
        col("workspace_is_new"),
        col("packages"),
        col("invited"),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.contract).into(),
            (&self.workspace).into(),
            self.workspace_is_new.into(),
            self.packages.clone().into(),
            self.invited.clone().into(),
        ]
    }
}

impl Change for Activate {
    const NAME: &'static str = "contract.activate";
    const ROUTE: Route = Route::post("/contract-activations");
    type Needs = ManageContracts;
    type Answer = Vec<Activation>;

    fn change(&self, at: &mut Writing<'_, ManageContracts>) -> Result<Vec<Activation>> {
        let Some(number) = &self.contract else {
            if self.due {
                return activate_due(at, self.codes);
            }
            return Err(codes::MISSING_OPTION
                .error("nothing says which contract to activate")
                .hint("name one, or add --due for all whose first day has come"));
        };
        let id = at.reading().find(Named::Contract, number)?;
        let contract = at.reading().contract(id)?;
        Ok(activate(at, &contract, self.codes)?.into_iter().collect())
    }
}

/// Activates every contract whose first day has come, in its own zone (T-1), and that is not activated yet, of
/// those customers that the permission covers.
pub(crate) fn activate_due<P: Permission>(at: &mut Writing<'_, P>, codes: bool) -> Result<Vec<Activation>> {
    let mut done = Vec::new();
    for id in at.reading().contracts_to_activate()? {
        let contract = at.reading().contract(id)?;
        if !at.grant().coverage().has_customer(contract.customer_id) {
            continue;
        }
        if contract.term.start <= at.context().day_at(&contract.time_zone)? {
            done.extend(activate(at, &contract, codes)?);
        }
    }
    Ok(done)
}

/// Activates a contract, unless it was activated before: then nothing changes (C-2).
pub(crate) fn activate<P: Permission>(
    at: &mut Writing<'_, P>,
    contract: &Contract,
    codes: bool,
) -> Result<Option<Activation>> {
    if contract.activated_at.is_some() {
        return Ok(None);
    }
    let today = at.context().day_at(&contract.time_zone)?;
    let (workspace, workspace_is_new) = default_workspace(at, contract.customer_id)?;
    at.link_contract(workspace, contract.id)?;
    let mut packages = Vec::new();
    for package in at.reading().packages(Some(contract.id))? {
        if package.schedule_kind == ScheduleKind::Base && at.attach_package(workspace, package.id, today)? {
            packages.push(package.code);
        }
    }
    at.mark_activated(contract.id, at.context().now)?;
    let mut run = EntryRun::default();
    let (invited, _) = welcome(at, &mut run, contract, today)?;
    let invitations = if codes { letters(at, &invited)? } else { Vec::new() };
    let mut activation = Activation {
        contract: contract.number.clone(),
        workspace: at
            .reading()
            .code_of(crate::store::sqlite::Table::Workspace, workspace)?,
        workspace_is_new,
        packages,
        invited: invited.into_iter().map(|member| member.account).collect(),
        invitations: Vec::new(),
        entries: run.take_range(),
    };
    at.record(&format!("contract:{}", contract.number), None, Some(&activation))?;
    activation.invitations = invitations;
    Ok(Some(activation))
}

/// The customer's default workspace, made when there is none; says whether it was.
fn default_workspace<P: Permission>(at: &Writing<'_, P>, customer_id: i64) -> Result<(i64, bool)> {
    if let Some(id) = at.reading().default_workspace(customer_id)? {
        return Ok((id, false));
    }
    Ok((at.make_default_workspace(customer_id)?, true))
}

/// Invites the people named on a contract into their workspaces, and counts its support contacts; what was
/// done before is left as it is. Answers the people invited and how many contacts cannot be counted.
pub(crate) fn welcome<P: Permission>(
    at: &Writing<'_, P>,
    run: &mut EntryRun,
    contract: &Contract,
    today: Day,
) -> Result<(Vec<Member>, usize)> {
    let Some(default) = at.reading().default_workspace(contract.customer_id)? else {
        return Ok((Vec::new(), 0));
    };
    let (mut invited, mut uncounted) = (Vec::new(), 0);
    for contact in at.reading().contact_rows(contract.id)? {
        let released = contact.until.is_some_and(|until| until <= today);
        if !released && at.invite(&member(&contact, default, at.context().now))? {
            let workspace = contact.workspace_id.unwrap_or(default);
            invited.extend(at.reading().member(workspace, &contact.account)?);
        }
        if contact.role == ContactRole::SupportContact && !count(at, run, contract, &contact, default, today)?
        {
            uncounted += 1;
        }
    }
    Ok((invited, uncounted))
}

/// Makes a code for each of the people just invited.
fn letters<P: Permission>(at: &Writing<'_, P>, invited: &[Member]) -> Result<Vec<Invitation>> {
    let letter = |member: &Member| {
        let code = Code::make()?;
        at.set_code(member.id, Some(&code.hash()))?;
        Ok(Invitation {
            workspace: member.workspace.clone(),
            account: member.account.clone(),
            name: member.name.clone(),
            language: member.language.clone(),
            code: code.tell(),
            expires_at: member.expires_at,
        })
    };
    invited.iter().map(letter).collect()
}

fn member(contact: &ContactRow, default: i64, now: crate::domain::Instant) -> NewMember<'_> {
    NewMember {
        workspace_id: contact.workspace_id.unwrap_or(default),
        account: &contact.account,
        name: &contact.name,
        account_kind: contact.account_kind,
        role: contact.role,
        language: contact.language.as_deref(),
        invited_at: now,
    }
}

/// Counts an account's places on a contract's contacts line anew, after its days have changed.
pub(crate) fn recount<P: Permission>(
    at: &Writing<'_, P>,
    run: &mut EntryRun,
    contract: &Contract,
    account: &str,
) -> Result<()> {
    let Some(default) = at.reading().default_workspace(contract.customer_id)? else {
        return Ok(());
    };
    let today = at.context().day_at(&contract.time_zone)?;
    for contact in at.reading().contact_rows(contract.id)? {
        let is_theirs = contact.account.eq_ignore_ascii_case(account);
        if is_theirs && contact.role == ContactRole::SupportContact {
            count(at, run, contract, &contact, default, today)?;
        }
    }
    Ok(())
}

/// Counts one support contact on the contract's contacts line; says whether there is one.
fn count<P: Permission>(
    at: &Writing<'_, P>,
    run: &mut EntryRun,
    contract: &Contract,
    contact: &ContactRow,
    default: i64,
    today: Day,
) -> Result<bool> {
    let key = format!(
        "{}/{}/{}",
        contract.number,
        contact.account.to_lowercase(),
        contact.workspace.as_deref().unwrap_or("")
    );
    let posting = Posting {
        source: "contacts",
        key: &key,
        reference: &contact.account,
    };
    if contact.since > today {
        posting.settle(at, run, None)?;
        return Ok(true);
    }
    let standing = posting.standing(at)?;
    let kept = standing
        .entitlement()
        .filter(|_| standing.day() == Some(contact.since));
    let line = match kept {
        Some(id) => Some(id),
        None => at
            .reading()
            .contract_line(contract.id, Service::Contacts, contact.since)?,
    };
    let wanted = line.map(|entitlement_id| Wanted {
        entitlement_id,
        workspace_id: contact.workspace_id.unwrap_or(default),
        day: contact.since,
        until: contact.until.filter(|until| *until <= today),
        late: false,
    });
    posting.settle(at, run, wanted)?;
    Ok(line.is_some())
}
