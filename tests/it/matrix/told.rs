//! What a change tells about things that it meets on its way and that the caller may not know of.

use super::World;
use servhub::domain::{Day, Quantity};
use servhub::error::{Result, codes};
use servhub::hub::Mode;
use servhub::hub::ledger::{Record, Recorded, Target};

const ENGAGEMENT: &str = "INSERT INTO engagement (code, workspace_id, entitlement_id, kind, title, status)
    SELECT 'V-FAR', w.id, e.id, 'workshop', 'Workshop', 'planned' FROM workspace w, entitlement e
    WHERE w.code = 'W-FAR' AND e.code = 'E-FAR'";

/// Records a delivery in the own place, as an account or as the operator.
fn record(world: &World, account: Option<&str>, reference: Option<&str>, key: &str) -> Result<Recorded> {
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
    let done = world.hub(account).carry_out(&record, Mode::DryRun)?;
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
    assert!(hidden.ends_with("to another entry"), "{hidden}");
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
