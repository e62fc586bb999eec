//! Contracts from the shell.

use crate::harness::Sandbox;

/// Rules: K-1
#[test]
fn a_store_is_made_on_first_use() {
    let sandbox = Sandbox::new();
    let run = sandbox.run(["contract", "list", "-o", "csv"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(sandbox.store().exists());
    assert!(
        run.stdout.starts_with("contract,customer,kind,"),
        "{}",
        run.stdout
    );
}
