//! What holds of a database on a server alone. These run where the tests have one: `tests/postgres`.

mod away;
mod copying;
mod load;
mod own;
mod pair;
mod proxy;
mod sealed;
mod secrets;

use crate::database::{self, Bare};
use crate::entitlements::{act, carry_out, open};
use crate::fixture::{Touch, count, deliver, hub, small_hub, touch};
use crate::harness::Sandbox;
use servhub::error::{Kind, codes};
use servhub::hub::Mode;
use servhub::store::sqlite::SCHEMA_VERSION;
use std::process::Stdio;

fn refused(address: &std::path::Path, sql: &str) -> String {
    database::refusal(address, sql).unwrap_or_else(|| panic!("{sql} was done"))
}

/// Rules: X-2 L-1
#[test]
fn the_trail_and_the_ledger_are_append_only_on_the_server() {
    let sandbox = Sandbox::new();
    small_hub(&sandbox.store());
    deliver(&sandbox.store(), "k");
    for sql in [
        "UPDATE main.ledger SET quantity = 1",
        "DELETE FROM main.ledger",
        "TRUNCATE main.ledger",
        "UPDATE main.audit SET actor = 'x'",
        "DELETE FROM main.audit",
        "TRUNCATE main.audit",
    ] {
        let said = refused(&sandbox.store(), sql);
        assert!(said.contains("append-only"), "{sql}: {said}");
    }
}

/// Rules: K-1
#[test]
fn many_servers_make_the_tables_at_once() {
    let bare = Bare::new();
    let sandbox = Sandbox::new();
    let runs: Vec<_> = (0..8)
        .map(|_| {
            let mut command = sandbox.command(["contract", "list", "-o", "csv"]);
            command
                .env("SERVHUB_STORE", bare.store())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped());
            command.spawn().unwrap()
        })
        .collect();
    for run in runs {
        let output = run.wait_with_output().unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let version = database::figure(&bare.store(), "SELECT version FROM main.layout");
    assert_eq!(usize::try_from(version).unwrap(), SCHEMA_VERSION);
    touch(&bare.store(), "first").unwrap();
}

/// Rules: K-1
#[test]
fn a_newer_layout_is_left_alone() {
    let bare = Bare::new();
    drop(hub(&bare.store()));
    database::batch(&bare.store(), "UPDATE main.layout SET version = 99");
    let run = Sandbox::new().run(["contract", "list", "--store", bare.store().to_str().unwrap()]);
    assert!(run.code == 1 && run.stderr.contains("E0004"), "{run:?}");
    database::batch(&bare.store(), "UPDATE main.layout SET version = 99");
}

#[test]
fn tables_of_somebody_else_are_left_alone() {
    let bare = Bare::new();
    database::batch(
        &bare.store(),
        "CREATE SCHEMA main; CREATE TABLE main.customer (x int)",
    );
    let run = Sandbox::new().run(["contract", "list", "--store", bare.store().to_str().unwrap()]);
    assert!(run.code == 2 && run.stderr.contains("E0003"), "{run:?}");
}

/// Whoever asks through the views of a person without saying who that is gets an error: neither everything nor nothing.
///
/// Rules: V-1 R-5
#[test]
fn without_a_person_the_views_fail() {
    let sandbox = Sandbox::new();
    small_hub(&sandbox.store());
    for view in [
        "shadow.customer",
        "shadow.ledger",
        "shadow.support_case",
        "temp.known_case",
    ] {
        for before in [
            "",
            "BEGIN; SELECT set_config('servhub.seen_customer', '{1}', true); COMMIT; ",
        ] {
            let said = refused(&sandbox.store(), &format!("{before}SELECT count(*) FROM {view}"));
            assert!(
                said.contains("unrecognized configuration parameter") || said.contains("malformed array"),
                "{view}: {said}"
            );
        }
    }
}

