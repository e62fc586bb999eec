//! What a change tells about things that it meets on its way and that the caller may not know of.

use super::World;
use servhub::domain::{Day, Quantity};
use servhub::error::{Result, codes};
use servhub::hub::Mode;
use servhub::hub::access::Explain;
use servhub::hub::ledger::{Record, Recorded, Target};

const ENGAGEMENT: &str = "INSERT INTO engagement (code, workspace_id, entitlement_id, kind, title, status)
    SELECT 'V-FAR', w.id, e.id, 'workshop', 'Workshop', 'planned' FROM workspace w, entitlement e
    WHERE w.code = 'W-FAR' AND e.code = 'E-FAR'";

/// Records a delivery in the own place, as an account or as the operator.
fn record(world: &World, account: Option<&str>, reference: Option<&str>, key: &str) -> Result<Recorded> {
    record_for(world, account, reference, key, Mode::DryRun)
}

fn record_for(
    world: &World,
    account: Option<&str>,
    reference: Option<&str>,
    key: &str,
    mode: Mode,
) -> Result<Recorded> {
    let record = Record {
        target: Target::Entitlement(world.places[0].entitlement.clone(), None),
        quantity: Quantity::whole(1),
        on: Some("2026-06-01".parse::<Day>().unwrap()),
        reference: reference.map(str::to_owned),
        note: None,
        late: false,
        source: "deliveries".to_owned(),
        key: Some(key.to_owned()),
    };
    let done = world.hub(account).carry_out(&record, mode)?;
    Ok(done.answer)
}

const CSAM: Option<&str> = Some("csam-own@p.example");

/// Rules: R-5 A-5
#[test]
fn a_key_that_another_customer_used_is_refused_without_telling_the_entry() {
    let world = World::new();
    let told = |account, key| {
        let error = record(&world, account, None, key).unwrap_err();
        assert_eq!(error.code, &codes::DUPLICATE_KEY);
        error.message
    };
    assert!(told(None, "first-FAR").contains(": 3 on 2026-03-02"));
    assert!(told(CSAM, "first-OWN").contains(": 3 on 2026-03-02"));
    let hidden = told(CSAM, "first-FAR");
    assert!(hidden.ends_with("before"), "{hidden}");
    assert_eq!(
        told(CSAM, "second-NEAR"),
        hidden.replace("first-FAR", "second-NEAR")
    );
}

/// Rules: R-5 L-3
#[test]
fn the_state_of_another_customers_engagement_is_not_told() {
    let world = World::new();
    world.sandbox.sql(ENGAGEMENT);
    let error = record(&world, None, Some("V-FAR"), "k").unwrap_err();
    assert_eq!(error.code, &codes::NOT_DELIVERED);
    assert!(record(&world, CSAM, Some("V-FAR"), "k").unwrap().new);
    world.sandbox.sql(
        "UPDATE engagement SET workspace_id = (SELECT id FROM workspace WHERE code = 'W-OWN') WHERE code = 'V-FAR'",
    );
    let error = record(&world, CSAM, Some("V-FAR"), "k").unwrap_err();
    assert_eq!(error.code, &codes::NOT_DELIVERED);
}

/// The record says who acted and for whom; the rights were those of the second.
///
/// Rules: X-3 X-1
#[test]
fn a_change_on_behalf_of_someone_keeps_both_people() {
    let world = World::new();
    let error = record_for(&world, Some("member@x.example"), None, "k", Mode::Apply).unwrap_err();
    assert_eq!(error.code, &codes::DENIED);
    record_for(&world, CSAM, None, "k", Mode::Apply).unwrap();
    record_for(&world, None, None, "k2", Mode::Apply).unwrap();
    let conn = crate::database::raw(&world.sandbox.store());
    let mut newest = conn
        .prepare("SELECT actor, on_behalf FROM audit WHERE action = 'ledger.record' ORDER BY id")
        .unwrap();
    let both = newest
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    let both: Vec<(String, Option<String>)> = both.map(|row| row.unwrap()).collect();
    let owner = || "owner".to_owned();
    assert_eq!(both, [(owner(), CSAM.map(str::to_owned)), (owner(), None)]);
}

/// Why someone does not see a request is told without a word of contracts that the caller does not know.
///
/// Rules: R-5 V-5
#[test]
fn whom_other_contracts_name_is_told_to_those_who_know_them() {
    let world = World::new();
    let told = |account, person: &str| {
        let explain = Explain {
            person: person.to_owned(),
            number: world.places[0].case.clone(),
        };
        let told = world.hub(account).ask(&explain).unwrap();
        told[0].because.clone()
    };
    let of_others = "is csam of other contracts, and not of this request's (V-5)";
    assert_eq!(told(None, "csam-far@p.example"), of_others);
    assert_eq!(told(CSAM, "csam-near@p.example"), of_others);
    let nobody = told(CSAM, "void@x.example");
    assert_eq!(nobody, "is not a member of workspace W-OWN (W-2)");
    assert_eq!(told(CSAM, "csam-far@p.example"), nobody);
    for hidden in ["csam-near@p.example", "csam-far@p.example"] {
        assert_eq!(told(Some("workspace-admin@x.example"), hidden), nobody);
    }
}
