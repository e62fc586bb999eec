//! Lists that are shown page by page (K-7).

use crate::store::sqlite::Page;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How much of a list is wanted.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Paged {
    /// At most so many.
    pub limit: Option<usize>,
    /// The id that ended the page before.
    pub after: Option<String>,
}

impl Paged {
    /// What to ask the store for: one more than is shown tells that there is more.
    pub(super) fn page(&self) -> Page<'_> {
        Page {
            after: self.after.as_deref(),
            limit: self.limit.map(|limit| limit.saturating_add(1)),
        }
    }

    /// Takes the one too many away; answers where the next page starts.
    pub(super) fn cut<T>(&self, lines: &mut Vec<T>, id: impl Fn(&T) -> &str) -> Option<String> {
        let limit = self.limit.filter(|limit| lines.len() > *limit)?;
        lines.truncate(limit);
        lines.last().map(|line| id(line).to_owned())
    }
}