/// Rules: K-10 K-11
#[test]
fn a_server_that_is_away_is_said_so_and_no_password_with_it() {
    let sandbox = Sandbox::new();
    let away = format!(
        "postgres://servhub@/hub?host={}",
        sandbox.path("nowhere").display()
    );
    let mut command = sandbox.command(["contract", "list", "--store", &away]);
    let run = crate::harness::finish(command.env("PGPASSWORD", "s3cret"));
    assert!(run.code == 7 && run.stderr.contains("E0020"), "{run:?}");
    assert!(!run.stderr.contains("s3cret"), "{run:?}");
    let told = sandbox.run([
        "contract",
        "list",
        "--store",
        "postgres://ann:s3cret@db.example/hub",
    ]);
    assert!(told.code == 2 && !told.stderr.contains("s3cret"), "{told:?}");
    let hidden = sandbox.run([
        "contract",
        "list",
        "--store",
        "postgres://db.example/hub?password=s3cret",
    ]);
    assert!(
        hidden.code == 2 && !hidden.stderr.contains("s3cret"),
        "{hidden:?}"
    );
}

/// A connection that ends in the middle of a change takes the change with it, and says that the server is away.
///
/// Rules: X-1
#[test]
fn a_connection_that_ends_keeps_nothing() {
    let bare = Bare::new();
    let mut one = hub(&bare.store());
    let change = Touch {
        name: "first".to_owned(),
        recorded: true,
    };
    one.carry_out(&change, Mode::Apply).unwrap();
    database::batch(
        &bare.store(),
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    let change = Touch {
        name: "second".to_owned(),
        recorded: true,
    };
    let error = one.carry_out(&change, Mode::Apply).unwrap_err();
    assert_eq!(
        (error.kind(), error.code),
        (Kind::Unreachable, &codes::STORE_AWAY),
        "{error:?}"
    );
    assert_eq!(count(&bare.store(), "SELECT count(*) FROM source"), 1);
}

/// Numbers have no holes: a change that is taken back gives its own back.
///
/// Rules: X-2 L-1
#[test]
fn what_is_taken_back_leaves_no_hole() {
    let sandbox = Sandbox::new();
    small_hub(&sandbox.store());
    let mut hub = hub(&sandbox.store());
    for (key, mode) in [("a", Mode::Apply), ("b", Mode::DryRun), ("c", Mode::Apply)] {
        hub.carry_out(&crate::fixture::Deliver { key: key.to_owned() }, mode)
            .unwrap();
    }
    let highest = |table: &str| count(&sandbox.store(), &format!("SELECT max(id) FROM {table}"));
    assert_eq!(
        (highest("ledger"), highest("audit"), highest("recording")),
        (2, 2, 2)
    );
}

/// A row of a table that belongs to a customer knows which one, whatever it hangs from.
#[test]
fn every_row_knows_its_customer() {
    let sandbox = Sandbox::new();
    sandbox.ok([
        "import".as_ref(),
        crate::harness::repository("examples/hub").as_os_str(),
        "--yes".as_ref(),
    ]);
    let wrong = "SELECT (SELECT count(*) FROM main.ledger l JOIN main.workspace w ON w.id = l.workspace_id WHERE w.customer_id <> l.of_customer)
        + (SELECT count(*) FROM main.entitlement e JOIN main.package p ON p.id = e.package_id JOIN main.schedule s ON s.id = p.schedule_id
           JOIN main.contract c ON c.id = s.contract_id WHERE c.customer_id <> e.of_customer)
        + (SELECT count(*) FROM main.member_role r JOIN main.member m ON m.id = r.member_id JOIN main.workspace w ON w.id = m.workspace_id
           WHERE w.customer_id <> r.of_customer)";
    assert_eq!(database::figure(&sandbox.store(), wrong), 0);
    assert!(database::figure(&sandbox.store(), "SELECT count(*) FROM main.ledger") > 0);
}

/// Both engines have the same tables with the same columns in the same order, and the same may be missing.
#[test]
fn both_engines_have_the_same_tables() {
    let sandbox = Sandbox::new();
    assert_eq!(
        database::columns_of_server(&sandbox.store()),
        database::columns_of_file()
    );
}

/// The same import and the same days on both: the folder that comes out is the same, byte for byte.
///
/// Rules: K-16 K-18
#[test]
fn what_comes_out_of_both_is_the_same() {
    let sandbox = Sandbox::new();
    let folder = crate::harness::repository("examples/hub");
    for (store, out) in [(sandbox.store(), "server"), (sandbox.path("own.db"), "file")] {
        let run = |args: &[&std::ffi::OsStr]| {
            let mut command = sandbox.command(args);
            let run = crate::harness::finish(command.env("SERVHUB_STORE", &store));
            assert_eq!(run.code, 0, "{run:?}");
        };
        run(&["import".as_ref(), folder.as_os_str(), "--yes".as_ref()]);
        run(&["export".as_ref(), "folder".as_ref(), out.as_ref()]);
        let proof = format!("{out}.csv");
        run(&[
            "export".as_ref(),
            "cpod".as_ref(),
            "-o".as_ref(),
            "csv".as_ref(),
            "--out".as_ref(),
            proof.as_ref(),
        ]);
    }
    let read = |name: &str| std::fs::read(sandbox.path(name)).unwrap();
    assert!(read("server.csv") == read("file.csv"), "the proofs differ");
    let files = crate::generated::files(&sandbox.path("file"), "csv");
    assert!(files.len() > 30);
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap();
        assert!(
            read(&format!("server/{name}")) == read(&format!("file/{name}")),
            "{name} differs"
        );
    }
}

