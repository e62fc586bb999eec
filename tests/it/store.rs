//! The store as a file: who may open it, what it promises, and many at once.

use crate::fixture::{count, deliver, hub, small_hub, tamper, touch, with_records};
use crate::harness::{Sandbox, TOKEN, finish};
use servhub::store::sqlite::SCHEMA_VERSION;
use std::process::{Command, Stdio};

/// Names the store for a test that was started again as a process of its own.
const STORE: &str = "SERVHUB_TEST_SHARED";
const WRITER: &str = "SERVHUB_TEST_WRITER";

/// One writer of the eight below; alone it writes to a store of its own.
///
/// Rules: X-1
#[test]
fn a_writer_appends_again_and_again() {
    let sandbox = Sandbox::new();
    let path = std::env::var_os(STORE).map_or(sandbox.store(), Into::into);
    let writer = std::env::var(WRITER).unwrap_or_default();
    for round in 0..20 {
        let name = format!("writer {writer} round {round}");
        touch(&path, &name).unwrap();
        let written = count(
            &path,
            &format!("SELECT count(*) FROM source WHERE name = '{name}'"),
        );
        assert_eq!(written, 1);
    }
}

/// Rules: X-2
#[test]
fn eight_processes_make_and_fill_a_store_at_once() {
    let sandbox = Sandbox::new();
    let writers: Vec<_> = (0..8)
        .map(|writer| {
            Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "store::a_writer_appends_again_and_again"])
                .env(STORE, sandbox.store())
                .env(WRITER, writer.to_string())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    for writer in writers {
        let output = writer.wait_with_output().unwrap();
        let said =
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.contains("1 passed"), "{said}");
    }
    assert_eq!(count(&sandbox.store(), "SELECT count(*) FROM source"), 160);
    assert_eq!(sandbox.ok(["audit", "verify", "--jq", ".records"]), "160\n");
}

