//! Filling an empty store with believable data (K-3).

use super::import::{Applied, Apply, Source, enclose, hand_in};
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
        hand_in(&mut self.sources, files);
    }

    fn enclosed(&self) -> Result<Vec<(String, PathBuf)>> {
        self.import().enclosed()
    }

    fn hand_in_enclosed(&mut self, files: Vec<(String, PathBuf)>) {
        enclose(&mut self.sources, files);
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
