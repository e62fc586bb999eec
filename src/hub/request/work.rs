//! Working on a request: notes, severity, contact, and its way from open to closed and back.

use super::Line;
use super::desk::Desk;
use crate::domain::life::Step;
use crate::domain::request::{CaseState, Severity};
use crate::error::{Result, codes};
use crate::hub::{Change, Route, Writing};
use crate::policy::Permission;
use crate::policy::needs::{HandleRequests, WorkRequests};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Writes a note. When the customer had the word, an answer of theirs gives it back to the provider.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Note {
    /// Number of the request.
    pub number: String,
    /// The words.
    pub text: String,
}

impl Change for Note {
    const NAME: &'static str = "request.note";
    const ROUTE: Route = Route::post("/requests/{number}/notes");
    type Needs = WorkRequests;
    type Answer = Line;

    fn change(&self, at: &mut Writing<'_, WorkRequests>) -> Result<Line> {
        let text = words(&self.text, "a note")?;
        let desk = Desk::take(at, &self.number)?;
        let now = at.context().now;
        let from_provider = desk.is_handled(at)?;
        desk.keep(
            at,
            |line, filing| {
                if from_provider {
                    filing.responded_at = filing.responded_at.or(Some(now));
                } else if line.case.state == CaseState::AwaitingCustomer {
                    line.case.state = CaseState::InProgress;
                }
            },
            ("note", Some(text)),
        )
    }
}

/// Changes how much is at stake, with the reason why.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct SetSeverity {
    /// Number of the request.
    pub number: String,
    /// The new severity.
    pub severity: Severity,
    /// Why it changed.
    pub because: String,
}

impl Change for SetSeverity {
    const NAME: &'static str = "request.severity";
    const ROUTE: Route = Route::put("/requests/{number}/severity");
    type Needs = WorkRequests;
    type Answer = Line;

    fn change(&self, at: &mut Writing<'_, WorkRequests>) -> Result<Line> {
        let because = words(&self.because, "a change of severity")?;
        let desk = Desk::take(at, &self.number)?;
        if desk.line.case.severity == self.severity {
            return Ok(Line(desk.line));
        }
        not_closed(&desk)?;
        desk.keep(
            at,
            |line, _| line.case.severity = self.severity,
            ("severity", Some(because)),
        )
    }
}

/// Hands the request over to another primary contact, who must be an active member of its workspace.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct HandOver {
    /// Number of the request.
    pub number: String,
    /// Account of the new contact.
    pub contact: String,
}

impl Change for HandOver {
    const NAME: &'static str = "request.contact";
    const ROUTE: Route = Route::put("/requests/{number}/contact");
    type Needs = WorkRequests;
    type Answer = Line;

    fn change(&self, at: &mut Writing<'_, WorkRequests>) -> Result<Line> {
        let desk = Desk::take(at, &self.number)?;
        if desk.line.case.contact.as_deref() == Some(self.contact.as_str()) {
            return Ok(Line(desk.line));
        }
        not_closed(&desk)?;
        let case = &desk.line.case;
        // Who takes over must see it: a primary contact of later does not by that alone (V-3).
        super::share::with_person(at, (case.place, case.id), &self.contact)?;
        desk.keep(
            at,
            |line, _| line.case.contact = Some(self.contact.clone()),
            ("contact", None),
        )
    }
}

/// The provider takes the request on: somebody is in charge of it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Assign {
    /// Number of the request.
    pub number: String,
    /// Account of whoever is in charge; none means the acting person.
    pub to: Option<String>,
}

impl Change for Assign {
    const NAME: &'static str = "request.assign";
    const ROUTE: Route = Route::put("/requests/{number}/assignee");
    type Needs = HandleRequests;
    type Answer = Line;