/// Rules: K-1
#[test]
fn many_processes_make_the_store_at_once() {
    let sandbox = Sandbox::new();
    let runs: Vec<_> = (0..8)
        .map(|_| {
            let mut command = sandbox.command(["contract", "list", "-o", "csv"]);
            command
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
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
    let version = count(&sandbox.store(), "SELECT user_version FROM pragma_user_version");
    assert_eq!(usize::try_from(version).unwrap(), SCHEMA_VERSION);
}

/// Rules: K-1
#[test]
fn a_store_is_durable_and_checks_references() {
    let sandbox = Sandbox::new();
    let checks = sandbox.ok([
        "doctor",
        "--jq",
        ".rows[] | select(.check == \"durability\") | .found",
    ]);
    assert!(checks.starts_with("full, write-ahead log"), "{checks}");
    let mode = crate::database::raw(&sandbox.store());
    let mode: String = mode
        .query_row("PRAGMA journal_mode", [], |row| row.get(0))
        .unwrap();
    assert_eq!(mode, "wal");
    let mut hub = hub(&sandbox.store());
    let error = hub.carry_out(&Dangle {}, servhub::hub::Mode::Apply).unwrap_err();
    assert!(error.to_string().contains("FOREIGN KEY"), "{error}");
}

#[derive(serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
struct Dangle {}

impl servhub::hub::Change for Dangle {
    const NAME: &'static str = "test.dangle";
    const ROUTE: servhub::hub::Route = servhub::hub::Route::post("/test-dangles");
    type Needs = servhub::policy::needs::MaintainStore;
    type Answer = i64;

    fn change(&self, at: &mut servhub::hub::Writing<'_, Self::Needs>) -> servhub::error::Result<i64> {
        let recording_id = at.recording("anna", servhub::domain::Instant::from_seconds(0))?;
        let source_id = at.source("test")?;
        at.append(&servhub::store::sqlite::NewEntry {
            entitlement_id: 404,
            workspace_id: 404,
            delivered_on: servhub::domain::Day::from_number(0),
            quantity: servhub::domain::Quantity::whole(1),
            reference: None,
            note: None,
            source_id,
            source_key: "k",
            recording_id,
            late: false,
            corrects: None,
            draw: None,
        })
    }
}

/// Rules: K-11
#[test]
fn a_store_of_a_newer_release_is_left_alone() {
    let sandbox = Sandbox::new();
    with_records(&sandbox, 1);
    tamper(
        &sandbox.store(),
        &format!("PRAGMA user_version = {}", SCHEMA_VERSION + 1),
    );
    let before = std::fs::read(sandbox.store()).unwrap();
    for args in [
        vec!["contract", "list"],
        vec!["doctor"],
        vec!["backup", "copy.db"],
    ] {
        let run = sandbox.run(&args);
        assert_eq!(run.code, 1, "{run:?}");
        assert!(
            run.stderr.contains("error[E0004]")
                && run.stderr.contains("newer") | run.stderr.contains("layout"),
            "{run:?}"
        );
    }
    assert_eq!(std::fs::read(sandbox.store()).unwrap(), before);
}

/// Rules: K-11
#[test]
fn a_foreign_file_is_refused_and_left_alone() {
    let sandbox = Sandbox::new();
    tamper(
        &sandbox.path("other.db"),
        "CREATE TABLE theirs (x); PRAGMA user_version = 3",
    );
    sandbox.write("notes.txt", &"these are no tables, only words. ".repeat(40));
    sandbox.write("short.txt", "x");
    for name in ["other.db", "notes.txt", "short.txt"] {
        let before = std::fs::read(sandbox.path(name)).unwrap();
        let run = sandbox.run(["contract", "list", "--store", name]);
        assert_eq!(run.code, 2, "{name}: {run:?}");
        assert!(
            run.stderr.contains("error[E0003]") && run.stderr.contains(name),
            "{run:?}"
        );
        assert_eq!(std::fs::read(sandbox.path(name)).unwrap(), before);
    }
    let run = sandbox.run(["contract", "list", "--store", "."]);
    assert!(run.code == 1 && run.stderr.contains("error[E0006]"), "{run:?}");
}

/// Rules: L-1
#[test]
fn doctor_finds_each_kind_of_damage() {
    let cases = [
        ("", 0, "ok ok ok ok ok ok ok"),
        (
            "UPDATE ledger_total SET consumed = consumed + 1",
            1,
            "ok ok ok ok failed ok ok",
        ),
        ("DELETE FROM ledger_total", 1, "ok ok ok ok failed ok ok"),
        (
            "INSERT INTO ledger_total VALUES (2, 1, 100, 1, 20100)",
            1,
            "ok ok ok ok failed ok ok",
        ),
        (
            "PRAGMA foreign_keys = OFF; DELETE FROM package",
            1,
            "ok ok ok failed ok ok ok",
        ),
        ("UPDATE audit_head SET id = 9", 1, "ok ok ok ok ok ok failed"),
    ];
    for (sql, code, states) in cases {
        let sandbox = Sandbox::new();
        small_hub(&sandbox.store());
        deliver(&sandbox.store(), "k");
        tamper(&sandbox.store(), sql);
        let run = sandbox.run([
            "doctor",
            "--jq",
            "[.rows[] | select(.check != \"file system\" and .check != \"file\") | .state] | join(\" \")",
        ]);
        assert_eq!((run.code, run.stdout.trim()), (code, states), "{sql}: {run:?}");
        assert_eq!(run.stderr.contains("error[E0013]"), code == 1, "{run:?}");
    }
}

/// Rules: K-11
#[test]
fn doctor_tells_a_damaged_file() {
    let sandbox = Sandbox::new();
    with_records(&sandbox, 3);
    tamper(&sandbox.store(), "PRAGMA wal_checkpoint(TRUNCATE)");
    let mut bytes = std::fs::read(sandbox.store()).unwrap();
    for byte in &mut bytes[8192..40960] {
        *byte = 0xA5;
    }
    std::fs::write(sandbox.store(), bytes).unwrap();
    let run = sandbox.run(["doctor"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(
        run.stdout.contains("failed") && run.stdout.contains("backup") && run.stderr.contains("E0013"),
        "{run:?}"
    );
}

/// Rules: K-2 K-8
#[test]
fn a_dry_run_says_how_large_a_backup_would_be_and_writes_none() {
    let sandbox = Sandbox::on_file();
    with_records(&sandbox, 3);
    let served = sandbox.serve(&["--rehearsal"]);
    let backup = |store: &str, more: &[&str]| {
        let args = [&["backup", "copies/copy.db", "--store", store], more].concat();
        let run = finish(sandbox.command(args).env("SERVHUB_TOKEN", TOKEN));
        assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{run:?}");
        run.stderr
    };
    let (store, copy) = (sandbox.store(), sandbox.path("copies/copy.db"));
    for store in [store.to_str().unwrap(), served.url()] {
        let told = backup(store, &["--dry-run"]);
        assert!(!sandbox.path("copies").exists(), "{told}");
        backup(store, &[]);
        let length = std::fs::metadata(&copy).unwrap().len();
        let told_of = format!("{length} bytes would be copied to copies/copy.db");
        assert!(told.contains(&told_of), "{length}: {told}");
        std::fs::write(&copy, "mine").unwrap();
        // Nobody is asked, because nothing is replaced.
        let again = backup(store, &["--dry-run"]);
        assert!(again.contains("in place of the file that is there"), "{again}");
        assert_eq!(std::fs::read(&copy).unwrap(), b"mine");
        std::fs::remove_dir_all(sandbox.path("copies")).unwrap();
    }
}

/// Rules: K-8 K-15
#[test]
fn a_backup_is_whole_and_replaces_nothing_unasked() {
    let sandbox = Sandbox::new();
    with_records(&sandbox, 3);
    let run = sandbox.run(["backup", "copies/copy.db"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{run:?}");
    assert_eq!(
        sandbox.ok(["audit", "verify", "--jq", ".records", "--store", "copies/copy.db"]),
        "3\n"
    );
    touch(&sandbox.store(), "later").unwrap();
    let refused = sandbox.run(["backup", "copies/copy.db"]);
    assert!(
        refused.code == 2 && refused.stderr.contains("error[E0103]"),
        "{refused:?}"
    );
    assert_eq!(
        sandbox.ok(["audit", "verify", "--jq", ".records", "--store", "copies/copy.db"]),
        "3\n"
    );
    sandbox.ok(["backup", "copies/copy.db", "--yes"]);
    assert_eq!(
        sandbox.ok(["audit", "verify", "--jq", ".records", "--store", "copies/copy.db"]),
        "4\n"
    );
    let own = sandbox.run(["backup", "hub.db", "--yes"]);
    assert!(own.code == 2 && own.stderr.contains("store itself"), "{own:?}");
    assert_eq!(sandbox.ok(["audit", "verify", "--jq", ".records"]), "4\n");
    let left: Vec<_> = std::fs::read_dir(sandbox.path("copies"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert!(
        left.iter()
            .all(|name| name.to_string_lossy().starts_with("copy.db")),
        "{left:?}"
    );
}

/// Rules: K-15
#[test]
fn a_backup_is_of_one_moment_while_others_write() {
    let sandbox = Sandbox::new();
    with_records(&sandbox, 5);
    let path = sandbox.store();
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut round = 0;
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                touch(&path, &format!("during {round}")).unwrap();
                round += 1;
            }
            round
        });
        for number in 0..5 {
            let name = format!("copy{number}.db");
            sandbox.ok(["backup", &name]);
            let copy = sandbox.path(&name);
            let records = count(&copy, "SELECT count(*) FROM audit");
            assert_eq!(
                records,
                count(&copy, "SELECT count(*) FROM source"),
                "a change and its record come together"
            );
            assert_eq!(records, count(&copy, "SELECT id FROM audit_head"));
            sandbox.ok(["audit", "verify", "--store", &name]);
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
        assert!(writer.join().unwrap() > 0, "nothing was written meanwhile");
    });
}

/// Rules: K-12
#[test]
fn help_and_completion_of_options_touch_neither_store_nor_settings() {
    let sandbox = Sandbox::new();
    let locked = sandbox.write("locked", "no store, no settings");
    let bare = |args: &[&str], complete: Option<usize>| {
        let mut command = sandbox.command(args);
        command
            .env_remove("HOME")
            .env("SERVHUB_STORE", locked.join("hub.db"))
            .env("SERVHUB_CONFIG", locked.join("config.toml"));
        if let Some(index) = complete {
            command
                .env("SERVHUB_COMPLETE", "bash")
                .env("_CLAP_COMPLETE_INDEX", index.to_string())
                .env("_CLAP_IFS", "\n");
        }
        finish(&mut command)
    };
    for args in [
        vec!["--help"],
        vec!["contract", "list", "--help"],
        vec!["--version"],
        vec!["man"],
        vec!["completions", "fish"],
        vec!["explain", "E0001"],
    ] {
        let run = bare(&args, None);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{args:?}");
    }
    let run = bare(&["--", "servhub", "contract", "list", "--cus"], Some(3));
    assert_eq!(
        (run.code, run.stdout.as_str(), run.stderr.as_str()),
        (0, "--customer", "")
    );
    let run = bare(&["--", "servhub", "contract", "show", ""], Some(3));
    assert_eq!(
        (run.code, run.stderr.as_str()),
        (0, ""),
        "without a store there are no names, and no noise"
    );
    assert!(!sandbox.store().exists());
}
