//! Days since 1970-01-01, after Howard Hinnant's civil calendar algorithms, so that tables may hold them.

/// The day number of a calendar date.
pub(super) const fn day(year: i32, month: i32, day: i32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of a day number.
pub(super) const fn civil(day: i32) -> (i32, i32, i32) {
    let z = day + 719_468;
    let of_era = z.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year + z.div_euclid(146_097) * 400 + if month <= 2 { 1 } else { 0 };
    (year, month, of_year - (153 * shifted + 2) / 5 + 1)
}

/// `YYYY-MM-DD`.
pub(super) fn iso(day: i32) -> String {
    let (y, m, d) = civil(day);
    format!("{y:04}-{m:02}-{d:02}")
}

/// `YYYY-MM-DD`, or nothing.
pub(super) fn iso_or_empty(day: Option<i32>) -> String {
    day.map(iso).unwrap_or_default()
}

/// The instant `seconds` after midnight, as RFC 3339 in UTC.
pub(super) fn instant(day: i32, seconds: u32) -> String {
    let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60);
    format!("{}T{hours:02}:{minutes:02}:{:02}Z", iso(day), seconds % 60)
}
