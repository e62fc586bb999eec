//! `token.list`

use crate::domain::token::{Token, TokenState};
use crate::error::Result;
use crate::hub::{Query, Reading, Route};
use crate::output::{Cell, Column, Tabular, col};
use crate::policy::needs::KeepTokens;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One's own tokens and sessions; the operator's answer has everybody's.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct List {
    /// Also those that ran out or were taken back.
    pub all: bool,
}

/// A token, and whether it still opens anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Line {
    /// What is known of it.
    #[serde(flatten)]
    pub token: Token,
    /// Whether it still opens anything.
    pub state: TokenState,
}

impl Query for List {
    const NAME: &'static str = "token.list";
    const ROUTE: Route = Route::get("/tokens");
    type Needs = KeepTokens;
    type Answer = Vec<Line>;

    fn answer(&self, at: &Reading<'_, KeepTokens>) -> Result<Vec<Line>> {
        let now = at.context().now;
        let tokens = at.tokens(at.grant().actor().account())?.into_iter();
        let lines = tokens.map(|token| Line {
            state: token.state(now),
            token,
        });
        Ok(lines
            .filter(|line| self.all || line.state == TokenState::Active)
            .collect())
    }
}

impl Tabular for Line {
    const SCHEMA: &'static str = "token.list/1";
    const COLUMNS: &'static [Column] = &[
        col("token"),
        col("kind"),
        col("account"),
        col("name"),
        col("scopes"),
        col("created_at").quiet(),
        col("expires_at"),
        col("last_used_at"),
        col("revoked_at").quiet(),
        col("state"),
    ];

    fn cells(&self) -> Vec<Cell> {
        let token = &self.token;
        vec![
            (&token.token).into(),
            token.kind.word().into(),
            (&token.account).into(),
            (&token.name).into(),
            Cell::Words(token.scopes.words()),
            Cell::Instant(token.created_at),
            Cell::Instant(token.expires_at),
            token.last_used_at.map_or(Cell::Empty, Cell::Instant),
            token.revoked_at.map_or(Cell::Empty, Cell::Instant),
            self.state.word().into(),
        ]
    }
}
