//! A whole hub into a database and out of it again.

use crate::copy::{copy, example, told};
use crate::database::{self, Bare, raw, storable};
use crate::entitlements::{act, carry_out, open};
use crate::fixture::touch;
use crate::harness::Sandbox;

fn rows(bare: &Bare, table: &str) -> i64 {
    database::figure(&bare.store(), &format!("SELECT count(*) FROM main.{table}"))
}

/// Rules: K-1 X-2 K-16
#[test]
fn from_a_file_to_a_server_to_a_server_to_a_file_it_stays_the_same_hub() {
    let sandbox = Sandbox::on_file();
    example(&sandbox);
    let (one, other, back) = (Bare::new(), Bare::new(), sandbox.path("back.db"));
    let stores = [sandbox.store(), one.store(), other.store(), back.clone()];
    let listings: Vec<String> = stores
        .windows(2)
        .map(|pair| {
            let run = copy(&sandbox, &pair[0], &pair[1]);
            assert_eq!(run.code, 0, "{run:?}");
            run.stdout
        })
        .collect();
    assert!(listings.windows(2).all(|two| two[0] == two[1]));
    let expected = told(&sandbox, &sandbox.store());
    for store in &stores[1..] {
        assert!(told(&sandbox, store) == expected, "{}", store.display());
    }
    // Past the exports as well: every value of every table.
    let (first, last) = (raw(&sandbox.store()), raw(&back));
    for line in listings[0].lines().skip(1) {
        let sql = format!("SELECT * FROM {}", line.split(',').next().unwrap());
        let all = |conn: &rusqlite::Connection| {
            let mut statement = conn.prepare(&sql).unwrap();
            let width = statement.column_count();
            let read = |row: &rusqlite::Row<'_>| (0..width).map(|at| row.get(at)).collect();
            let rows = statement.query_map([], read).unwrap();
            rows.collect::<rusqlite::Result<Vec<Vec<rusqlite::types::Value>>>>()
                .unwrap()
        };
        assert!(all(&first) == all(&last), "{sql}");
    }
    for store in &stores {
        touch(store, "next").unwrap();
        let mut appoint = sandbox.command(["operator", "appoint", "next@provider.example", "--yes"]);
        let run = crate::harness::finish(appoint.env("SERVHUB_STORE", store));
        assert_eq!(run.code, 0, "{run:?}");
    }
    let expected = told(&sandbox, &sandbox.store());
    for store in &stores[1..] {
        assert!(told(&sandbox, store) == expected, "{}", store.display());
    }
    let whose = "SELECT count(*) FROM main.ledger l JOIN main.workspace w ON w.id = l.workspace_id WHERE w.customer_id <> l.of_customer";
    assert_eq!(database::figure(&one.store(), whose), 0);
}

/// Nothing is made in a database that a copy is only tried on.
///
/// Rules: K-8
#[test]
fn a_dry_run_into_a_server_makes_nothing_there() {
    let sandbox = Sandbox::on_file();
    example(&sandbox);
    let bare = Bare::new();
    let (from, to) = (sandbox.store(), bare.store());
    let schemas = || database::texts(&to, "SELECT nspname FROM pg_namespace ORDER BY 1");
    let before = schemas();
    let args = [
        from.to_str().unwrap(),
        to.to_str().unwrap(),
        "--dry-run",
        "-o",
        "csv",
    ];
    let rehearsed = sandbox.run([&["copy"], &args[..]].concat());
    assert_eq!(rehearsed.code, 0, "{rehearsed:?}");
    assert_eq!(schemas(), before);
    assert_eq!(copy(&sandbox, &from, &to).stdout, rehearsed.stdout);
    let full = sandbox.run([&["copy"], &args[..]].concat());
    assert!(full.code == 5 && full.stderr.contains("E0012"), "{full:?}");
}

/// Rules: K-1 K-10
#[test]
fn a_server_that_has_data_or_is_somebody_elses_is_left_alone() {
    let sandbox = Sandbox::on_file();
    example(&sandbox);
    let (full, foreign) = (Bare::new(), Bare::new());
    touch(&full.store(), "somebody else's").unwrap();
    let before = told(&sandbox, &full.store());
    let run = copy(&sandbox, &sandbox.store(), &full.store());
    assert!(run.code == 5 && run.stderr.contains("E0012"), "{run:?}");
    assert_eq!(told(&sandbox, &full.store()), before);
    database::batch(
        &foreign.store(),
        "CREATE SCHEMA main; CREATE TABLE main.customer (x int)",
    );
    let run = copy(&sandbox, &sandbox.store(), &foreign.store());
    assert!(run.code == 2 && run.stderr.contains("E0003"), "{run:?}");
    let nowhere = format!(
        "postgres://servhub@/hub?host={}",
        sandbox.path("nowhere").display()
    );
    for (from, to) in [
        (sandbox.store(), nowhere.clone().into()),
        (nowhere.clone().into(), sandbox.path("to.db")),
    ] {
        let run = copy(&sandbox, &from, &to);
        assert!(run.code == 7 && run.stderr.contains("E0020"), "{run:?}");
    }
    assert!(!sandbox.path("to.db").exists());
}

