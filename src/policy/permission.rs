//! The permissions: one for one purpose.

/// A permission as a type, so that a [`super::Grant`] of one cannot serve for another.
pub trait Permission {
    /// Which one it is.
    const ID: PermissionId;
}

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident = $word:literal),+ $(,)?) => {
        crate::domain::words::words! {
            /// Every permission, by its word.
            PermissionId, "permission" { $($(#[$doc])* $name = $word),+ }
        }

        /// The permissions as types: what an operation names as its need.
        pub mod needs {
            $($(#[$doc])* #[derive(Debug)] pub struct $name;
            impl super::Permission for $name { const ID: super::PermissionId = super::PermissionId::$name; })+
        }
    };
}

permissions! {
    /// Read contracts, schedules and packages.
    ReadContracts = "read-contracts",
    /// Activate contracts and stop packages.
    ManageContracts = "manage-contracts",
    /// Read the activity report and entitlements.
    ReadActivity = "read-activity",
    /// Record and correct deliveries.
    RecordDeliveries = "record-deliveries",
    /// Produce the proof of delivery.
    ProduceCpod = "produce-cpod",
    /// Export on-demand education.
    ExportEducation = "export-education",
    /// Read support requests.
    ReadRequests = "read-requests",
    /// See workspaces.
    ReadWorkspaces = "read-workspaces",
    /// Create workspaces and attach packages (W-1, C-3).
    ManageWorkspaces = "manage-workspaces",
    /// Import a folder.
    Import = "import",
    /// Read and verify the audit trail.
    ReadAudit = "read-audit",
    /// Check, copy and fill the store itself.
    MaintainStore = "maintain-store",
}
