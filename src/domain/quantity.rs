//! Exact decimals with up to two places (T-3).

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};
use std::str::FromStr;

/// Hours, credits, seats or a count, in hundredths. No binary floating point anywhere (T-3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Quantity(i64);

/// The largest magnitude a single quantity may have: ten thousand million. Sums of hundreds of millions
/// of such entries still fit the 64 bits they are kept in.
const MOST: i64 = 1_000_000_000_000;

/// Why a text is no quantity.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QuantityError {
    /// Not a decimal number at all.
    #[error("\"{0}\" is no quantity: write digits with up to two decimal places, such as 12.5")]
    NotANumber(String),
    /// More than two decimal places.
    #[error("\"{0}\" has more than two decimal places")]
    TooFine(String),
    /// Too large to keep exactly.
    #[error("\"{0}\" is larger than 10000000000")]
    TooLarge(String),
}

impl Quantity {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// From hundredths: `from_hundredths(150)` is 1.5.
    pub const fn from_hundredths(hundredths: i64) -> Self {
        Self(hundredths)
    }

    /// Whole units.
    pub const fn whole(units: i64) -> Self {
        Self(units * 100)
    }

    /// The number of hundredths.
    pub const fn hundredths(self) -> i64 {
        self.0
    }

    /// True below zero.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// How many percent of `whole` this is, with two places, rounded half away from zero; none of a
    /// whole that is not positive (E-5: over 100 % stays over 100 %).
    pub fn percent_of(self, whole: Self) -> Option<Quantity> {
        if whole.0 <= 0 {
            return None;
        }
        let scaled = i128::from(self.0) * 20_000;
        let whole = i128::from(whole.0);
        let rounded = (scaled + if scaled < 0 { -whole } else { whole }) / (2 * whole);
        i64::try_from(rounded).ok().map(Self)
    }

    /// Writes the shortest exact decimal, the form every output uses.
    pub fn write(self, out: &mut impl fmt::Write) -> fmt::Result {
        let (sign, magnitude) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        let (whole, part) = (magnitude / 100, magnitude % 100);
        match part {
            0 => write!(out, "{sign}{whole}"),
            p if p % 10 == 0 => write!(out, "{sign}{whole}.{}", p / 10),
            p => write!(out, "{sign}{whole}.{p:02}"),
        }
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.write(&mut text)?;
        f.pad(&text)
    }
}

impl FromStr for Quantity {
    type Err = QuantityError;

    fn from_str(text: &str) -> Result<Self, QuantityError> {
        let wrong = || QuantityError::NotANumber(text.to_owned());
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
        let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(whole) || !all_digits(part) {
            return Err(wrong());
        }
        if part.len() > 2 && part[2..].bytes().any(|b| b != b'0') {
            return Err(QuantityError::TooFine(text.to_owned()));
        }
        let fraction = part
            .bytes()
            .chain(*b"00")
            .take(2)
            .fold(0_i64, |n, b| n * 10 + i64::from(b - b'0'));
        let whole: i64 = whole
            .parse()
            .map_err(|_| QuantityError::TooLarge(text.to_owned()))?;
        if whole > MOST / 100 {
            return Err(QuantityError::TooLarge(text.to_owned()));
        }
        let hundredths = whole * 100 + fraction;
        Ok(Self(if digits.len() == text.len() {
            hundredths
        } else {
            -hundredths
        }))
    }
}

impl Add for Quantity {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Quantity {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Quantity {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Quantity {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Quantity {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::ZERO, Add::add)
    }
}

/// In JSON a quantity is a number with its exact decimal text.
impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let raw = serde_json::value::RawValue::from_string(self.to_string());
        raw.map_err(serde::ser::Error::custom)?.serialize(to)
    }
}

impl schemars::JsonSchema for Quantity {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Quantity".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "number", "multipleOf": 0.01, "description": "An amount, exact to hundredths" })
    }
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let raw = Box::<serde_json::value::RawValue>::deserialize(from)?;
        raw.get()
            .trim_matches('"')
            .parse()
            .map_err(serde::de::Error::custom)
    }
}
