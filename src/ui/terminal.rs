//! Standard output is the answer and nothing else; everything else goes to standard error (K-5).

use super::ColorWish;
use crate::error::{Result, codes};
use std::io::{IsTerminal, Write};

/// What is known of the terminal, and the means to speak to it.
#[derive(Debug, Clone)]
pub struct Ui {
    /// Colours may be used on standard output.
    pub fancy: bool,
    /// Width of the terminal that standard output is; none when it is none.
    pub width: Option<u16>,
    /// Someone can be asked.
    pub can_ask: bool,
    /// Notices are wanted.
    pub talkative: bool,
    /// Progress may be drawn.
    pub live: bool,
}

impl Ui {
    /// Looks at the terminal once.
    pub fn new(color: ColorWish, quiet: bool) -> Self {
        let out = std::io::stdout().is_terminal();
        let err = std::io::stderr().is_terminal();
        Self {
            fancy: color.decide(out, |name| std::env::var(name).ok()),
            width: out.then(width),
            can_ask: std::io::stdin().is_terminal() && err,
            talkative: !quiet,
            live: err && !quiet,
        }
    }

    /// Prints the answer.
    ///
    /// # Errors
    /// The system's own; a closed pipe is told apart by its kind, and is no failure (K-10).
    pub fn answer(&self, bytes: &[u8]) -> std::io::Result<()> {
        let mut out = std::io::stdout().lock();
        out.write_all(bytes)?;
        out.flush()
    }

    /// Standard output for an answer that is written while it is found.
    pub fn stream(&self) -> Box<dyn Write + Send> {
        Box::new(std::io::stdout())
    }

    /// Whether standard output is a terminal.
    pub fn at_terminal(&self) -> bool {
        std::io::stdout().is_terminal()
    }

    /// A notice, hint or count.
    pub fn note(&self, text: &str) {
        if self.talkative {
            // A closed standard error must not stop the work.
            let _ = writeln!(std::io::stderr().lock(), "{}", printable(text));
        }
    }

    /// What a person needs to go on, also where notices are not wanted.
    pub fn say(&self, text: &str) {
        let loud = Self {
            talkative: true,
            ..self.clone()
        };
        loud.note(text);
    }

    /// Asks for a yes (K-8).
    ///
    /// # Errors
    /// `E0103` where nobody can be asked, `E0104` when the answer is no.
    pub fn confirm(&self, question: &str, yes: bool) -> Result<()> {
        if yes {
            return Ok(());
        }
        if !self.can_ask {
            let error = codes::NEEDS_YES.error(format!("{question} There is no terminal to ask at"));
            return Err(error.hint("look at it with --dry-run, then add --yes"));
        }
        let asked = dialoguer::Confirm::new()
            .with_prompt(question)
            .default(false)
            .interact();
        match asked {
            Ok(true) => Ok(()),
            Ok(false) => Err(codes::NOT_CONFIRMED.error("not confirmed; nothing was changed")),
            Err(_) => Err(codes::INTERRUPTED.error("interrupted; nothing was changed")),
        }
    }

    /// Asks for a line of text.
    ///
    /// # Errors
    /// `E0015` when the question was broken off.
    pub fn ask(&self, question: &str, default: Option<&str>) -> Result<String> {
        let input = dialoguer::Input::<String>::new().with_prompt(question);
        let input = match default {
            Some(default) => input.default(default.to_owned()),
            None => input,
        };
        input.interact_text().map_err(|_| interrupted())
    }

    /// Asks for one of several words, the default first under the cursor.
    ///
    /// # Errors
    /// `E0015` when the question was broken off.
    pub fn choose<'w>(&self, question: &str, words: &[&'w str], default: usize) -> Result<&'w str> {
        let select = dialoguer::Select::new()
            .with_prompt(question)
            .items(words)
            .default(default)
            .interact();
        let place = select.map_err(|_| interrupted())?;
        words.get(place).copied().ok_or_else(interrupted)
    }
}

/// A line of a log, which is made for programs to read.
pub fn log(line: &str) {
    // A closed standard error must not stop the work.
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

fn interrupted() -> crate::error::Error {
    codes::INTERRUPTED.error("interrupted; nothing was changed")
}

/// The terminal's own width, else what `COLUMNS` says, else the usual 80.
fn width() -> u16 {
    let own = comfy_table::Table::new().width().filter(|width| *width > 0);
    let told = || {
        std::env::var("COLUMNS")
            .ok()?
            .parse()
            .ok()
            .filter(|width| *width > 0)
    };
    own.or_else(told).unwrap_or(80)
}

/// A message may quote a stored text; its control characters must not command the reader's terminal.
fn printable(text: &str) -> String {
    let visible = |c: char| {
        if c.is_control() && c != '\n' {
            '\u{FFFD}'
        } else {
            c
        }
    };
    text.chars().map(visible).collect()
}
