//! Life cycles: one definition each, from which steps are taken, refused and drawn.

use std::fmt::{Display, Write as _};

/// A life cycle: which step leads from which state to which.
#[derive(Debug)]
pub struct Cycle<S: 'static, V: 'static> {
    /// What lives it, with its article: "a delegation".
    pub of: &'static str,
    /// The states in which it can begin.
    pub begins: &'static [S],
    /// Where each step leads; a step that leads nowhere from a state is not listed.
    pub moves: &'static [(S, V, S)],
}

/// A step that leads nowhere from a state.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{of} that is {state} cannot be moved on by {step}; from there it goes on by {}",
    one_of(ways)
)]
pub struct NoWay {
    /// What lives the cycle, with its article.
    pub of: &'static str,
    /// Its state.
    pub state: String,
    /// The step that was tried.
    pub step: String,
    /// The steps that lead on from there.
    pub ways: Vec<String>,
}

fn one_of(ways: &[String]) -> String {
    if ways.is_empty() {
        return "nothing".to_owned();
    }
    ways.join(", ")
}

impl<S: Copy + Eq + Display, V: Copy + Eq + Display> Cycle<S, V> {
    /// The state that a step leads to.
    ///
    /// # Errors
    /// [`NoWay`] when it leads nowhere from there, with the steps that do.
    pub fn next(&self, state: S, step: V) -> Result<S, NoWay> {
        let leads = self
            .moves
            .iter()
            .find(|(from, by, _)| (*from, *by) == (state, step));
        leads.map(|(.., to)| *to).ok_or_else(|| self.no_way(state, step))
    }

    fn no_way(&self, state: S, step: V) -> NoWay {
        let ways = self.moves.iter().filter(|(from, ..)| *from == state);
        NoWay {
            of: self.of,
            state: state.to_string(),
            step: step.to_string(),
            ways: ways.map(|(_, by, _)| by.to_string()).collect(),
        }
    }

    /// The cycle as a state diagram of Mermaid.
    pub fn drawing(&self) -> String {
        let mut text = "stateDiagram-v2\n".to_owned();
        let mut line = |line: String| {
            // Writing to a text cannot fail.
            let _ = writeln!(text, "    {line}");
        };
        for state in self.begins {
            line(format!("[*] --> {state}"));
        }
        for (from, by, to) in self.moves {
            line(format!("{from} --> {to}: {by}"));
        }
        let mut ends: Vec<S> = Vec::new();
        for (.., to) in self.moves {
            let goes_on = self.moves.iter().any(|(from, ..)| from == to);
            if !goes_on && !ends.contains(to) {
                ends.push(*to);
            }
        }
        for state in ends {
            line(format!("{state} --> [*]"));
        }
        text
    }
}
