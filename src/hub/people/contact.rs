//! The support-contact mark. Whoever has it is named on the contract and takes a place of its contacts line,
//! which the ledger counts (E-5).

use crate::domain::contract::{Contract, Status};
use crate::domain::entitlement::Service;
use crate::domain::member::Member;
use crate::domain::{Quantity, Zone};
use crate::error::{Result, codes};
use crate::hub::entries::EntryRun;
use crate::hub::{Writing, activation};
use crate::policy::Permission;
use crate::store::sqlite::WorkspaceFacts;
use serde_json::json;

/// Brings the contract in line with a member's mark.
///
/// # Errors
/// `E0408` with both numbers when the line is full.
pub(super) fn mark<P: Permission>(
    at: &mut Writing<'_, P>,
    workspace: &WorkspaceFacts,
    member: &Member,
) -> Result<()> {
    let today = at.context().day_in(&Zone::utc());
    let open = at.reading().open_contacts(workspace, &member.account, today)?;
    for (contract_id, contact_id) in open {
        if member.support_contact {
            return Ok(());
        }
        let contract = at.reading().contract(contract_id)?;
        at.end_contact(contact_id, at.context().day_at(&contract.time_zone)?)?;
        recount(at, &contract, &member.account)?;
    }
    if !member.support_contact {
        return Ok(());
    }
    let Some(contract) = contract_for(at, workspace)? else {
        let message = format!(
            "no contract in force is linked to workspace {}, so nobody can file on it",
            workspace.code
        );
        return Err(codes::RULE
            .error(message)
            .hint("link one with `servhub workspace attach`"));
    };
    let today = at.context().day_at(&contract.time_zone)?;
    if let Some(cap) = at.reading().contacts_cap(contract.id, today)? {
        let named = at.reading().other_support_contacts(contract.id, None, today)? + 1;
        if Quantity::whole(named) > cap {
            let message = format!(
                "{} would be support contact {named} of contract {}, which allows {cap} (R-3)",
                member.account, contract.number
            );
            let hint = "unmark someone first, or have the contract line raised";
            return Err(codes::OVER_CAP.error(message).hint(hint));
        }
    }
    at.name_contact(contract.id, workspace, member, today)?;
    recount(at, &contract, &member.account)
}

/// The contract in force that a mark is counted on: one with a line for contacts before one without.
fn contract_for<P: Permission>(at: &Writing<'_, P>, workspace: &WorkspaceFacts) -> Result<Option<Contract>> {
    let mut found = None;
    for id in at.reading().contracts_of(workspace.id)? {
        let contract = at.reading().contract(id)?;
        let today = at.context().day_at(&contract.time_zone)?;
        if contract.term.status(today) != Status::Active {
            continue;
        }
        if at
            .reading()
            .contract_line(id, Service::Contacts, today)?
            .is_some()
        {
            return Ok(Some(contract));
        }
        found.get_or_insert(contract);
    }
    Ok(found)
}

fn recount<P: Permission>(at: &mut Writing<'_, P>, contract: &Contract, account: &str) -> Result<()> {
    let mut run = EntryRun::default();
    activation::recount(at, &mut run, contract, account)?;
    if let Some(entries) = run.take_range() {
        let after = json!({ "contact": account, "entries": entries });
        at.record(&format!("contract:{}", contract.number), None, Some(&after))?;
    }
    Ok(())
}
