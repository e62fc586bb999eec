//! A few known issues of services, the same for every customer: one holds, one is over, one in the vendor's newer words.

use super::sheet::{Kind, Sheets};
use std::io;

#[rustfmt::skip]
const ISSUES: [[&str; 9]; 3] = [
    ["MO1104210", "Microsoft 365", "Shared files open slowly", "incident", "serviceDegradation", "Europe",
        "Opening a shared file may take up to a minute", "2026-11-19T05:40:00Z", ""],
    ["AZ0977315", "Azure", "Deployments of virtual machines were delayed", "incident", "serviceRestored", "West Europe",
        "New virtual machines stayed in the state creating", "2026-11-03T11:15:00Z", "2026-11-03T16:50:00Z"],
    ["DY0861002", "Dynamics 365", "Exports to spreadsheets drop empty columns", "advisory", "fixRollingOut", "",
        "Columns without any value are missing", "2026-11-12T08:00:00Z", ""],
];

const UPDATES: [[&str; 3]; 6] = [
    [
        "AZ0977315",
        "2026-11-03T11:40:00Z",
        "We look into delays of new deployments.",
    ],
    [
        "AZ0977315",
        "2026-11-03T16:50:00Z",
        "Capacity was added; deployments are as fast as before.",
    ],
    [
        "DY0861002",
        "2026-11-12T08:30:00Z",
        "Exports with empty columns are being looked at.",
    ],
    [
        "DY0861002",
        "2026-11-18T09:00:00Z",
        "The fix is on its way to all regions, until the end of the month.",
    ],
    [
        "MO1104210",
        "2026-11-19T06:05:00Z",
        "We look into reports that shared files open slowly.",
    ],
    [
        "MO1104210",
        "2026-11-20T07:30:00Z",
        "A change of the cache was found to be the cause and is being taken back.",
    ],
];

/// Writes them.
pub(super) fn write(to: &mut Sheets) -> io::Result<()> {
    for issue in &ISSUES {
        to.row(Kind::Health, issue)?;
    }
    for update in &UPDATES {
        to.row(Kind::Updates, update)?;
    }
    Ok(())
}
