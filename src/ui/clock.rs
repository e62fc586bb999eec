//! The one look at the machine's clock (T-2).

use crate::domain::Instant;
use crate::error::{Result, codes};

/// Now; or what `SERVHUB_NOW` says, so that a whole run can be made again.
///
/// # Errors
/// `E0100` when `SERVHUB_NOW` is no instant.
#[expect(clippy::disallowed_methods, reason = "this is the one place that may ask")]
pub fn now() -> Result<Instant> {
    match std::env::var("SERVHUB_NOW") {
        Ok(text) => text
            .parse()
            .map_err(|error| codes::BAD_VALUE.error(format!("SERVHUB_NOW: {error}"))),
        Err(_) => Ok(Instant::from_seconds(jiff::Timestamp::now().as_second())),
    }
}
