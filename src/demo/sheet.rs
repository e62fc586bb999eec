//! The files of an import folder while they are being written.

use std::fs::File;
use std::io;
use std::path::Path;

/// The files and their columns, in the order in which they are imported.
#[rustfmt::skip]
pub(super) const FILES: [(&str, &[&str]); 36] = [
    ("customers.csv", &["customer", "name", "country", "domain", "street", "city", "postal_code", "contact_first",
        "contact_last", "mail", "language", "self_purchase"]),
    ("contracts.csv", &["contract", "customer", "kind", "plan", "start", "end", "time_zone", "csam",
        "account_coordinator", "incident_manager"]),
    ("schedules.csv", &["schedule", "contract", "kind", "start", "end"]),
    ("packages.csv", &["package", "schedule", "name", "kind", "start", "end", "deactivated_on"]),
    ("entitlements.csv", &["entitlement", "package", "service", "category", "allowance", "quantity", "unit",
        "description", "action_link"]),
    ("workspaces.csv", &["workspace", "customer", "name", "default", "administrator", "allow_personal",
        "archived_on"]),
    ("attachments.csv", &["workspace", "contract", "package", "attached_on"]),
    ("contacts.csv", &["contract", "account", "name", "role", "workspace", "account_kind", "language", "phone",
        "since", "until"]),
    ("administrators.csv", &["customer", "account", "name"]),
    ("groups.csv", &["group", "workspace", "name", "kind", "tenant", "object_id", "roles"]),
    ("people.csv", &["workspace", "account", "name", "account_kind", "roles", "support_contact", "service_admin",
        "status", "language", "groups", "default_group", "label", "invited_at", "expires_at", "registered_at"]),
    ("partners.csv", &["partner", "name", "kind", "domain", "provider", "time_zone", "support_level", "mail", "phone",
        "site", "hours", "languages", "charges", "structure", "structure_by",
        "business_name", "offers", "industries", "locations"]),
    ("security_groups.csv", &["partner", "group"]),
    ("partner_people.csv", &["partner", "account", "name", "roles", "groups"]),
    ("partner_plans.csv", &["plan", "partner", "kind", "starts_on", "ends_on"]),
    ("relationships.csv", &["partner", "customer", "status", "of_record", "since_on", "code", "until_on", "support_contact"]),
    ("agreements.csv", &["customer", "template", "status", "partner", "code", "invited_on", "first_name", "last_name", "mail",
        "agreed_on"]),
    ("delegations.csv", &["delegation", "partner", "customer", "name", "status", "starts_at", "ends_at", "days", "auto_extend", "asked_at", "approved_at", "ended_at"]),
    ("delegation_roles.csv", &["delegation", "role", "group"]),
    ("products.csv", &["product", "family", "services", "publisher", "link", "mail", "phone"]),
    ("subscriptions.csv", &["subscription", "customer", "partner", "product", "name", "status", "quantity", "starts_on",
        "ends_on", "term", "billing", "auto_renew", "cancel_until"]),
    ("subscription_roles.csv", &["subscription", "role", "account", "group", "partner"]),
    ("reservations.csv", &["reservation", "customer", "partner", "name", "sku", "region", "quantity", "term", "currency",
        "paid_minor", "starts_at", "ends_at", "status", "settled_at", "exchanged_from"]),
    ("reservation_returns.csv", &["return", "reservation", "kind", "at", "quantity", "returned_minor", "used_minor",
        "refund_minor", "counted_usd_cents"]),
    ("customer_people.csv", &["customer", "account", "name", "first_name", "last_name", "usage_location", "administrator",
        "state", "deleted_at"]),
    ("licenses.csv", &["customer", "account", "products"]),
    ("cases.csv", &["case", "workspace", "contract", "package", "entitlement", "kind", "class", "severity", "state",
        "product", "title", "contact", "opened_at", "closed_at", "description", "language", "filed_by", "assignee",
        "responded_at", "category", "partner", "customer", "family", "subscription", "plan"]),
    ("shares.csv", &["case", "account", "group"]),
    ("events.csv", &["case", "at", "account", "kind", "before", "after", "text"]),
    ("intake.csv", &["intake", "partner", "customer", "at", "account", "reporter", "title", "diagnosis", "outcome",
        "case"]),
    ("engagements.csv", &["engagement", "workspace", "entitlement", "kind", "title", "status", "planned_on",
        "delivered_on", "planned_quantity", "contact"]),
    ("learning.csv", &["learning", "workspace", "learner_account", "learner_name", "title", "format", "product",
        "level", "language", "status", "started_on", "completed_on", "entitlement"]),
    ("assessments.csv", &["assessment", "workspace", "name", "technology", "set_up_on", "last_run_on", "status",
        "high_priority", "low_priority", "passed_checks", "entitlement"]),
    ("deliveries.csv", &["source_key", "source", "entitlement", "workspace", "service", "delivered_on", "quantity",
        "reference", "note", "late", "corrects", "reason"]),
    ("health.csv", &["issue", "service", "title", "classification", "status", "region", "impact", "started_at",
        "ended_at"]),
    ("updates.csv", &["issue", "at", "text"]),
];

/// One file of the folder; the number is its place in [`FILES`].
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Customers,
    Contracts,
    Schedules,
    Packages,
    Entitlements,
    Workspaces,
    Attachments,
    Contacts,
    Administrators,
    Groups,
    People,
    Partners,
    SecurityGroups,
    PartnerPeople,
    PartnerPlans,
    Relationships,
    Agreements,
    Delegations,
    DelegationRoles,
    Products,
    Subscriptions,
    SubscriptionRoles,
    Reservations,
    ReservationReturns,
    CustomerPeople,
    Licenses,
    Cases,
    Shares,
    Events,
    Intake,
    Engagements,
    Learning,
    Assessments,
    Deliveries,
    Health,
    Updates,
}

/// All files, open, with the rows counted.
pub(super) struct Sheets {
    open: Vec<(csv::Writer<File>, u64)>,
}

impl Sheets {
    /// Creates every file in the folder, with its header.
    pub(super) fn create(dir: &Path) -> io::Result<Self> {
        std::fs::create_dir_all(dir)?;
        let open = |(name, columns): &(&str, &[&str])| -> io::Result<(csv::Writer<File>, u64)> {
            let file = File::create(dir.join(name))?;
            let mut writer = csv::WriterBuilder::new()
                .buffer_capacity(1 << 16)
                .from_writer(file);
            writer.write_record(*columns)?;
            Ok((writer, 0))
        };
        Ok(Self {
            open: FILES.iter().map(open).collect::<io::Result<_>>()?,
        })
    }

    /// Writes one line.
    pub(super) fn row(&mut self, kind: Kind, cells: &[&str]) -> io::Result<()> {
        let (writer, rows) = &mut self.open[kind as usize];
        *rows += 1;
        Ok(writer.write_record(cells)?)
    }

    /// Writes out what is buffered and tells how many lines each file has, its header aside.
    pub(super) fn finish(self) -> io::Result<Vec<(&'static str, u64)>> {
        let finish = |((mut writer, rows), (name, _)): ((csv::Writer<File>, u64), &(&'static str, _))| {
            writer.flush()?;
            Ok((*name, rows))
        };
        self.open.into_iter().zip(&FILES).map(finish).collect()
    }
}
