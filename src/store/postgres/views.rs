//! What a person knows and sees, as views: made from the texts that SQLite uses, so that the rules V-1 to V-6 are written
//! once. Where SQLite has a table of keys for each question, here are settings of the transaction.

/// What a person knows and sees.
const SIGHT: &str = include_str!("../sqlite/sight.sql");
/// What stands before the tables.
const SHADOW: &str = include_str!("../sqlite/shadow.sql");

/// All of them, in place of those that were there.
pub(super) fn all() -> String {
    let sets: String = sets().map(set).collect();
    format!(
        "DROP SCHEMA IF EXISTS shadow CASCADE; DROP SCHEMA IF EXISTS temp CASCADE;
         CREATE SCHEMA temp; CREATE SCHEMA shadow;
         SET LOCAL search_path = temp, main, public;
         {sets}
         CREATE VIEW temp.viewer AS SELECT CAST(current_setting('servhub.account') AS citext) COLLATE \"C\" AS account;
         {}
         SET LOCAL search_path = shadow, temp, main, public;
         {}",
        made_in("temp", SIGHT),
        made_in("shadow", SHADOW),
    )
}

/// The names of the sets of keys.
pub(super) fn sets() -> impl Iterator<Item = &'static str> {
    let tables = SIGHT
        .lines()
        .filter_map(|line| line.strip_prefix("CREATE TEMP TABLE "));
    tables.filter_map(|line| line.strip_suffix(" (id INTEGER PRIMARY KEY);"))
}

/// Without a setting it fails: whose view was forgotten sees neither everything nor nothing.
fn set(name: &str) -> String {
    format!(
        "CREATE VIEW temp.{name} AS SELECT id FROM unnest(CAST(current_setting('servhub.{name}') AS bigint[])) AS x (id);\n"
    )
}

fn made_in(schema: &str, text: &str) -> String {
    let text: String = text
        .split_inclusive('\n')
        .filter(|line| !line.starts_with("CREATE TEMP TABLE ") && !line.starts_with("--"))
        .collect();
    text.replace("CREATE TEMP VIEW ", &format!("CREATE VIEW {schema}."))
        .replace("ifnull(", "coalesce(")
}

#[cfg(test)]
mod tests {
    use super::{SIGHT, sets};

    #[test]
    fn every_table_of_a_sight_but_the_viewer_is_a_set() {
        assert_eq!(sets().count() + 1, SIGHT.matches("CREATE TEMP TABLE").count());
    }
}
