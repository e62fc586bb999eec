//! Properties of days, quantities and the rules that are plain functions.

use proptest::prelude::*;
use servhub::domain::contract::{PackageStatus, Status, Term, package_status};
use servhub::domain::entitlement::{Allowance, Flag, Unit, Usage};
use servhub::domain::ledger::{Purse, check_day, split_draw};
use servhub::domain::other_case::{CaseFacts, OtherReason, other_reason};
use servhub::domain::request::CaseClass;
use servhub::domain::{Day, Instant, Quantity, Zone};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn term(start: &str, end: &str) -> Term {
    Term {
        start: day(start),
        end: day(end),
    }
}

proptest! {
    /// Rules: T-3
    #[test]
    fn a_quantity_comes_back_as_it_was_written(hundredths in -1_000_000_000_000_i64..=1_000_000_000_000) {
        let quantity = Quantity::from_hundredths(hundredths);
        prop_assert_eq!(quantity.to_string().parse::<Quantity>().unwrap(), quantity);
        let json = serde_json::to_string(&quantity).unwrap();
        prop_assert_eq!(serde_json::from_str::<Quantity>(&json).unwrap(), quantity);
    }

    /// Rules: T-3
    #[test]
    fn what_is_no_decimal_with_two_places_is_refused(text in "\\PC*") {
        let decimal = |t: &str| {
            let digits = t.strip_prefix('-').unwrap_or(t);
            let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
            let all = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
            all(whole) && all(part) && part.bytes().skip(2).all(|b| b == b'0')
        };
        if text.parse::<Quantity>().is_ok() {
            prop_assert!(decimal(&text), "{} was taken for a quantity", text);
        }
    }

    /// Rules: T-1
    #[test]
    fn a_day_and_an_instant_come_back_as_they_were_written(days in -700_000_i32..2_900_000, seconds in -60_000_000_000_i64..250_000_000_000) {
        let day = Day::from_number(days);
        if (0..=9999).contains(&day.parts().0) {
            prop_assert_eq!(day.to_string().parse::<Day>().unwrap(), day);
        }
        let instant = Instant::from_seconds(seconds);
        prop_assert_eq!(instant.to_string().parse::<Instant>().unwrap(), instant);
    }

    /// Rules: C-1 T-1
    #[test]
    fn status_follows_the_day(start in 0_i32..1000, length in 0_i32..1000, asked in -10_i32..2100) {
        let term = Term { start: Day::from_number(start), end: Day::from_number(start + length) };
        let status = term.status(Day::from_number(asked));
        prop_assert_eq!(status == Status::Future, asked < start);
        prop_assert_eq!(status == Status::Expired, asked > start + length);
    }

    /// Rules: E-5
    #[test]
    fn usage_is_never_clipped(allowance in 1_i64..1_000_000, consumed in -1_000_000_i64..10_000_000) {
        let (all, used) = (Quantity::from_hundredths(allowance), Quantity::from_hundredths(consumed));
        let usage = Usage::of(Allowance::Limited(all, Unit::Hours), used);
        prop_assert_eq!(usage.remaining.unwrap() + usage.consumed, all);
        let percent = usage.percent_used.unwrap().hundredths();
        // Within half a hundredth of the exact ratio.
        prop_assert!((i128::from(percent) * i128::from(allowance) - i128::from(consumed) * 10_000).abs() * 2 <= i128::from(allowance));
    }

    /// Rules: L-5 E-5
    #[test]
    fn a_draw_is_split_without_loss_and_empties_what_expires_first(
        purses in prop::collection::vec((0_i32..50, prop::option::of(-500_i64..5_000)), 1..6),
        quantity in 1_i64..20_000,
    ) {
        let purses: Vec<Purse> = purses.iter().enumerate().map(|(id, (expires, remaining))| Purse {
            entitlement_id: id as i64,
            expires: Day::from_number(*expires),
            remaining: remaining.map(Quantity::from_hundredths),
        }).collect();
        let parts = split_draw(&purses, Quantity::from_hundredths(quantity));
        prop_assert_eq!(parts.iter().map(|(_, part)| *part).sum::<Quantity>(), Quantity::from_hundredths(quantity));
        prop_assert!(parts.iter().all(|(_, part)| *part > Quantity::ZERO));
        let of = |id: i64| purses.iter().find(|purse| purse.entitlement_id == id).unwrap();
        let order: Vec<_> = parts.iter().map(|(id, _)| (of(*id).expires, *id)).collect();
        prop_assert!(order.is_sorted());
        // Everything that expires before the last one touched is used up.
        let last = *order.last().unwrap();
        for purse in purses.iter().filter(|purse| (purse.expires, purse.entitlement_id) < last) {
            let taken = parts.iter().filter(|(id, _)| *id == purse.entitlement_id).map(|(_, part)| *part).sum::<Quantity>();
            prop_assert_eq!(Some(taken), purse.remaining.map(|left| left.max(Quantity::ZERO)));
        }
    }
}

