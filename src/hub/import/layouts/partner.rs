//! The columns of what partners are, and of what was delegated and sold to their customers.

use super::super::kind::{Kind, Layout, Type};
use super::{may, must};
use crate::domain::partner::{
    AgreementStatus, Audience, CustomerType, DelegationStatus, FILING_ROLES, IntakeOutcome, PartnerKind,
    PlanKind, RelationshipStatus, SubscriptionStatus, SupportLevel, SupportStructure,
};
use crate::domain::sold::reservation::{ReservationStatus, ReturnKind};
use crate::domain::sold::term::{Billing, Term};
use crate::domain::sold::transfer::TransferStatus;
use Type::{Account, Amount, Count, Country, Day, Digits, Instant, Text, YesNo, Zone};

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
        may("business_name", Text),
        may("offers", Text),
        may("industries", Text),
        may("locations", Text),
    ],
    examples: [
        "P-1,Dunaj Cloud,indirect-provider,dunaj.example,,Europe/Bratislava,advanced,support@dunaj.example,+421 2 555 0200,https://support.dunaj.example,mon-fri 08:00-18:00,sk;en,Included in every plan,own,,Dunaj Cloud,Azure migration;Microsoft 365,Manufacturing;Retail,Slovakia;Austria",
        "P-2,Malé Riešenia,indirect-reseller,riesenia.example,P-1,,,pomoc@riesenia.example,,,,sk,,resold,Dunaj Cloud,,,,",
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
        may("code", Text),
        may("until_on", Day),
        may("support_contact", Text),
    ],
    examples: [
        "P-1,C0001,active,yes,2026-01-15,,,P-2",
        "P-2,C0001,active,,2026-03-02,,,",
    ],
};

pub(super) const AGREEMENT_TEMPLATES: Layout = Layout {
    kind: Kind::AgreementTemplates,
    fields: &[
        must("template", Text),
        must("version", Count),
        must("region", Text),
        must("language", Text),
        must("customer_type", word!("type of customer", CustomerType)),
        must("audience", word!("audience", Audience)),
        must("link", Text),
        must("valid_from", Day),
        may("valid_until", Day),
    ],
    examples: [
        "europe.hu.corporate.partner-led.1,1,europe,hu,corporate,partner-led,https://agreements.example/hu/1,2025-10-01,",
        "europe.hu.education.partner-led.1,1,europe,hu,education,partner-led,https://agreements.example/hu/2,2025-10-01,2027-09-30",
    ],
};

pub(super) const AGREEMENTS: Layout = Layout {
    kind: Kind::Agreements,
    fields: &[
        must("customer", Text),
        must("template", Text),
        must("status", word!("status of an agreement", AgreementStatus)),
        may("partner", Text),
        may("code", Text),
        may("invited_on", Day),
        may("first_name", Text),
        may("last_name", Text),
        may("mail", Account),
        may("phone", Text),
        may("agreed_on", Day),
    ],
    examples: [
        "C0001,europe.sk.corporate.partner-led.2,confirmed,P-1,,2026-01-16,Eva,Malá,eva@tatrasteel.example,,2026-01-19",
        "C0002,europe.pl.corporate.partner-led.2,invited,P-1,1B8QZ-KD40P-WX6YM-3TGCA,2026-11-02,,,,,",
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
        may("days", Count),
        may("auto_extend", YesNo),
        may("asked_at", Instant),
        may("approved_at", Instant),
        may("ended_at", Instant),
    ],
    examples: [
        "DG-1,P-1,C0001,Tatra Steel: mail,active,2026-01-15T00:00:00Z,2027-01-15T00:00:00Z,365,yes,,2026-01-15T00:00:00Z,",
        "DG-2,P-1,C0001,Tatra Steel: devices,approval-pending,,,180,,2026-11-02T09:30:00Z,,",
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
        may("term", word!("term", Term)),
        may("billing", word!("billing cycle", Billing)),
        may("auto_renew", YesNo),
        may("cancel_until", Instant),
    ],
    examples: [
        "SUB-1,C0001,P-1,Microsoft 365,Office for all,active,120,2026-01-15,2027-01-14,P1Y,monthly,yes,2026-01-22T09:30:00Z",
        "SUB-2,C0001,P-1,Microsoft Azure,Production,active,,2026-01-15,,,,,",
    ],
};

pub(super) const TRANSFERS: Layout = Layout {
    kind: Kind::Transfers,
    fields: &[
        must("transfer", Text),
        must("customer", Text),
        must("source", Text),
        must("target", Text),
        must("status", word!("status of a transfer", TransferStatus)),
        must("subscriptions", Text),
        must("requested_at", Instant),
        may("lapses_at", Instant),
        may("settled_at", Instant),
    ],
    examples: [
        "TR-1,C0001,P-1,P-2,pending,SUB-1;SUB-2,2026-11-02T10:00:00Z,2026-12-02T10:00:00Z,",
        "TR-2,C0001,P-1,P-2,rejected,SUB-1,2026-05-04T08:00:00Z,2026-06-03T08:00:00Z,2026-05-06T12:00:00Z",
    ],
};

pub(super) const RESERVATIONS: Layout = Layout {
    kind: Kind::Reservations,
    fields: &[
        must("reservation", Text),
        must("customer", Text),
        must("partner", Text),
        must("name", Text),
        must("sku", Text),
        may("region", Text),
        must("quantity", Count),
        must("term", word!("term", Term)),
        must("currency", Text),
        must("paid_minor", Amount),
        must("starts_at", Instant),
        may("ends_at", Instant),
        must("status", word!("status of a reservation", ReservationStatus)),
        may("settled_at", Instant),
        may("exchanged_from", Text),
    ],
    examples: [
        "RES-1,C0001,P-1,Web servers,Standard_D4s_v5,westeurope,4,P1Y,EUR,412800,2026-03-02T10:00:00Z,2027-03-02T10:00:00Z,active,,",
        "RES-2,C0001,P-1,Database,SQLDB_GP_Compute_Gen5_8,,0,P3Y,EUR,0,2025-02-03T09:00:00Z,2028-02-03T09:00:00Z,refunded,2026-02-03T09:00:00Z,",
    ],
};

pub(super) const RESERVATION_RETURNS: Layout = Layout {
    kind: Kind::ReservationReturns,
    fields: &[
        must("return", Text),
        must("reservation", Text),
        must("kind", word!("way to give back", ReturnKind)),
        must("at", Instant),
        must("quantity", Count),
        must("returned_minor", Amount),
        must("used_minor", Amount),
        must("refund_minor", Amount),
        must("counted_usd_cents", Amount),
    ],
    examples: [
        "RR-1,RES-2,refund,2026-02-03T09:00:00Z,1,900000,300000,600000,651000",
        "RR-2,RES-1,refund,2026-06-02T10:00:00Z,1,103200,26012,77188,83749",
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