    fn change(&self, at: &mut Writing<'_, HandleRequests>) -> Result<Line> {
        let desk = Desk::take(at, &self.number)?;
        let by = at.grant().actor();
        let to = self
            .to
            .clone()
            .unwrap_or_else(|| by.account().unwrap_or(by.name()).to_owned());
        let state = desk.step(at, Step::Assign)?;
        if desk.filing.assignee.as_ref() == Some(&to) && desk.line.case.state == state {
            return Ok(Line(desk.line));
        }
        let now = at.context().now;
        desk.keep(
            at,
            |line, filing| {
                line.case.state = state;
                filing.assignee = Some(to);
                filing.responded_at = filing.responded_at.or(Some(now));
            },
            ("assignee", None),
        )
    }
}

/// The provider asks the customer something: until an answer comes, the clock may stand still (S-3).
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Ask {
    /// Number of the request.
    pub number: String,
    /// The question.
    pub text: String,
}

impl Change for Ask {
    const NAME: &'static str = "request.ask";
    const ROUTE: Route = Route::post("/requests/{number}/questions");
    type Needs = HandleRequests;
    type Answer = Line;

    fn change(&self, at: &mut Writing<'_, HandleRequests>) -> Result<Line> {
        let text = words(&self.text, "a question")?;
        move_on(at, &self.number, Step::Ask, Some(text))
    }
}

/// The provider has solved it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Resolve {
    /// Number of the request.
    pub number: String,
    /// What solved it.
    pub resolution: String,
}

impl Change for Resolve {
    const NAME: &'static str = "request.resolve";
    const ROUTE: Route = Route::post("/requests/{number}/resolution");
    type Needs = HandleRequests;
    type Answer = Line;

    fn change(&self, at: &mut Writing<'_, HandleRequests>) -> Result<Line> {
        let text = words(&self.resolution, "a resolution")?;
        move_on(at, &self.number, Step::Resolve, Some(text))
    }
}

/// The customer is content with it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Close {
    /// Number of the request.
    pub number: String,
}

impl Change for Close {
    const NAME: &'static str = "request.close";
    const ROUTE: Route = Route::post("/requests/{number}/closing");
    type Needs = WorkRequests;
    type Answer = Line;

    fn change(&self, at: &mut Writing<'_, WorkRequests>) -> Result<Line> {
        move_on(at, &self.number, Step::Close, None)
    }
}

/// It was not solved after all.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Reopen {
    /// Number of the request.
    pub number: String,
    /// What is still wrong.
    pub because: String,
}

impl Change for Reopen {
    const NAME: &'static str = "request.reopen";
    const ROUTE: Route = Route::post("/requests/{number}/reopening");
    type Needs = WorkRequests;
    type Answer = Line;

    fn change(&self, at: &mut Writing<'_, WorkRequests>) -> Result<Line> {
        let text = words(&self.because, "reopening")?;
        move_on(at, &self.number, Step::Reopen, Some(text))
    }
}

fn move_on<P: Permission>(
    at: &mut Writing<'_, P>,
    number: &str,
    step: Step,
    text: Option<String>,
) -> Result<Line> {
    let desk = Desk::take(at, number)?;
    let state = desk.step(at, step)?;
    let now = at.context().now;
    let resolution = text.clone();
    desk.keep(
        at,
        |line, filing| {
            line.case.state = state;
            match step {
                Step::Resolve => {
                    filing.resolved_at = Some(now);
                    filing.resolution = resolution;
                    filing.responded_at = filing.responded_at.or(Some(now));
                }
                Step::Close => line.case.closed_at = Some(now),
                Step::Reopen => {
                    line.case.closed_at = None;
                    filing.resolved_at = None;
                    filing.resolution = None;
                }
                Step::Ask => filing.responded_at = filing.responded_at.or(Some(now)),
                Step::Assign | Step::Answer => {}
            }
        },
        ("state", text),
    )
}

fn words(text: &str, what: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(codes::MISSING_OPTION.error(format!("{what} needs words")));
    }
    Ok(text.to_owned())
}

fn not_closed(desk: &Desk) -> Result<()> {
    let case = &desk.line.case;
    if matches!(case.state, CaseState::Closed) {
        let message = format!("request {} is closed", case.number);
        return Err(codes::STANDSTILL
            .error(message)
            .hint(format!("`servhub request reopen {}` first", case.number)));
    }
    Ok(())
}
