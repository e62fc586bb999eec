//! Response targets: which one holds for a request (S-1, S-2).

use super::request::{CaseKind, Severity};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A line of the policy table. What is none fits anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Target {
    /// The support plan: `csp`, `unified`, ...
    pub plan: String,
    /// How much is at stake.
    pub severity: Option<Severity>,
    /// Break-fix or advice.
    pub kind: Option<CaseKind>,
    /// Language that the request is handled in.
    pub language: Option<String>,
    /// Minutes of the calendar's open time until the first answer.
    pub minutes: i64,
    /// Name of the calendar.
    pub calendar: String,
    /// The clock stands still while the customer has the word (S-3).
    pub pauses: bool,
}

/// What is known of a request.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Its support plan.
    pub plan: &'a str,
    /// Its severity.
    pub severity: Severity,
    /// Its kind.
    pub kind: CaseKind,
    /// Its language, if known.
    pub language: Option<&'a str>,
}

impl Target {
    /// Whether the line speaks of the request.
    pub fn fits(&self, request: &Request<'_>) -> bool {
        let language = |wanted: &String| request.language.is_some_and(|spoken| speaks(spoken, wanted));
        self.plan.eq_ignore_ascii_case(request.plan)
            && self.severity.is_none_or(|wanted| wanted == request.severity)
            && self.kind.is_none_or(|wanted| wanted == request.kind)
            && self.language.as_ref().is_none_or(language)
    }

    /// How much the line says: the one that says more goes before the one that says less, `en-GB` before `en`.
    fn weight(&self) -> (u8, usize) {
        let says = 4 * u8::from(self.severity.is_some())
            + 2 * u8::from(self.kind.is_some())
            + u8::from(self.language.is_some());
        (says, self.language.as_ref().map_or(0, String::len))
    }
}

/// Whether a language is the one wanted, or a kind of it: `en-US` is English, and `eng` is another tag.
fn speaks(spoken: &str, wanted: &str) -> bool {
    let (Some(start), Some(rest)) = (spoken.get(..wanted.len()), spoken.get(wanted.len()..)) else {
        return false;
    };
    start.eq_ignore_ascii_case(wanted) && (rest.is_empty() || rest.starts_with(['-', '_']))
}

/// The line that holds for a request: of those that fit, the one that says most (S-2).
pub fn target<'t>(policy: &'t [Target], request: &Request<'_>) -> Option<&'t Target> {
    let fitting = policy.iter().filter(|line| line.fits(request));
    // The first of equals, so that the order of the table does not decide by accident.
    fitting.rev().max_by_key(|line| line.weight())
}
