//! What each role may do: the one definition that checks, help, documentation and tests are made from.

use super::PermissionId::{self, *};
use crate::domain::people::Role;

/// What a role is given on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoleScope {
    /// The provider's staff, for the customers whose contracts name them.
    Provider,
    /// One customer with all its workspaces.
    Customer,
    /// One workspace.
    Workspace,
    /// One partner.
    Partner,
}

impl RoleScope {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Provider => "provider",
            Self::Customer => "customer",
            Self::Workspace => "workspace",
            Self::Partner => "partner",
        }
    }
}

/// One line of the table.
#[derive(Debug)]
pub struct RoleRule {
    /// The role.
    pub role: Role,
    /// What it is given on.
    pub scope: RoleScope,
    /// How a person comes by it.
    pub comes_from: &'static str,
    /// What it may, by groups of permissions.
    may: &'static [&'static [PermissionId]],
}

impl RoleRule {
    /// What it may.
    pub fn permissions(&self) -> impl Iterator<Item = PermissionId> {
        self.may.iter().copied().flatten().copied()
    }

    /// Whether it gives a permission.
    pub fn gives(&self, permission: PermissionId) -> bool {
        self.permissions().any(|one| one == permission)
    }
}

/// What every account may, also one that holds nothing: the code of an invitation is its own proof.
pub const EVERYONE: &[PermissionId] = &[AcceptInvitations];

/// What every person may who holds any role. It reaches nothing but what is the person's own.
pub const WHOEVER_HOLDS_ANY: &[PermissionId] = &[KeepTokens];

/// Everything that a workspace's administrators may in it.
const ADMINISTER: &[PermissionId] = &[
    ReadWorkspaces,
    ConfigureWorkspaces,
    ReadContracts,
    ReadActivity,
    ReadLearning,
    ReadHealth,
    UsePrograms,
    UseSharedFiles,
    ExportEducation,
    ReadRequests,
    ReadTargets,
    ReadProducts,
    SeeAllRequests,
    ShareRequests,
    WorkRequests,
    WorkAllRequests,
    ListPeople,
    InvitePeople,
    ManagePeople,
    GrantRoles,
    ManageGroups,
    MarkSupportContacts,
    ExplainAccess,
    ReadCustomers,
    ReadPartners,
];

/// What those who look after a contract may for its customer. They do not file for the customer.
const LOOK_AFTER: &[PermissionId] = &[
    ReadWorkspaces,
    ManageWorkspaces,
    ReadCustomers,
    ReadContracts,
    ManageContracts,
    ReadActivity,
    ReadLearning,
    ReadHealth,
    RecordDeliveries,
    ProduceCpod,
    ExportEducation,
    ReadRequests,
    ReadTargets,
    ReadProducts,
    SeeAllRequests,
    WorkRequests,
    WorkAllRequests,
    HandleRequests,
    ListPeople,
    MarkSupportContacts,
    NameServiceAdmins,
    ExplainAccess,
];

/// What every person of a partner may.
const OF_PARTNER: &[PermissionId] = &[
    ReadCustomers,
    ReadSubscriptions,
    ReadReservations,
    ReadAgreements,
    ReadPartners,
    ReadProducts,
];

/// What those of a partner's people may who sell.
const SELL: &[PermissionId] = &[
    KeepCustomers,
    AllowSelfPurchase,
    SellSubscriptions,
    ReturnReservations,
];

/// What administrators and admin agents of a partner may besides.
const LOOK_AFTER_CUSTOMERS: &[PermissionId] = &[
    KeepRelationships,
    KeepDelegations,
    ReadCustomerPeople,
    AssignLicences,
    SeeAllRequests,
];

/// What those of a partner's people may who keep a customer's people, except its administrators.
const KEEP_PEOPLE: &[PermissionId] = &[KeepCustomerPeople];

/// What a partner's people may who file requests for its customers: what was delegated decides over that (B-4).
const FILE_FOR: &[PermissionId] = &[
    ReadDelegations,
    ReadRequests,
    ReadTargets,
    WorkRequests,
    ShareRequests,
    FileRequests,
    SetUpSupportGroups,
    KeepIntake,
];

const fn rule(
    role: Role,
    scope: RoleScope,
    comes_from: &'static str,
    may: &'static [&'static [PermissionId]],
) -> RoleRule {
    RoleRule {
        role,
        scope,
        comes_from,
        may,
    }
}

