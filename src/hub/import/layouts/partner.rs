//! The columns of what partners are, and of what was delegated and sold to their customers.

use super::super::kind::{Kind, Layout, Type};
use super::{may, must};
use crate::domain::partner::{
    DelegationStatus, FILING_ROLES, IntakeOutcome, PartnerKind, PlanKind, RelationshipStatus,
    SubscriptionStatus, SupportLevel, SupportStructure,
};
use Type::{Account, Count, Country, Day, Digits, Instant, Text, YesNo, Zone};

pub(super) const PARTNERS: Layout = Layout {
    kind: Kind::Partners,
    fields: &[
        must("partner", Text),
        must("name", Text),
        must("kind", word!("kind of partner", PartnerKind)),
        must("domain", Text),
        may("provider", Text),
        may("time_zone", Zone),
        may("support_level", word!("support level", SupportLevel)),
        may("mail", Account),
        may("phone", Text),
        may("site", Text),
        may("hours", Text),
        may("languages", Text),
        may("charges", Text),
        may("structure", word!("support structure", SupportStructure)),
        may("structure_by", Text),
    ],
    examples: [
        "P-1,Dunaj Cloud,indirect-provider,dunaj.example,,Europe/Bratislava,advanced,support@dunaj.example,+421 2 555 0200,https://support.dunaj.example,mon-fri 08:00-18:00,sk;en,Included in every plan,own,",
        "P-2,Malé Riešenia,indirect-reseller,riesenia.example,P-1,,,pomoc@riesenia.example,,,,sk,,resold,Dunaj Cloud",
    ],
};

pub(super) const SECURITY_GROUPS: Layout = Layout {
    kind: Kind::SecurityGroups,
    fields: &[must("partner", Text), must("group", Text)],
    examples: ["P-1,Mail agents", "P-1,Azure support"],
};

pub(super) const PARTNER_PEOPLE: Layout = Layout {
    kind: Kind::PartnerPeople,
    fields: &[
        must("partner", Text),
        must("account", Account),
        must("name", Text),
        may("roles", Text),
        may("groups", Text),
    ],
    examples: [
        "P-1,eva@dunaj.example,Eva Malá,admin-agent;partner-admin,Mail agents",
        "P-2,ivo@riesenia.example,Ivo Kos,helpdesk-agent,",
    ],
};

pub(super) const PARTNER_PLANS: Layout = Layout {
    kind: Kind::PartnerPlans,
    fields: &[
        must("plan", Text),
        must("partner", Text),
        must("kind", word!("kind of plan", PlanKind)),
        must("starts_on", Day),
        must("ends_on", Day),
    ],
    examples: [
        "PL-1,P-1,partner-contract,2026-01-01,2026-12-31",
        "PL-2,P-1,azure-plan,2026-07-01,2027-06-30",
    ],
};

pub(super) const RELATIONSHIPS: Layout = Layout {
    kind: Kind::Relationships,
    fields: &[
        must("partner", Text),
        must("customer", Text),
        must("status", word!("status of a relationship", RelationshipStatus)),
        may("of_record", YesNo),
        must("since_on", Day),
    ],
    examples: [
        "P-1,C0001,active,yes,2026-01-15",
        "P-2,C0002,requested,,2026-11-02",
    ],
};

pub(super) const DELEGATIONS: Layout = Layout {
    kind: Kind::Delegations,
    fields: &[
        must("delegation", Text),
        must("partner", Text),
        must("customer", Text),
        must("name", Text),
        must("status", word!("status of a delegation", DelegationStatus)),
        may("starts_at", Instant),
        may("ends_at", Instant),
    ],
    examples: [
        "DG-1,P-1,C0001,Tatra Steel: mail,active,2026-01-15T00:00:00Z,2027-01-15T00:00:00Z",
        "DG-2,P-1,C0001,Tatra Steel: devices,approval-pending,,",
    ],
};