/// The tables of the store as a folder of files.
fn sheets(sandbox: &Sandbox) -> Vec<(String, String)> {
    sandbox.ok(["export", "folder", "out"]);
    let files = crate::generated::files(&sandbox.path("out"), "csv");
    let read = |path: std::path::PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        (path.file_name().unwrap().to_str().unwrap().to_owned(), text)
    };
    files.into_iter().map(read).collect()
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 8, failure_persistence: None, ..Default::default() })]

    /// The same changes at the same moment: what is in both comes out the same, and so does every record of the trail, which the last one
    /// vouches for.
    ///
    /// Rules: X-2 L-1 K-16
    #[test]
    fn the_same_changes_make_the_same_store(acts in proptest::collection::vec(act(), 1..25)) {
        let both = [Sandbox::new(), Sandbox::on_file()];
        let made = both.each_ref().map(|sandbox| {
            crate::supply::fill(sandbox);
            let mut hub = open(sandbox, None);
            for act in &acts {
                carry_out(&mut hub, act, "2026-01-01".parse().unwrap());
            }
            drop(hub);
            let head = sandbox.ok(["audit", "verify", "-o", "json"]);
            (head, sandbox.ok(["audit", "export"]), sheets(sandbox))
        });
        proptest::prop_assert_eq!(&made[0], &made[1]);
    }

    /// Texts, days and quantities of any kind, laid into both.
    ///
    /// Rules: K-16 T-3
    #[test]
    fn the_same_rows_come_out_of_both_the_same(
        texts in proptest::collection::vec(proptest::prop_oneof!["[=+@'\t\r\n,;\" a-]{1,6}", "\\PC{1,12}", "(?s).{1,8}"], 16),
        days in (0_i32..300, 0_i32..300),
        hundredths in 1_i64..1_000_000_000_000,
    ) {
        let texts: Vec<String> = texts.iter().map(|text| database::storable(text)).collect();
        let both = [Sandbox::new(), Sandbox::on_file()];
        let made = both.each_ref().map(|sandbox| {
            crate::export::fill(sandbox, &texts, days, hundredths);
            (crate::export::folder(sandbox), sandbox.ok(["export", "cpod", "--as-of", "2026-11-20"]))
        });
        proptest::prop_assert_eq!(&made[0], &made[1]);
    }
}