/// Rules: T-3
#[test]
fn quantities_that_are_refused_say_why() {
    let why = |text: &str| text.parse::<Quantity>().unwrap_err().to_string();
    assert_eq!(why("1.005"), "\"1.005\" has more than two decimal places");
    assert!(why("1,5").contains("is no quantity"));
    assert!(why("99999999999").contains("larger than"));
    assert_eq!("1.500".parse::<Quantity>().unwrap().to_string(), "1.5");
    assert_eq!("-0.05".parse::<Quantity>().unwrap().hundredths(), -5);
}

/// Rules: T-1
#[test]
fn a_day_begins_and_ends_in_the_contracts_zone() {
    let bratislava: Zone = "Europe/Bratislava".parse().unwrap();
    let late: Instant = "2026-06-30T22:30:00Z".parse().unwrap();
    assert_eq!(late.day_in(&bratislava).to_string(), "2026-07-01");
    assert_eq!(late.day_in(&Zone::utc()).to_string(), "2026-06-30");
    // Winter time: one hour less.
    let winter: Instant = "2026-12-31T22:30:00Z".parse().unwrap();
    assert_eq!(winter.day_in(&bratislava).to_string(), "2026-12-31");
    assert!(
        "Europe/Nowhere"
            .parse::<Zone>()
            .unwrap_err()
            .to_string()
            .contains("IANA")
    );
}

/// Rules: T-1
#[test]
fn days_that_are_not_in_the_calendar_are_refused() {
    for text in [
        "2026-02-29",
        "2026-13-01",
        "2026-1-1",
        "26-01-01",
        "2026/01/01",
        "",
        "2026-01-01T00:00:00Z",
    ] {
        assert!(text.parse::<Day>().is_err(), "{text}");
    }
    assert_eq!(day("2028-02-29").plus(1), day("2028-03-01"));
}

/// Rules: C-4
#[test]
fn a_package_is_active_to_its_last_day_unless_it_was_stopped() {
    let term = term("2026-01-01", "2026-12-31");
    let status = |stopped: Option<&str>, on: &str| package_status(&term, stopped.map(day), day(on));
    assert_eq!(status(None, "2026-12-31"), PackageStatus::Active);
    assert_eq!(status(None, "2027-01-01"), PackageStatus::Inactive);
    assert_eq!(status(Some("2026-06-01"), "2026-05-31"), PackageStatus::Active);
    assert_eq!(status(Some("2026-06-01"), "2026-06-01"), PackageStatus::Inactive);
}

/// Rules: E-7
#[test]
fn thresholds_are_reached_exactly_at_80_and_100_percent_and_90_days() {
    let flags = |used: &str, end: &str| {
        let usage = Usage::of(
            Allowance::Limited(Quantity::whole(100), Unit::Hours),
            used.parse().unwrap(),
        );
        usage.flags(day(end), day("2026-01-01"))
    };
    assert_eq!(flags("79.99", "2027-01-01"), []);
    assert_eq!(flags("80", "2027-01-01"), [Flag::Used80]);
    assert_eq!(flags("99.99", "2027-01-01"), [Flag::Used80]);
    assert_eq!(flags("100", "2027-01-01"), [Flag::Used100]);
    assert_eq!(flags("0", "2026-04-01"), [Flag::Expiring]);
    assert_eq!(flags("0", "2026-04-02"), []);
    assert_eq!(flags("0", "2025-12-31"), []);
    assert_eq!(
        Usage::of(Allowance::AsNeeded(Unit::Hours), Quantity::whole(500))
            .flags(day("2027-01-01"), day("2026-01-01")),
        []
    );
}

