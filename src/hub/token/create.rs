//! `token.create`

use crate::domain::token::{Scopes, Secret, Token, TokenKind};
use crate::error::{Result, codes};
use crate::hub::sign_in::make_secret;
use crate::hub::{Change, Route, Writing};
use crate::policy::needs::KeepTokens;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Longest life of a token, in days.
const LONGEST: i32 = 366;
/// Longest name of a token, in letters.
const LONGEST_NAME: usize = 100;

/// Makes a token for a program that acts as oneself. It never gives more than one has.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Create {
    /// What it is for.
    pub name: String,
    /// How much of one's rights it carries.
    pub scopes: Scopes,
    /// For how many days it is good.
    pub days: i32,
}

/// A new token with its secret, which is told this once.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Created {
    /// What is known of it from now on.
    pub token: Token,
    /// What its holder shows.
    #[serde(with = "told_once")]
    #[schemars(with = "String")]
    pub secret: Secret,
}

/// A secret on its way to whoever asked for it; everywhere else it prints as dots and is not written at all.
mod told_once {
    use super::Secret;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(secret: &Secret, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(secret.tell())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Secret, D::Error> {
        Secret::read(&String::deserialize(from)?).ok_or_else(|| D::Error::custom("no token"))
    }
}

impl Change for Create {
    const NAME: &'static str = "token.create";
    const ROUTE: Route = Route::post("/tokens");
    type Needs = KeepTokens;
    type Answer = Created;

    fn change(&self, at: &mut Writing<'_, KeepTokens>) -> Result<Created> {
        let name = self.checked_name()?;
        self.check()?;
        let account = account(at)?;
        let secret = make_secret(TokenKind::Personal)?;
        let now = at.context().now;
        let token = Token {
            token: secret.id().to_owned(),
            kind: TokenKind::Personal,
            account,
            name: name.to_owned(),
            scopes: self.scopes.clone(),
            created_at: now,
            expires_at: now.plus_seconds(i64::from(self.days) * 86_400),
            last_used_at: None,
            revoked_at: None,
        };
        at.keep_token(&token, &secret.hash())?;
        at.record(&token.subject(), None, Some(&token))?;
        Ok(Created { token, secret })
    }
}

impl Create {
    fn checked_name(&self) -> Result<&str> {
        let name = self.name.trim();
        if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
            let message = format!("a token has a name of at most {LONGEST_NAME} letters");
            return Err(codes::BAD_VALUE
                .error(message)
                .hint("say what it is for, such as \"nightly export\""));
        }
        Ok(name)
    }

    fn check(&self) -> Result<()> {
        if self.scopes.is_empty() {
            return Err(codes::MISSING_OPTION
                .error("a token without a scope opens nothing")
                .hint("name one with --scope: read, file, write or admin"));
        }
        if !(1..=LONGEST).contains(&self.days) {
            return Err(codes::BAD_VALUE
                .error(format!("a token is good for 1 to {LONGEST} days"))
                .hint("write --expires as 90d"));
        }
        Ok(())
    }
}

/// Whose the token will be. Whoever owns the file of a local store need be nobody at a shared hub, where the token is to
/// be shown.
fn account(at: &Writing<'_, KeepTokens>) -> Result<String> {
    let actor = at.grant().actor();
    if let Some(account) = actor.account() {
        return Ok(account.to_owned());
    }
    match at.reading().operator(actor.name())? {
        Some(operator) => Ok(operator.account),
        None => Err(codes::RULE
            .error(format!(
                "{} owns the store and is no operator of the shared hub",
                actor.name()
            ))
            .hint("`--as ACCOUNT` makes a token for a person; `servhub operator appoint` names operators")),
    }
}
