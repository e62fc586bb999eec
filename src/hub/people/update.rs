//! `user.update`, `user.contact` and `user.service-admin`: each part of a membership has its own permission.

use super::choice::Among;
use super::settle::settle;
use super::{Choice, Touched};
use crate::domain::contract::AccountKind;
use crate::domain::member::Wish;
use crate::error::{Result, codes};
use crate::hub::{Change, Route, Writing};
use crate::policy::needs::{ManagePeople, MarkSupportContacts, NameServiceAdmins};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Changes what is kept of people; what is none stays as it is.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Update {
    /// Whose.
    pub choice: Choice,
    /// The name.
    pub name: Option<String>,
    /// Work or personal (W-4).
    pub account_kind: Option<AccountKind>,
    /// Of invitations.
    pub language: Option<String>,
    /// Who manages the person (U-3); empty for nobody.
    pub label: Option<String>,
}

impl Change for Update {
    const NAME: &'static str = "user.update";
    const ROUTE: Route = Route::post("/user-updates");
    type Needs = ManagePeople;
    type Answer = Vec<Touched>;

    fn change(&self, at: &mut Writing<'_, ManagePeople>) -> Result<Vec<Touched>> {
        self.choice.settle(at, |_| Wish {
            name: self.name.clone(),
            account_kind: self.account_kind,
            language: self.language.clone(),
            label: self.label.clone(),
            ..Wish::default()
        })
    }
}

/// Marks support contacts, who may file requests, or takes the mark away.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Mark {
    /// Whom.
    pub choice: Choice,
    /// Whether they have the mark from now on.
    pub on: bool,
}

impl Change for Mark {
    const NAME: &'static str = "user.contact";
    const ROUTE: Route = Route::post("/support-contact-marks");
    type Needs = MarkSupportContacts;
    type Answer = Vec<Touched>;

    fn change(&self, at: &mut Writing<'_, MarkSupportContacts>) -> Result<Vec<Touched>> {
        self.choice.settle(at, |_| Wish {
            support_contact: Some(self.on),
            ..Wish::default()
        })
    }
}

/// Says who administers the default workspace because the contract names them. Only the provider does.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct NameAdmin {
    /// Whom.
    pub choice: Choice,
    /// Whether they are from now on.
    pub on: bool,
}

impl Change for NameAdmin {
    const NAME: &'static str = "user.service-admin";
    const ROUTE: Route = Route::post("/service-admin-marks");
    type Needs = NameServiceAdmins;
    type Answer = Vec<Touched>;

    fn change(&self, at: &mut Writing<'_, NameServiceAdmins>) -> Result<Vec<Touched>> {
        self.choice
            .each(at, Among::Members, |at, powers, (workspace, member)| {
                if self.on && !workspace.is_default {
                    return Err(not_default(&workspace.code));
                }
                let now = at.context().now;
                let wish = Wish {
                    service_admin: Some(self.on),
                    ..Wish::default()
                };
                let after = wish.on(&member, now);
                let settled = settle(at, powers, &workspace, (Some(&member), after), super::VALID_DAYS)?;
                Ok(Touched::of(settled, now))
            })
    }
}

fn not_default(workspace: &str) -> crate::error::Error {
    let message =
        format!("a service administrator administers the default workspace, and {workspace} is another one");
    let hint = format!("`servhub role grant ACCOUNT workspace-admin --workspace {workspace}`");
    codes::NOT_GRANTED.error(message).hint(hint)
}
