//! The kinds of rows an import takes: one table that the check, the templates and the manual are made from.

use super::layouts::LAYOUTS;
use crate::domain::words::words;

words! {
    /// What a file's rows are; in the order in which they are applied, so that each may name what an
    /// earlier one made.
    Kind, "kind of import file" {
        /// Organisations that buy.
        Customers = "customers",
        /// Agreements.
        Contracts = "contracts",
        /// Dated parts of contracts.
        Schedules = "schedules",
        /// Bundles inside schedules.
        Packages = "packages",
        /// Service lines of packages.
        Entitlements = "entitlements",
        /// Parts of a contract that one group works in.
        Workspaces = "workspaces",
        /// What a workspace sees.
        Attachments = "attachments",
        /// People named on contracts.
        Contacts = "contacts",
        /// Hours in which response targets are counted.
        Calendars = "calendars",
        /// Days on which calendars are closed.
        Holidays = "holidays",
        /// By when a first answer is due.
        Targets = "targets",
        /// Global administrators of customers.
        Administrators = "administrators",
        /// Groups of workspaces.
        Groups = "groups",
        /// Members of workspaces.
        People = "people",
        /// Companies that sell to customers and file for them.
        Partners = "partners",
        /// Security groups of partners.
        SecurityGroups = "security_groups",
        /// People of partners.
        PartnerPeople = "partner_people",
        /// Plans of partners for their own tenants.
        PartnerPlans = "partner_plans",
        /// Which partner serves which customer.
        Relationships = "relationships",
        /// Versions of the customer agreement.
        AgreementTemplates = "agreement_templates",
        /// What customers agreed to.
        Agreements = "agreements",
        /// What customers delegated to partners.
        Delegations = "delegations",
        /// Roles of delegations, and the groups they are assigned to.
        DelegationRoles = "delegation_roles",
        /// What requests and subscriptions are about.
        Products = "products",
        /// What partners sold.
        Subscriptions = "subscriptions",
        /// Roles on subscriptions.
        SubscriptionRoles = "subscription_roles",
        /// Subscriptions that another partner asks for.
        Transfers = "transfers",
        /// Azure reservations.
        Reservations = "reservations",
        /// What was given back of reservations.
        ReservationReturns = "reservation_returns",
        /// People of customers' tenants.
        CustomerPeople = "customer_people",
        /// Licences of customers' people.
        Licenses = "licenses",
        /// Support requests.
        Cases = "cases",
        /// Whom support requests are shared with.
        Shares = "shares",
        /// What happened to support requests.
        Events = "events",
        /// Attachments of support requests; their bytes lie in a folder beside the file.
        Files = "files",
        /// What came in from partners' customers.
        Intake = "intake",
        /// Proactive work.
        Engagements = "engagements",
        /// Learning activities.
        Learning = "learning",
        /// On-demand assessments.
        Assessments = "assessments",
        /// What was delivered.
        Deliveries = "deliveries",
        /// Known issues of services.
        Health = "health",
        /// What was said of known issues.
        Updates = "updates",
    }
}

/// What a cell must hold.
#[derive(Debug, Clone, Copy)]
pub enum Type {
    /// Any text.
    Text,
    /// Digits only, kept as text.
    Digits,
    /// Two capital letters.
    Country,
    /// One of a closed list.
    Word(&'static str, &'static [&'static str]),
    /// A calendar day.
    Day,
    /// A moment.
    Instant,
    /// A decimal with up to two places.
    Quantity,
    /// A whole number from zero up.
    Count,
    /// Money, in whole minor units of its currency.
    Amount,
    /// `yes` or `no`.
    YesNo,
    /// An IANA time zone.
    Zone,
    /// A mail address.
    Account,
}

/// One column.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name in the header.
    pub name: &'static str,
    /// Must have a value.
    pub required: bool,
    /// What it must hold.
    pub holds: Type,
}

/// One kind of file.
#[derive(Debug)]
pub struct Layout {
    /// Which one.
    pub kind: Kind,
    /// Its columns, in the order of the template.
    pub fields: &'static [Field],
    /// Two lines that fit the header, one value a column.
    pub examples: [&'static str; 2],
}

impl Kind {
    /// Its columns and examples.
    pub fn layout(self) -> &'static Layout {
        &LAYOUTS[self as usize]
    }

    /// Whether new rows are recorded in the audit trail with their file, and not one by one.
    pub(super) fn is_told_by_file(self) -> bool {
        matches!(
            self,
            Self::Cases
                | Self::Events
                | Self::Files
                | Self::Learning
                | Self::Deliveries
                | Self::Updates
                | Self::CustomerPeople
                | Self::Licenses
        )
    }

    /// The file's name in a folder.
    pub fn file_name(self) -> String {
        format!("{}.csv", self.word())
    }

    /// Header and two example lines, as CSV.
    pub fn template(self) -> String {
        let layout = self.layout();
        let header: Vec<&str> = layout.fields.iter().map(|field| field.name).collect();
        format!(
            "{}\r\n{}\r\n{}\r\n",
            header.join(","),
            layout.examples[0],
            layout.examples[1]
        )
    }
}

impl Layout {
    /// The place of a column.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }
}
