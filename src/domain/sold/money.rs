//! Amounts of money: whole minor units of a currency, exact.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// Currencies whose smallest unit is the whole (ISO 4217).
const WHOLE: [&str; 15] = [
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XPF",
];
/// Currencies that have thousandths.
const THOUSANDTHS: [&str; 7] = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

/// A currency, by the three letters of ISO 4217.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency([u8; 3]);

/// Why a text is no amount or no currency.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not three capital letters.
    #[error("\"{0}\" is no currency: write the three capital letters of ISO 4217, such as EUR")]
    NotACurrency(String),
    /// Not digits with as many places as the currency has.
    #[error("\"{0}\" is no amount in {1}: write digits with up to {2} decimal places")]
    NotAnAmount(String, Currency, u32),
}

impl Currency {
    /// The one in which the vendor's limit is kept.
    pub const USD: Self = Self(*b"USD");

    /// How many decimal places its smallest unit has.
    pub fn places(self) -> u32 {
        let code = self.code();
        match () {
            () if WHOLE.contains(&code) => 0,
            () if THOUSANDTHS.contains(&code) => 3,
            () => 2,
        }
    }

    /// Its three letters.
    pub fn code(&self) -> &str {
        // Only capital letters get in.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    fn unit(self) -> i64 {
        10_i64.pow(self.places())
    }

    /// Reads an amount.
    ///
    /// # Errors
    /// [`MoneyError::NotAnAmount`] with how many places there are.
    pub fn amount(self, text: &str) -> Result<i64, MoneyError> {
        let wrong = || MoneyError::NotAnAmount(text.to_owned(), self, self.places());
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let places = usize::try_from(self.places()).unwrap_or_default();
        let shape = !whole.is_empty() && digits(whole) && digits(part) && part.len() <= places;
        if !shape || text.ends_with('.') {
            return Err(wrong());
        }
        let minor = format!("{whole}{part:0<places$}");
        minor.parse().map_err(|_| wrong())
    }

    /// Writes an amount, with all its places.
    pub fn tell(self, minor: i64) -> String {
        let (sign, minor) = (if minor < 0 { "-" } else { "" }, minor.unsigned_abs());
        let unit = self.unit().unsigned_abs();
        let places = usize::try_from(self.places()).unwrap_or_default();
        match places {
            0 => format!("{sign}{minor}"),
            _ => format!("{sign}{}.{:0places$}", minor / unit, minor % unit),
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl FromStr for Currency {
    type Err = MoneyError;
    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let wrong = || MoneyError::NotACurrency(text.to_owned());
        let letters: [u8; 3] = text.as_bytes().try_into().map_err(|_| wrong())?;
        let capital = letters.iter().all(u8::is_ascii_uppercase);
        capital.then_some(Self(letters)).ok_or_else(wrong)
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

impl schemars::JsonSchema for Currency {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Currency".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[A-Z]{3}$", "description": "A currency of ISO 4217" })
    }
}

/// The part of an amount that `part` of `whole` comes to; what does not divide stays behind.
pub fn share(amount: i64, part: i64, whole: i64) -> i64 {
    if whole <= 0 {
        return 0;
    }
    let product = i128::from(amount) * i128::from(part.clamp(0, whole));
    i64::try_from(product / i128::from(whole)).unwrap_or(i64::MAX)
}

/// What an amount comes to in cents of USD, when one whole unit of its currency is worth so many millionths of one; rounded up.
pub fn in_cents(minor: i64, currency: Currency, rate: i64) -> i64 {
    let unit = i128::from(currency.unit()) * 10_000;
    let product = i128::from(minor) * i128::from(rate);
    i64::try_from((product + unit - 1).div_euclid(unit)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn currency(code: &str) -> Currency {
        code.parse().unwrap()
    }

    #[test]
    fn amounts_have_the_places_of_their_currency() {
        for (code, text, minor) in [
            ("EUR", "1234.50", 123_450),
            ("EUR", "0.05", 5),
            ("JPY", "1200", 1_200),
            ("KWD", "1.234", 1_234),
        ] {
            assert_eq!(currency(code).amount(text), Ok(minor));
            assert_eq!(currency(code).tell(minor), text);
        }
        assert_eq!(currency("EUR").amount("7"), Ok(700));
        assert_eq!(currency("EUR").tell(-5), "-0.05");
        for (code, text) in [
            ("JPY", "1.5"),
            ("EUR", "1.234"),
            ("EUR", "-1"),
            ("EUR", ""),
            ("EUR", "1."),
            ("EUR", ".5"),
            ("EUR", "1,5"),
            ("EUR", "99999999999999999999"),
        ] {
            assert!(currency(code).amount(text).is_err(), "{text}");
        }
        assert!("eur".parse::<Currency>().is_err() && "EURO".parse::<Currency>().is_err());
    }

    #[test]
    fn cents_of_another_currency_are_rounded_up() {
        assert_eq!(in_cents(100, currency("EUR"), 1_085_000), 109);
        assert_eq!(in_cents(1_000, currency("JPY"), 6_400), 640);
        assert_eq!(in_cents(12_345, Currency::USD, 1_000_000), 12_345);
    }
}
