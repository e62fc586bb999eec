//! Whether to use colour (K-4): `--color`, then `NO_COLOR`, then `CLICOLOR_FORCE`, then the terminal.

use crate::domain::words::words;

words! {
    /// What `--color` says.
    ColorWish, "colour choice" {
        /// At a terminal, unless the environment says otherwise.
        Auto = "auto",
        /// Always.
        Always = "always",
        /// Never.
        Never = "never",
    }
}

impl ColorWish {
    /// The decision. `env` looks a variable up; set but empty counts as not set.
    pub fn decide(self, is_terminal: bool, env: impl Fn(&str) -> Option<String>) -> bool {
        let set = |name: &str| env(name).is_some_and(|value| !value.is_empty());
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto if set("NO_COLOR") => false,
            Self::Auto if env("CLICOLOR_FORCE").is_some_and(|value| !value.is_empty() && value != "0") => {
                true
            }
            Self::Auto => is_terminal && env("TERM").as_deref() != Some("dumb"),
        }
    }
}
