//! The rules of filing a support request, as questions to facts: for oneself (F-1 to F-3) and on behalf of a
//! customer (B-1 to B-10). They are asked in the order of the specification; a check tells all of them, filing
//! stops at the first refusal.

mod behalf;
mod draft;
mod facts;
mod own;

pub use behalf::{context, context_of, on_behalf, portal};
pub use draft::{Category, Channel, Draft, Field, Place};
pub use facts::{
    Account, BehalfFacts, Family, Issue, OwnFacts, Partner, PartnerKind, PlanOf, Product, Publisher,
    SupportProfile,
};
pub use own::own;

use super::words::words;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

words! {
    /// What a rule answers.
    Verdict, "verdict" {
        /// It is kept.
        Holds = "holds",
        /// It stands in the way.
        Refused = "refused",
        /// It does not speak of this request.
        NotAsked = "not-asked",
    }
}

/// One rule's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// Id of the rule.
    pub rule: Cow<'static, str>,
    /// What it answers.
    pub verdict: Verdict,
    /// Why.
    pub why: String,
    /// What to do instead, when it refuses.
    pub way_out: Vec<String>,
}

impl Finding {
    fn holds(rule: &'static str, why: impl Into<String>) -> Self {
        Self {
            rule: rule.into(),
            verdict: Verdict::Holds,
            why: why.into(),
            way_out: Vec::new(),
        }
    }

    fn not_asked(rule: &'static str, why: impl Into<String>) -> Self {
        Self {
            verdict: Verdict::NotAsked,
            ..Self::holds(rule, why)
        }
    }

    fn refused(rule: &'static str, why: impl Into<String>, way_out: impl Into<String>) -> Self {
        Self {
            verdict: Verdict::Refused,
            way_out: vec![way_out.into()],
            ..Self::holds(rule, why)
        }
    }

    /// Adds another way out.
    #[must_use]
    fn or(mut self, way_out: impl Into<String>) -> Self {
        self.way_out.push(way_out.into());
        self
    }
}

/// The first refusal, if there is one.
pub fn refusal(findings: &[Finding]) -> Option<&Finding> {
    findings
        .iter()
        .find(|finding| finding.verdict == Verdict::Refused)
}
