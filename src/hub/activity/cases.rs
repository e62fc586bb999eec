//! Cases: those of one kind, and those that the O rules list apart.

use super::detail::Sight;
use super::sheet::Sheet;
use crate::domain::activity::View;
use crate::domain::other_case::{CaseFacts, OtherReason, other_reason};
use crate::domain::request::CaseKind;
use crate::domain::{Quantity, Zone};
use crate::error::Result;
use crate::output::{Cell, Column, col};
use crate::policy::Permission;
use crate::store::CaseLine;
use std::collections::{HashMap, HashSet};

const COLUMNS: [Column; 12] = [
    col("case"),
    col("workspace"),
    col("package"),
    col("title"),
    col("product").quiet(),
    col("contact"),
    col("severity"),
    col("state"),
    col("opened_at"),
    col("closed_at").quiet(),
    col("hours"),
    col("kind").quiet(),
];

/// A case and the rule that lists it apart, if one does.
type Judged = (CaseLine, Option<OtherReason>);

/// Cases of the chosen workspaces, opened by the day asked about, judged from the workspace that each
/// belongs to (O-5).
fn judged<P: Permission>(sight: &Sight<'_, P>) -> Result<Vec<Judged>> {
    let mut cases = Vec::new();
    for line in sight
        .at
        .cases(sight.workspaces(), sight.scope.contract, sight.scope.package)?
    {
        let (opened_on, as_of) = match &line.contract {
            Some(contract) => {
                let zone: Zone = contract.zone()?;
                (
                    line.case.opened_at.day_in(&zone),
                    sight.at.context().day_in(&zone),
                )
            }
            None => {
                let utc = Zone::utc();
                (line.case.opened_at.day_in(&utc), sight.at.context().day_in(&utc))
            }
        };
        if opened_on > as_of {
            continue;
        }
        let reason = other_reason(
            &CaseFacts {
                fully_linked: line.is_fully_linked(),
                contract_term: line.contract.as_ref().map(|contract| &contract.term),
                opened_on,
                contract_in_workspace: line.contract_in_workspace,
                class: line.case.class,
            },
            as_of,
        );
        cases.push((line, reason));
    }
    Ok(cases)
}

/// Hours by the case that they name, whatever they are charged to.
fn hours<P: Permission>(sight: &Sight<'_, P>) -> Result<HashMap<String, Quantity>> {
    let mut hours = HashMap::new();
    let used = sight
        .at
        .used_by_reference(sight.workspaces(), &[], sight.at.context().as_of)?;
    for (_, reference, quantity) in used {
        if let Some(reference) = reference {
            *hours.entry(reference).or_insert(Quantity::ZERO) += quantity;
        }
    }
    Ok(hours)
}

fn cells(line: &CaseLine, hours: &HashMap<String, Quantity>) -> Vec<Cell> {
    let case = &line.case;
    vec![
        (&case.number).into(),
        (&line.workspace).into(),
        (&line.package).into(),
        (&case.title).into(),
        (&case.product).into(),
        (&case.contact).into(),
        case.severity.word().into(),
        case.state.word().into(),
        case.opened_at.into(),
        case.closed_at.into(),
        hours.get(&case.number).copied().unwrap_or(Quantity::ZERO).into(),
        case.kind.word().into(),
    ]
}

fn add(sheet: &mut Sheet, part: &str, line: &CaseLine, own: Vec<Cell>) {
    let contract = line.contract.as_ref().map(|contract| contract.number.clone());
    sheet.row(part, (&line.entitlement).into(), contract.into(), own);
}

/// The reactive or the advisory view.
pub(super) fn listed<P: Permission>(sight: &Sight<'_, P>, view: View) -> Result<Sheet> {
    let (kind, schema) = match view {
        View::Advisory => (CaseKind::Advisory, "activity.advisory/1"),
        _ => (CaseKind::ProblemResolution, "activity.reactive/1"),
    };
    let hours = hours(sight)?;
    let (shown, apart): (Vec<Judged>, Vec<Judged>) = judged(sight)?
        .into_iter()
        .partition(|(line, reason)| reason.is_none() && line.case.kind == kind);
    let mut sheet = Sheet::new(schema, &COLUMNS, sight.only());
    sheet.heads(&sight.lines);
    for (line, _) in &shown {
        add(&mut sheet, "cases", line, cells(line, &hours));
    }
    sheet.note(reconcile(sight, &shown, &apart)?);
    Ok(sheet)
}

/// How the total of the service comes about: every entry belongs to exactly one of the parts.
fn reconcile<P: Permission>(sight: &Sight<'_, P>, shown: &[Judged], apart: &[Judged]) -> Result<String> {
    let numbers = |cases: &mut dyn Iterator<Item = &Judged>| -> HashSet<String> {
        cases.map(|(line, _)| line.case.number.clone()).collect()
    };
    let here = numbers(&mut shown.iter());
    let other = numbers(&mut apart.iter().filter(|(_, reason)| reason.is_some()));
    let other_kind = numbers(&mut apart.iter().filter(|(_, reason)| reason.is_none()));
    let ids: HashSet<i64> = sight.lines.iter().map(|line| line.entitlement.id).collect();
    let mut sums = [Quantity::ZERO; 4];
    let used = sight.at.used_by_reference(
        sight.workspaces(),
        &sight.scope.services,
        sight.at.context().as_of,
    )?;
    for (_, reference, quantity) in used.iter().filter(|(id, ..)| ids.contains(id)) {
        let place = match reference {
            Some(number) if here.contains(number) => 0,
            Some(number) if other.contains(number) => 1,
            Some(number) if other_kind.contains(number) => 2,
            _ => 3,
        };
        sums[place] += *quantity;
    }
    let [here, other, other_kind, without] = sums;
    let total: Quantity = sums.into_iter().sum();
    Ok(format!(
        "{total} consumed = {here} on the cases shown + {other} on cases under other-cases + {other_kind} on cases of \
         the other kind + {without} without a case"
    ))
}

/// The cases that the O rules list apart.
pub(super) fn others<P: Permission>(sight: &Sight<'_, P>) -> Result<Sheet> {
    let columns: Vec<Column> = COLUMNS
        .into_iter()
        .chain([col("class"), col("reason"), col("rule")])
        .collect();
    let hours = hours(sight)?;
    let mut sheet = Sheet::new("activity.other-cases/1", &columns, None);
    for (line, reason) in judged(sight)? {
        let Some(reason) = reason else { continue };
        let mut own = cells(&line, &hours);
        own.extend([
            line.case.class.map(|class| class.word()).into(),
            reason.word().into(),
            reason.rule().into(),
        ]);
        add(&mut sheet, "other-cases", &line, own);
    }
    Ok(sheet)
}
