//! Files made from the code. Each is compared with the committed one; `SERVHUB_UPDATE=1` writes it anew.

use crate::harness::repository;
use crate::rule_index;
use clap::builder::StyledStr;
use servhub::error::codes;
use std::fmt::Write;

/// Compares a file of the repository with what the code makes of it, or writes it.
pub fn check(path: &str, fresh: &str) {
    let file = repository(path);
    if std::env::var_os("SERVHUB_UPDATE").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        return std::fs::write(file, fresh).unwrap();
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    let line = committed
        .lines()
        .zip(fresh.lines())
        .position(|(a, b)| a != b)
        .unwrap_or_else(|| committed.lines().count().min(fresh.lines().count()));
    let shown = |text: &str| text.lines().nth(line).unwrap_or("(end)").to_owned();
    assert!(
        committed == fresh,
        "{path} is not current, from line {}:\n  committed: {}\n  now:       {}\nwrite it with SERVHUB_UPDATE=1 cargo nextest run generated",
        line + 1,
        shown(&committed),
        shown(fresh)
    );
}

/// Rules: K-11
#[test]
fn errors_are_documented() {
    let mut page =
        "# Errors\n\nMade from the register of codes; `servhub explain CODE` prints the same.\n".to_owned();
    for code in codes::ALL {
        writeln!(
            page,
            "\n## {} {}\n\n{}\n\nExit code {}.",
            code.id,
            code.title,
            code.help,
            servhub::ui::exit_code(code.kind)
        )
        .unwrap();
    }
    check("docs/errors.md", &page);
}

/// Rules: K-11
#[test]
fn codes_are_given_once_and_in_order() {
    for pair in codes::ALL.windows(2) {
        assert!(
            pair[0].id < pair[1].id,
            "{} stands before {}",
            pair[0].id,
            pair[1].id
        );
    }
}

#[test]
fn the_command_surface_is_reviewed() {
    let mut page = String::new();
    surface(&servhub::cli::command(), "", &mut page);
    check("docs/cli-surface.txt", &page);
}

fn surface(command: &clap::Command, above: &str, page: &mut String) {
    let name = format!("{above}{}", command.get_name());
    writeln!(page, "{name}: {}", about(command.get_about())).unwrap();
    for argument in command
        .get_arguments()
        .filter(|a| above.is_empty() || !a.is_global_set())
    {
        writeln!(page, "  {}: {}", spelling(argument), about(argument.get_help())).unwrap();
    }
    for inner in command.get_subcommands() {
        surface(inner, &format!("{name} "), page);
    }
}

fn spelling(argument: &clap::Arg) -> String {
    let mut text = match (argument.get_short(), argument.get_long()) {
        (Some(short), Some(long)) => format!("-{short}, --{long}"),
        (None, Some(long)) => format!("--{long}"),
        (Some(short), None) => format!("-{short}"),
        (None, None) => String::new(),
    };
    if argument.get_action().takes_values() {
        let names = argument
            .get_value_names()
            .map(|all| all.join(" "))
            .unwrap_or_default();
        write!(text, " <{names}>").unwrap();
    }
    if argument.is_required_set() {
        text += " (required)";
    }
    let defaults: Vec<_> = argument
        .get_default_values()
        .iter()
        .map(|value| value.to_string_lossy())
        .collect();
    if !defaults.is_empty() && argument.get_action().takes_values() {
        write!(text, " [{}]", defaults.join(",")).unwrap();
    }
    text.trim_start().to_owned()
}

fn about(text: Option<&StyledStr>) -> String {
    text.map(ToString::to_string).unwrap_or_default()
}

#[test]
fn every_rule_names_its_tests() {
    let (page, unknown) = rule_index::page();
    assert!(
        unknown.is_empty(),
        "tests name rules that do not exist: {unknown:?}"
    );
    check("docs/rules.md", &page);
}
