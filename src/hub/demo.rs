//! Filling an empty store with believable data (K-3).

use super::import::{Applied, Apply, Source};
use super::{Change, Route, Writing};
use crate::error::{Result, codes};
use crate::policy::needs::Import;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Fills an empty store; never touches one with data.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Fill {
    /// The demonstration's import folder.
    pub sources: Vec<Source>,
}

impl Change for Fill {
    const NAME: &'static str = "demo.fill";
    const ROUTE: Route = Route::post("/demonstration");
    const HAS_FILES: bool = true;
    type Needs = Import;
    /// None when the store was filled by a demonstration before and is left as it is.
    type Answer = Option<Applied>;

    fn files(&self) -> Vec<PathBuf> {
        self.import().files()
    }

    fn hand_in(&mut self, files: Vec<PathBuf>) {
        for (source, file) in self.sources.iter_mut().zip(files) {
            source.path = file;
        }
    }

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

impl Fill {
    /// What fills it is an import.
    fn import(&self) -> Apply {
        Apply {
            sources: self.sources.clone(),
            ..Apply::default()
        }
    }
}
