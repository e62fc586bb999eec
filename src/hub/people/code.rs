//! The single-use code of an invitation.

use crate::error::{Result, codes};
use sha2::{Digest, Sha256};
use std::fmt;

/// Letters and digits that nobody mistakes for each other, on paper or over a telephone.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters of a code: five bits each, 100 bits together.
const LENGTH: usize = 20;

/// A code as it is told once. The store keeps its hash only, so neither it nor a log can give it away (K-11).
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
pub struct Code(String);

impl Code {
    /// A code that nobody can guess.
    ///
    /// # Errors
    /// `E0008` when the machine has no randomness to give.
    pub fn make() -> Result<Self> {
        let mut bytes = [0; LENGTH];
        getrandom::fill(&mut bytes)
            .map_err(|error| codes::IO_FAILED.error("no code could be made").because(error))?;
        // 256 is a multiple of 32, so every letter is as likely as the others.
        let letters = bytes
            .iter()
            .map(|byte| char::from(ALPHABET[usize::from(byte % 32)]));
        Ok(Self(letters.collect()))
    }

    /// A code as someone typed it: in groups or not, in upper or lower case, with O for 0 and I or L for 1.
    pub fn typed(text: &str) -> Self {
        let letters = text.chars().filter(|letter| letter.is_ascii_alphanumeric());
        let plain = letters.map(|letter| match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        });
        Self(plain.collect())
    }

    /// What the store keeps of it.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }

    /// The code in groups of five, to be told to the person invited and to nobody else.
    pub fn tell(&self) -> String {
        let letters: Vec<char> = self.0.chars().collect();
        let groups: Vec<String> = letters.chunks(5).map(|group| group.iter().collect()).collect();
        groups.join("-")
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(...)")
    }
}