/// Every role, in the order of the specification.
pub static ROLES: &[RoleRule] = &[
    rule(
        Role::Csam,
        RoleScope::Provider,
        "named on the contract",
        &[LOOK_AFTER, &[AppointAdministrators]],
    ),
    rule(
        Role::AccountCoordinator,
        RoleScope::Provider,
        "named on the contract",
        &[LOOK_AFTER],
    ),
    rule(
        Role::IncidentManager,
        RoleScope::Provider,
        "named on the contract",
        &[&[
            ReadWorkspaces,
            ReadContracts,
            ReadRequests,
            ReadTargets,
            ReadProducts,
            SeeAllRequests,
            WorkRequests,
            WorkAllRequests,
            HandleRequests,
        ]],
    ),
    rule(
        Role::GlobalAdmin,
        RoleScope::Customer,
        "appointed by a CSAM or another global administrator",
        &[
            ADMINISTER,
            &[
                AppointAdministrators,
                ReadSubscriptions,
                BuySubscriptions,
                ReadReservations,
                ReadAgreements,
                ReadDelegations,
                ApproveDelegations,
                AcceptRelationships,
                ReadCustomerPeople,
            ],
        ],
    ),
    rule(
        Role::ServiceAdmin,
        RoleScope::Workspace,
        "named on the contract; holds it in the default workspace",
        &[ADMINISTER],
    ),
    rule(
        Role::WorkspaceAdmin,
        RoleScope::Workspace,
        "granted by an administrator, or named when the workspace is made",
        &[ADMINISTER],
    ),
    rule(
        Role::CustomerActivity,
        RoleScope::Workspace,
        "granted by an administrator",
        &[&[ReadActivity, ReadLearning, ReadHealth]],
    ),
    rule(
        Role::ViewAllRequests,
        RoleScope::Workspace,
        "granted by an administrator",
        &[&[ReadRequests, ReadTargets, ReadProducts, SeeAllRequests]],
    ),
    rule(
        Role::InviteUsers,
        RoleScope::Workspace,
        "granted by an administrator",
        &[&[ListPeople, InvitePeople]],
    ),
    rule(
        Role::LearningManager,
        RoleScope::Workspace,
        "granted by an administrator",
        &[&[ReadLearning, ExportEducation]],
    ),
    rule(
        Role::Learning,
        RoleScope::Workspace,
        "granted by an administrator",
        &[&[ReadLearning]],
    ),
    rule(
        Role::Health,
        RoleScope::Workspace,
        "granted by an administrator",
        &[&[ReadHealth]],
    ),
    rule(
        Role::Programs,
        RoleScope::Workspace,
        "granted by an administrator",
        &[&[UsePrograms]],
    ),
    rule(
        Role::SharedFiles,
        RoleScope::Workspace,
        "granted by an administrator",
        &[&[UseSharedFiles]],
    ),
    rule(
        Role::SupportContact,
        RoleScope::Workspace,
        "a mark on a member, set by an administrator or the provider, capped by the contract line",
        &[&[FileRequests]],
    ),
    rule(
        Role::Member,
        RoleScope::Workspace,
        "accepting an invitation, or coming through a directory group",
        &[&[
            ReadWorkspaces,
            ReadCustomers,
            ReadContracts,
            ReadRequests,
            ReadTargets,
            ReadProducts,
            ShareRequests,
            WorkRequests,
            ChooseGroup,
        ]],
    ),
    rule(
        Role::PartnerAdmin,
        RoleScope::Partner,
        "the partner",
        &[
            OF_PARTNER,
            FILE_FOR,
            SELL,
            LOOK_AFTER_CUSTOMERS,
            KEEP_PEOPLE,
            &[
                KeepCustomerAdministrators,
                ConfirmAgreements,
                ProfilePartners,
                ExplainAccess,
            ],
        ],
    ),
    rule(
        Role::AdminAgent,
        RoleScope::Partner,
        "the partner",
        &[OF_PARTNER, FILE_FOR, SELL, LOOK_AFTER_CUSTOMERS],
    ),
    rule(
        Role::HelpdeskAgent,
        RoleScope::Partner,
        "the partner; sees requests outside Azure, and its own",
        &[OF_PARTNER, FILE_FOR, KEEP_PEOPLE, &[ReadCustomerPeople]],
    ),
    rule(
        Role::SalesAgent,
        RoleScope::Partner,
        "the partner",
        &[OF_PARTNER, SELL, &[ConfirmAgreements]],
    ),
];

/// The line of a role.
pub fn of(role: Role) -> Option<&'static RoleRule> {
    ROLES.iter().find(|rule| rule.role == role)
}
