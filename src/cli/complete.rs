//! Completion by the shell (K-12): options and words from the command surface, names from the store.
//!
//! A completion never fails aloud, never makes a store, and never waits: when names cannot be had, there are none.

use super::args::Global;
use super::settings::{Place, Settings};
use crate::store::{Db, Named};
use crate::ui::ColorWish;
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};

/// The variable by which the shells' scripts ask for completions.
pub const VARIABLE: &str = "SERVHUB_COMPLETE";

/// Gives every argument that names something of the store its completion: one rule for all commands, so that none
/// is forgotten. An argument is known by its name or by the name of its value.
pub fn wire(command: clap::Command) -> clap::Command {
    let command = command.mut_args(|arg| match meant(&arg) {
        Some(what) => arg.add(names(what)),
        None => arg,
    });
    command.mut_subcommands(wire)
}

fn meant(arg: &clap::Arg) -> Option<Named> {
    let id = arg.get_id().as_str();
    let values = arg.get_value_names().unwrap_or_default();
    let all = [
        Named::Customer,
        Named::Contract,
        Named::Package,
        Named::Entitlement,
        Named::Workspace,
        Named::Group,
        Named::Partner,
        Named::Subscription,
        Named::Delegation,
        Named::Reservation,
        Named::Transfer,
    ];
    all.into_iter().find(|what| {
        let value = |name: &clap::builder::Str| name.eq_ignore_ascii_case(what.word());
        arg.get_action().takes_values() && (id == what.word() || values.iter().any(value))
    })
}

/// Completes codes or numbers from the store, with their names as help.
fn names(what: Named) -> ArgValueCandidates {
    ArgValueCandidates::new(move || from_store(what).unwrap_or_default())
}

/// Completes names of profiles.
pub fn profiles() -> ArgValueCandidates {
    let all = || {
        let settings = Settings::load(&typed()).ok()?;
        Some(
            settings
                .file
                .profiles
                .keys()
                .map(CompletionCandidate::new)
                .collect::<Vec<_>>(),
        )
    };
    ArgValueCandidates::new(move || all().unwrap_or_default())
}

fn from_store(what: Named) -> Option<Vec<CompletionCandidate>> {
    let Place::File(path) = Settings::load(&typed()).ok()?.place().ok()? else {
        return None;
    };
    let all = Db::glance(&path)
        .ok()?
        .read(|store| store.codes_and_names(what))
        .ok()?;
    let candidate = |(_, code, name): (i64, String, String)| {
        let help = (code != name).then(|| name.into());
        CompletionCandidate::new(code).help(help)
    };
    Some(all.into_iter().map(candidate).collect())
}

/// The options typed so far that decide where names come from.
fn typed() -> Global {
    let words: Vec<String> = std::env::args().collect();
    let option = |name: &str| {
        let with_value = format!("{name}=");
        words.iter().enumerate().find_map(|(place, word)| {
            if word == name {
                return words.get(place + 1).cloned();
            }
            word.strip_prefix(&with_value).map(str::to_owned)
        })
    };
    Global {
        store: option("--store"),
        profile: option("--profile"),
        acting: None,
        color: ColorWish::Never,
        quiet: true,
    }
}
