//! `request.sla`: when the first answer is due, what is left, and the walk that led there (S-2 to S-5).

use crate::domain::Instant;
use crate::domain::clock::{Step, StepKind, Walk};
use crate::domain::request::{Case, CasePlace, CaseState};
use crate::domain::sla::{Request, Target, target};
use crate::error::{Result, codes};
use crate::hub::{Query, Reading, Route};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::Permission;
use crate::policy::needs::ReadRequests;
use crate::store::CaseLine;
use crate::store::sqlite::Filing;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Asks for the clock of a request.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Sla {
    /// Its number.
    pub number: String,
}

/// How a request stands to its target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Clock {
    /// Number of the request.
    pub request: String,
    /// The line of the policy that holds.
    pub target: Target,
    /// Moment from which time counts.
    pub started_at: Instant,
    /// When the first answer is due; none while the clock stands still.
    pub due_at: Option<Instant>,
    /// When the first answer was given.
    pub responded_at: Option<Instant>,
    /// Seconds of open time that are left, negative when late; none once it was answered.
    pub left: Option<i64>,
    /// The way there.
    pub walk: Walk,
}

impl Query for Sla {
    const NAME: &'static str = "request.sla";
    const ROUTE: Route = Route::get("/requests/{number}/clock");
    type Needs = ReadRequests;
    type Answer = Clock;

    fn answer(&self, at: &Reading<'_, ReadRequests>) -> Result<Clock> {
        let id = at.find_case(&self.number)?;
        let line = at.request(id)?;
        let policy = at.targets()?;
        clock(at, &policy, &line)?.ok_or_else(|| {
            codes::NO_TARGET
                .error(format!("no response target speaks of request {}", self.number))
                .hint("`servhub sla list` shows the targets; `servhub sla import` brings more")
        })
    }
}

/// The clock of a request; none when no target speaks of it.
pub(in crate::hub) fn clock<P: Permission>(
    at: &Reading<'_, P>,
    policy: &[Target],
    line: &CaseLine,
) -> Result<Option<Clock>> {
    let case = &line.case;
    let filing = at.filing(case.id)?;
    let Some((plan, zone)) = plan_of(at, case, &filing)? else {
        return Ok(None);
    };
    let request = Request {
        plan: &plan,
        severity: case.severity,
        kind: case.kind,
        language: filing.language.as_deref(),
    };
    let Some(target) = target(policy, &request).cloned() else {
        return Ok(None);
    };
    let Some(calendar) = at.calendar(&target.calendar)? else {
        return Ok(None);
    };
    let calendar = calendar.in_zone(&zone)?;
    let mut pauses = if target.pauses {
        at.pauses(case.id)?
    } else {
        Vec::new()
    };
    // What came after the first answer changes nothing about when it was due.
    pauses.retain(|pause| filing.responded_at.is_none_or(|answered| pause.from < answered));
    let seconds = target.minutes * 60;
    let walk = calendar.walk(case.opened_at, seconds, &pauses);
    let now = at.context().now;
    // What came in with an import and went on since was answered, though nobody wrote down when.
    let is_open = filing.responded_at.is_none() && case.state == CaseState::Open;
    let left = is_open.then(|| match walk.due {
        Some(due) if due < now => -calendar.elapsed(due, now, &pauses),
        _ => seconds - calendar.elapsed(case.opened_at, now, &pauses),
    });
    Ok(Some(Clock {
        request: case.number.clone(),
        started_at: case.opened_at,
        due_at: walk.due,
        responded_at: filing.responded_at,
        left,
        target,
        walk,
    }))
}

/// The plan whose targets hold for a request, and the time zone of whoever has it: that of its contract, or of the
/// partner that filed it.
fn plan_of<P: Permission>(
    at: &Reading<'_, P>,
    case: &Case,
    filing: &Filing,
) -> Result<Option<(String, String)>> {
    Ok(match (case.place, case.contract_id, &filing.behalf.plan) {
        (CasePlace::Partner { partner, .. }, _, Some(plan)) => {
            Some((plan.clone(), at.partner_zone(partner)?))
        }
        (_, Some(contract), _) => Some(at.contract_plan(contract)?),
        _ => None,
    })
}

/// Seconds as hours and minutes, such as `-1:05`.
pub fn hours(seconds: i64) -> String {
    let sign = if seconds < 0 { "-" } else { "" };
    let minutes = seconds.abs() / 60;
    format!("{sign}{}:{:02}", minutes / 60, minutes % 60)
}

impl Tabular for Clock {
    const SCHEMA: &'static str = "request.sla/1";
    const COLUMNS: &'static [Column] = &[
        col("request"),
        col("plan"),
        col("severity"),
        col("minutes"),
        col("calendar"),
        col("started_at"),
        col("due_at"),
        col("responded_at"),
        col("left"),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.request).into(),
            (&self.target.plan).into(),
            self.target.severity.map(|severity| severity.word()).into(),
            self.target.minutes.into(),
            (&self.target.calendar).into(),
            self.started_at.into(),
            self.due_at.into(),
            self.responded_at.into(),
            self.left.map(hours).into(),
        ]
    }
}

impl Tabular for Step {
    const SCHEMA: &'static str = "request.walk/1";
    const COLUMNS: &'static [Column] = &[col("from"), col("to"), col("step"), col("because"), col("left")];

    fn cells(&self) -> Vec<Cell> {
        let because = match (&self.holiday, self.kind) {
            (Some(holiday), _) => holiday.clone(),
            (None, StepKind::Paused) => "the customer has the word".to_owned(),
            _ => String::new(),
        };
        vec![
            self.from.into(),
            self.to.into(),
            self.kind.word().into(),
            Some(because).filter(|text| !text.is_empty()).into(),
            hours(self.left).into(),
        ]
    }
}
