//! What a customer is called, and when it lives.

use super::customer::Topic;
use super::names::{Tongue, plain};
use super::random::Random;

/// Name, short code and mail domain.
pub(super) fn identity(number: u64, tongue: Tongue) -> (String, String, String) {
    let known =
        |name: &str, short: &str, domain: &str| (name.to_owned(), short.to_owned(), domain.to_owned());
    match number {
        1 => known("Tatranská energetika, a.s.", "TE", "tatranska-energetika.example"),
        2 => known("Officine Lombarde S.p.A.", "OL", "officine-lombarde.example"),
        _ => {
            let name = company(tongue, (number - 1) / 8 * 2 + (number - 1) % 2);
            let form = tongue.land().legal_forms[usize::from(number.is_multiple_of(2))];
            let domain = format!("{}.example", plain(&name, '-'));
            (format!("{name}{form}"), format!("C{number:04}"), domain)
        }
    }
}

/// The `serial`th company of a language, such as "Vetrerie Modena".
fn company(tongue: Tongue, serial: u64) -> String {
    let land = tongue.land();
    let (trades, places) = (land.trades.len() as u64, land.places.len() as u64);
    let place = (serial * 151 + 7) % (trades * places);
    let name = format!(
        "{} {}",
        land.trades[(place % trades) as usize],
        land.places[(place / trades) as usize]
    );
    match serial / (trades * places) {
        0 => name,
        again => format!("{name} {}", again + 1),
    }
}

/// By how many days all dates of a customer differ from the blueprint, in whole weeks: its current
/// contract stays active on the last day of the demo.
pub(super) fn shift(seed: u64, number: u64, unified: bool) -> i32 {
    let mut random = Random::keyed(seed, number, Topic::Shift as u64);
    if unified {
        -7 * random.day(0, 25)
    } else {
        7 * random.day(-7, 8)
    }
}
