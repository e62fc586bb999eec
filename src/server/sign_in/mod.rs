//! Signing in to a shared hub: the provider vouches for a person, the hub opens a session. Nothing here knows of HTTP
//! routes; each function is what one of them does.

mod key_ring;

use crate::domain::Instant;
use crate::domain::token::Secret;
use crate::error::{Error, Result, codes};
use crate::hub::people::{Code, check_account};
use crate::hub::sign_in::{
    Occasion, Offer, Opened, SetUp, authenticate_text, close_session, not_signed_in, redeem_setup_code,
};
use crate::hub::sign_in::{SignedIn, Who};
use crate::oidc::{Claims, Expected, Refusal, Unchecked};
use crate::store::Db;
use key_ring::KeyRing;
use serde_json::Value;

/// What people ask the provider for: who they are, their address, and to be asked again without them.
const SCOPES: &[&str] = &["openid", "email", "offline_access"];

/// The provider that a hub trusts.
#[derive(Debug, Clone)]
pub struct Trusted {
    /// Its name (`--oidc-issuer`).
    pub issuer: String,
    /// The name under which it knows this program (`--oidc-client-id`).
    pub client_id: String,
    /// Which of its claims is the account (`--oidc-account-claim`).
    pub account_claim: String,
}

impl Trusted {
    /// The claim that is the account unless another one is named. An address counts only when the provider has verified it.
    pub const ACCOUNT_CLAIM: &'static str = "email";
}

/// How one signs in to this hub. Shared by all that answer requests.
#[derive(Debug)]
pub struct SignIn {
    provider: Option<(Trusted, KeyRing)>,
}

impl SignIn {
    /// With a provider, or with tokens made by hand alone. The provider is asked when the first one signs in.
    ///
    /// # Errors
    /// `E0100` for an issuer that is not secured.
    pub fn new(trusted: Option<Trusted>) -> Result<Self> {
        let with_ring = |trusted: Trusted| -> Result<_> {
            let ring = KeyRing::new(&trusted.issuer)?;
            Ok((trusted, ring))
        };
        Ok(Self {
            provider: trusted.map(with_ring).transpose()?,
        })
    }

    /// `GET /v1/sign-in`
    pub fn offer(&self) -> Offer {
        let trusted = self.provider.as_ref().map(|(trusted, _)| trusted);
        Offer {
            issuer: trusted.map(|trusted| trusted.issuer.clone()),
            client_id: trusted.map(|trusted| trusted.client_id.clone()),
            scopes: SCOPES.iter().map(|&scope| scope.to_owned()).collect(),
        }
    }

    /// `POST /v1/session`, before the session is opened: finds out whose an ID token is. The provider may be asked for its keys, so this can take a while.
    ///
    /// # Errors
    /// `E0205` for one that is not accepted; `E0206` when the provider's keys are needed and cannot be had.
    pub fn verify_id_token(&self, text: &str, nonce: Option<&str>, now: Instant) -> Result<String> {
        let (trusted, ring) = self.provider.as_ref().ok_or_else(no_provider)?;
        let token = Unchecked::read(text).map_err(refused)?;
        let keys = ring.keys(token.key_id(), now)?;
        let expected = Expected {
            issuer: &trusted.issuer,
            client_id: &trusted.client_id,
            nonce,
            now,
        };
        let claims = token.check(&keys, expected).map_err(refused)?;
        account(&claims, &trusted.account_claim)
    }

    /// `GET /v1/session`
    ///
    /// # Errors
    /// `E0201`.
    pub fn who(&self, db: &Db, token: &str, now: Instant) -> Result<Who> {
        authenticate_text(db, token, now).map(|signed_in: SignedIn| Who::of(&signed_in))
    }

    /// `DELETE /v1/session`: whoever holds a token may end it, also one that ended before.
    ///
    /// # Errors
    /// `E0201` for what is no token.
    pub fn close(&self, db: &mut Db, token: &str, on: Occasion<'_>) -> Result<()> {
        let secret = Secret::read(token).ok_or_else(not_signed_in)?;
        close_session(db, &secret, on).map(|_| ())
    }

    /// `POST /v1/setup`
    ///
    /// # Errors
    /// `E0204` for a code that is not valid.
    pub fn set_up(&self, db: &mut Db, set_up: &SetUp, on: Occasion<'_>) -> Result<Opened> {
        let code = Code::typed(&set_up.code);
        redeem_setup_code(db, &code, &set_up.account, on).map(|made| Opened::of(&made))
    }
}

/// The account that a token names. An address that the provider did not verify could be anybody's.
fn account(claims: &Claims, claim: &str) -> Result<String> {
    let without = |what: String| codes::NOT_ACCEPTED.error(format!("the sign-in is not accepted: {what}"));
    let account = claims.more.get(claim).and_then(Value::as_str).map(str::trim);
    let account = account.ok_or_else(|| without(format!("the provider tells no {claim}")))?;
    let verified = match claims.more.get("email_verified") {
        Some(Value::Bool(verified)) => *verified,
        Some(Value::String(word)) => word == "true",
        _ => false,
    };
    if claim == Trusted::ACCOUNT_CLAIM && !verified {
        return Err(without("the provider has not verified the address".to_owned()));
    }
    check_account(account).map_err(|_| without(format!("its {claim} is no account")))?;
    Ok(account.to_owned())
}

fn refused(refusal: Refusal) -> Error {
    codes::NOT_ACCEPTED
        .error(format!("the sign-in is not accepted: {refusal}"))
        .because(refusal)
        .hint("`servhub login` signs in anew")
}

fn no_provider() -> Error {
    codes::NOT_ACCEPTED
        .error("this hub has no identity provider")
        .hint("sign in with a token: `servhub login --token -`")
}
