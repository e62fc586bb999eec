//! How much of a person's rights a token carries.

use crate::domain::words::{UnknownWord, words};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

words! {
    /// A part of what a person may. A token never gives more than the person has.
    Scope, "scope" {
        /// Ask every question.
        Read = "read",
        /// File requests, and go on with them: notes, files, severity, contact, closing.
        File = "file",
        /// Make every change but those of people, roles and tokens.
        Write = "write",
        /// All that the person may.
        Admin = "admin",
    }
}

impl Scope {
    /// Whether it includes another one.
    pub const fn includes(self, other: Self) -> bool {
        match self {
            Self::Admin => true,
            Self::Write => matches!(other, Self::Write | Self::File),
            Self::File | Self::Read => self as u8 == other as u8,
        }
    }
}

/// Several scopes; the union counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Scopes(BTreeSet<Scope>);

impl Scopes {
    /// These.
    pub fn of(scopes: impl IntoIterator<Item = Scope>) -> Self {
        Self(scopes.into_iter().collect())
    }

    /// All that the person may.
    pub fn all() -> Self {
        Self::of([Scope::Admin])
    }

    /// Whether one of them includes what is needed.
    pub fn include(&self, needed: Scope) -> bool {
        self.0.iter().any(|scope| scope.includes(needed))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Their words, in order.
    pub fn words(&self) -> Vec<String> {
        self.0.iter().map(|scope| scope.word().to_owned()).collect()
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.words().join(","))
    }
}

impl FromStr for Scopes {
    type Err = UnknownWord;
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
        words.map(str::parse).collect::<Result<_, _>>().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_includes_what_it_says_and_nothing_else() {
        let included = |scope: Scope| {
            let all = Scope::ALL.iter().filter(|other| scope.includes(**other));
            all.map(|other| other.word()).collect::<Vec<_>>()
        };
        assert_eq!(included(Scope::Read), ["read"]);
        assert_eq!(included(Scope::File), ["file"]);
        assert_eq!(included(Scope::Write), ["file", "write"]);
        assert_eq!(included(Scope::Admin), ["read", "file", "write", "admin"]);
        assert!(!Scopes::of([]).include(Scope::Read));
    }

    #[test]
    fn scopes_are_written_and_read_alike() {
        let scopes = Scopes::of([Scope::Write, Scope::Read]);
        assert_eq!(scopes.to_string(), "read,write");
        assert_eq!("write, read".parse(), Ok(scopes));
        assert!("read,all".parse::<Scopes>().is_err());
    }
}
