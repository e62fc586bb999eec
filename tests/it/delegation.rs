//! The life of a delegation by itself: every step from every state, what time does to the second, and random lives
//! against a simple model.

use proptest::prelude::*;
use servhub::domain::Instant;
use servhub::domain::partner::{DELEGATION, DelegationStatus, DelegationStep, Kept, Life, kept_as};
use std::collections::BTreeSet;

const DAY: i64 = 86_400;
/// When the lives here begin.
const EPOCH: i64 = 1_790_000_000;

fn moment(seconds: i64) -> Instant {
    Instant::from_seconds(EPOCH + seconds)
}

fn status(life: &Life, seconds: i64) -> &'static str {
    life.status(moment(seconds)).word()
}

/// Where each step leads from each state, in the order of [`DelegationStep::ALL`]; a dash is nowhere.
#[rustfmt::skip]
const TABLE: &[(DelegationStatus, [&str; 12])] = {
    use DelegationStatus::*;
    const GO: &str = "termination-requested";
    //                        ask                 approve     begin         set-up    assign        near-end    extend    expire     lapse      ask-to-end take-down      end
    &[
        (Created,             ["approval-pending", "-",        "-",          "-",      "-",          "-",        "-",      "-",       "-",       GO,  "-",           "-"]),
        (ApprovalPending,     ["-",                "approved", "-",          "-",      "-",          "-",        "-",      "-",       "expired", GO,  "-",           "-"]),
        (Approved,            ["-",                "-",        "activating", "-",      "approved",   "-",        "-",      "-",       "-",       GO,  "-",           "-"]),
        (Activating,          ["-",                "-",        "-",          "active", "activating", "-",        "-",      "-",       "-",       GO,  "-",           "-"]),
        (Active,              ["-",                "-",        "-",          "-",      "active",     "expiring", "active", "-",       "-",       GO,  "-",           "-"]),
        (Expiring,            ["-",                "-",        "-",          "-",      "expiring",   "-",        "active", "expired", "-",       GO,  "-",           "-"]),
        (Expired,             ["-",                "-",        "-",          "-",      "-",          "-",        "-",      "-",       "-",       "-", "-",           "-"]),
        (TerminationRequested,["-",                "-",        "-",          "-",      "-",          "-",        "-",      "-",       "-",       "-", "terminating", "-"]),
        (Terminating,         ["-",                "-",        "-",          "-",      "-",          "-",        "-",      "-",       "-",       "-", "-",           "terminated"]),
        (Terminated,          ["-",                "-",        "-",          "-",      "-",          "-",        "-",      "-",       "-",       "-", "-",           "-"]),
    ]
};

/// Rules: G-3
#[test]
fn every_step_of_a_delegation_leads_on_or_says_what_does() {
    assert_eq!(TABLE.len(), DelegationStatus::ALL.len());
    let names: Vec<&str> = DelegationStep::ALL.iter().map(|step| step.word()).collect();
    assert_eq!(
        names,
        [
            "ask",
            "approve",
            "begin",
            "set-up",
            "assign",
            "near-end",
            "extend",
            "expire",
            "lapse",
            "ask-to-end",
            "take-down",
            "end"
        ]
    );
    let mut refused = 0;
    for (state, leads) in TABLE {
        let ways: BTreeSet<&str> = names
            .iter()
            .zip(leads)
            .filter(|(_, to)| **to != "-")
            .map(|(name, _)| *name)
            .collect();
        for (step, to) in DelegationStep::ALL.iter().zip(leads) {
            let came = DELEGATION.next(*state, *step);
            if *to != "-" {
                assert_eq!(came.map(DelegationStatus::word), Ok(*to), "{state} {step}");
                continue;
            }
            refused += 1;
            let told = came.unwrap_err().to_string();
            let (what, on) = told.split_once("; from there it goes on by ").unwrap();
            assert_eq!(
                what,
                format!("a delegation that is {state} cannot be moved on by {step}")
            );
            let on: BTreeSet<&str> = on.split(", ").filter(|way| *way != "nothing").collect();
            assert_eq!(on, ways, "{state}");
        }
    }
    assert_eq!(refused, 12 * 10 - DELEGATION.moves.len());
}

