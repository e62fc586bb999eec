//! What is told of an invitation, once.

use crate::domain::Instant;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// An invitation that was made, with the code that is told now and never again.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Invitation {
    /// Id of the workspace.
    pub workspace: String,
    /// Who is invited.
    pub account: String,
    /// Their name.
    pub name: String,
    /// The language to write to them in.
    pub language: Option<String>,
    /// The code.
    pub code: String,
    /// When it runs out.
    pub expires_at: Option<Instant>,
}

impl fmt::Debug for Invitation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Invitation({}/{})", self.workspace, self.account)
    }
}
