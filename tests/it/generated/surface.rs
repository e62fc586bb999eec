//! The whole command surface: every command and every option, as one text.

use super::agree;
use clap::{Arg, ArgAction, Command};
use std::fmt::Write;

/// Rules: K-12
#[test]
fn the_command_surface_is_as_committed() {
    let mut command = servhub::cli::command();
    command.build();
    let mut text =
        String::from("# Every command and option. A line that changes here changes what people type.\n");
    describe(&command, "servhub", &mut text);
    agree("docs/cli-surface.txt", &text);
}

/// Every command says what it does, and every option what it is for; one word is kept for one idea.
///
/// Rules: K-8
#[test]
fn every_command_and_option_is_explained() {
    let mut command = servhub::cli::command();
    command.build();
    explained(&command, "servhub");
}

fn explained(command: &Command, path: &str) {
    assert!(command.get_about().is_some(), "{path} does not say what it does");
    for arg in command.get_arguments() {
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        assert!(!help.is_empty(), "{path}: {} is not explained", arg.get_id());
        assert!(
            !help.ends_with('.'),
            "{path}: the help of {} ends with a full stop",
            arg.get_id()
        );
        assert!(
            !["force", "confirm", "assume-yes"].contains(&arg.get_id().as_str()),
            "{path}: it is called --yes"
        );
    }
    for verb in command.get_subcommands().filter(|verb| verb.get_name() != "help") {
        explained(verb, &format!("{path} {}", verb.get_name()));
    }
}

fn describe(command: &Command, path: &str, out: &mut String) {
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    writeln!(out, "\n{path}: {about}").unwrap();
    let aliases: Vec<&str> = command.get_visible_aliases().collect();
    if !aliases.is_empty() {
        writeln!(out, "  also {}", aliases.join(", ")).unwrap();
    }
    let everywhere = |arg: &Arg| arg.is_global_set() || ["help", "version"].contains(&arg.get_id().as_str());
    for arg in command
        .get_arguments()
        .filter(|arg| !everywhere(arg) || path == "servhub")
    {
        writeln!(out, "  {}", line(arg)).unwrap();
    }
    for verb in command
        .get_subcommands()
        .filter(|verb| verb.get_name() != "help" && !verb.is_hide_set())
    {
        describe(verb, &format!("{path} {}", verb.get_name()), out);
    }
}

fn line(arg: &Arg) -> String {
    let takes = matches!(arg.get_action(), ArgAction::Set | ArgAction::Append);
    let names: Vec<&str> = arg
        .get_value_names()
        .unwrap_or_default()
        .iter()
        .map(AsRef::as_ref)
        .collect();
    let mut text = match (arg.get_long(), arg.get_short()) {
        (Some(long), Some(short)) => format!("-{short}, --{long}"),
        (Some(long), None) => format!("--{long}"),
        (None, Some(short)) => format!("-{short}"),
        (None, None) => String::new(),
    };
    if takes {
        text += &format!(" <{}>", names.join("> <"));
    }
    if matches!(arg.get_action(), ArgAction::Append) || arg.get_num_args().is_some_and(|n| n.max_values() > 1)
    {
        text += "...";
    }
    if arg.is_required_set() {
        text += " (required)";
    }
    let default: Vec<_> = arg
        .get_default_values()
        .iter()
        .map(|value| value.to_string_lossy())
        .collect();
    if takes && !default.is_empty() {
        text += &format!(" = {}", default.join(","));
    }
    let words: Vec<_> = arg
        .get_possible_values()
        .iter()
        .map(|word| word.get_name().to_owned())
        .collect();
    if takes && !words.is_empty() {
        text += &format!(" [{}]", words.join(" "));
    }
    text.trim_start().to_owned()
}
