//! Where a request is filed: in a workspace, for a customer, or for the partner's own tenant.

use crate::domain::filing::Place;
use crate::error::{Error, codes};

/// Where to file.
#[derive(Debug, Clone, clap::Args)]
pub struct PlaceArgs {
    /// The workspace; the current one when left out
    #[arg(long, short, visible_alias = "space", value_name = "WORKSPACE")]
    workspace: Option<String>,
    /// File on behalf of this customer, as one of its partner's people
    #[arg(long, value_name = "CUSTOMER", conflicts_with = "workspace")]
    customer: Option<String>,
    /// File for the tenant of your own partner
    #[arg(long, conflicts_with_all = ["workspace", "customer"])]
    own_tenant: bool,
}

impl PlaceArgs {
    /// What the options name, or else the current workspace.
    pub fn named(&self, current: Option<&str>) -> Option<Place> {
        if self.own_tenant {
            return Some(Place::OwnTenant);
        }
        if let Some(customer) = &self.customer {
            return Some(Place::Customer(customer.clone()));
        }
        let workspace = self.workspace.as_deref().or(current)?;
        Some(Place::Workspace(workspace.to_owned()))
    }
}

/// Nothing says where.
pub fn nowhere() -> Error {
    codes::MISSING_OPTION
        .error("nothing says where to file")
        .hint("add --workspace (or choose one with `servhub workspace use`), or --customer to file on behalf of one")
}
