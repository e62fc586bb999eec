//! Operations as they travel: routes, and what stands in them.

use schemars::SchemaGenerator;
use servhub::hub::operations::OPERATIONS;
use std::collections::BTreeSet;

#[test]
fn no_two_operations_stand_in_the_same_place() {
    let mut seen = BTreeSet::new();
    for operation in OPERATIONS {
        // Two paths that differ in the names of arguments only are the same place.
        let parts = operation.route.path.split('/');
        let shape: Vec<&str> = parts
            .map(|part| if part.starts_with('{') { "{}" } else { part })
            .collect();
        assert!(seen.insert((operation.route.method, shape)), "{}", operation.name);
    }
}

#[test]
fn what_stands_in_a_route_is_an_argument() {
    for operation in OPERATIONS {
        let look = (operation.look)(&mut SchemaGenerator::default());
        for name in operation.route.names() {
            let found = look.arguments.pointer(&format!("/properties/{name}"));
            assert!(
                found.is_some(),
                "{}: no argument {name} in {:?}",
                operation.name,
                look.arguments
            );
        }
    }
}
