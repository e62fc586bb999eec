//! What is said besides the arguments: on whose behalf, as of when, and why.

use super::{VERSION, decode, encode};
use crate::domain::{Day, Instant};
use crate::error::{Result, codes};
use crate::hub::Mode;
use crate::hub::wire::Call;

/// On whose behalf.
pub const AS: &str = "servhub-as";
/// The day to report as of (T-2).
pub const AS_OF: &str = "servhub-as-of";
/// Why a change is made.
pub const REASON: &str = "servhub-reason";
/// Where it was asked for.
pub const TICKET: &str = "servhub-ticket";
/// The program and the machine that ask.
pub const ORIGIN: &str = "servhub-origin";
/// `true` for a change that is only tried out (K-8).
pub const DRY_RUN: &str = "servhub-dry-run";
/// In an answer: whether anything was, or would be, changed.
pub const CHANGED: &str = "servhub-changed";
/// The version of what is said, both ways.
pub const API: &str = "servhub-api";
/// `true` when every row of an import is to be told.
pub const ROWS: &str = "servhub-rows";
/// The moment at which a rehearsal takes place.
pub const NOW: &str = "servhub-now";
/// What makes a second try the first one again.
pub const KEY: &str = "idempotency-key";
/// In an answer: what the hub's log calls it.
pub const REQUEST: &str = "servhub-request";

/// A header says at most so much.
const LONGEST: usize = 2048;

/// What was said besides the arguments.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// On whose behalf.
    pub on_behalf: Option<String>,
    /// The day to report as of.
    pub as_of: Option<Day>,
    /// Why.
    pub reason: Option<String>,
    /// Where it was asked for.
    pub ticket: Option<String>,
    /// The program and the machine.
    pub origin: Option<String>,
    /// Only tried out.
    pub dry_run: bool,
    /// Every row is to be told.
    pub rows: bool,
    /// The key of a request to file.
    pub key: Option<String>,
    /// When a rehearsal takes place.
    pub now: Option<Instant>,
}

/// What a call says besides its arguments.
pub fn write(call: &Call<'_>) -> Vec<(&'static str, String)> {
    let context = call.context;
    let text = |name, value: Option<&str>| value.map(|value| (name, encode(value)));
    let dry_run = (call.mode == Mode::DryRun).then(|| (DRY_RUN, "true".to_owned()));
    let all = [
        Some((API, VERSION.to_string())),
        text(AS, call.on_behalf),
        context.as_of.map(|day| (AS_OF, day.to_string())),
        text(REASON, context.reason.as_deref()),
        text(TICKET, context.ticket.as_deref()),
        text(ORIGIN, Some(&context.origin)),
        dry_run,
    ];
    all.into_iter().flatten().collect()
}

impl Said {
    /// Reads it; `header` looks one up.
    ///
    /// # Errors
    /// `E0800` for what cannot be read, `E0017` for another version.
    pub fn read<'a>(header: impl Fn(&str) -> Option<&'a [u8]>) -> Result<Self> {
        let raw = |name: &str| header(name).map(|value| plain(name, value)).transpose();
        let text = |name: &str| raw(name)?.map(|value| decode(value, name)).transpose();
        let flag = |name: &str| match raw(name)? {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(_) => Err(codes::BAD_REQUEST.error(format!("{name} is true or false"))),
        };
        check_version(raw(API)?)?;
        Ok(Self {
            on_behalf: text(AS)?,
            as_of: raw(AS_OF)?.map(|day| parsed(AS_OF, day)).transpose()?,
            reason: text(REASON)?,
            ticket: text(TICKET)?,
            origin: text(ORIGIN)?,
            dry_run: flag(DRY_RUN)?,
            rows: flag(ROWS)?,
            key: text(KEY)?,
            now: raw(NOW)?.map(|now| parsed(NOW, now)).transpose()?,
        })
    }
}

fn plain<'a>(name: &str, value: &'a [u8]) -> Result<&'a str> {
    let wrong =
        || codes::BAD_REQUEST.error(format!("{name} is no plain text of at most {LONGEST} characters"));
    let text = std::str::from_utf8(value)
        .ok()
        .filter(|text| text.len() <= LONGEST && text.is_ascii());
    text.ok_or_else(wrong)
}

fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(name: &str, text: &str) -> Result<T> {
    text.parse()
        .map_err(|error| codes::BAD_REQUEST.error(format!("{name}: {error}")))
}

/// Whoever names no version speaks this one.
fn check_version(said: Option<&str>) -> Result<()> {
    match said {
        Some(version) if version != VERSION.to_string() => Err(other_version(version)),
        _ => Ok(()),
    }
}

/// Says that the other end speaks another version.
pub fn other_version(said: &str) -> crate::error::Error {
    let said: String = said.chars().take(20).collect();
    codes::OTHER_RELEASE
        .error(format!(
            "version {said} of the interface was spoken, and this release speaks {VERSION}"
        ))
        .hint("use the same release of servhub on both sides; `servhub --version` tells it")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hub::Context;
    use crate::hub::wire::Route;
    use crate::policy::Actor;
    use std::collections::BTreeMap;

    fn said(pairs: &[(&str, &str)]) -> Result<Said> {
        let pairs: BTreeMap<&str, &str> = pairs.iter().copied().collect();
        Said::read(|name| pairs.get(name).map(|value| value.as_bytes()))
    }

    #[test]
    fn what_is_said_is_understood() {
        let context = Context {
            actor: Actor::Operator("x".to_owned()),
            now: "2026-11-21T08:00:00Z".parse().unwrap(),
            as_of: Some("2026-09-30".parse().unwrap()),
            reason: Some("späť\n\"áno\"".to_owned()),
            ticket: Some("CHG-1 %".to_owned()),
            origin: "servhub on a, b".to_owned(),
        };
        let call = Call {
            operation: "a.b",
            route: Route::get("/a"),
            context: &context,
            on_behalf: Some("eva@x.example"),
            mode: Mode::DryRun,
            arguments: serde_json::Value::Null,
        };
        let headers = write(&call);
        let pairs: Vec<(&str, &str)> = headers
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let due = Said {
            on_behalf: Some("eva@x.example".to_owned()),
            as_of: context.as_of,
            reason: context.reason.clone(),
            ticket: context.ticket.clone(),
            origin: Some(context.origin.clone()),
            dry_run: true,
            ..Said::default()
        };
        assert_eq!(said(&pairs).unwrap(), due);
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        assert_eq!(said(&[(API, "2")]).unwrap_err().code.id, "E0017");
        let long = "x".repeat(LONGEST + 1);
        for pair in [
            (DRY_RUN, "yes"),
            (AS_OF, "soon"),
            (REASON, "%f"),
            (REASON, "\u{e9}"),
            (AS, &long),
        ] {
            assert_eq!(said(&[pair]).unwrap_err().code.id, "E0800", "{pair:?}");
        }
    }
}