/// A delegation that was asked for at 0.
fn asked(days: i64, auto_extend: bool) -> Life {
    Life::created(days, None, auto_extend).ask(moment(0)).unwrap()
}

/// Rules: G-3
#[test]
fn a_request_that_is_ignored_lapses_after_ninety_days_to_the_second() {
    let life = asked(10, false);
    assert_eq!(status(&life, 0), "approval-pending");
    assert_eq!(status(&life, 90 * DAY - 1), "approval-pending");
    assert!(life.approve(moment(90 * DAY - 1)).is_ok());
    assert_eq!(status(&life, 90 * DAY), "expired");
    assert!(life.approve(moment(90 * DAY)).is_err());
    // One that was taken over without the moment waits as long as it takes.
    let old = Life::of(Kept {
        asked: None,
        ..*life.kept()
    });
    assert_eq!(status(&old, 900 * DAY), "approval-pending");
}

/// Rules: G-3
#[test]
fn days_begin_with_the_approval_and_end_to_the_second() {
    let life = asked(45, false).approve(moment(DAY)).unwrap();
    assert_eq!(life.starts(), Some(moment(DAY)));
    assert_eq!(status(&life, DAY), "active", "nothing has to be set up here");
    assert_eq!(status(&life, 16 * DAY - 1), "active");
    assert_eq!(status(&life, 16 * DAY), "expiring");
    assert_eq!(status(&life, 46 * DAY - 1), "expiring");
    assert!(life.holds(moment(46 * DAY - 1)));
    assert_eq!(status(&life, 46 * DAY), "expired");
    assert!(!life.holds(moment(46 * DAY)));
    // A short one is expiring from its first moment.
    let short = asked(1, false).approve(moment(0)).unwrap();
    assert_eq!(status(&short, 0), "expiring");
    assert_eq!(status(&short, DAY - 1), "expiring");
    assert_eq!(status(&short, DAY), "expired");
}

/// Rules: G-3
#[test]
fn a_day_that_was_wished_for_is_waited_for() {
    let wished = Life::created(100, Some(moment(5 * DAY)), false);
    let life = wished.ask(moment(0)).unwrap().approve(moment(DAY)).unwrap();
    assert_eq!(status(&life, 5 * DAY - 1), "approved");
    assert!(!life.holds(moment(5 * DAY - 1)));
    assert!(life.extend(moment(5 * DAY - 1)).is_err());
    assert_eq!(status(&life, 5 * DAY), "active");
    assert_eq!(life.ends(moment(0)), Some(moment(105 * DAY)));
    // Approved later than that, the days count from the approval.
    let late = wished.ask(moment(0)).unwrap().approve(moment(9 * DAY)).unwrap();
    assert_eq!(late.ends(moment(0)), Some(moment(109 * DAY)));
}

/// What was taken over as approved or activating waits for the word of whoever sets it up.
///
/// Rules: G-3
#[test]
fn what_was_taken_over_half_way_is_not_taken_for_active() {
    for state in ["approved", "activating", "termination-requested", "terminating"] {
        let life = Life::of(Kept {
            status: state.parse().unwrap(),
            starts: Some(moment(0)),
            ends: Some(moment(400 * DAY)),
            days: None,
            auto_extend: false,
            asked: None,
            approved: None,
            ended: None,
        });
        assert_eq!(status(&life, 10 * DAY), state);
        assert!(!life.holds(moment(10 * DAY)));
        assert_eq!(
            status(&life.end(moment(10 * DAY)).unwrap(), 10 * DAY),
            "terminated"
        );
        // Kept as expiring or active is the same: how near the end is, time says.
        let held = |status: DelegationStatus| {
            Life::of(Kept {
                status,
                ..*life.kept()
            })
        };
        for kept in [DelegationStatus::Active, DelegationStatus::Expiring] {
            assert_eq!(status_of(held(kept), -1), "approved");
            assert_eq!(status_of(held(kept), 0), "active");
            assert_eq!(status_of(held(kept), 370 * DAY), "expiring");
            assert_eq!(status_of(held(kept), 400 * DAY), "expired");
        }
    }
}

fn status_of(life: Life, seconds: i64) -> &'static str {
    status(&life, seconds)
}

