//! Partners that serve the first customers, and one customer that only a partner serves: the same whatever the seed.

use super::sheet::{Kind, Sheets};
use std::io;

/// A line of a file.
type Line<const N: usize> = [&'static str; N];

/// A customer without a contract.
#[rustfmt::skip]
const CUSTOMER: Line<12> = [
    "N0001", "Vinárstvo Modra, s.r.o.", "SK", "vinarstvo-modra.example", "Vinohradnícka 8", "Modra", "900 01", "Zuzana", "Hrozno",
    "zuzana.hrozno@vinarstvo-modra.example", "sk", "microsoft-365",
];

#[rustfmt::skip]
const PARTNERS: [Line<19>; 3] = [
    ["LUNARIA", "Lunaria Cloud, s.r.o.", "direct-bill", "lunaria.example", "", "Europe/Bratislava", "advanced",
        "podpora@lunaria.example", "+421 2 555 0140", "https://podpora.lunaria.example", "mon-fri 07:00-19:00",
        "sk;cs;en", "Included in every subscription", "own", "", "Lunaria Cloud", "Azure migration;Microsoft 365 rollout",
        "Energy;Wine and food", "Slovakia;Czechia"],
    ["NORDWIND", "Nordwind Distribution, a.s.", "indirect-provider", "nordwind.example", "", "Europe/Prague", "premier",
        "partners@nordwind.example", "+420 2 5550 0170", "https://partners.nordwind.example", "24x7",
        "cs;en;it", "By the hour, first line included", "own", "", "Nordwind Distribution",
        "Azure for resellers;Licences for resellers", "Distribution", "Czechia;Italy;Slovakia"],
    ["BASSO", "Basso Informatica S.r.l.", "indirect-reseller", "basso-informatica.example", "NORDWIND", "Europe/Rome", "",
        "assistenza@basso-informatica.example", "+39 02 5550 0155", "https://assistenza.basso-informatica.example",
        "mon-fri 08:30-18:00", "it;en", "By the hour", "resold", "Nordwind Distribution, a.s.",
        "Basso Informatica", "Dynamics 365;Microsoft 365 rollout", "Machine building", "Italy"],
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
const RELATIONSHIPS: [Line<8>; 5] = [
    ["LUNARIA", "N0001", "active", "yes", "2026-02-02", "", "", ""],
    ["LUNARIA", "C0001", "active", "yes", "2024-10-07", "", "", ""],
    ["NORDWIND", "C0002", "active", "no", "2026-04-27", "", "", "BASSO"],
    ["BASSO", "C0002", "active", "yes", "2026-04-27", "", "", ""],
    ["LUNARIA", "C0002", "requested", "no", "2026-11-09", "4WZJD-0H2MX-7QK9T-RVB3C", "2027-02-07", ""],
];

#[rustfmt::skip]
const AGREEMENTS: [Line<10>; 4] = [
    ["N0001", "europe.sk.corporate.partner-led.2", "confirmed", "LUNARIA", "", "", "Zuzana", "Hrozno",
        "zuzana.hrozno@vinarstvo-modra.example", "2026-02-02"],
    ["C0001", "europe.sk.corporate.partner-led.1", "confirmed", "LUNARIA", "", "", "Juraj", "Bystrický",
        "juraj.bystricky@tatranska-energetika.example", "2024-10-07"],
    ["C0001", "europe.sk.corporate.partner-led.2", "invited", "LUNARIA", "9C3GX-M58TA-0JYWE-6PKND", "2026-11-16", "", "", "", ""],
    ["C0002", "europe.it.corporate.partner-led.2", "confirmed", "NORDWIND", "", "", "Giulia", "Rinaldi",
        "giulia.rinaldi@officine-lombarde.example", "2026-04-30"],
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
const SUBSCRIPTIONS: [Line<13>; 12] = [
    ["SUB-0101", "N0001", "LUNARIA", "Microsoft 365", "Office and mail", "active", "38", "2026-02-02", "2027-02-01", "P1Y", "annual", "yes", ""],
    ["SUB-0102", "N0001", "LUNARIA", "Microsoft Azure", "Cellar sensors", "active", "1", "2026-03-16", "", "", "monthly", "", ""],
    ["SUB-0103", "N0001", "LUNARIA", "Cellar Ledger", "Cellar book", "active", "4", "2026-02-02", "2027-02-01", "P1Y", "monthly", "yes", ""],
    ["SUB-0104", "N0001", "LUNARIA", "Enterprise Mobility + Security", "Cellar tablets", "active", "12", "2026-11-18", "2027-11-17", "P1Y", "monthly", "yes", "2026-11-25T09:30:00Z"],
    ["SUB-0201", "C0001", "LUNARIA", "Microsoft 365", "Office and mail", "active", "1450", "2024-10-07", "2027-10-06", "P3Y", "triennial", "yes", ""],
    ["SUB-0202", "C0001", "LUNARIA", "Microsoft Azure", "Grid analytics", "active", "1", "2025-01-13", "", "", "monthly", "", ""],
    ["SUB-0203", "C0001", "LUNARIA", "Dynamics 365", "Field service", "active", "120", "2025-06-02", "2027-06-01", "P1Y", "annual", "yes", ""],
    ["SUB-0204", "C0001", "LUNARIA", "Enterprise Mobility + Security", "Devices", "active", "900", "2024-10-07", "2027-10-06", "P3Y", "annual", "", ""],
    ["SUB-0301", "C0002", "NORDWIND", "Microsoft 365", "Uffici", "active", "260", "2026-05-04", "2027-05-03", "P1Y", "monthly", "yes", ""],
    ["SUB-0302", "C0002", "NORDWIND", "Microsoft Azure", "Progettazione", "active", "1", "2026-05-04", "", "", "monthly", "", ""],
    ["SUB-0303", "C0002", "NORDWIND", "Microsoft Azure", "Archivio", "active", "1", "2026-06-15", "", "", "monthly", "", ""],
    ["SUB-0304", "C0002", "NORDWIND", "Dynamics 365", "Officina", "suspended", "25", "2026-05-04", "2027-05-03", "P1Y", "monthly", "yes", ""],
];

#[rustfmt::skip]
const RESERVATIONS: [Line<15>; 4] = [
    ["RES-0101", "N0001", "LUNARIA", "Sensor hub", "Standard_B4ms", "westeurope", "2", "P1Y", "EUR", "128400", "2026-03-16T09:00:00Z", "2027-03-16T09:00:00Z", "active", "", ""],
    ["RES-0201", "C0001", "LUNARIA", "Grid forecasts", "Standard_D8s_v5", "westeurope", "0", "P1Y", "EUR", "0", "2026-01-12T08:00:00Z", "2027-01-12T08:00:00Z", "exchanged", "2026-07-13T08:00:00Z", ""],
    ["RES-0202", "C0001", "LUNARIA", "Grid forecasts", "Standard_E16s_v5", "northeurope", "4", "P3Y", "EUR", "3110400", "2026-07-13T08:00:00Z", "2029-07-13T08:00:00Z", "active", "", "RES-0201"],
    ["RES-0301", "C0002", "NORDWIND", "Rendering", "Standard_NV12s_v3", "italynorth", "3", "P1Y", "EUR", "914700", "2025-12-15T10:00:00Z", "2026-12-15T10:00:00Z", "active", "", ""],
];

#[rustfmt::skip]
const RETURNS: [Line<9>; 2] = [
    ["RR-0201", "RES-0201", "exchange", "2026-07-13T08:00:00Z", "3", "780000", "388932", "391068", "0"],
    ["RR-0301", "RES-0301", "refund", "2026-06-15T08:00:00Z", "1", "304900", "151963", "152937", "164867"],
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

/// People of two customers. One was deleted a while ago, and one so long ago that nothing brings him back.
#[rustfmt::skip]
const TENANTS: [Line<9>; 10] = [
    ["N0001", "anna.modrovska@vinarstvo-modra.example", "Anna Modrovská", "Anna", "Modrovská", "SK", "yes", "active", ""],
    ["N0001", "juraj.hruska@vinarstvo-modra.example", "Juraj Hruška", "Juraj", "Hruška", "SK", "no", "active", ""],
    ["N0001", "katarina.polakova@vinarstvo-modra.example", "Katarína Poláková", "Katarína", "Poláková", "SK", "no", "active", ""],
    ["N0001", "sezona@vinarstvo-modra.example", "Vinobranie", "", "", "", "no", "active", ""],
    ["N0001", "peter.suchy@vinarstvo-modra.example", "Peter Suchý", "Peter", "Suchý", "SK", "no", "deleted", "2026-11-09T07:40:00Z"],
    ["N0001", "ivan.beno@vinarstvo-modra.example", "Ivan Beňo", "Ivan", "Beňo", "SK", "no", "deleted", "2026-09-30T15:00:00Z"],
    ["C0002", "giulia.ferrari@officine-lombarde.example", "Giulia Ferrari", "Giulia", "Ferrari", "IT", "yes", "active", ""],
    ["C0002", "luca.conti@officine-lombarde.example", "Luca Conti", "Luca", "Conti", "IT", "no", "active", ""],
    ["C0002", "marta.riva@officine-lombarde.example", "Marta Riva", "Marta", "Riva", "IT", "no", "active", ""],
    ["C0002", "franz.huber@officine-lombarde.example", "Franz Huber", "Franz", "Huber", "AT", "no", "active", ""],
];

#[rustfmt::skip]
const LICENCES: [Line<3>; 10] = [
    ["N0001", "anna.modrovska@vinarstvo-modra.example", "Microsoft 365"],
    ["N0001", "anna.modrovska@vinarstvo-modra.example", "Cellar Ledger"],
    ["N0001", "juraj.hruska@vinarstvo-modra.example", "Microsoft 365"],
    ["N0001", "katarina.polakova@vinarstvo-modra.example", "Microsoft 365"],
    ["N0001", "katarina.polakova@vinarstvo-modra.example", "Cellar Ledger"],
    ["N0001", "peter.suchy@vinarstvo-modra.example", "Microsoft 365"],
    ["C0002", "giulia.ferrari@officine-lombarde.example", "Microsoft 365"],
    ["C0002", "luca.conti@officine-lombarde.example", "Microsoft 365"],
    ["C0002", "luca.conti@officine-lombarde.example", "Dynamics 365"],
    ["C0002", "marta.riva@officine-lombarde.example", "Microsoft 365"],
];

/// Writes them.
pub(super) fn write(to: &mut Sheets) -> io::Result<()> {
    to.row(Kind::Customers, &CUSTOMER)?;
    rows(to, Kind::Partners, &PARTNERS)?;
    rows(to, Kind::SecurityGroups, &GROUPS)?;
    rows(to, Kind::PartnerPeople, &PEOPLE)?;
    rows(to, Kind::PartnerPlans, &PLANS)?;
    rows(to, Kind::Relationships, &RELATIONSHIPS)?;
    rows(to, Kind::Agreements, &AGREEMENTS)?;
    rows(to, Kind::Delegations, &DELEGATIONS)?;
    rows(to, Kind::DelegationRoles, &DELEGATED)?;
    rows(to, Kind::Products, &PRODUCTS)?;
    rows(to, Kind::Subscriptions, &SUBSCRIPTIONS)?;
    rows(to, Kind::SubscriptionRoles, &SOLD_ROLES)?;
    rows(to, Kind::Reservations, &RESERVATIONS)?;
    rows(to, Kind::ReservationReturns, &RETURNS)?;
    rows(to, Kind::CustomerPeople, &TENANTS)?;
    rows(to, Kind::Licenses, &LICENCES)
}

/// Writes lines of one file.
pub(super) fn rows<const N: usize>(to: &mut Sheets, kind: Kind, lines: &[Line<N>]) -> io::Result<()> {
    lines.iter().try_for_each(|line| to.row(kind, line))
}
