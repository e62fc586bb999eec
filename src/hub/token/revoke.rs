//! `token.revoke`

use super::Line;
use crate::domain::token::Token;
use crate::error::{Result, codes};
use crate::hub::{Change, Route, Writing};
use crate::policy::needs::KeepTokens;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Takes tokens and sessions back: one's own; the operator anybody's.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Revoke {
    /// Their public ids.
    pub tokens: Vec<String>,
}

impl Change for Revoke {
    const NAME: &'static str = "token.revoke";
    const ROUTE: Route = Route::post("/token-revocations");
    type Needs = KeepTokens;
    type Answer = Vec<Line>;

    fn change(&self, at: &mut Writing<'_, KeepTokens>) -> Result<Vec<Line>> {
        self.tokens.iter().map(|token| revoke(at, token)).collect()
    }
}

fn revoke(at: &mut Writing<'_, KeepTokens>, id: &str) -> Result<Line> {
    let now = at.context().now;
    let own = at.grant().actor().account().map(str::to_owned);
    let is_own = |token: &Token| {
        own.as_deref()
            .is_none_or(|own| own.eq_ignore_ascii_case(&token.account))
    };
    let found = at.reading().token_with_hash(id)?.map(|(token, _)| token);
    let Some(before) = found.filter(is_own) else {
        return Err(codes::NOT_FOUND
            .error(format!("there is no token \"{id}\""))
            .hint("`servhub token list` shows them; the id is the first column"));
    };
    let mut after = before.clone();
    if before.revoked_at.is_none() {
        after.revoked_at = Some(now);
        at.revoke_token(&before.token, now)?;
        at.record(&before.subject(), Some(&before), Some(&after))?;
    }
    Ok(Line {
        state: after.state(now),
        token: after,
    })
}
