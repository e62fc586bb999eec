//! A request in the hands of someone who may work on it.

use super::Line;
use crate::domain::life::{Standstill, Step, next};
use crate::domain::request::{CasePlace, CaseState};
use crate::error::{Error, Result, codes};
use crate::hub::Writing;
use crate::policy::needs::{HandleRequests, WorkAllRequests};
use crate::policy::{Grant, Permission};
use crate::store::sqlite::{Event, Filing};
use serde::Serialize;

/// A request that its holder may work on.
#[derive(Debug)]
pub(super) struct Desk {
    pub id: i64,
    pub line: crate::store::CaseLine,
    pub filing: Filing,
}

/// What of a request was changed, as the audit trail keeps it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
struct State {
    state: &'static str,
    severity: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    assignee: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<Event>,
}

impl Desk {
    /// The request of a number. One sees it, and either takes part in it (V-1 to V-3) or may work on every
    /// request there.
    pub fn take<P: Permission>(at: &Writing<'_, P>, number: &str) -> Result<Self> {
        let id = at.reading().find_case(number)?;
        let line = at.reading().request(id)?;
        if at.grant().actor().account().is_some() {
            let rules = at.reading().case_rules(id)?;
            // What a partner's agent sees is theirs to work on.
            let takes_part = |rule: &String| matches!(rule.as_str(), "V-1" | "V-2" | "V-3" | "partner");
            if !rules.iter().any(takes_part) {
                covers(at, &at.also::<WorkAllRequests>()?, line.case.place)?;
            }
        }
        Ok(Self {
            id,
            filing: at.reading().filing(id)?,
            line,
        })
    }

    /// Whether the acting person is of the provider, as far as this request goes.
    pub fn is_handled<P: Permission>(&self, at: &Writing<'_, P>) -> Result<bool> {
        let Ok(grant) = at.also::<HandleRequests>() else {
            return Ok(false);
        };
        Ok(covers(at, &grant, self.line.case.place).is_ok())
    }

    /// The state that a step leads to.
    pub fn step<P: Permission>(&self, at: &Writing<'_, P>, step: Step) -> Result<CaseState> {
        let case = &self.line.case;
        next(case.state, step, at.context().now, case.closed_at).map_err(|why| standstill(&case.number, &why))
    }

    /// Keeps the new state of the request, notes what happened, and records it.
    pub fn keep<P: Permission>(
        mut self,
        at: &mut Writing<'_, P>,
        change: impl FnOnce(&mut crate::store::CaseLine, &mut Filing),
        (kind, text): (&str, Option<String>),
    ) -> Result<Line> {
        let before = self.state(None);
        change(&mut self.line, &mut self.filing);
        let after = self.state(None);
        let told = |state: &State| match kind {
            "severity" => Some(state.severity.to_owned()),
            "contact" => state.contact.clone(),
            "assignee" => state.assignee.clone(),
            "state" => Some(state.state.to_owned()),
            _ => None,
        };
        let by = at.grant().actor();
        let event = Event {
            at: at.context().now,
            account: by.account().unwrap_or(by.name()).to_owned(),
            kind: kind.to_owned(),
            before: told(&before),
            after: told(&after),
            text,
        };
        at.note_event(self.id, &event)?;
        // Whoever assigns also moves the request on; clocks read the states alone.
        if kind != "state" && before.state != after.state {
            at.note_event(
                self.id,
                &Event {
                    kind: "state".to_owned(),
                    before: Some(before.state.to_owned()),
                    after: Some(after.state.to_owned()),
                    text: None,
                    ..event.clone()
                },
            )?;
        }
        at.keep_case(self.id, &self.line.case, &self.filing)?;
        let after = self.state(Some(event));
        at.record(
            &format!("request:{}", self.line.case.number),
            Some(&before),
            Some(&after),
        )?;
        Ok(Line(at.reading().request(self.id)?))
    }

    fn state(&self, event: Option<Event>) -> State {
        let case = &self.line.case;
        State {
            state: case.state.word(),
            severity: case.severity.word(),
            contact: case.contact.clone(),
            assignee: self.filing.assignee.clone(),
            event,
        }
    }
}

/// Passes when a permission holds where the request is.
fn covers<P: Permission, Q: Permission>(
    at: &Writing<'_, P>,
    grant: &Grant<Q>,
    place: CasePlace,
) -> Result<()> {
    match place {
        CasePlace::Workspace(id) => {
            let workspace = at.reading().workspace(id)?;
            grant.on_workspace(workspace.id, workspace.customer_id, &workspace.code)
        }
        CasePlace::Partner { partner, .. } => grant.on_partner(partner, &at.reading().partner_name(partner)?),
    }
}

fn standstill(number: &str, why: &Standstill) -> Error {
    let error = codes::STANDSTILL.error(format!("request {number}: {why}"));
    match why {
        Standstill::NoWay(_) => error.hint(format!("`servhub request show {number}` shows where it stands")),
        Standstill::TooLate(_) => error.hint("file a new one that names it"),
    }
}
