//! What one person may see, as settings of the transaction: nothing is written, and nothing outlives it.

use super::super::sqlite::{Dress, Sight};
use crate::error::Result;
use crate::store::engine::{Connection, params};
use std::collections::BTreeSet;

/// Names are looked up in the views that stand before the tables, if there are to be any.
pub(in super::super) const fn search_path(dress: Dress) -> &'static str {
    match dress {
        Dress::Shadow => "SET search_path = shadow, temp, main, public",
        _ => "SET search_path = main, public",
    }
}

/// Keys, and the workspaces of customers with them.
fn with_workspaces(keys: &str, customers: &str) -> String {
    format!(
        "(SELECT unnest(CAST({keys} AS bigint[])) AS id UNION
          SELECT w.id FROM main.workspace w WHERE w.customer_id = ANY (CAST({customers} AS bigint[])))"
    )
}

fn setting(name: &str, keys: &str) -> String {
    format!(
        "set_config('servhub.{name}', (SELECT coalesce(CAST(array_agg(k.id) AS text), '{{}}') FROM {keys} AS k), true)"
    )
}

/// One statement for all of it, which goes to the server together with the first question.
fn statement() -> String {
    let plain = |name: &str, place: usize| {
        setting(
            name,
            &format!("(SELECT unnest(CAST(?{place} AS bigint[])) AS id)"),
        )
    };
    let (known, seen, cases) = (
        with_workspaces("?3", "?2"),
        with_workspaces("?5", "?4"),
        with_workspaces("?7", "?6"),
    );
    let teams =
        "(SELECT DISTINCT t.team_id AS id FROM main.team_member t JOIN main.member m ON m.id = t.member_id
        WHERE m.account = CAST(?1 AS citext) AND m.workspace_id = ANY (CAST(?9 AS bigint[])))";
    let all = [
        "set_config('servhub.account', CAST(?1 AS text), true)".to_owned(),
        plain("known_customer", 2),
        setting("known_workspace", &known),
        plain("seen_customer", 4),
        setting("seen_workspace", &seen),
        setting("all_cases_workspace", &cases),
        // Everything of a workspace is seen only where the permission asked for holds as well.
        setting("whole_workspace", &format!("({cases} INTERSECT {seen})")),
        plain("staffed_contract", 8),
        plain("my_workspace", 9),
        plain("known_partner", 10),
        plain("seen_partner", 11),
        plain("cases_partner", 12),
        plain("all_cases_partner", 13),
        setting("my_team", teams),
    ];
    format!("SELECT {}", all.join(", "))
}

fn list<'k>(keys: impl IntoIterator<Item = &'k i64>) -> String {
    let keys: Vec<String> = keys.into_iter().map(i64::to_string).collect();
    format!("[{}]", keys.join(","))
}

/// Says what is known and seen until the transaction ends.
pub(in super::super) fn install(sight: &Sight, conn: &Connection) -> Result<()> {
    let (known, seen, whole) = (&sight.known, &sight.seen, &sight.whole);
    let mine: BTreeSet<i64> = sight.member_of.iter().copied().collect();
    Ok(conn.execute_later(
        &statement(),
        params![
            sight.account,
            list(&known.customers),
            list(&known.workspaces),
            list(&seen.customers),
            list(&seen.workspaces),
            list(&whole.customers),
            list(&whole.workspaces),
            list(&whole.contracts),
            list(&mine),
            list(&known.partners),
            list(&seen.partners),
            list(&sight.files_for.partners),
            list(&whole.partners)
        ],
    )?)
}

#[cfg(test)]
mod tests {
    use super::super::views::sets;
    use super::statement;

    #[test]
    fn every_set_is_told() {
        let sql = statement();
        for name in sets() {
            assert!(sql.contains(&format!("'servhub.{name}'")), "{name}");
        }
    }
}
