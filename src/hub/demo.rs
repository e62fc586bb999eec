//! Filling an empty store with believable data (K-3).

use super::import::{Applied, Apply, Source, Unwatched};
use super::{Change, Writing};
use crate::error::{Result, codes};
use crate::policy::needs::Import;

/// Fills an empty store; never touches one with data.
#[derive(Debug)]
pub struct Fill<'a> {
    /// The demonstration's import folder.
    pub sources: &'a [Source],
}

impl Change for Fill<'_> {
    const NAME: &'static str = "demo.fill";
    type Needs = Import;
    /// None when the store was filled by a demonstration before and is left as it is.
    type Answer = Option<Applied>;

    fn proves_references(&self) -> bool {
        self.import().proves_references()
    }

    fn change(&self, at: &mut Writing<'_, Import>) -> Result<Option<Applied>> {
        match at.reading().first_action()?.as_deref() {
            None => {}
            Some(Self::NAME) => return Ok(None),
            Some(_) => {
                let error = codes::STORE_NOT_EMPTY
                    .error("the store has data already, and a demonstration would mix with it (K-3)");
                return Err(error.hint("name another file: servhub --store demo.db demo"));
            }
        }
        self.import().change(at).map(Some)
    }
}

impl<'a> Fill<'a> {
    /// What fills it is an import.
    fn import(&self) -> Apply<'a> {
        Apply {
            sources: self.sources,
            keep_going: false,
            digest: false,
            expected: None,
            watch: &Unwatched,
        }
    }
}
