//! Numbers of requests: given once, in order per day, and readable over a telephone.

use super::Day;
use std::fmt;

/// Sixteen digits: year, month and day, nine digits that count up, and one that shows a slip of the tongue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number(String);

impl Number {
    /// The number of a day's nth request, from 1.
    pub fn new(day: Day, nth: i64) -> Self {
        let (year, month, day) = day.parts();
        let plain = format!("{:02}{month:02}{day:02}{nth:09}", year.rem_euclid(100));
        let check = check_digit(&plain);
        Self(format!("{plain}{check}"))
    }

    /// A number as someone typed or said it, with spaces, dots or dashes (also those that word processors make of
    /// them) between its digits.
    pub fn typed(text: &str) -> String {
        let gap =
            |letter: char| letter.is_whitespace() || matches!(letter, '-' | '.' | '\u{2010}'..='\u{2015}');
        text.chars().filter(|letter| !gap(*letter)).collect()
    }

    /// Whether a text has the form of a number that was given here, and cannot be one: some digit is wrong.
    pub fn has_slip(text: &str) -> bool {
        text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_digit()) && !Self::is_sound(text)
    }

    /// Whether the last digit fits the others; of numbers that came from elsewhere nothing is known.
    pub fn is_sound(text: &str) -> bool {
        match text.split_at_checked(15) {
            Some((plain, check)) if text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_digit()) => {
                check == check_digit(plain).to_string()
            }
            _ => false,
        }
    }

    /// The plain digits.
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// In groups of four, to be read out.
    pub fn spoken(&self) -> String {
        let digits: Vec<char> = self.0.chars().collect();
        let groups: Vec<String> = digits.chunks(4).map(|group| group.iter().collect()).collect();
        groups.join(" ")
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The digit by Luhn: it finds every wrong digit, and nearly every two that changed places.
fn check_digit(plain: &str) -> u32 {
    let digits = plain
        .bytes()
        .rev()
        .map(|byte| u32::from(byte.saturating_sub(b'0')));
    let sum: u32 = digits
        .enumerate()
        .map(|(place, digit)| match (place % 2, digit) {
            (0, digit) if digit > 4 => 2 * digit - 9,
            (0, digit) => 2 * digit,
            (_, digit) => digit,
        })
        .sum();
    (10 - sum % 10) % 10
}
