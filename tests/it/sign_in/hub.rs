//! A shared hub to sign in to: the real binary.

use crate::harness::{Sandbox, Served};
use servhub::server::sign_in::{SignIn, Trusted};

/// A hub that listens until this is dropped.
pub struct Listening {
    pub url: String,
    /// The same as the hub's own.
    pub sign_in: SignIn,
    pub _served: Option<Served>,
}

pub fn trusted(issuer: &str) -> Trusted {
    Trusted {
        issuer: issuer.to_owned(),
        client_id: "servhub".to_owned(),
        account_claim: Trusted::ACCOUNT_CLAIM.to_owned(),
    }
}

pub fn listen(sandbox: &Sandbox, trusted: Option<Trusted>) -> Listening {
    let options = trusted.as_ref().map(|trusted| {
        [
            "--oidc-issuer",
            &trusted.issuer,
            "--oidc-client-id",
            &trusted.client_id,
            "--oidc-account-claim",
            &trusted.account_claim,
        ]
    });
    let mut command = sandbox.serving(options.as_ref().map_or(&[], |options| options.as_slice()));
    // The provider's tokens are of today.
    command.env_remove("SERVHUB_NOW");
    let served = Served::start(&mut command);
    Listening {
        url: served.url().to_owned(),
        sign_in: SignIn::new(trusted).unwrap(),
        _served: Some(served),
    }
}