pub(super) const DELEGATION_ROLES: Layout = Layout {
    kind: Kind::DelegationRoles,
    fields: &[must("delegation", Text), must("role", Text), may("group", Text)],
    examples: [
        "DG-1,Exchange Administrator,Mail agents",
        "DG-2,3a2c62db-5318-420d-8d74-23affee5d9d5,",
    ],
};

pub(super) const PRODUCTS: Layout = Layout {
    kind: Kind::Products,
    fields: &[
        must("product", Text),
        may("family", word!("product family", super::Family)),
        may("services", Text),
        may("publisher", Text),
        may("link", Text),
        may("mail", Account),
        may("phone", Text),
    ],
    examples: [
        "Microsoft Defender,microsoft-365,Microsoft Defender XDR;Microsoft Defender for Endpoint,,,,",
        "Ledger for Teams,,,Contoso Add-ins,https://addins.example/support,help@addins.example,+44 20 5550 0100",
    ],
};

pub(super) const SUBSCRIPTIONS: Layout = Layout {
    kind: Kind::Subscriptions,
    fields: &[
        must("subscription", Text),
        must("customer", Text),
        must("partner", Text),
        must("product", Text),
        must("name", Text),
        must("status", word!("status of a subscription", SubscriptionStatus)),
        may("quantity", Count),
        must("starts_on", Day),
        may("ends_on", Day),
    ],
    examples: [
        "SUB-1,C0001,P-1,Microsoft 365,Office for all,active,120,2026-01-15,2027-01-14",
        "SUB-2,C0001,P-1,Microsoft Azure,Production,active,,2026-01-15,",
    ],
};

pub(super) const SUBSCRIPTION_ROLES: Layout = Layout {
    kind: Kind::SubscriptionRoles,
    fields: &[
        must("subscription", Text),
        must("role", Type::Word("role on a subscription", &FILING_ROLES)),
        may("account", Account),
        may("group", Text),
        may("partner", Text),
    ],
    examples: [
        "SUB-2,Owner,eva@dunaj.example,,",
        "SUB-2,Support Request Contributor,,Azure support,",
    ],
};

pub(super) const CUSTOMER_PEOPLE: Layout = Layout {
    kind: Kind::CustomerPeople,
    fields: &[
        must("customer", Text),
        must("account", Account),
        must("name", Text),
        may("first_name", Text),
        may("last_name", Text),
        may("usage_location", Country),
        may("administrator", YesNo),
        may("state", Type::Word("state of a person", &["active", "deleted"])),
        may("deleted_at", Instant),
    ],
    examples: [
        "C0001,eva.mala@tatrasteel.example,Eva Malá,Eva,Malá,SK,no,,",
        "C0001,ivo.kos@tatrasteel.example,Ivo Kos,Ivo,Kos,SK,no,deleted,2026-11-02T08:15:00Z",
    ],
};

pub(super) const LICENSES: Layout = Layout {
    kind: Kind::Licenses,
    fields: &[
        must("customer", Text),
        must("account", Account),
        must("products", Text),
    ],
    examples: [
        "C0001,eva.mala@tatrasteel.example,Microsoft 365;Microsoft Azure",
        "C0001,ivo.kos@tatrasteel.example,Microsoft 365",
    ],
};

pub(super) const INTAKE: Layout = Layout {
    kind: Kind::Intake,
    fields: &[
        must("intake", Text),
        must("partner", Text),
        must("customer", Text),
        must("at", Instant),
        must("account", Text),
        may("reporter", Text),
        must("title", Text),
        must("diagnosis", Text),
        must("outcome", word!("outcome", IntakeOutcome)),
        may("case", Digits),
    ],
    examples: [
        "I-1,P-1,C0001,2026-03-01T08:05:00Z,eva@dunaj.example,Zofia Nova,Mail is late,A rule moved it,solved,",
        "I-2,P-1,C0001,2026-05-01T06:40:00Z,eva@dunaj.example,,Mailboxes cannot be opened,Being reproduced in another tenant,open,",
    ],
};
