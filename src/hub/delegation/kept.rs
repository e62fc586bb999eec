//! What the changes of a delegation have in common.

use super::list::Line;
use crate::domain::near::nearest;
use crate::domain::partner::{DelegatedRole, GLOBAL_ADMINISTRATOR, Life, delegated_role, delegated_roles};
use crate::error::{Error, Result, codes};
use crate::hub::Writing;
use crate::policy::Permission;
use crate::store::Named;
use crate::store::sqlite::{Delegation, DelegationLine, DelegationRole};
use serde::Serialize;
use std::collections::BTreeSet;

/// A delegation with its roles, as the audit trail keeps it.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct State {
    delegation: DelegationLine,
    roles: Vec<DelegationRole>,
}

impl State {
    pub fn of<P: Permission>(at: &Writing<'_, P>, id: i64) -> Result<Self> {
        Ok(Self {
            delegation: at.reading().delegation(id)?.at(at.context().now),
            roles: at.reading().delegation_roles(id)?,
        })
    }

    /// As it is answered.
    pub fn told<P: Permission>(self, at: &Writing<'_, P>) -> (Line, Vec<DelegationRole>) {
        (Line::at(self.delegation, at.context().now), self.roles)
    }
}

/// The delegation that the acting person knows by this id or name.
pub(super) fn find<P: Permission>(at: &Writing<'_, P>, text: &str) -> Result<Delegation> {
    let id = at.reading().find(Named::Delegation, text)?;
    at.reading().delegation(id)
}

/// Keeps what became of one, and records it.
pub(super) fn keep<P: Permission>(at: &mut Writing<'_, P>, one: &Delegation, life: &Life) -> Result<Line> {
    let before = State::of(at, one.id)?;
    at.keep_life(one.id, life)?;
    let after = State::of(at, one.id)?;
    at.record(&subject(&one.code), Some(&before), Some(&after))?;
    Ok(after.told(at).0)
}

/// What the audit trail calls a delegation.
pub(super) fn subject(code: &str) -> String {
    format!("delegation:{code}")
}

/// The template ids of roles that are named by id or name.
pub(super) fn roles(texts: &[String]) -> Result<BTreeSet<String>> {
    texts
        .iter()
        .map(|text| role(text.trim()).map(|role| role.id.to_owned()))
        .collect()
}

fn role(text: &str) -> Result<&'static DelegatedRole> {
    delegated_role(text).ok_or_else(|| {
        let error = codes::NOT_FOUND.error(format!(
            "\"{text}\" is no role of a directory, by name or template id"
        ));
        let known = delegated_roles().flat_map(|role| [role.name, role.id]);
        match nearest(text, known).as_slice() {
            [] => error.hint(format!(
                "the roles are {}",
                delegated_roles()
                    .map(|role| role.name)
                    .collect::<Vec<_>>()
                    .join(", ")
            )),
            near => error.hint(format!("did you mean {}?", near.join(", "))),
        }
    })
}

/// The name of a role, or its id where nobody here knows it.
pub(super) fn name_of(role: &str) -> &str {
    delegated_role(role).map_or(role, |role| role.name)
}

/// Whether the role that may do everything is among them.
pub(super) fn has_everything<'r>(mut roles: impl Iterator<Item = &'r str>) -> bool {
    roles.any(|role| role.eq_ignore_ascii_case(GLOBAL_ADMINISTRATOR.id))
}

/// What may do everything is never extended.
pub(super) fn unextended(what: &str) -> Error {
    codes::NOT_EXTENDED
        .error(format!(
            "{what} is not extended, because {} is among its roles (G-3)",
            GLOBAL_ADMINISTRATOR.name
        ))
        .hint("ask for what is needed without it: `servhub delegation check --task \"...\"` names the least role")
}
