//! Partners that serve the first customers, and one customer that only a partner serves: the same whatever the seed.

use super::sheet::{Kind, Sheets};
use std::io;

/// A line of a file.
type Line<const N: usize> = [&'static str; N];

/// A customer without a contract.
const CUSTOMER: Line<4> = [
    "N0001",
    "Vinárstvo Modra, s.r.o.",
    "SK",
    "vinarstvo-modra.example",
];

#[rustfmt::skip]
const PARTNERS: [Line<15>; 3] = [
    ["LUNARIA", "Lunaria Cloud, s.r.o.", "direct-bill", "lunaria.example", "", "Europe/Bratislava", "advanced",
        "podpora@lunaria.example", "+421 2 555 0140", "https://podpora.lunaria.example", "mon-fri 07:00-19:00",
        "sk;cs;en", "Included in every subscription", "own", ""],
    ["NORDWIND", "Nordwind Distribution, a.s.", "indirect-provider", "nordwind.example", "", "Europe/Prague", "premier",
        "partners@nordwind.example", "+420 2 5550 0170", "https://partners.nordwind.example", "24x7",
        "cs;en;it", "By the hour, first line included", "own", ""],
    ["BASSO", "Basso Informatica S.r.l.", "indirect-reseller", "basso-informatica.example", "NORDWIND", "Europe/Rome", "",
        "assistenza@basso-informatica.example", "+39 02 5550 0155", "https://assistenza.basso-informatica.example",
        "mon-fri 08:30-18:00", "it;en", "By the hour", "resold", "Nordwind Distribution, a.s."],
];

#[rustfmt::skip]
const GROUPS: [Line<2>; 6] = [
    ["LUNARIA", "First line"], ["LUNARIA", "Exchange agents"], ["LUNARIA", "Azure engineers"],
    ["NORDWIND", "Second line"], ["BASSO", "Assistenza"], ["BASSO", "Azure"],
];

#[rustfmt::skip]
const PEOPLE: [Line<5>; 9] = [
    ["LUNARIA", "eva.holubova@lunaria.example", "Eva Holubová", "partner-admin", "Azure engineers"],
    ["LUNARIA", "marek.vlk@lunaria.example", "Marek Vlk", "admin-agent", "Azure engineers;Exchange agents;First line"],
    ["LUNARIA", "lea.kralova@lunaria.example", "Lea Kráľová", "helpdesk-agent", "First line"],
    ["LUNARIA", "oto.simon@lunaria.example", "Oto Šimon", "sales-agent", ""],
    ["NORDWIND", "karel.prusa@nordwind.example", "Karel Průša", "partner-admin", ""],
    ["NORDWIND", "hana.vesela@nordwind.example", "Hana Veselá", "admin-agent", "Second line"],
    ["BASSO", "nives.basso@basso-informatica.example", "Nives Basso", "partner-admin;sales-agent", ""],
    ["BASSO", "paolo.neri@basso-informatica.example", "Paolo Neri", "admin-agent", "Assistenza;Azure"],
    ["BASSO", "chiara.villa@basso-informatica.example", "Chiara Villa", "helpdesk-agent", "Assistenza"],
];

#[rustfmt::skip]
const PLANS: [Line<5>; 3] = [
    ["PC-LUNARIA-26", "LUNARIA", "partner-contract", "2026-01-01", "2026-12-31"],
    ["AP-LUNARIA-25", "LUNARIA", "azure-plan", "2025-01-01", "2025-12-31"],
    ["PR-NORDWIND-26", "NORDWIND", "premier", "2026-07-01", "2027-06-30"],
];

#[rustfmt::skip]
const RELATIONSHIPS: [Line<5>; 4] = [
    ["LUNARIA", "N0001", "active", "yes", "2026-02-02"],
    ["LUNARIA", "C0001", "active", "yes", "2024-10-07"],
    ["NORDWIND", "C0002", "active", "no", "2026-04-27"],
    ["BASSO", "C0002", "active", "yes", "2026-04-27"],
];

#[rustfmt::skip]
const DELEGATIONS: [Line<12>; 7] = [
    ["DG-0101", "LUNARIA", "N0001", "Vinárstvo Modra: mail and first line", "active", "2026-02-02T00:00:00Z", "2027-02-02T00:00:00Z", "365", "", "2026-01-28T09:15:00Z", "2026-02-02T00:00:00Z", ""],
    ["DG-0201", "LUNARIA", "C0001", "Tatranská energetika: helpdesk 2024", "expired", "2024-10-07T00:00:00Z", "2025-10-07T00:00:00Z", "365", "", "2024-10-01T07:40:00Z", "2024-10-07T00:00:00Z", ""],
    ["DG-0202", "LUNARIA", "C0001", "Tatranská energetika: first line", "expiring", "2025-11-28T00:00:00Z", "2026-11-28T00:00:00Z", "365", "", "2025-11-24T10:05:00Z", "2025-11-28T00:00:00Z", ""],
    ["DG-0203", "LUNARIA", "C0001", "Tatranská energetika: devices", "approval-pending", "2026-12-01T00:00:00Z", "2027-12-01T00:00:00Z", "365", "", "2026-11-10T08:30:00Z", "", ""],
    ["DG-0301", "NORDWIND", "C0002", "Officine Lombarde: second line", "active", "2026-05-04T00:00:00Z", "2028-05-03T00:00:00Z", "730", "", "2026-04-27T12:00:00Z", "2026-05-04T00:00:00Z", ""],
    ["DG-0302", "BASSO", "C0002", "Officine Lombarde: assistenza", "active", "2026-05-04T00:00:00Z", "2027-05-04T00:00:00Z", "365", "yes", "2026-04-27T13:20:00Z", "2026-05-04T00:00:00Z", ""],
    ["DG-0303", "BASSO", "C0002", "Officine Lombarde: licenze", "terminated", "2026-05-04T00:00:00Z", "2026-11-04T00:00:00Z", "184", "", "2026-04-27T13:25:00Z", "2026-05-04T00:00:00Z", "2026-09-30T14:00:00Z"],
];

#[rustfmt::skip]
const DELEGATED: [Line<3>; 9] = [
    ["DG-0101", "Service Support Administrator", "First line"],
    ["DG-0101", "Exchange Administrator", "Exchange agents"],
    ["DG-0201", "Helpdesk Administrator", "First line"],
    ["DG-0202", "Service Support Administrator", "First line"],
    ["DG-0202", "Dynamics 365 Administrator", "First line"],
    ["DG-0203", "Intune Administrator", ""],
    ["DG-0301", "Service Support Administrator", "Second line"],
    ["DG-0302", "Service Support Administrator", "Assistenza"],
    ["DG-0303", "License Administrator", "Assistenza"],
];

/// Products of the marketplace; those of the families come with every store.
#[rustfmt::skip]
const PRODUCTS: [Line<7>; 1] = [
    ["Cellar Ledger", "", "", "Grapevine Software", "https://grapevine.example/support", "help@grapevine.example", "+44 20 5550 0188"],
];

#[rustfmt::skip]
const SUBSCRIPTIONS: [Line<9>; 11] = [
    ["SUB-0101", "N0001", "LUNARIA", "Microsoft 365", "Office and mail", "active", "38", "2026-02-02", "2027-02-01"],
    ["SUB-0102", "N0001", "LUNARIA", "Microsoft Azure", "Cellar sensors", "active", "1", "2026-03-16", ""],
    ["SUB-0103", "N0001", "LUNARIA", "Cellar Ledger", "Cellar book", "active", "4", "2026-02-02", "2027-02-01"],
    ["SUB-0201", "C0001", "LUNARIA", "Microsoft 365", "Office and mail", "active", "1450", "2024-10-07", "2027-10-06"],
    ["SUB-0202", "C0001", "LUNARIA", "Microsoft Azure", "Grid analytics", "active", "1", "2025-01-13", ""],
    ["SUB-0203", "C0001", "LUNARIA", "Dynamics 365", "Field service", "active", "120", "2025-06-02", "2027-06-01"],
    ["SUB-0204", "C0001", "LUNARIA", "Enterprise Mobility + Security", "Devices", "active", "900", "2024-10-07", "2027-10-06"],
    ["SUB-0301", "C0002", "NORDWIND", "Microsoft 365", "Uffici", "active", "260", "2026-05-04", "2027-05-03"],
    ["SUB-0302", "C0002", "NORDWIND", "Microsoft Azure", "Progettazione", "active", "1", "2026-05-04", ""],
    ["SUB-0303", "C0002", "NORDWIND", "Microsoft Azure", "Archivio", "active", "1", "2026-06-15", ""],
    ["SUB-0304", "C0002", "NORDWIND", "Dynamics 365", "Officina", "suspended", "25", "2026-05-04", "2027-05-03"],
];

/// The provider gave its reseller access to one Azure subscription, and not to the other.
#[rustfmt::skip]
const SOLD_ROLES: [Line<5>; 5] = [
    ["SUB-0202", "Support Request Contributor", "", "Azure engineers", ""],
    ["SUB-0302", "Contributor", "", "", "BASSO"],
    ["SUB-0302", "Support Request Contributor", "paolo.neri@basso-informatica.example", "", ""],
    ["SUB-0302", "Owner", "hana.vesela@nordwind.example", "", ""],
    ["SUB-0303", "Owner", "hana.vesela@nordwind.example", "", ""],
];

/// Writes them.
pub(super) fn write(to: &mut Sheets) -> io::Result<()> {
    to.row(Kind::Customers, &CUSTOMER)?;
    rows(to, Kind::Partners, &PARTNERS)?;
    rows(to, Kind::SecurityGroups, &GROUPS)?;
    rows(to, Kind::PartnerPeople, &PEOPLE)?;
    rows(to, Kind::PartnerPlans, &PLANS)?;
    rows(to, Kind::Relationships, &RELATIONSHIPS)?;
    rows(to, Kind::Delegations, &DELEGATIONS)?;
    rows(to, Kind::DelegationRoles, &DELEGATED)?;
    rows(to, Kind::Products, &PRODUCTS)?;
    rows(to, Kind::Subscriptions, &SUBSCRIPTIONS)?;
    rows(to, Kind::SubscriptionRoles, &SOLD_ROLES)
}

/// Writes lines of one file.
pub(super) fn rows<const N: usize>(to: &mut Sheets, kind: Kind, lines: &[Line<N>]) -> io::Result<()> {
    lines.iter().try_for_each(|line| to.row(kind, line))
}
