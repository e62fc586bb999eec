//! The few words that the engines do not share: what SQLite reads is written for PostgreSQL here.

/// The text for PostgreSQL: its places are `$1` instead of `?1`, and a list of keys is an array. What stands in quotes
/// stays.
pub(super) fn translated(sql: &str) -> String {
    let mut text = String::with_capacity(sql.len() + 32);
    let mut quoted = false;
    for part in sql.split_inclusive('\'') {
        let (plain, end) = part.strip_suffix('\'').map_or((part, ""), |plain| (plain, "'"));
        if quoted {
            text.push_str(plain);
        } else {
            text.push_str(&worded(plain));
        }
        text.push_str(end);
        quoted ^= !end.is_empty();
    }
    text
}

fn worded(sql: &str) -> String {
    let sql = numbered(sql).replace("ifnull(", "coalesce(");
    let mut parts = sql.split("json_each($");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (place, rest) = part.split_once(')').unwrap_or((part, ""));
        text.push_str(&format!(
            "unnest(CAST(${place} AS bigint[])) AS listed (value){rest}"
        ));
    }
    text
}

fn numbered(sql: &str) -> String {
    let mark = |(at, mark): (usize, char)| {
        let numbers = mark == '?' && sql[at + 1..].starts_with(|next: char| next.is_ascii_digit());
        if numbers { '$' } else { mark }
    };
    sql.char_indices().map(mark).collect()
}

#[cfg(test)]
mod tests {
    use super::translated;

    #[test]
    fn places_are_numbered_and_texts_stay() {
        assert_eq!(
            translated(
                "SELECT '?1', ifnull(a, 'it''s ?3') FROM t WHERE b IN (?2, ?10) AND d = ?3 AND e = '?'"
            ),
            "SELECT '?1', coalesce(a, 'it''s ?3') FROM t WHERE b IN ($2, $10) AND d = $3 AND e = '?'"
        );
    }

    #[test]
    fn a_list_of_keys_is_an_array() {
        assert_eq!(
            translated("a IN (SELECT value FROM json_each(?12)) AND b = ?1"),
            "a IN (SELECT value FROM unnest(CAST($12 AS bigint[])) AS listed (value)) AND b = $1"
        );
    }
}
