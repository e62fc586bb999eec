//! Names of people and companies in four languages.

use super::lands::{CZECH, ITALIAN, POLISH, SLOVAK};

/// The home language of a customer, a workspace or a person.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tongue {
    Slovak,
    Polish,
    Czech,
    Italian,
}

/// All four, in the order in which customers and workspaces go through them.
pub(super) const TONGUES: [Tongue; 4] = [Tongue::Slovak, Tongue::Polish, Tongue::Czech, Tongue::Italian];

/// What a language brings along.
pub(super) struct Land {
    pub(super) language: &'static str,
    pub(super) country: &'static str,
    pub(super) zone: &'static str,
    pub(super) calling_code: &'static str,
    pub(super) legal_forms: [&'static str; 2],
    /// The four countries in this language, in the order of [`TONGUES`].
    pub(super) countries: [&'static str; 4],
    pub(super) finance: &'static str,
    pub(super) research: &'static str,
    /// Given names, of men and of women in turn.
    pub(super) given: &'static [&'static str],
    /// Surnames with the form that women bear; an empty one is the same.
    pub(super) family: &'static [(&'static str, &'static str)],
    pub(super) trades: &'static [&'static str],
    pub(super) places: &'static [&'static str],
}

impl Tongue {
    /// The facts of this language.
    pub(super) const fn land(self) -> &'static Land {
        match self {
            Self::Slovak => &SLOVAK,
            Self::Polish => &POLISH,
            Self::Czech => &CZECH,
            Self::Italian => &ITALIAN,
        }
    }

    /// The language `steps` further in [`TONGUES`].
    pub(super) const fn further(self, steps: usize) -> Self {
        TONGUES[(self as usize + steps) % TONGUES.len()]
    }

    /// The `n`th person of this language; the first few hundred are all different.
    pub(super) fn person(self, n: usize) -> String {
        let land = self.land();
        let place = n * 185 % (land.given.len() * land.family.len());
        let (given, family) = (place % land.given.len(), place / land.given.len());
        let (man, woman) = land.family[family];
        let surname = if given % 2 == 1 && !woman.is_empty() {
            woman
        } else {
            man
        };
        format!("{} {surname}", land.given[given])
    }
}

/// The name in plain small letters, its words joined by `joint`; apostrophes vanish.
pub(super) fn plain(name: &str, joint: char) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.to_lowercase().chars().map(without_accent) {
        match c {
            'a'..='z' | '0'..='9' => out.push(c),
            '\'' | '.' | ',' => {}
            _ if out.ends_with(joint) => {}
            _ => out.push(joint),
        }
    }
    out
}

/// The mail address of a person: given name, point, surname.
pub(super) fn account(name: &str, domain: &str) -> String {
    let (given, family) = name.split_once(' ').unwrap_or((name, ""));
    format!(
        "{}.{}@{domain}",
        plain(given, '-'),
        plain(family, '-').replace('-', "")
    )
}

fn without_accent(c: char) -> char {
    match c {
        'á' | 'ä' | 'ą' | 'à' => 'a',
        'č' | 'ć' => 'c',
        'ď' => 'd',
        'é' | 'ě' | 'ę' | 'è' => 'e',
        'í' | 'ì' => 'i',
        'ĺ' | 'ľ' | 'ł' => 'l',
        'ň' | 'ń' => 'n',
        'ó' | 'ô' | 'ò' => 'o',
        'ŕ' | 'ř' => 'r',
        'š' | 'ś' => 's',
        'ť' => 't',
        'ú' | 'ů' | 'ù' => 'u',
        'ý' => 'y',
        'ž' | 'ź' | 'ż' => 'z',
        other => other,
    }
}
