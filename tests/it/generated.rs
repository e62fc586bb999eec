//! Files in the repository that are made from the program or from the tests. Each test compares; with
//! `SERVHUB_UPDATE=1` it rewrites instead.

mod cycles;
mod roles;
mod rules;
mod surface;

use crate::harness::repository;
use servhub::cli::{SCHEMAS, Shell};
use servhub::error::codes;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Compares a committed file with what it should hold, or rewrites it.
pub fn agree(name: &str, due: &str) {
    let path = repository(name);
    if std::env::var_os("SERVHUB_UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, due).unwrap();
        return;
    }
    let is = std::fs::read_to_string(&path).unwrap_or_default();
    let place = is.lines().zip(due.lines()).position(|(a, b)| a != b);
    let place = place.unwrap_or_else(|| is.lines().count().min(due.lines().count()));
    assert!(
        is == due,
        "{name} is not current: line {} is {:?} and should be {:?}. Run: SERVHUB_UPDATE=1 cargo nextest run -E 'test(generated)'",
        place + 1,
        is.lines().nth(place),
        due.lines().nth(place),
    );
}

/// Every file below `folder` with that ending, in order.
pub fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = std::fs::read_dir(folder) else {
        return found;
    };
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|e| e == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// What is left out on PostgreSQL is left out by name, and the name is one of a test.
#[test]
fn the_tests_for_a_file_alone_are_there() {
    let list = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--list", "--format", "terse"])
        .output()
        .unwrap();
    let tests = String::from_utf8(list.stdout).unwrap();
    let tests: std::collections::BTreeSet<&str> = tests
        .lines()
        .filter_map(|line| line.strip_suffix(": test"))
        .collect();
    let lines = std::fs::read_to_string(repository("tests/sqlite_only")).unwrap();
    for line in lines.lines().filter(|line| !line.starts_with('#')) {
        let (name, reason) = line.split_once(' ').unwrap();
        assert!(tests.contains(name), "there is no test {name}");
        assert!(reason.trim().len() > 10, "{name} has no reason");
    }
}

/// Rules: K-12
#[test]
fn the_completion_scripts_are_current() {
    for shell in Shell::ALL {
        let script = String::from_utf8(shell.script().unwrap()).unwrap();
        agree(&format!("completions/{}", shell.file_name()), &script);
    }
}

/// Rules: K-10 K-11
#[test]
fn the_list_of_errors_is_current() {
    let mut text = String::from(
        "# Error codes\n\nMade from `src/error/codes.rs`; `servhub explain CODE` shows the same. A code keeps its meaning for ever.\n\n\
         | code | exit | what happened | why, and what to do |\n|---|---|---|---|\n",
    );
    for code in codes::ALL {
        let exit = servhub::ui::exit_code(code.kind);
        text += &format!(
            "| {} | {exit} | {} | {} |\n",
            code.id,
            code.title,
            code.help.replace('|', "\\|")
        );
    }
    agree("docs/errors.md", &text);
}

/// Rules: K-11
#[test]
fn error_codes_are_unique_and_explained() {
    for (place, code) in codes::ALL.iter().enumerate() {
        assert!(
            codes::ALL[place + 1..].iter().all(|other| other.id != code.id),
            "{} is given twice",
            code.id
        );
        assert!(code.id.len() == 5 && code.id.starts_with('E'), "{}", code.id);
        assert!(
            code.help.len() > 20 && code.help.ends_with('.'),
            "{}: {}",
            code.id,
            code.help
        );
        assert!(!code.title.ends_with('.'), "{}: {}", code.id, code.title);
    }
}

/// Rules: K-6
#[test]
fn the_schemas_are_pinned() {
    let mut all = SCHEMAS.to_vec();
    all.sort_by_key(|(name, _)| *name);
    let mut text = String::from(
        "# Every JSON schema with its fields, in order. Within a version a field is never removed or renamed (K-6).\n",
    );
    for (name, columns) in &all {
        let columns: Vec<&str> = columns.iter().map(|column| column.name).collect();
        text += &format!("{name}: {}\n", columns.join(" "));
    }
    agree("docs/schemas.txt", &text);
}

/// Rules: K-2
#[test]
fn the_description_of_the_interface_is_current() {
    let mut text = serde_json::to_string_pretty(&servhub::api::document()).unwrap();
    text.push('\n');
    agree("docs/openapi.json", &text);
}

/// A shape that is missing in the register would not be pinned.
///
/// Rules: K-6
#[test]
fn every_schema_is_registered_once() {
    // Shapes of listings, and those of exports, which are written while they are found.
    let marks = ["const SCHEMA: &'static str = \"", "SCHEMA: &str = \""];
    let mut written: Vec<String> = Vec::new();
    for file in files(&repository("src"), "rs") {
        let is_export = file.starts_with(repository("src/hub/export"));
        let text = std::fs::read_to_string(file).unwrap();
        for mark in marks.iter().take(1 + usize::from(is_export)) {
            let names = text.split(*mark).skip(1);
            written.extend(names.map(|rest| rest.split('"').next().unwrap().to_owned()));
        }
    }
    let mut registered: Vec<String> = SCHEMAS.iter().map(|(name, _)| (*name).to_owned()).collect();
    written.sort();
    registered.sort();
    assert_eq!(
        written, registered,
        "src/cli/schemas.rs and the Tabular shapes differ"
    );
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Manifest {
    dependencies: toml::Table,
    dev_dependencies: toml::Table,
    target: BTreeMap<String, Target>,
}

/// What only some systems need.
#[derive(serde::Deserialize)]
struct Target {
    dependencies: toml::Table,
}

#[test]
fn every_dependency_is_explained() {
    let manifest = std::fs::read_to_string(repository("Cargo.toml")).unwrap();
    let manifest: Manifest = toml::from_str(&manifest).unwrap();
    let mut used: Vec<String> = manifest
        .dependencies
        .keys()
        .chain(manifest.dev_dependencies.keys())
        .chain(
            manifest
                .target
                .values()
                .flat_map(|target| target.dependencies.keys()),
        )
        .cloned()
        .collect();
    let text = std::fs::read_to_string(repository("docs/dependencies.md")).unwrap();
    let rows = text
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
    let mut explained: Vec<String> = rows
        .filter(|name| *name != "crate")
        .flat_map(|names| names.split(", "))
        .map(str::to_owned)
        .collect();
    used.sort();
    explained.sort();
    assert_eq!(used, explained, "docs/dependencies.md and Cargo.toml differ");
}
