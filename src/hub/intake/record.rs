//! `intake.add` and `intake.update`

use crate::domain::partner::IntakeOutcome;
use crate::error::{Error, Result, codes};
use crate::hub::{Change, Route, Writing};
use crate::policy::needs::KeepIntake;
use crate::store::Named;
use crate::store::sqlite::IntakeLine;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Records what came in from a customer, how it was diagnosed, and what came of it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Add {
    /// The customer, by name or id.
    pub customer: String,
    /// A line that names it.
    pub title: String,
    /// What was found.
    pub diagnosis: String,
    /// Who came with it.
    pub reporter: Option<String>,
    /// What came of it.
    pub outcome: IntakeOutcome,
    /// Number of the request that it was escalated with.
    pub request: Option<String>,
}

impl Change for Add {
    const NAME: &'static str = "intake.add";
    const ROUTE: Route = Route::post("/intake");
    type Needs = KeepIntake;
    type Answer = IntakeLine;

    fn change(&self, at: &mut Writing<'_, KeepIntake>) -> Result<IntakeLine> {
        given("--title", &self.title)?;
        given("--diagnosis", &self.diagnosis)?;
        let customer = at.reading().find(Named::Customer, &self.customer)?;
        let (partner, code) = whose(at, customer, &self.customer)?;
        let case_id = escalation(at, (partner, customer), self.outcome, self.request.as_deref())?;
        let line = IntakeLine {
            code: at.reading().next_intake(&code)?,
            partner: code,
            customer: at.reading().customer_code(customer)?,
            at: at.context().now,
            account: by(at),
            reporter: self.reporter.clone(),
            title: self.title.trim().to_owned(),
            diagnosis: self.diagnosis.trim().to_owned(),
            outcome: self.outcome,
            request: self.request.clone(),
        };
        at.record_intake((partner, customer), &line, case_id)?;
        at.record(&format!("intake:{}", line.code), None, Some(&line))?;
        Ok(line)
    }
}

/// Says what became of something that is open, or adds to its diagnosis.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Update {
    /// Its id.
    pub intake: String,
    /// What came of it; none leaves it as it is.
    pub outcome: Option<IntakeOutcome>,
    /// What else was found.
    pub diagnosis: Option<String>,
    /// Number of the request that it was escalated with.
    pub request: Option<String>,
}

impl Change for Update {
    const NAME: &'static str = "intake.update";
    const ROUTE: Route = Route::patch("/intake/{intake}");
    type Needs = KeepIntake;
    type Answer = IntakeLine;

    fn change(&self, at: &mut Writing<'_, KeepIntake>) -> Result<IntakeLine> {
        let (id, partner, customer) = self.find(at)?;
        let before = at.reading().intake(id)?;
        let outcome = self.outcome.unwrap_or(before.outcome);
        let place = (partner, customer);
        if before.outcome != IntakeOutcome::Open && outcome != before.outcome {
            return Err(settled(&told(at, before, place)?, outcome));
        }
        let request = self.request.as_deref().or(before.request.as_deref());
        let case_id = if outcome == before.outcome && request == before.request.as_deref() {
            None
        } else if before.request.is_some() {
            return Err(settled(&told(at, before, place)?, outcome));
        } else {
            escalation(at, place, outcome, request)?
        };
        let diagnosis = self.diagnosed(&before.diagnosis)?;
        if outcome == before.outcome && case_id.is_none() && diagnosis == before.diagnosis {
            return told(at, before, place);
        }
        at.update_intake(id, outcome, &diagnosis, case_id)?;
        let after = at.reading().intake(id)?;
        at.record(&format!("intake:{}", before.code), Some(&before), Some(&after))?;
        told(at, after, place)
    }
}

/// What is answered of it: the request that it was escalated with is named to those who may know of that.
fn told(at: &Writing<'_, KeepIntake>, mut line: IntakeLine, place: (i64, i64)) -> Result<IntakeLine> {
    if let Some(number) = line.request.take() {
        let known = at.reading().request_of(&number, place)?;
        line.request = known.map(|_| number);
    }
    Ok(line)
}

impl Update {
    /// What is another partner's is not there.
    fn find(&self, at: &Writing<'_, KeepIntake>) -> Result<(i64, i64, i64)> {
        let found = at.reading().find_intake(&self.intake)?;
        let own = found.filter(|(_, partner, _)| at.grant().coverage().has_partner(*partner));
        own.ok_or_else(|| {
            codes::NOT_FOUND
                .error(format!("nothing came in under the id \"{}\"", self.intake))
                .hint("`servhub request intake list` shows what did")
        })
    }

    /// The diagnosis with what was added; the same words again add nothing.
    fn diagnosed(&self, before: &str) -> Result<String> {
        let Some(more) = &self.diagnosis else {
            return Ok(before.to_owned());
        };
        given("--diagnosis", more)?;
        let more = more.trim();
        if before == more || before.ends_with(&format!("\n{more}")) {
            return Ok(before.to_owned());
        }
        Ok(format!("{before}\n{more}"))
    }
}

fn settled(before: &IntakeLine, wanted: IntakeOutcome) -> Error {
    let request = before.request.as_ref();
    let with = request.map_or(String::new(), |number| format!(" with request {number}"));
    codes::RULE
        .error(format!(
            "{} is {}{with}, and cannot become {wanted} in another way (P-2)",
            before.code, before.outcome
        ))
        .hint("record what comes in anew with `servhub request intake add`")
}

fn given(option: &str, text: &str) -> Result<()> {
    if text.trim().is_empty() {
        return Err(codes::BAD_VALUE
            .error(format!("{option} says nothing"))
            .hint("write at least a few words: the next one to look needs them"));
    }
    Ok(())
}

/// Who records it.
fn by(at: &Writing<'_, KeepIntake>) -> String {
    let actor = at.grant().actor();
    actor.account().unwrap_or(actor.name()).to_owned()
}

/// The partner that serves the customer and keeps it: its key and id. The operator keeps it for the one of record.
fn whose(at: &Writing<'_, KeepIntake>, customer: i64, text: &str) -> Result<(i64, String)> {
    let mut serving = at.reading().serving(customer)?;
    serving.retain(|(id, _)| at.grant().coverage().has_partner(*id));
    serving.into_iter().next().ok_or_else(|| {
        codes::RULE
            .error(format!(
                "no partner of yours serves customer {text}, so nothing comes in from there (G-2)"
            ))
            .hint("`servhub customer list` shows how the partners stand")
    })
}

/// Key of the request that it was escalated with: there is one exactly when it was (P-2).
fn escalation(
    at: &Writing<'_, KeepIntake>,
    place: (i64, i64),
    outcome: IntakeOutcome,
    request: Option<&str>,
) -> Result<Option<i64>> {
    match (outcome, request) {
        (IntakeOutcome::Escalated, Some(number)) => {
            let found = at.reading().request_of(number, place)?;
            let missing = || {
                codes::NOT_FOUND
                    .error(format!("the partner filed no request {number} for this customer"))
                    .hint("`servhub request list` shows the requests that you may see")
            };
            found.map(Some).ok_or_else(missing)
        }
        (IntakeOutcome::Escalated, None) => Err(codes::MISSING_OPTION
            .error("nothing says with which request it was escalated (P-2)")
            .hint("file it with `servhub request create --customer`, and add --request NUMBER")),
        (_, None) => Ok(None),
        (other, Some(_)) => Err(codes::BAD_VALUE
            .error(format!("what is {other} has no request (P-2)"))
            .hint("leave --request out, or say --outcome escalated")),
    }
}
