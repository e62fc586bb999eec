//! The permissions: one for one purpose.

/// A permission as a type, so that a [`super::Grant`] of one cannot serve for another.
pub trait Permission {
    /// Which one it is.
    const ID: PermissionId;
}

macro_rules! permissions {
    ($(#[doc = $purpose:literal] $name:ident = $word:literal),+ $(,)?) => {
        crate::domain::words::words! {
            /// Every permission, by its word.
            PermissionId, "permission" { $(#[doc = $purpose] $name = $word),+ }
        }

        impl PermissionId {
            /// The one purpose it serves, as a sentence.
            pub const fn purpose(self) -> &'static str {
                match self { $(Self::$name => $purpose.trim_ascii()),+ }
            }
        }

        /// The permissions as types: what an operation names as its need.
        pub mod needs {
            $(#[doc = $purpose] #[derive(Debug, Clone, Copy)] pub struct $name;
            impl super::Permission for $name { const ID: super::PermissionId = super::PermissionId::$name; })+
        }
    };
}

permissions! {
    /// Read contracts, schedules and packages.
    ReadContracts = "read-contracts",
    /// Activate contracts and stop packages.
    ManageContracts = "manage-contracts",
    /// Read the activity report, entitlements and the ledger.
    ReadActivity = "read-activity",
    /// Read who learned what.
    ReadLearning = "read-learning",
    /// Read on-demand assessments.
    ReadHealth = "read-health",
    /// Use the programs area.
    UsePrograms = "use-programs",
    /// Use the shared files area.
    UseSharedFiles = "use-shared-files",
    /// Record and correct deliveries.
    RecordDeliveries = "record-deliveries",
    /// Produce the proof of delivery.
    ProduceCpod = "produce-cpod",
    /// Export on-demand education.
    ExportEducation = "export-education",
    /// Read those support requests that V-1 to V-6 show.
    ReadRequests = "read-requests",
    /// See every support request there (V-4, V-5).
    SeeAllRequests = "see-all-requests",
    /// Share support requests that one sees.
    ShareRequests = "share-requests",
    /// Work on support requests that one takes part in: notes, severity, contact, closing.
    WorkRequests = "work-requests",
    /// Work on every support request there.
    WorkAllRequests = "work-all-requests",
    /// Take support requests on, ask back, and resolve them.
    HandleRequests = "handle-requests",
    /// File support requests.
    FileRequests = "file-requests",
    /// Set up groups that may file support requests for a subscription (B-4).
    SetUpSupportGroups = "set-up-support-groups",
    /// Record what came in from customers, and read it (P-2).
    KeepIntake = "keep-intake",
    /// Read response targets and calendars.
    ReadTargets = "read-targets",
    /// Read the customers that a partner serves, and the support contact of one's own partner (B-1).
    ReadCustomers = "read-customers",
    /// Read delegated access to customers.
    ReadDelegations = "read-delegations",
    /// Read subscriptions.
    ReadSubscriptions = "read-subscriptions",
    /// Read who is a partner, with its people and plans.
    ReadPartners = "read-partners",
    /// Change what a partner offers its customers (P-1).
    ProfilePartners = "profile-partners",
    /// Add, change and archive customers, and name who supports them (G-1, G-9).
    KeepCustomers = "keep-customers",
    /// Say whether a customer may buy for itself (G-12).
    AllowSelfPurchase = "allow-self-purchase",
    /// Ask customers for a relationship, and end it (G-2).
    KeepRelationships = "keep-relationships",
    /// Accept a relationship with a partner (G-2).
    AcceptRelationships = "accept-relationships",
    /// Read which agreements customers made.
    ReadAgreements = "read-agreements",
    /// Invite customers to their agreement, and confirm it (G-8).
    ConfirmAgreements = "confirm-agreements",
    /// Ask for delegated access, give it to groups, prolong and end it (G-3).
    KeepDelegations = "keep-delegations",
    /// Approve or end delegated access to one's own directory (G-3).
    ApproveDelegations = "approve-delegations",
    /// Sell subscriptions, change and transfer them (G-4).
    SellSubscriptions = "sell-subscriptions",
    /// Buy subscriptions for one's own company, where that is allowed (G-12).
    BuySubscriptions = "buy-subscriptions",
    /// Read reservations.
    ReadReservations = "read-reservations",
    /// Cancel, exchange and refund reservations (G-5).
    ReturnReservations = "return-reservations",
    /// Read the people of customers and their licences (G-6, G-7).
    ReadCustomerPeople = "read-customer-people",
    /// Create, delete and restore people of customers, except administrators (G-6).
    KeepCustomerPeople = "keep-customer-people",
    /// Create, delete and restore administrators of customers (G-6).
    KeepCustomerAdministrators = "keep-customer-administrators",
    /// Assign licences and take them back (G-7).
    AssignLicences = "assign-licences",
    /// Read the products that requests and subscriptions are about.
    ReadProducts = "read-products",
    /// See workspaces.
    ReadWorkspaces = "read-workspaces",
    /// Create and archive workspaces, attach packages (W-1, C-3).
    ManageWorkspaces = "manage-workspaces",
    /// Change the settings of a workspace.
    ConfigureWorkspaces = "configure-workspaces",
    /// See the list of members and groups.
    ListPeople = "list-people",
    /// Invite people and send invitations again.
    InvitePeople = "invite-people",
    /// Remove and restore people, apply files of people.
    ManagePeople = "manage-people",
    /// Grant and revoke roles of a workspace.
    GrantRoles = "grant-roles",
    /// Make and change groups.
    ManageGroups = "manage-groups",
    /// Choose the group that one's own new requests are shared with (V-6).
    ChooseGroup = "choose-group",
    /// Mark and unmark support contacts.
    MarkSupportContacts = "mark-support-contacts",
    /// Appoint and dismiss global administrators.
    AppointAdministrators = "appoint-administrators",
    /// Change who is a service administrator.
    NameServiceAdmins = "name-service-admins",
    /// Keep tokens of one's own.
    KeepTokens = "keep-tokens",
    /// Say who acts as operator of a shared hub.
    NameOperators = "name-operators",
    /// Accept an invitation with its code.
    AcceptInvitations = "accept-invitations",
    /// Ask what a person may see and why.
    ExplainAccess = "explain-access",
    /// Act on behalf of someone.
    ActOnBehalf = "act-on-behalf",
    /// Import a folder.
    Import = "import",
    /// Read and verify the audit trail.
    ReadAudit = "read-audit",
    /// Check, copy and fill the store itself.
    MaintainStore = "maintain-store",
}