/// The server ends the connection, or refuses a row, when half of it is there.
///
/// Rules: X-1 K-10
#[test]
fn a_copy_that_is_cut_off_leaves_the_database_empty() {
    let sandbox = Sandbox::on_file();
    example(&sandbox);
    for (does, code) in [
        ("PERFORM pg_terminate_backend(pg_backend_pid())", 7),
        ("RAISE EXCEPTION 'no more'", 1),
        ("IF NEW.id = 3 THEN RETURN NULL; END IF", 1),
    ] {
        let bare = Bare::new();
        drop(servhub::store::Db::open(&bare.store()).unwrap());
        database::batch(
            &bare.store(),
            &format!(
                "CREATE FUNCTION main.spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {does}; RETURN NEW; END $$;
                 CREATE TRIGGER spoil BEFORE INSERT ON main.support_case FOR EACH ROW EXECUTE FUNCTION main.spoil()"
            ),
        );
        let run = copy(&sandbox, &sandbox.store(), &bare.store());
        assert!(run.code == code, "{does}: {run:?}");
        assert!(code == 7 || run.stderr.contains("support_case"), "{run:?}");
        assert_eq!((rows(&bare, "customer"), rows(&bare, "audit")), (0, 0));
        assert_eq!((rows(&bare, "calendar"), rows(&bare, "audit_head")), (2, 1));
        database::batch(&bare.store(), "DROP TRIGGER spoil ON main.support_case");
        let run = copy(&sandbox, &sandbox.store(), &bare.store());
        assert_eq!(run.code, 0, "{run:?}");
    }
}

/// Rules: K-11
#[test]
fn a_text_that_a_server_does_not_take_is_named() {
    let sandbox = Sandbox::on_file();
    example(&sandbox);
    sandbox.sql("UPDATE customer SET country = 'a' || char(0) WHERE id = 1");
    let bare = Bare::new();
    let run = copy(&sandbox, &sandbox.store(), &bare.store());
    assert!(
        run.code == 2 && run.stderr.contains("customer: a text holds"),
        "{run:?}"
    );
    assert_eq!(rows(&bare, "customer"), 0);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 6, failure_persistence: None, ..Default::default() })]

    /// Rules: K-1 X-2 L-1 K-16
    #[test]
    fn any_hub_comes_back_as_it_was(
        acts in proptest::collection::vec(act(), 1..20),
        texts in proptest::collection::vec(proptest::prop_oneof!["[=+@'\t\r\n,;\" a-]{1,6}", "\\PC{1,12}", "(?s).{1,8}"], 2),
    ) {
        let sandbox = Sandbox::on_file();
        crate::supply::fill(&sandbox);
        let mut hub = open(&sandbox, None);
        for act in &acts {
            carry_out(&mut hub, act, "2026-01-01".parse().unwrap());
        }
        drop(hub);
        let store = raw(&sandbox.store());
        for (sql, text) in ["UPDATE customer SET name = ?1 WHERE id = 1", "UPDATE package SET name = ?1"].iter().zip(&texts) {
            store.execute(sql, [storable(text)]).unwrap();
        }
        drop(store);
        let (bare, back) = (Bare::new(), sandbox.path("back.db"));
        for (from, to) in [(sandbox.store(), bare.store()), (bare.store(), back.clone())] {
            let run = copy(&sandbox, &from, &to);
            proptest::prop_assert_eq!(run.code, 0, "{:?}", run);
        }
        let expected = told(&sandbox, &sandbox.store());
        proptest::prop_assert_eq!(&told(&sandbox, &bare.store()), &expected);
        proptest::prop_assert_eq!(&told(&sandbox, &back), &expected);
    }
}

/// A pooler that hands a connection on after each transaction brings along what the one before has set on it.
///
/// Rules: R-5 K-11
#[test]
fn a_connection_that_is_shared_is_refused() {
    let bare = Bare::new();
    touch(&bare.store(), "alone").unwrap();
    let name = "SELECT current_database()";
    database::batch(
        &bare.store(),
        &format!(
            "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET servhub.open = ''yes''', ({name})); END $$"
        ),
    );
    let run = Sandbox::on_file().run(["contract", "list", "--store", bare.store().to_str().unwrap()]);
    assert!(run.code == 2 && run.stderr.contains("E0023"), "{run:?}");
    assert!(run.stderr.contains("pool_mode"), "{run:?}");
}

/// A standby stands beside: whichever takes changes is used, and both are named.
///
/// Rules: K-1
#[test]
fn the_address_may_name_several_servers() {
    let (bare, sandbox) = (Bare::new(), Sandbox::on_file());
    let address = bare.store().to_str().unwrap().to_owned();
    let (before, folder) = address.split_once("host=").unwrap();
    let nowhere = sandbox.path("nowhere");
    let both = format!(
        "{before}host={},{folder}&target_session_attrs=read-write",
        nowhere.display()
    );
    let run = sandbox.run(["doctor", "-o", "csv", "--store", &both]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(
        run.stdout.contains(&format!("{},{folder}/", nowhere.display())),
        "{run:?}"
    );
    // Whoever asks for TLS gets it or nothing.
    let sealed = format!("{address}&sslmode=verify-full");
    let run = sandbox.run(["doctor", "--store", &sealed]);
    assert!(run.code == 7 && run.stderr.contains("TLS"), "{run:?}");
    // The last one takes questions only.
    database::batch(
        &bare.store(),
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$",
    );
    let run = sandbox.run(["doctor", "--store", &both]);
    assert!(run.code == 7 && run.stderr.contains("E0020"), "{run:?}");
}
