//! What every life cycle keeps to: each step from each state leads on, or the refusal names those that do.

use servhub::domain::cycle::Cycle;
use std::fmt::{Debug, Display};

/// Compares a cycle with a table: where each step leads, in the order of the steps; a dash is nowhere.
#[track_caller]
pub fn agrees<S, V, const N: usize>(cycle: &Cycle<S, V>, states: &[S], steps: &[V], table: &[(S, [&str; N])])
where
    S: Copy + Eq + Display + Debug,
    V: Copy + Eq + Display + Debug,
{
    let told: Vec<S> = table.iter().map(|(state, _)| *state).collect();
    assert_eq!(told, states);
    assert_eq!(steps.len(), N);
    for (state, leads) in table {
        let ways: Vec<String> = steps
            .iter()
            .zip(leads)
            .filter(|(_, to)| **to != "-")
            .map(|(step, _)| step.to_string())
            .collect();
        for (step, to) in steps.iter().zip(leads) {
            let came = cycle.next(*state, *step);
            if *to != "-" {
                assert_eq!(
                    came.map(|to| to.to_string()),
                    Ok((*to).to_owned()),
                    "{state} {step}"
                );
                continue;
            }
            let refused = came.unwrap_err();
            let mut named = refused.ways.clone();
            named.sort_by_key(|way| ways.iter().position(|one| one == way));
            assert_eq!(named, ways, "{state} {step}");
            let text = refused.to_string();
            assert!(
                text.contains(&format!("that is {state} cannot be moved on by {step}")),
                "{text}"
            );
        }
    }
}
