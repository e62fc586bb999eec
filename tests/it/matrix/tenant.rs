//! The people of a place's customer (G-6): in their accounts and names stands the place's tag. Two places share a customer,
//! and with it all of these people.

use super::place::Place;
use rusqlite::Connection;

/// The domain of the customer.
pub fn domain(place: &Place) -> String {
    format!("{}.example", place.customer.to_lowercase())
}

/// Someone of the customer: `user` holds nothing, `licensed` a licence, `root` administers, `deleted` can be restored.
pub fn account(place: &Place, who: &str) -> String {
    format!("{who}{}@{}", place.tag.to_lowercase(), domain(place))
}

/// Puts them into the store past the program.
pub fn settle(conn: &Connection, place: &Place) {
    let (customer, domain, tag) = (place.customer, domain(place), place.tag);
    conn.execute(
        "UPDATE customer SET domain = ?2 WHERE code = ?1 AND domain IS NULL",
        [customer, &domain],
    )
    .unwrap();
    // Ten days before what the tests call now.
    let deleted = super::place::context().now.seconds() - 10 * 86_400;
    for (who, administrator, deleted_at) in [
        ("user", 0, None),
        ("licensed", 0, None),
        ("root", 1, None),
        ("deleted", 0, Some(deleted)),
    ] {
        let state = if deleted_at.is_some() { "deleted" } else { "active" };
        let sql =
            "INSERT INTO customer_person (customer_id, account, name, usage_location, administrator, state, deleted_at)
               SELECT id, ?2, ?3, 'SK', ?4, ?5, ?6 FROM customer WHERE code = ?1";
        let name = format!("Person {who}{tag}");
        conn.execute(
            sql,
            (
                customer,
                account(place, who),
                name,
                administrator,
                state,
                deleted_at,
            ),
        )
        .unwrap();
    }
    conn.execute(
        "INSERT INTO licence (customer_id, person_id, product_id) SELECT p.customer_id, p.id, o.id FROM customer_person p, product o
         WHERE p.account = ?1 AND o.name = 'Microsoft 365'",
        [account(place, "licensed")],
    )
    .unwrap();
}