/// Rules: G-3
#[test]
fn an_extension_adds_180_days_and_reaches_at_most_730_ahead() {
    let life = asked(365, false).approve(moment(0)).unwrap();
    let more = life.extend(moment(340 * DAY)).unwrap();
    assert_eq!(status(&life, 340 * DAY), "expiring");
    assert_eq!(status(&more, 340 * DAY), "active");
    assert_eq!(more.ends(moment(340 * DAY)), Some(moment(545 * DAY)));
    let at = |day: i64| {
        life.extend(moment(day * DAY))
            .and_then(|once| once.extend(moment(day * DAY)))
    };
    assert!(at(0).is_ok(), "725 days ahead");
    let thrice = at(0).unwrap();
    assert!(
        thrice
            .extend(moment(0))
            .unwrap_err()
            .to_string()
            .contains("more than 730 days ahead")
    );
    assert!(thrice.extend(moment(175 * DAY)).is_ok());
    assert!(thrice.extend(moment(175 * DAY - 1)).is_err());
    assert!(life.extend(moment(365 * DAY)).is_err(), "it is over");
}

/// Rules: G-3
#[test]
fn one_that_extends_itself_never_ends_until_it_is_told_to() {
    let life = asked(30, true).approve(moment(0)).unwrap();
    for (day, ends) in [
        (0, 30),
        (29, 30),
        (30, 210),
        (209, 210),
        (210, 390),
        (1_000, 1_110),
    ] {
        assert_eq!(status(&life, day * DAY), "active", "{day}");
        assert_eq!(life.ends(moment(day * DAY)), Some(moment(ends * DAY)), "{day}");
    }
    // What it added by itself stays when it is told to stop.
    let off = life.extend_itself(false, moment(215 * DAY)).unwrap();
    assert_eq!(status(&off, 360 * DAY - 1), "active");
    assert_eq!(status(&off, 360 * DAY), "expiring");
    assert_eq!(status(&off, 390 * DAY), "expired");
    assert!(off.extend_itself(true, moment(390 * DAY)).is_err());
    let ended = life.end(moment(215 * DAY)).unwrap();
    assert_eq!(status(&ended, 2_000 * DAY), "terminated");
    assert_eq!(
        ended.ends(moment(2_000 * DAY)),
        Some(moment(390 * DAY)),
        "not extended any more"
    );
}

/// The rules said another way: what was said last, and the seconds until which it holds.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Model {
    Draft,
    Asked { since: i64 },
    Agreed { from: i64, until: i64, on: bool },
    Gone,
}

#[derive(Debug, Clone, Copy)]
enum Verb {
    Ask,
    Approve,
    Assign,
    Extend,
    Auto(bool),
    End,
}

const WISHED: i64 = 20 * DAY;

impl Model {
    fn word(self, now: i64) -> &'static str {
        match self {
            Self::Draft => "created",
            Self::Asked { since } if now - since < 90 * DAY => "approval-pending",
            Self::Agreed { from, .. } if now < from => "approved",
            Self::Agreed { on: true, .. } => "active",
            Self::Agreed { until, .. } if until - now > 30 * DAY => "active",
            Self::Agreed { until, .. } if now < until => "expiring",
            Self::Asked { .. } | Self::Agreed { .. } => "expired",
            Self::Gone => "terminated",
        }
    }

    /// The end with what it has added by itself.
    fn rolled(until: i64, on: bool, now: i64) -> i64 {
        let mut until = until;
        while on && until <= now {
            until += 180 * DAY;
        }
        until
    }

    fn take(self, verb: Verb, now: i64, days: i64, auto: bool) -> Option<Self> {
        let word = self.word(now);
        let holds = word == "active" || word == "expiring";
        Some(match (verb, self) {
            (Verb::Ask, Self::Draft) => Self::Asked { since: now },
            (Verb::Approve, Self::Asked { .. }) if word == "approval-pending" => {
                let from = now.max(WISHED);
                Self::Agreed {
                    from,
                    until: from + days * DAY,
                    on: auto,
                }
            }
            (Verb::Assign, Self::Agreed { .. }) if holds || word == "approved" => self,
            (Verb::Extend, Self::Agreed { from, until, on }) if holds => {
                let until = Self::rolled(until, on, now) + 180 * DAY;
                (until - now <= 730 * DAY).then_some(Self::Agreed { from, until, on })?
            }
            (Verb::Auto(_), Self::Draft) => self,
            (Verb::Auto(yes), Self::Agreed { from, until, on }) if holds => Self::Agreed {
                from,
                until: Self::rolled(until, on, now),
                on: yes,
            },
            (Verb::End, _) if word != "expired" && word != "terminated" => Self::Gone,
            _ => return None,
        })
    }
}

