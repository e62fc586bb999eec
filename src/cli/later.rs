//! A noun whose verbs and options are made when it is called. All of them together are two thousand options, which take
//! longer to make than most commands take to answer.

use super::{App, Outcome, complete};
use clap::{ArgMatches, Command, Error, FromArgMatches, Subcommand};

/// The verbs of a noun.
#[derive(Debug)]
pub(super) struct Later<V>(V);

impl<V: super::Command> super::Command for Later<V> {
    fn run(self, app: &App) -> anyhow::Result<Outcome> {
        self.0.run(app)
    }
}

impl<V: FromArgMatches> FromArgMatches for Later<V> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        V::from_arg_matches(matches).map(Self)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        self.0.update_from_arg_matches(matches)
    }
}

impl<V: Subcommand> Subcommand for Later<V> {
    fn augment_subcommands(command: Command) -> Command {
        command.defer(|noun| made(noun, V::augment_subcommands))
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        command.defer(|noun| made(noun, V::augment_subcommands_for_update))
    }

    fn has_subcommand(name: &str) -> bool {
        V::has_subcommand(name)
    }
}

/// The noun with its verbs. What is said of it is kept: that of the verbs' own type is nobody's help. Names are
/// completed here too, as there was nothing to complete before.
fn made(noun: Command, augment: impl FnOnce(Command) -> Command) -> Command {
    let about = noun.get_about().cloned();
    let noun = complete::wire(augment(noun));
    match about {
        Some(about) => noun.about(about),
        None => noun,
    }
}
