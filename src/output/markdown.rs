//! Markdown tables.

use super::Listing;
use std::fmt::Write;

/// A pipe table; what would break it within a cell is escaped.
pub(super) fn write(listing: &Listing) -> String {
    let shown: Vec<usize> = (0..listing.columns.len())
        .filter(|&place| !listing.columns[place].quiet)
        .collect();
    let mut out = String::new();
    let mut line = |cells: Vec<String>| {
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    };
    line(
        shown
            .iter()
            .map(|&place| listing.columns[place].name.to_owned())
            .collect(),
    );
    line(shown.iter().map(|_| "---".to_owned()).collect());
    for row in &listing.rows {
        line(
            shown
                .iter()
                .map(|&place| escape(&row[place].to_string()))
                .collect(),
        );
    }
    out
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' | '|' | '*' | '_' | '`' | '[' | ']' | '~' => out.extend(['\\', character]),
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '\r' if characters.peek() == Some(&'\n') => {}
            '\n' | '\r' => out += "<br>",
            _ => out.push(character),
        }
    }
    out
}
