//! `subscription.create-many` and `subscription.set-quantities`: a file of them, with an outcome for each row.

use super::create::{Create, sell};
use super::seats::set;
use crate::error::{Result, codes};
use crate::hub::foreseen::{self, Foreseen};
use crate::hub::import::Verdict;
use crate::hub::{Change, Route, Writing};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::SellSubscriptions;
use crate::store::sqlite::SubscriptionLine;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What came of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RowOutcome {
    /// Where it stands.
    pub row: Option<String>,
    /// The subscription's id, as far as there is one.
    pub subscription: String,
    /// What came of it.
    pub outcome: Verdict,
    /// Seats that the subscription has now.
    pub seats: Option<i64>,
    /// Why it was refused.
    pub reason: String,
    /// What to do, when it was refused.
    pub fix: String,
    /// The code of the fault.
    pub code: Option<String>,
}

impl Tabular for RowOutcome {
    const SCHEMA: &'static str = "subscription.rows/1";
    const COLUMNS: &'static [Column] = &[
        col("row"),
        col("subscription"),
        col("outcome"),
        col("seats"),
        col("code"),
        col("reason"),
        col("fix"),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            (&self.row).into(),
            (&self.subscription).into(),
            self.outcome.word().into(),
            self.seats.into(),
            (&self.code).into(),
            (&self.reason).into(),
            (&self.fix).into(),
        ]
    }
}

impl Foreseen for RowOutcome {
    fn verdict(&self) -> Verdict {
        self.outcome
    }

    fn promise(&self) -> impl Serialize {
        (&self.subscription, self.seats, &self.code)
    }
}

/// Sells subscriptions to customers, a row each. Unless it is to keep going, one that is refused undoes them all.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct CreateMany {
    /// What is sold; each has an id of its own.
    pub rows: Vec<Create>,
    /// Keep the good rows when others are refused.
    pub keep_going: bool,
    /// Refuse when the rows come to something else than a plan with this hash (`E0302`).
    #[serde(default)]
    pub expected: Option<String>,
}

impl Change for CreateMany {
    const NAME: &'static str = "subscription.create-many";
    const ROUTE: Route = Route::post("/subscriptions/many");
    type Needs = SellSubscriptions;
    type Answer = Vec<RowOutcome>;

    fn change(&self, at: &mut Writing<'_, SellSubscriptions>) -> Result<Vec<RowOutcome>> {
        if let Some(row) = self.rows.iter().find(|row| row.code.is_none()) {
            let row = row.origin.as_deref().unwrap_or("a row");
            let error = codes::BAD_VALUE.error(format!("{row} has no id of its own"));
            return Err(error.hint("write one, so that the same file again changes nothing"));
        }
        let rows = self.rows.iter().map(|row| {
            let key = (row.origin.clone(), row.code.clone().unwrap_or_default());
            (key, row)
        });
        let outcomes = each(at, rows, self.keep_going, sell)?;
        foreseen::check(self.expected.as_deref(), &outcomes)?;
        Ok(outcomes)
    }
}

/// How many seats one subscription is to have.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct SeatRow {
    /// Its id or name.
    pub subscription: String,
    /// So many seats from now on.
    pub seats: i64,
    /// Where the wish stands, such as `seats.csv:3`, for messages.
    pub origin: Option<String>,
}

/// Changes how many seats subscriptions have, a row each. Unless it is to keep going, one that is refused undoes them all.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct SetQuantities {
    /// The seats.
    pub rows: Vec<SeatRow>,
    /// Keep the good rows when others are refused.
    pub keep_going: bool,
    /// Refuse when the rows come to something else than a plan with this hash (`E0302`).
    #[serde(default)]
    pub expected: Option<String>,
}

impl Change for SetQuantities {
    const NAME: &'static str = "subscription.set-quantities";
    const ROUTE: Route = Route::post("/subscriptions/quantities");
    type Needs = SellSubscriptions;
    type Answer = Vec<RowOutcome>;

    fn change(&self, at: &mut Writing<'_, SellSubscriptions>) -> Result<Vec<RowOutcome>> {
        let rows = self
            .rows
            .iter()
            .map(|row| ((row.origin.clone(), row.subscription.clone()), row));
        let outcomes = each(at, rows, self.keep_going, |at, row| {
            set(at, &row.subscription, row.seats)
        })?;
        foreseen::check(self.expected.as_deref(), &outcomes)?;
        Ok(outcomes)
    }
}

/// Where a row stands, and what it is about.
type Key = (Option<String>, String);

fn each<'r, T: 'r>(
    at: &mut Writing<'_, SellSubscriptions>,
    rows: impl Iterator<Item = (Key, &'r T)>,
    keep_going: bool,
    work: impl Fn(&mut Writing<'_, SellSubscriptions>, &T) -> Result<(SubscriptionLine, Verdict)>,
) -> Result<Vec<RowOutcome>> {
    let (mut outcomes, mut seen) = (Vec::new(), BTreeSet::new());
    for (key, row) in rows {
        at.mark()?;
        let done = match seen.insert(key.1.to_lowercase()) || key.1.is_empty() {
            true => work(at, row),
            false => Err(codes::RULE.error(format!("a row above names {} too", key.1))),
        };
        if done.is_ok() {
            at.keep_mark()?;
        } else {
            at.undo_mark()?;
        }
        outcomes.push(told(key, done)?);
    }
    if !keep_going && outcomes.iter().any(|one| one.outcome == Verdict::Refused) {
        at.undo();
    }
    Ok(outcomes)
}

/// What is not the row's own fault ends it all.
fn told((row, subscription): Key, done: Result<(SubscriptionLine, Verdict)>) -> Result<RowOutcome> {
    use crate::error::Kind;
    Ok(match done {
        Ok((line, outcome)) => RowOutcome {
            row,
            subscription: line.code,
            outcome,
            seats: Some(line.seats),
            reason: String::new(),
            fix: String::new(),
            code: None,
        },
        Err(error) => match error.kind() {
            Kind::NotFound | Kind::Denied | Kind::Refused | Kind::Usage => RowOutcome {
                row,
                subscription,
                outcome: Verdict::Refused,
                seats: None,
                reason: error.message.clone(),
                fix: error.hints.join("; "),
                code: Some(error.code.id.to_owned()),
            },
            _ => return Err(error),
        },
    })
}
