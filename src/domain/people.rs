//! People: what they may be, how they come to a workspace, and their groups.

use super::Instant;
use super::words::words;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

words! {
    /// Every role there is. What each may do stands in `policy::roles`.
    Role, "role" {
        /// The provider's customer success account manager of a contract.
        Csam = "csam",
        /// The provider's account coordinator of a contract.
        AccountCoordinator = "account-coordinator",
        /// The provider's incident manager of a contract.
        IncidentManager = "incident-manager",
        /// Administers a customer, in all its workspaces.
        GlobalAdmin = "global-admin",
        /// Named on the contract; administers the default workspace.
        ServiceAdmin = "service-admin",
        /// Administers one workspace.
        WorkspaceAdmin = "workspace-admin",
        /// The activity report.
        CustomerActivity = "customer-activity",
        /// Every request of the workspace.
        ViewAllRequests = "view-all-requests",
        /// Invites people and sees the list of members.
        InviteUsers = "invite-users",
        /// The on-demand education export.
        LearningManager = "learning-manager",
        /// The learning area.
        Learning = "learning",
        /// The health area.
        Health = "health",
        /// The programs area.
        Programs = "programs",
        /// The shared files area.
        SharedFiles = "shared-files",
        /// The mark of those who may file requests; not granted as a role.
        SupportContact = "support-contact",
        /// What every member of a workspace is.
        Member = "member",
        /// Administers a partner.
        PartnerAdmin = "partner-admin",
        /// A partner's administrator at its customers.
        AdminAgent = "admin-agent",
        /// A partner's first line.
        HelpdeskAgent = "helpdesk-agent",
        /// A partner's sales person.
        SalesAgent = "sales-agent",
    }
}

/// The roles that are granted to members and groups of a workspace.
pub const WORKSPACE_ROLES: [Role; 9] = [
    Role::WorkspaceAdmin,
    Role::CustomerActivity,
    Role::ViewAllRequests,
    Role::InviteUsers,
    Role::LearningManager,
    Role::Learning,
    Role::Health,
    Role::Programs,
    Role::SharedFiles,
];

/// The roles that a partner's people hold.
pub const PARTNER_ROLES: [Role; 4] = [
    Role::PartnerAdmin,
    Role::AdminAgent,
    Role::HelpdeskAgent,
    Role::SalesAgent,
];

words! {
    /// How a person stands in a workspace.
    MemberStatus, "member status" {
        /// Has a code, and has not used it yet.
        Invited = "invited",
        /// Has accepted the invitation.
        Registered = "registered",
        /// Came through a directory group, without an invitation.
        Directory = "directory",
        /// Let the invitation run out. Derived from its expiry, never stored.
        Expired = "expired",
        /// Was removed.
        Removed = "removed",
    }
}

impl MemberStatus {
    /// Whether the person's roles count.
    pub const fn is_active(self) -> bool {
        matches!(self, Self::Registered | Self::Directory)
    }

    /// What a stored status is at a moment: an invitation runs out by itself.
    #[must_use]
    pub fn at(self, now: Instant, expires_at: Option<Instant>) -> Self {
        match self {
            Self::Invited if expires_at.is_some_and(|end| end <= now) => Self::Expired,
            other => other,
        }
    }
}

words! {
    /// Where a group's members come from.
    GroupKind, "kind of group" {
        /// They are listed.
        Local = "local",
        /// From a group of a directory.
        Directory = "directory",
    }
}

/// A group of a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Group {
    /// Key in the store.
    pub id: i64,
    /// Short id, unique in the hub.
    pub code: String,
    /// Name, unique within the workspace.
    pub name: String,
    /// Key of the workspace.
    pub workspace_id: i64,
    /// Id of the workspace.
    pub workspace: String,
    /// Local or directory.
    pub kind: GroupKind,
    /// The directory's tenant.
    pub tenant: Option<String>,
    /// The group's id in the directory.
    pub object_id: Option<String>,
    /// Roles that its members hold through it.
    pub roles: Vec<Role>,
    /// Accounts of its members.
    pub members: Vec<String>,
}
