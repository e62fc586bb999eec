//! The table of rules and the tests that name them.

use super::{agree, files};
use crate::harness::repository;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Register {
    part: Vec<Part>,
}

#[derive(Deserialize)]
struct Part {
    title: String,
    later: bool,
    rules: Vec<(String, String)>,
}

/// A test that names rules.
struct Named {
    rules: Vec<String>,
    test: String,
}

/// Rules:
#[test]
fn the_table_of_rules_is_current() {
    let register: Register =
        toml::from_str(&std::fs::read_to_string(repository("docs/rules.toml")).unwrap()).unwrap();
    let mut tests: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for named in all() {
        for rule in named.rules {
            tests.entry(rule).or_default().push(named.test.clone());
        }
    }
    let known = |id: &String| {
        register
            .part
            .iter()
            .any(|part| part.rules.iter().any(|(rule, _)| rule == id))
    };
    let unknown: Vec<_> = tests.keys().filter(|id| !known(id)).collect();
    assert!(
        unknown.is_empty(),
        "tests name rules that docs/rules.toml does not have: {unknown:?}"
    );
    agree("docs/rules.md", &table(&register, &tests));
}

fn table(register: &Register, tests: &BTreeMap<String, Vec<String>>) -> String {
    let mut text = String::from(
        "# Rules and their tests\n\nMade from `docs/rules.toml` and from the `Rules:` line of every test; the tests check that it is current.\n",
    );
    for part in &register.part {
        let later = if part.later { " (comes later)" } else { "" };
        text += &format!(
            "\n## {}{later}\n\n| rule | in short | tests |\n|---|---|---|\n",
            part.title
        );
        for (id, words) in &part.rules {
            let named = tests.get(id).map(|all| {
                all.iter()
                    .map(|test| format!("`{test}`"))
                    .collect::<Vec<_>>()
                    .join("<br>")
            });
            let none = if part.later { "" } else { "**none yet**" };
            text += &format!(
                "| {id} | {words} | {} |\n",
                named.unwrap_or_else(|| none.to_owned())
            );
        }
    }
    text
}

/// Every test of the repository that names a rule, in order of file and place.
fn all() -> Vec<Named> {
    let mut found = Vec::new();
    for (folder, ending) in [("src", "rs"), ("tests", "rs"), ("tests", "py")] {
        for file in files(&repository(folder), ending) {
            let name = file.strip_prefix(repository("")).unwrap().display().to_string();
            found.extend(named(&name, &std::fs::read_to_string(&file).unwrap()));
        }
    }
    found
}

/// The tests in one file: a line `Rules: ...` in a comment, then the next function.
fn named(file: &str, text: &str) -> Vec<Named> {
    let mut found = Vec::new();
    let mut rules: Option<Vec<String>> = None;
    for line in text.lines() {
        let bare = line.trim().trim_start_matches(['/', '#', '"', '!']).trim();
        let comment = line.trim().starts_with("///")
            || line.trim().starts_with('#')
            || line.trim().starts_with("\"\"\"");
        if let (true, Some(list)) = (comment, bare.strip_prefix("Rules:")) {
            rules = Some(
                list.trim_matches('"')
                    .split_whitespace()
                    .map(str::to_owned)
                    .collect(),
            );
        }
        let head = line
            .trim()
            .trim_start_matches("pub ")
            .trim_start_matches("async ");
        let function = head.strip_prefix("fn ").or_else(|| head.strip_prefix("def "));
        if let (Some(function), true) = (function, rules.is_some()) {
            let name = function.split(['(', '<']).next().unwrap();
            found.push(Named {
                rules: rules.take().unwrap(),
                test: format!("{file}: {name}"),
            });
        }
    }
    found
}

/// Rules:
#[test]
fn the_reader_of_rule_lines_finds_them() {
    let text = "/// Rules: C-1 K-6\n#[test]\nfn one() {}\n    /// Told first.\n    ///\n    /// Rules: A-2\n    #[test]\n    fn two() {}\nfn three() {}\n";
    let found = named("x.rs", text);
    assert_eq!(found.len(), 2);
    assert_eq!(
        (found[0].test.as_str(), found[0].rules.join(" ")),
        ("x.rs: one", "C-1 K-6".to_owned())
    );
    assert_eq!(
        (found[1].test.as_str(), found[1].rules.join(" ")),
        ("x.rs: two", "A-2".to_owned())
    );
    let python = named("x.py", "# Rules: E-5\ndef figures():\n");
    assert_eq!(
        (python[0].test.as_str(), python[0].rules.join(" ")),
        ("x.py: figures", "E-5".to_owned())
    );
}
