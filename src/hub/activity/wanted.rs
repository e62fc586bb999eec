//! What the caller wants to see, turned into a scope of the store.

use crate::domain::contract::PackageStatus;
use crate::domain::entitlement::Flag;
use crate::error::Result;
use crate::hub::Reading;
use crate::policy::Permission;
use crate::store::{Days, Named, Reach, Scope};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The workspaces that a report looks at.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub enum Places {
    /// Everything, attached to a workspace or not.
    #[default]
    Everything,
    /// All workspaces that the caller may see.
    AllWorkspaces,
    /// These, by name or id.
    Workspaces(Vec<String>),
}

/// The filters of the report.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Wanted {
    /// The workspaces.
    pub places: Places,
    /// The only contract, by number.
    pub contract: Option<String>,
    /// The only package, by name or id.
    pub package: Option<String>,
    /// The only status of package.
    pub status: Option<PackageStatus>,
    /// Only what has reached this threshold (E-7).
    pub flag: Option<Flag>,
}

impl Wanted {
    /// Looks the names up.
    ///
    /// # Errors
    /// `E0110` or `E0111` for a name that fits nothing or several things.
    pub(in crate::hub) fn scope<P: Permission>(&self, at: &Reading<'_, P>) -> Result<Scope> {
        let find = |what, text: &Option<String>| text.as_deref().map(|text| at.find(what, text)).transpose();
        let reach = match &self.places {
            Places::Everything => Reach::Everything,
            Places::AllWorkspaces => Reach::Attached,
            Places::Workspaces(names) => {
                let keys = names.iter().map(|name| at.find(Named::Workspace, name));
                Reach::Workspaces(keys.collect::<Result<_>>()?)
            }
        };
        Ok(Scope {
            reach,
            contract: find(Named::Contract, &self.contract)?,
            package: find(Named::Package, &self.package)?,
            status: self.status,
            ..Scope::default()
        })
    }
}

/// The day asked about, for every contract in scope (T-1, T-2). Most often it is the same day in all zones.
///
/// # Errors
/// The store's own failure, or a zone that this machine does not know.
pub(in crate::hub) fn days<P: Permission>(at: &Reading<'_, P>, scope: &Scope) -> Result<Days> {
    if let Some(day) = at.context().as_of {
        return Ok(Days::One(day));
    }
    let zones = at.time_zones(scope)?.into_iter().map(|zone| {
        let day = at.context().day_at(&zone)?;
        Ok((zone, day))
    });
    let zones: Vec<_> = zones.collect::<Result<_>>()?;
    match zones.as_slice() {
        [] => Ok(Days::One(at.context().day_at("UTC")?)),
        [(_, first), rest @ ..] if rest.iter().all(|(_, day)| day == first) => Ok(Days::One(*first)),
        _ => Ok(Days::ByZone(zones)),
    }
}
