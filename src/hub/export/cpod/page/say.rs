//! How the page writes numbers, days and the words of the domain.

use crate::domain::entitlement::{Service, Unit};
use crate::domain::other_case::OtherReason;
use crate::domain::{Day, Quantity};

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// Digits in groups of three, with a narrow space that does not break.
pub(super) fn amount(quantity: Quantity) -> String {
    let plain = quantity.to_string();
    let (sign, digits) = plain
        .strip_prefix('-')
        .map_or(("", plain.as_str()), |rest| ("\u{2212}", rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let mut grouped = String::from(sign);
    for (nth, digit) in whole.chars().enumerate() {
        if nth > 0 && (whole.len() - nth) % 3 == 0 {
            grouped.push('\u{202F}');
        }
        grouped.push(digit);
    }
    if !part.is_empty() {
        grouped.push('.');
        grouped.push_str(part);
    }
    grouped
}

/// The same for a count.
pub(super) fn count(number: u64) -> String {
    amount(Quantity::whole(i64::try_from(number).unwrap_or(i64::MAX / 100)))
}

/// Such as "21 Nov 2026".
pub(super) fn day(day: Day) -> String {
    let (year, month, date) = day.parts();
    format!("{date} {} {year}", month_name(i32::from(month) - 1))
}

/// Such as "Nov 2026", of a month counted from year 0.
pub(super) fn month(month: i32) -> String {
    format!("{} {}", month_name(month.rem_euclid(12)), month.div_euclid(12))
}

pub(super) fn month_name(place: i32) -> &'static str {
    usize::try_from(place)
        .ok()
        .and_then(|place| MONTHS.get(place))
        .copied()
        .unwrap_or("")
}

/// Such as "12.5 hours".
pub(super) fn with_unit(quantity: Quantity, unit: Unit) -> String {
    format!("{} {}", amount(quantity), unit_name(unit, quantity))
}

/// One hour, two hours.
pub(super) fn unit_name(unit: Unit, quantity: Quantity) -> &'static str {
    match (unit, quantity == Quantity::whole(1)) {
        (Unit::Hours, false) => "hours",
        (Unit::Hours, true) => "hour",
        (Unit::Credits, false) => "credits",
        (Unit::Credits, true) => "credit",
        (Unit::Seats, false) => "seats",
        (Unit::Seats, true) => "seat",
        (Unit::Count, _) => "",
    }
}

/// "1 day", "2 days".
pub(super) fn days(number: i32) -> String {
    if number == 1 {
        "1 day".to_owned()
    } else {
        format!("{number} days")
    }
}

/// What customers call a service.
pub(super) const fn service(service: Service) -> &'static str {
    match service {
        Service::Reactive => "Problem resolution",
        Service::Advisory => "Advisory",
        Service::Proactive => "Proactive services",
        Service::ProactiveCredits => "Proactive credits",
        Service::Dse => "Designated engineering",
        Service::Education => "On-demand education",
        Service::Assessment => "On-demand assessments",
        Service::Contacts => "Support contacts",
        Service::Other => "Other services",
    }
}

/// Each service has one colour wherever it is drawn.
pub(super) const fn color(service: Service) -> &'static str {
    match service {
        Service::Reactive => "#1f4e79",
        Service::Advisory => "#5b9bd5",
        Service::Proactive => "#2a9d8f",
        Service::ProactiveCredits => "#7c6bb0",
        Service::Dse => "#e0a030",
        Service::Education => "#3f8f5b",
        Service::Assessment => "#b5657f",
        Service::Contacts => "#8a6d52",
        Service::Other => "#8d99ae",
    }
}

/// Why a case is listed apart, in a sentence.
pub(super) const fn reason(reason: OtherReason) -> &'static str {
    match reason {
        OtherReason::MissingLink => "Its contract, package or service is not known",
        OtherReason::ExpiredContract => "Its contract had expired",
        OtherReason::ContractNotInWorkspace => "Its contract is not linked to this workspace",
        OtherReason::Class(class) => match class {
            crate::domain::request::CaseClass::Su => "Support assistance",
            crate::domain::request::CaseClass::Dsa => "Development support assistance",
            crate::domain::request::CaseClass::X85 => "Support technology advisor",
            crate::domain::request::CaseClass::Rec => "Reactive enabled contacts",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stand_in_groups() {
        let shown = [0, 100, 123_456, 123_456_750, -123_450].map(|n| amount(Quantity::from_hundredths(n)));
        assert_eq!(
            shown,
            [
                "0",
                "1",
                "1\u{202F}234.56",
                "1\u{202F}234\u{202F}567.5",
                "\u{2212}1\u{202F}234.5"
            ]
        );
    }
}