fn real(life: Life, verb: Verb, now: Instant) -> Option<Life> {
    match verb {
        Verb::Ask => life.ask(now).ok(),
        Verb::Approve => life.approve(now).ok(),
        Verb::Assign => life.check_assign(now).ok().map(|()| life),
        Verb::Extend => life.extend(now).ok(),
        Verb::Auto(yes) => life.extend_itself(yes, now).ok(),
        Verb::End => life.end(now).ok(),
    }
}

fn verbs() -> impl Strategy<Value = Verb> {
    prop_oneof![
        3 => Just(Verb::Ask),
        3 => Just(Verb::Approve),
        2 => Just(Verb::Assign),
        4 => Just(Verb::Extend),
        2 => any::<bool>().prop_map(Verb::Auto),
        1 => Just(Verb::End),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..ProptestConfig::default() })]

    /// Rules: G-3
    #[test]
    fn a_delegation_lives_as_the_model_says(
        days in 1_i64..=730,
        auto in any::<bool>(),
        steps in proptest::collection::vec((verbs(), prop_oneof![0_i64..3, 0_i64..40 * DAY, 0_i64..400 * DAY]), 1..30),
    ) {
        let (mut life, mut model) = (Life::created(days, Some(moment(WISHED)), auto), Model::Draft);
        let (mut now, mut auto) = (0, auto);
        for (verb, wait) in steps {
            // On the second, and just before it.
            for at in [now + wait, now + wait + 1] {
                prop_assert_eq!(status(&life, at), model.word(at), "{:?} at {}", model, at);
            }
            now += wait;
            let (came, expected) = (real(life, verb, moment(now)), model.take(verb, now, days, auto));
            prop_assert_eq!(came.is_some(), expected.is_some(), "{:?} of {:?} at {}", verb, model, now);
            if let (Some(to), Some(after)) = (came, expected) {
                if let (Verb::Auto(yes), Model::Draft) = (verb, model) {
                    auto = yes;
                }
                (life, model) = (to, after);
                let word = life.status(moment(now));
                prop_assert_eq!(word.word(), model.word(now));
            }
            // Whatever it is at some moment, a list that looks for that finds it by what is kept.
            let shown = life.status(moment(now));
            prop_assert!(kept_as(shown).contains(&life.kept().status), "{} is kept as {}", shown, life.kept().status);
            prop_assert_eq!(life.holds(moment(now)), ["active", "expiring"].contains(&model.word(now)));
        }
    }

    /// What was taken over in any state is found by what is kept, and never moves back.
    ///
    /// Rules: G-3
    #[test]
    fn time_leads_a_delegation_one_way(
        state in proptest::sample::select(DelegationStatus::ALL),
        starts in proptest::option::of(0_i64..100 * DAY),
        ends in proptest::option::of(0_i64..100 * DAY),
        asked in proptest::option::of(0_i64..100 * DAY),
        approved in proptest::option::of(0_i64..100 * DAY),
        auto_extend in any::<bool>(),
        waits in proptest::collection::vec(0_i64..60 * DAY, 1..8),
    ) {
        let life = Life::of(Kept {
            status: state,
            starts: starts.map(moment),
            ends: ends.map(moment),
            days: None,
            auto_extend,
            asked: asked.map(moment),
            approved: approved.map(moment),
            ended: None,
        });
        let (mut now, mut last) = (0, None);
        for wait in waits {
            now += wait;
            let shown = life.status(moment(now));
            prop_assert!(kept_as(shown).contains(&state), "{} is kept as {}", shown, state);
            if let Some(last) = last {
                // In the order of the words, later is further on.
                prop_assert!(last <= shown, "{} came after {}", shown, last);
            }
            last = Some(shown);
        }
    }
}
