//! What an export covers.

use crate::hub::export::Selection;

/// Options that narrow an export.
#[derive(Debug, Clone, clap::Args)]
pub struct Select {
    /// Only these customers, by name or id
    #[arg(long, value_name = "CUSTOMER", help_heading = "What")]
    pub customer: Vec<String>,
    /// Only these contracts, by number
    #[arg(long, value_name = "NUMBER", help_heading = "What")]
    pub contract: Vec<String>,
    /// Only what these workspaces used or have, by name or id
    #[arg(
        long,
        visible_alias = "space",
        value_name = "WORKSPACE",
        help_heading = "What"
    )]
    pub workspace: Vec<String>,
}

impl Select {
    /// The same for the hub.
    pub fn selection(&self) -> Selection {
        Selection {
            customers: self.customer.clone(),
            contracts: self.contract.clone(),
            workspaces: self.workspace.clone(),
        }
    }
}
