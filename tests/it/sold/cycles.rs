//! The life cycles by themselves: where each step leads from each state, and what a refusal says.

use servhub::domain::cycle::Cycle;
use servhub::domain::partner::SubscriptionStatus;
use servhub::domain::sold::reservation::{RESERVATION, ReservationStatus, ReservationStep};
use servhub::domain::sold::term::{SUBSCRIPTION, SubscriptionStep};
use servhub::domain::sold::transfer::{TRANSFER, TransferStatus, TransferStep};
use std::fmt::{Debug, Display};

/// Every step from every state, against a table in the order of the steps; a dash is nowhere.
fn agree<S, V>(cycle: &Cycle<S, V>, states: &[S], steps: &[V], table: &[&[&str]])
where
    S: Copy + Eq + Display + Debug,
    V: Copy + Eq + Display + Debug,
{
    assert_eq!(table.len(), states.len());
    for (state, leads) in states.iter().zip(table) {
        assert_eq!(leads.len(), steps.len(), "{state}");
        for (step, to) in steps.iter().zip(*leads) {
            let came = cycle.next(*state, *step);
            if *to != "-" {
                assert_eq!(
                    came.map(|state| state.to_string()),
                    Ok((*to).to_owned()),
                    "{state} {step}"
                );
                continue;
            }
            let told = came.unwrap_err().to_string();
            let begins = format!("{} that is {state} cannot be moved on by {step}; ", cycle.of);
            assert!(told.starts_with(&begins), "{told}");
            let ways: Vec<String> = steps
                .iter()
                .zip(*leads)
                .filter(|(_, to)| **to != "-")
                .map(|(step, _)| step.to_string())
                .collect();
            let (_, on) = told.split_once("it goes on by ").unwrap();
            let mut on: Vec<&str> = on.split(", ").filter(|way| *way != "nothing").collect();
            on.sort_by_key(|way| ways.iter().position(|one| one == way));
            assert_eq!(on, ways, "{state}");
        }
    }
}

/// Rules: G-4
#[test]
fn every_step_of_a_subscription_leads_on_or_is_refused() {
    let steps = [
        "suspend",
        "resume",
        "set-quantity",
        "set-renewal",
        "transfer",
        "cancel",
        "renew",
        "expire",
    ];
    assert_eq!(SubscriptionStep::WORDS, steps);
    assert_eq!(
        SubscriptionStatus::WORDS,
        ["active", "suspended", "cancelled", "expired"]
    );
    agree(
        &SUBSCRIPTION,
        SubscriptionStatus::ALL,
        SubscriptionStep::ALL,
        &[
            &[
                "suspended",
                "-",
                "active",
                "active",
                "active",
                "cancelled",
                "active",
                "expired",
            ],
            &["-", "active", "-", "-", "suspended", "cancelled", "-", "expired"],
            &["-"; 8],
            &["-"; 8],
        ],
    );
}

/// Rules: G-4
#[test]
fn every_step_of_a_transfer_leads_on_or_is_refused() {
    assert_eq!(TransferStep::WORDS, ["accept", "reject", "cancel", "lapse"]);
    assert_eq!(
        TransferStatus::WORDS,
        ["pending", "accepted", "rejected", "cancelled", "lapsed"]
    );
    agree(
        &TRANSFER,
        TransferStatus::ALL,
        TransferStep::ALL,
        &[
            &["accepted", "rejected", "cancelled", "lapsed"],
            &["-"; 4],
            &["-"; 4],
            &["-"; 4],
            &["-"; 4],
        ],
    );
}

/// Rules: G-5
#[test]
fn every_step_of_a_reservation_leads_on_or_is_refused() {
    let steps = ["cancel", "exchange", "refund", "return-part", "expire"];
    assert_eq!(ReservationStep::WORDS, steps);
    assert_eq!(
        ReservationStatus::WORDS,
        ["active", "cancelled", "exchanged", "refunded", "expired"]
    );
    agree(
        &RESERVATION,
        ReservationStatus::ALL,
        ReservationStep::ALL,
        &[
            &["cancelled", "exchanged", "refunded", "active", "expired"],
            &["-"; 5],
            &["-"; 5],
            &["-"; 5],
            &["-"; 5],
        ],
    );
}
