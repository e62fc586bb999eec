//! A failure as a message (RFC 9457), and back to the error that it was.

use crate::error::{Code, Error, Kind, codes};
use serde::{Deserialize, Serialize};

/// How the type of a problem begins; the code follows.
const TYPE: &str = "urn:servhub:error:";

/// What a failure is told as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// `urn:servhub:error:` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// What the code stands for.
    pub title: String,
    /// The status that it comes with.
    pub status: u16,
    /// What happened.
    pub detail: String,
    /// The registered code.
    pub code: String,
    /// What to do next, most useful first.
    #[serde(default)]
    pub hints: Vec<String>,
    /// What lies behind it, nearest first.
    #[serde(default)]
    pub causes: Vec<String>,
}

impl Problem {
    /// A failure as it is told to whoever caused it. What lies behind a failure of the hub itself is for its log.
    pub fn of(error: &Error) -> Self {
        let status = status_of(error.code);
        let is_ours = matches!(error.kind(), Kind::Failed | Kind::Unreachable);
        Self {
            kind: format!("{TYPE}{}", error.code.id),
            title: error.code.title.to_owned(),
            status,
            detail: error.message.clone(),
            code: error.code.id.to_owned(),
            hints: error.hints.clone(),
            causes: if is_ours { Vec::new() } else { causes(error) },
        }
    }

    /// The error again, with its registered code.
    pub fn into_error(self) -> Error {
        let known = codes::ALL.iter().copied().find(|code| code.id == self.code);
        let code = known.unwrap_or_else(|| code_for(self.status));
        let mut error = code.error(self.detail);
        error.hints = self.hints;
        if known.is_none() {
            let more = format!("the hub calls it {}: {}", self.code, self.title);
            error.hints.push(more);
        }
        error.source = Cause::chain(self.causes).map(Into::into);
        error
    }
}

/// What stood behind a failure at the hub.
#[derive(Debug, thiserror::Error)]
#[error("{text}")]
struct Cause {
    text: String,
    #[source]
    next: Option<Box<Cause>>,
}

impl Cause {
    fn chain(texts: Vec<String>) -> Option<Box<Self>> {
        let behind = |next, text| Some(Box::new(Self { text, next }));
        texts.into_iter().rev().fold(None, behind)
    }
}

fn causes(error: &Error) -> Vec<String> {
    let first = std::error::Error::source(error);
    std::iter::successors(first, |cause| cause.source())
        .map(ToString::to_string)
        .collect()
}

/// The status that a failure comes with.
pub fn status_of(code: &Code) -> u16 {
    let own = OWN.iter().find(|(own, _)| own.id == code.id);
    own.map_or_else(|| status_for(code.kind), |(_, status)| *status)
}

/// Codes whose status says more than that of their kind.
static OWN: &[(&Code, u16)] = &[
    (&codes::NOT_SIGNED_IN, 401),
    (&codes::STORE_BUSY, 503),
    // What is found wrong is an answer, and no fault of the hub.
    (&codes::AUDIT_BROKEN, 409),
    (&codes::KEY_REUSED, 422),
    (&codes::FILE_TOO_LARGE, 413),
    (&codes::OTHER_RELEASE, 400),
    (&codes::NO_METHOD, 405),
    (&codes::NOT_ACCEPTABLE, 406),
    (&codes::TOO_SLOW, 408),
    (&codes::TOO_LARGE, 413),
    (&codes::BODY_KIND, 415),
    (&codes::NOT_AS_SEEN, 412),
    (&codes::TOO_OFTEN, 429),
];

const fn status_for(kind: Kind) -> u16 {
    match kind {
        Kind::Usage => 400,
        Kind::Denied => 403,
        Kind::NotFound => 404,
        Kind::Refused | Kind::Partial => 409,
        Kind::Failed | Kind::Interrupted => 500,
        Kind::Unreachable => 503,
    }
}

/// The nearest code of this release for one that it does not know.
fn code_for(status: u16) -> &'static Code {
    match status {
        401 => &codes::NOT_SIGNED_IN,
        403 => &codes::DENIED,
        404 => &codes::NOT_FOUND,
        405 | 406 | 415 => &codes::OTHER_RELEASE,
        409 => &codes::RULE,
        412 => &codes::NOT_AS_SEEN,
        413 => &codes::TOO_LARGE,
        422 => &codes::KEY_REUSED,
        429 => &codes::TOO_OFTEN,
        400..=499 => &codes::BAD_REQUEST,
        502..=504 => &codes::HUB_BUSY,
        _ => &codes::HUB_FAILED,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::error::Error as _;

    #[test]
    fn every_error_comes_back_as_it_was() {
        for code in codes::ALL {
            let error = code.error("it happened").hint("do this").hint("or that");
            let json = serde_json::to_string(&Problem::of(&error)).unwrap();
            let back = serde_json::from_str::<Problem>(&json).unwrap().into_error();
            assert_eq!(back.code, *code);
            assert_eq!((back.message, back.hints), (error.message, error.hints));
        }
    }

    #[test]
    fn what_lies_behind_a_failure_of_the_hub_stays_there() {
        let behind = || std::io::Error::other("disk sda1 is gone");
        let ours = Problem::of(&codes::IO_FAILED.error("no").because(behind()));
        assert!(ours.causes.is_empty());
        let theirs = Problem::of(&codes::BAD_VALUE.error("no").because(behind())).into_error();
        assert_eq!(theirs.source().unwrap().to_string(), "disk sda1 is gone");
    }

    #[test]
    fn a_code_of_another_release_is_told_by_its_nearest() {
        let mut problem = Problem::of(&codes::RULE.error("a new rule"));
        problem.code = "E9999".to_owned();
        let error = problem.into_error();
        assert_eq!((error.code, error.message.as_str()), (&codes::RULE, "a new rule"));
        assert!(error.hints.iter().any(|hint| hint.contains("E9999")));
    }
}
