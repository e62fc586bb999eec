//! OpenID Connect as both sides need it: what a provider says of itself, its keys, and what an ID token says. Nothing here
//! knows of the hub.

mod crypto;
mod discovery;
mod keys;
mod token;
mod web;

pub use discovery::Provider;
pub use keys::Keys;
pub use token::{Claims, Expected, Refusal, Unchecked};
pub use web::{Answer, Failure, Web, check_address};

use crate::error::{Error, codes};

/// "The provider did not do its part."
pub(crate) fn silent(message: impl Into<String>) -> Error {
    codes::PROVIDER_SILENT
        .error(message)
        .hint("try again in a moment; `servhub token create` makes tokens that need no provider")
}
