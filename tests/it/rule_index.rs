//! Which test checks which rule, read from the `Rules:` lines of the tests themselves.

use crate::harness::repository;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

const RULES: &str = include_str!("rules.txt");

/// The page, and the ids that tests name but the list does not know.
pub fn page() -> (String, Vec<String>) {
    let mut tests: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for root in ["src", "tests"] {
        scan(&repository(root), &mut tests);
    }
    let known = |id: &str| RULES.lines().any(|line| line.split(' ').next() == Some(id));
    let unknown = tests.keys().filter(|id| !known(id)).cloned().collect();
    (write(&tests), unknown)
}

fn write(tests: &BTreeMap<String, Vec<String>>) -> String {
    let mut page = "# Rules and their tests\n\nMade from the `Rules:` lines of the tests.\n".to_owned();
    for line in RULES.lines().filter(|line| !line.starts_with('#')) {
        if let Some(part) = line.strip_prefix("part: ") {
            writeln!(page, "\n## {part}\n\n| rule | what | tests |\n|---|---|---|").unwrap();
            continue;
        }
        let (id, what) = line.split_once(' ').unwrap();
        let names = tests
            .get(id)
            .map_or("**none yet**".to_owned(), |names| names.join("<br>"));
        writeln!(page, "| {id} | {what} | {names} |").unwrap();
    }
    page
}

fn scan(folder: &Path, tests: &mut BTreeMap<String, Vec<String>>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            scan(&path, tests);
        } else if path
            .extension()
            .is_some_and(|ending| ending == "rs" || ending == "py")
        {
            read(&path, tests);
        }
    }
}

/// A `Rules:` line belongs to the next function.
fn read(path: &Path, tests: &mut BTreeMap<String, Vec<String>>) {
    let text = std::fs::read_to_string(path).unwrap();
    let mut pending: Vec<String> = Vec::new();
    for line in text.lines().map(str::trim) {
        if let Some(ids) = line
            .strip_prefix("/// Rules: ")
            .or_else(|| line.strip_prefix("# Rules: "))
        {
            pending = ids
                .split([' ', ','])
                .filter(|id| !id.is_empty())
                .map(str::to_owned)
                .collect();
        }
        let name = line.strip_prefix("fn ").or_else(|| line.strip_prefix("def "));
        if let Some(name) = name.and_then(|rest| rest.split('(').next()) {
            let stem = path.file_stem().unwrap().to_string_lossy();
            for id in pending.drain(..) {
                tests.entry(id).or_default().push(format!("{stem}::{name}"));
            }
        }
    }
}
