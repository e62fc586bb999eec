//! `operator.list`, `operator.appoint` and `operator.dismiss`: who acts as the operator of a shared hub.

use crate::error::{Result, codes};
use crate::hub::{Change, Query, Reading, Route, Writing};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::NameOperators;
use crate::store::sqlite::Operator;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

impl Tabular for Operator {
    const SCHEMA: &'static str = "operator.list/1";
    const COLUMNS: &'static [Column] = &[col("account"), col("appointed_at")];

    fn cells(&self) -> Vec<Cell> {
        vec![(&self.account).into(), Cell::Instant(self.appointed_at)]
    }
}

/// The operators, by account.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct List;

impl Query for List {
    const NAME: &'static str = "operator.list";
    const ROUTE: Route = Route::get("/operators");
    type Needs = NameOperators;
    type Answer = Vec<Operator>;

    fn answer(&self, at: &Reading<'_, NameOperators>) -> Result<Vec<Operator>> {
        at.operators()
    }
}

/// Makes an account an operator: it may everything, at every customer.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Appoint {
    /// The account.
    pub account: String,
}

impl Change for Appoint {
    const NAME: &'static str = "operator.appoint";
    const ROUTE: Route = Route::post("/operators");
    type Needs = NameOperators;
    type Answer = Operator;

    fn change(&self, at: &mut Writing<'_, NameOperators>) -> Result<Operator> {
        crate::hub::people::check_account(&self.account)?;
        if let Some(operator) = at.reading().operator(&self.account)? {
            return Ok(operator);
        }
        let operator = Operator {
            account: self.account.clone(),
            appointed_at: at.context().now,
        };
        at.appoint_operator(&operator)?;
        at.record(&subject(&operator), None, Some(&operator))?;
        Ok(operator)
    }
}

/// Takes the rights of an operator from an account; it keeps the roles that it holds, and its tokens carry these.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Dismiss {
    /// The account.
    pub account: String,
}

impl Change for Dismiss {
    const NAME: &'static str = "operator.dismiss";
    const ROUTE: Route = Route::post("/operator-dismissals");
    type Needs = NameOperators;
    type Answer = Operator;

    fn change(&self, at: &mut Writing<'_, NameOperators>) -> Result<Operator> {
        let Some(operator) = at.reading().operator(&self.account)? else {
            return Err(codes::NOT_FOUND
                .error(format!("{} is no operator", self.account))
                .hint("`servhub operator list` shows them"));
        };
        if at.reading().operators()?.len() == 1 {
            return Err(codes::LAST_OPERATOR
                .error(format!("{} is the last operator", operator.account))
                .hint("appoint someone else first: `servhub operator appoint ACCOUNT`"));
        }
        at.dismiss_operator(&operator.account)?;
        at.record(&subject(&operator), Some(&operator), None)?;
        Ok(operator)
    }
}

fn subject(operator: &Operator) -> String {
    format!("operator:{}", operator.account.to_lowercase())
}
