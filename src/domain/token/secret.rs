//! The text of a token: told once, kept as a hash, shown nowhere.

use super::TokenKind;
use sha2::{Digest, Sha256};
use std::fmt;
use subtle::ConstantTimeEq;

/// Letters and digits that nobody mistakes for each other, five bits each.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Letters of the public id: 50 bits.
const ID: usize = 10;
/// Letters of what is secret: 260 bits.
const REST: usize = 52;

/// How many random bytes a token is made from.
pub const RANDOM: usize = ID + REST;

/// What the store keeps of a token's text.
#[derive(Clone)]
pub struct Hash([u8; 32]);

impl Hash {
    /// A kept one; bytes of a wrong length can match nothing.
    pub fn kept(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// Its bytes, to be kept.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Whether it is of the same text, in a time that does not depend on where they differ.
    pub fn is(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// The text of a token: its kind, its public id, and what is secret, such as `shp_4k2m9qxd7v_…`. It prints as `…`, so
/// that no message, log or debug print can give it away (K-11).
#[derive(Clone)]
pub struct Secret {
    kind: TokenKind,
    text: String,
}

impl Secret {
    /// A secret from randomness of the operating system.
    pub fn from_random(kind: TokenKind, random: &[u8; RANDOM]) -> Self {
        // 256 is a multiple of 32, so every letter is as likely as the others.
        let letters: String = random
            .iter()
            .map(|byte| char::from(ALPHABET[usize::from(byte % 32)]))
            .collect();
        let (id, rest) = letters.split_at(ID);
        let text = format!("{}{id}_{rest}", kind.prefix());
        Self { kind, text }
    }

    /// A token as someone sent it; none when it is not of the form, and so nobody's.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let kind = *TokenKind::ALL
            .iter()
            .find(|kind| text.starts_with(kind.prefix()))?;
        let (id, rest) = text.get(kind.prefix().len()..)?.split_once('_')?;
        let is_of = |part: &str, length: usize| {
            part.len() == length && part.bytes().all(|letter| ALPHABET.contains(&letter))
        };
        (is_of(id, ID) && is_of(rest, REST)).then(|| Self {
            kind,
            text: text.to_owned(),
        })
    }

    /// What it was made for.
    pub fn kind(&self) -> TokenKind {
        self.kind
    }

    /// Its public id.
    pub fn id(&self) -> &str {
        let start = self.kind.prefix().len();
        &self.text[start..start + ID]
    }

    /// What the store keeps of it.
    pub fn hash(&self) -> Hash {
        Hash(Sha256::digest(self.text.as_bytes()).into())
    }

    /// The whole text, for its holder and for nobody else.
    pub fn tell(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_read_as_it_was_told() {
        for kind in TokenKind::ALL {
            let secret = Secret::from_random(*kind, &[7; RANDOM]);
            let read = Secret::read(secret.tell()).unwrap();
            assert_eq!(read.kind(), *kind);
            assert_eq!(read.id(), "7777777777");
            assert!(read.hash().is(&secret.hash()));
        }
        let (one, other) = ([1; RANDOM], [2; RANDOM]);
        let personal = TokenKind::Personal;
        let hash = |random| Secret::from_random(personal, random).hash();
        assert!(!hash(&one).is(&hash(&other)));
    }

    #[test]
    fn what_is_not_of_the_form_is_nobodys() {
        let told = Secret::from_random(TokenKind::Session, &[9; RANDOM])
            .tell()
            .to_owned();
        assert_eq!(told.len(), 4 + ID + 1 + REST);
        let wrong = [
            "",
            "shs_",
            "shx_0123456789_",
            &told[..told.len() - 1],
            &format!("{told}0"),
            &told.to_uppercase(),
            &told.replace('9', "é"),
            &told.replacen('9', "'", 1),
        ];
        for text in wrong {
            assert!(Secret::read(text).is_none(), "{text}");
        }
        assert!(Secret::read(&format!(" {told}\n")).is_some());
    }

    #[test]
    fn a_secret_prints_as_dots() {
        let secret = Secret::from_random(TokenKind::Personal, &[3; RANDOM]);
        let told = format!("{secret} {secret:?} {:?} {:#?}", secret.hash(), Some(&secret));
        assert!(!told.contains("33"), "{told}");
    }
}
