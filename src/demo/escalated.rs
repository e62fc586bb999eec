//! What came in to the support of the partners, and the requests that they filed of it.

use super::partners::rows;
use super::sheet::{Kind, Sheets};
use std::io;

const SHAREPOINT: &str = "2611206580592661";
const ANALYTICS: &str = "2611189722185322";
const DESIGN: &str = "2611192863777983";
const INVOICE: &str = "2609176005370644";

/// The first waits for its first answer since ten minutes before midnight.
#[rustfmt::skip]
const CASES: [[&str; 25]; 4] = [
    [SHAREPOINT, "", "", "", "", "problem-resolution", "", "C", "open", "SharePoint Online",
        "Pages of one site answer with an error 503", "marek.vlk@lunaria.example", "2026-11-20T23:50:00Z", "",
        "Every page of the site for the harvest. Other sites of the tenant open; seen by nine people and by us.", "en",
        "marek.vlk@lunaria.example", "", "", "service-unavailable", "LUNARIA", "N0001", "microsoft-365", "", "csp"],
    [ANALYTICS, "", "", "", "", "problem-resolution", "", "A", "in-progress", "Microsoft Azure",
        "Jobs of the grid analytics lose their network", "marek.vlk@lunaria.example", "2026-11-18T07:12:00Z", "",
        "All jobs in West Europe stop after a minute. The same template runs in North Europe.", "en",
        "marek.vlk@lunaria.example", "luca.fontana@meridian.example", "2026-11-18T07:58:00Z",
        "network-disruption", "LUNARIA", "C0001", "azure", "SUB-0202", "csp"],
    [DESIGN, "", "", "", "", "problem-resolution", "", "B", "awaiting-customer", "Microsoft Azure",
        "Snapshots of the design volumes cannot be restored", "paolo.neri@basso-informatica.example",
        "2026-11-19T09:20:00Z", "", "Three snapshots of this week; those of October can be restored.", "en",
        "paolo.neri@basso-informatica.example", "beata.wrona@meridian.example", "2026-11-19T11:05:00Z",
        "defect", "BASSO", "C0002", "azure", "SUB-0302", "csp"],
    [INVOICE, "", "", "", "", "advisory", "", "C", "closed", "Microsoft 365",
        "Seats that were given back are on the invoice", "hana.vesela@nordwind.example", "2026-09-17T08:30:00Z",
        "2026-09-21T13:00:00Z", "", "en", "hana.vesela@nordwind.example", "beata.wrona@meridian.example",
        "2026-09-17T14:10:00Z", "billing", "NORDWIND", "C0002", "microsoft-365", "SUB-0301", "csp"],
];

#[rustfmt::skip]
const EVENTS: [[&str; 7]; 9] = [
    [SHAREPOINT, "2026-11-20T23:50:00Z", "marek.vlk@lunaria.example", "state", "", "open", ""],
    [ANALYTICS, "2026-11-18T07:12:00Z", "marek.vlk@lunaria.example", "state", "", "open", ""],
    [ANALYTICS, "2026-11-18T07:58:00Z", "luca.fontana@meridian.example", "assignee", "", "luca.fontana@meridian.example", ""],
    [ANALYTICS, "2026-11-18T07:58:00Z", "luca.fontana@meridian.example", "state", "open", "in-progress", ""],
    [ANALYTICS, "2026-11-18T09:40:00Z", "luca.fontana@meridian.example", "note", "", "", "Routes of two gateways differ; a trace runs until noon."],
    [DESIGN, "2026-11-19T09:20:00Z", "paolo.neri@basso-informatica.example", "state", "", "open", ""],
    [DESIGN, "2026-11-19T11:05:00Z", "beata.wrona@meridian.example", "assignee", "", "beata.wrona@meridian.example", ""],
    [DESIGN, "2026-11-19T11:05:00Z", "beata.wrona@meridian.example", "state", "open", "in-progress", ""],
    [DESIGN, "2026-11-19T15:30:00Z", "beata.wrona@meridian.example", "state", "in-progress", "awaiting-customer",
        "Please name the ids of the three snapshots, and when each was taken."],
];

#[rustfmt::skip]
const INTAKE: [[&str; 10]; 8] = [
    ["IN-0101", "LUNARIA", "N0001", "2026-10-06T06:50:00Z", "lea.kralova@lunaria.example", "Adam Modranský",
        "A mailbox does not open on one phone", "The password on the phone was the old one", "solved", ""],
    ["IN-0102", "LUNARIA", "N0001", "2026-11-12T12:15:00Z", "lea.kralova@lunaria.example", "Jana Poláková",
        "Newsletters go to junk", "The sender's domain had no SPF record; it was added", "solved", ""],
    ["IN-0103", "LUNARIA", "N0001", "2026-11-20T21:30:00Z", "marek.vlk@lunaria.example", "Jana Poláková",
        "The harvest site cannot be opened", "Error 503 for everybody on that site alone; nothing known is open for it", "escalated", SHAREPOINT],
    ["IN-0201", "LUNARIA", "C0001", "2026-11-18T06:35:00Z", "lea.kralova@lunaria.example", "Igor Rusnák",
        "Jobs of the grid analytics stop", "The same in a clean network; handed to the engineers for Azure", "escalated", ANALYTICS],
    ["IN-0202", "LUNARIA", "C0001", "2026-11-19T08:10:00Z", "lea.kralova@lunaria.example", "Tomáš Bartoš",
        "A new colleague has no licence", "A seat was free and was assigned", "solved", ""],
    ["IN-0203", "LUNARIA", "C0001", "2026-11-20T13:45:00Z", "lea.kralova@lunaria.example", "Igor Rusnák",
        "Shared files open slowly", "Perhaps the known issue MO1104210; waiting for what its next update says", "open", ""],
    ["IN-0301", "BASSO", "C0002", "2026-11-19T08:40:00Z", "chiara.villa@basso-informatica.example", "Giulia Bassi",
        "A snapshot cannot be restored", "Reproduced with two others; older ones work", "escalated", DESIGN],
    ["IN-0302", "BASSO", "C0002", "2026-11-20T10:05:00Z", "chiara.villa@basso-informatica.example", "Riccardo Fumagalli",
        "A calendar shows the wrong hour", "The time zone of the mailbox was another one", "solved", ""],
];

/// Writes them.
pub(super) fn write(to: &mut Sheets) -> io::Result<()> {
    rows(to, Kind::Cases, &CASES)?;
    rows(to, Kind::Events, &EVENTS)?;
    rows(to, Kind::Intake, &INTAKE)
}