/// Rules: L-6
#[test]
fn an_entry_outside_its_package_is_refused_with_the_dates() {
    let term = term("2026-01-01", "2026-12-31");
    assert!(check_day("P-1", &term, day("2026-12-31"), false).is_ok());
    let refused = check_day("P-1", &term, day("2027-01-01"), false).unwrap_err();
    assert_eq!(refused.code.id, "E0400");
    assert_eq!(
        refused.to_string(),
        "2027-01-01 lies outside package P-1, which runs from 2026-01-01 to 2026-12-31"
    );
    assert!(check_day("P-1", &term, day("2027-01-01"), true).is_ok());
}

/// A case that no rule lists elsewhere.
fn plain(term: &Term) -> CaseFacts<'_> {
    CaseFacts {
        fully_linked: true,
        contract_term: Some(term),
        opened_on: day("2026-05-01"),
        contract_in_workspace: true,
        class: None,
    }
}

/// Rules: O-1 O-2 O-3 O-4
#[test]
fn each_rule_of_other_cases_fires_and_does_not() {
    let term = term("2026-01-01", "2026-12-31");
    let as_of = day("2026-06-01");
    assert_eq!(other_reason(&plain(&term), as_of), None);
    let unlinked = CaseFacts {
        fully_linked: false,
        ..plain(&term)
    };
    assert_eq!(other_reason(&unlinked, as_of), Some(OtherReason::MissingLink));
    let opened_late = CaseFacts {
        opened_on: day("2027-01-01"),
        ..plain(&term)
    };
    assert_eq!(
        other_reason(&opened_late, as_of),
        Some(OtherReason::ExpiredContract)
    );
    assert_eq!(other_reason(&plain(&term), day("2026-12-31")), None);
    assert_eq!(
        other_reason(&plain(&term), day("2027-01-01")),
        Some(OtherReason::ExpiredContract)
    );
    let elsewhere = CaseFacts {
        contract_in_workspace: false,
        ..plain(&term)
    };
    assert_eq!(
        other_reason(&elsewhere, as_of),
        Some(OtherReason::ContractNotInWorkspace)
    );
    for (class, word) in [
        (CaseClass::Su, "class-SU"),
        (CaseClass::Dsa, "class-DSA"),
        (CaseClass::X85, "class-X85"),
        (CaseClass::Rec, "class-REC"),
    ] {
        let classed = CaseFacts {
            class: Some(class),
            ..plain(&term)
        };
        assert_eq!(other_reason(&classed, as_of).map(OtherReason::word), Some(word));
    }
}

/// Rules: O-5
#[test]
fn the_first_rule_that_holds_is_the_one_that_is_named() {
    let term = term("2026-01-01", "2026-12-31");
    let all = CaseFacts {
        fully_linked: false,
        contract_term: Some(&term),
        opened_on: day("2027-02-01"),
        contract_in_workspace: false,
        class: Some(CaseClass::Su),
    };
    let name = |facts: &CaseFacts<'_>| other_reason(facts, day("2027-03-01")).map(OtherReason::rule);
    assert_eq!(name(&all), Some("O-1"));
    let linked = CaseFacts {
        fully_linked: true,
        ..all
    };
    assert_eq!(name(&linked), Some("O-2"));
    let longer = Term {
        start: term.start,
        end: day("2028-01-01"),
    };
    let running = CaseFacts {
        contract_term: Some(&longer),
        ..linked
    };
    assert_eq!(name(&running), Some("O-3"));
    assert_eq!(
        name(&CaseFacts {
            contract_in_workspace: true,
            ..running
        }),
        Some("O-4")
    );
}
