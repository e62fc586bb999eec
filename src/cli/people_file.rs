//! People from a CSV file, as far as a single verb needs them. `servhub user apply` takes all of it.

use super::csv_file::{Fault, Row, Shape, read};
use crate::error::Result;
use crate::hub::people::{Invitee, Whom};
use std::path::Path;

/// Columns that an invitation takes, besides the account.
const INVITATION: [&str; 7] = [
    "workspace",
    "name",
    "account_kind",
    "roles",
    "support_contact",
    "language",
    "label",
];
/// Columns that a people file may have besides.
const OTHER: [&str; 9] = [
    "service_admin",
    "status",
    "groups",
    "default_group",
    "invited_at",
    "expires_at",
    "registered_at",
    "sent",
    "removed_at",
];
const PEOPLE: Shape = Shape {
    of: "people",
    must: &["account"],
    may: &INVITATION,
    quiet: &OTHER,
};

/// The accounts in a file, each with its workspace if it names one.
///
/// # Errors
/// `E0300` with every fault, `E0303` for a header that does not fit.
pub fn whom(path: &Path) -> Result<Vec<Whom>> {
    read(path, PEOPLE, |row| {
        Ok(Whom {
            account: account(row)?,
            workspace: row.text("workspace"),
            origin: Some(row.place()),
        })
    })
}

/// The people to invite in a file.
///
/// # Errors
/// `E0300` with every fault, `E0303` for a header that does not fit.
pub fn invitees(path: &Path) -> Result<Vec<Invitee>> {
    read(path, PEOPLE, |row| {
        leaves_out(row, &["service_admin", "groups", "default_group"])?;
        let roles = row.several("roles");
        let roles = roles
            .iter()
            .map(|role| row.word("roles", role))
            .collect::<Result<_, _>>()?;
        Ok(Invitee {
            account: account(row)?,
            workspace: row.text("workspace"),
            name: row.text("name"),
            language: row.text("language"),
            account_kind: row.value("account_kind")?,
            roles,
            support_contact: row.flag("support_contact")?,
            label: row.text("label"),
            origin: Some(row.place()),
        })
    })
}

fn account(row: &Row<'_>) -> Result<String, Fault> {
    row.text("account").ok_or_else(|| {
        row.fault(
            "account",
            "it is empty; write a mail address or user principal name",
        )
    })
}

/// What this verb does not do is said, and not passed over.
fn leaves_out(row: &Row<'_>, columns: &[&str]) -> Result<(), Fault> {
    let said = columns
        .iter()
        .find(|column| row.text(column).is_some_and(|text| text != "no"));
    match said {
        None => Ok(()),
        Some(column) => Err(row.fault(column, "an invitation does not take it; use `servhub user apply`")),
    }
}
