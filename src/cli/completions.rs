//! `servhub completions`

use super::complete::VARIABLE;
use super::{App, Command, Outcome};
use crate::domain::words::words;
use clap_complete::env::{Bash, EnvCompleter, Fish, Powershell, Zsh};

words! {
    /// A shell that can complete.
    Shell, "shell" {
        /// GNU bash.
        Bash = "bash",
        /// The Z shell.
        Zsh = "zsh",
        /// The friendly interactive shell.
        Fish = "fish",
        /// PowerShell.
        PowerShell = "powershell",
    }
}

impl Shell {
    /// Name of its script in `completions/`.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Bash => "servhub.bash",
            Self::Zsh => "_servhub",
            Self::Fish => "servhub.fish",
            Self::PowerShell => "servhub.ps1",
        }
    }

    /// The script: it asks the program itself, so it stays right when the store changes.
    ///
    /// # Errors
    /// None in practice: it writes to memory.
    pub fn script(self) -> std::io::Result<Vec<u8>> {
        let writer: &dyn EnvCompleter = match self {
            Self::Bash => &Bash,
            Self::Zsh => &Zsh,
            Self::Fish => &Fish,
            Self::PowerShell => &Powershell,
        };
        let mut out = Vec::new();
        writer.write_registration(VARIABLE, "servhub", "servhub", "servhub", &mut out)?;
        let text = String::from_utf8_lossy(&out);
        let lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
        Ok((lines.join("\n") + "\n").into_bytes())
    }
}

/// Print the completion script of a shell
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Command for Args {
    fn run(self, _: &App) -> anyhow::Result<Outcome> {
        Ok(Outcome::raw(self.shell.script()?))
    }
}
