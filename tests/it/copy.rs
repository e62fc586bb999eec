//! A whole hub from one store to another. The first is whatever the tests run on, the second a file; what needs a server on
//! both sides stands with `postgres::copying`.

use crate::database::raw;
use crate::fixture::{count, touch, with_records};
use crate::harness::{Run, Sandbox, finish, repository};
use std::path::{Path, PathBuf};

/// The example, with somebody who operates the hub and a token.
pub fn example(sandbox: &Sandbox) {
    let folder = repository("examples/hub");
    sandbox.ok(["import".as_ref(), folder.as_os_str(), "--yes".as_ref()]);
    sandbox.ok(["operator", "appoint", "ops@provider.example", "--yes"]);
    sandbox.sql(
        "INSERT INTO token (id, code, kind, account, name, hash, scopes, created_at, expires_at)
           VALUES (7, 'abcdef', 'personal', 'Ops@provider.example', 'script', zeroblob(32), 'read', 0, 9999999999);
         INSERT INTO setup_code (hash, made_at) VALUES (zeroblob(32), 0);",
    );
}

/// What can be told of a store: everything that it exports, and its whole trail.
pub fn told(sandbox: &Sandbox, store: &Path) -> Vec<(String, Vec<u8>)> {
    let out = sandbox.path("told");
    let _ = std::fs::remove_dir_all(&out);
    let ok = |args: &[&str]| {
        let run = finish(sandbox.command(args).env("SERVHUB_STORE", store));
        assert_eq!(run.code, 0, "{run:?}");
        run.stdout.into_bytes()
    };
    ok(&["export", "folder", "told"]);
    let mut all: Vec<(String, Vec<u8>)> = everything(&out)
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(&out).unwrap().display().to_string();
            (name, std::fs::read(path).unwrap())
        })
        .collect();
    all.sort();
    all.push(("trail".to_owned(), ok(&["audit", "export"])));
    all.push(("head".to_owned(), ok(&["audit", "verify", "-o", "json"])));
    all.push(("cpod".to_owned(), ok(&["export", "cpod"])));
    all.push(("operators".to_owned(), ok(&["operator", "list", "-o", "csv"])));
    all
}

fn everything(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let (folders, mut files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    files.extend(folders.iter().flat_map(|folder| everything(folder)));
    files
}

pub fn copy(sandbox: &Sandbox, from: &Path, to: &Path) -> Run {
    sandbox.run([
        "copy".as_ref(),
        from.as_os_str(),
        to.as_os_str(),
        "-o".as_ref(),
        "csv".as_ref(),
    ])
}

/// What a copy that failed may not leave behind.
fn left(sandbox: &Sandbox, name: &str) -> Vec<String> {
    let entries = std::fs::read_dir(sandbox.path("")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names
        .filter(|file| file.starts_with(name) || file.starts_with(".servhub"))
        .collect()
}

/// Rules: K-1 X-2
#[test]
fn a_copy_is_the_same_hub_and_goes_on_as_it_would() {
    let sandbox = Sandbox::new();
    example(&sandbox);
    let to = sandbox.path("deep/down/copy.db");
    let run = copy(&sandbox, &sandbox.store(), &to);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(told(&sandbox, &sandbox.store()), told(&sandbox, &to));
    let rows = |table: &str| count(&to, &format!("SELECT count(*) FROM {table}"));
    for table in ["ledger", "support_case", "case_file", "token", "audit"] {
        assert!(
            run.stdout.contains(&format!("\n{table},{}\r\n", rows(table))),
            "{table}: {run:?}"
        );
    }
    let sum: i64 = run
        .stdout
        .lines()
        .skip(1)
        .map(|line| line.split(',').nth(1).unwrap().parse::<i64>().unwrap())
        .sum();
    let note = format!(
        "tables, {sum} rows, audit chain of {} records; operators and tokens went along, set-up codes did not",
        rows("audit")
    );
    assert!(run.stderr.contains(&note), "{run:?}");
    assert_eq!((rows("setup_code"), rows("token")), (0, 1));
    for store in [sandbox.store(), to.clone()] {
        touch(&store, "next").unwrap();
    }
    assert_eq!(told(&sandbox, &sandbox.store()), told(&sandbox, &to));
    assert!(left(&sandbox, ".").is_empty());
}

/// Rules: K-1 K-10
#[test]
fn only_a_new_or_an_empty_store_is_filled() {
    let sandbox = Sandbox::new();
    example(&sandbox);
    let (full, empty, blank) = (
        sandbox.path("full.db"),
        sandbox.path("empty.db"),
        sandbox.path("blank.db"),
    );
    touch(&full, "somebody else's").unwrap();
    let before = told(&sandbox, &full);
    let run = copy(&sandbox, &sandbox.store(), &full);
    assert!(run.code == 5 && run.stderr.contains("E0012"), "{run:?}");
    assert_eq!(told(&sandbox, &full), before);
    let text = sandbox.write("text.db", &"no database ".repeat(100));
    let run = copy(&sandbox, &sandbox.store(), &text);
    assert!(run.code == 2 && run.stderr.contains("E0003"), "{run:?}");
    drop(servhub::store::Db::open(&empty).unwrap());
    std::fs::write(&blank, "").unwrap();
    for to in [empty, blank] {
        let run = copy(&sandbox, &sandbox.store(), &to);
        assert_eq!(run.code, 0, "{run:?}");
        assert_eq!(told(&sandbox, &sandbox.store()), told(&sandbox, &to));
    }
    std::fs::write(sandbox.path("lost.db-wal"), "of another store").unwrap();
    let run = copy(&sandbox, &sandbox.store(), &sandbox.path("lost.db"));
    assert!(run.code == 5 && run.stderr.contains("lost.db-wal"), "{run:?}");
    assert_eq!(left(&sandbox, "lost"), ["lost.db-wal"]);
}

/// A dry run counts what the copy then brings, refuses what the copy refuses, and makes nothing.
///
/// Rules: K-8
#[test]
fn a_dry_run_says_what_would_be_copied_and_writes_nothing() {
    let sandbox = Sandbox::new();
    with_records(&sandbox, 3);
    let store = sandbox.store();
    let rehearse = |from: &Path, to: &Path| {
        let args = ["copy".as_ref(), from.as_os_str(), to.as_os_str()];
        sandbox.run(
            args.into_iter()
                .chain(["--dry-run", "-o", "csv"].map(AsRef::as_ref)),
        )
    };
    let folder = || {
        let mut files = everything(&sandbox.path("."));
        files.sort();
        files
    };
    let (new, blank, empty) = (
        sandbox.path("new.db"),
        sandbox.path("blank.db"),
        sandbox.path("empty.db"),
    );
    std::fs::write(&blank, "").unwrap();
    drop(servhub::store::Db::open(&empty).unwrap());
    let (before, length) = (folder(), std::fs::metadata(&empty).unwrap().len());
    for to in [&new, &blank, &empty] {
        let run = rehearse(&store, to);
        assert_eq!(run.code, 0, "{run:?}");
        assert!(
            run.stderr.contains("nothing was written") && run.stderr.contains("audit chain of"),
            "{run:?}"
        );
        assert_eq!(folder(), before);
        assert_eq!(std::fs::metadata(&blank).unwrap().len(), 0);
        assert_eq!(std::fs::metadata(&empty).unwrap().len(), length);
    }
    assert_eq!(count(&empty, "SELECT count(*) FROM customer"), 0);
    let rehearsed = rehearse(&store, &new).stdout;
    assert_eq!(copy(&sandbox, &store, &new).stdout, rehearsed);
    let full = rehearse(&store, &new);
    assert!(full.code == 5 && full.stderr.contains("E0012"), "{full:?}");
    let nowhere = rehearse(&sandbox.path("nowhere.db"), &sandbox.path("to.db"));
    assert!(
        nowhere.code == 3 && nowhere.stderr.contains("E0009"),
        "{nowhere:?}"
    );
    assert!(!sandbox.path("nowhere.db").exists() && left(&sandbox, "to").is_empty());
    let text = sandbox.write("text.db", &"no store ".repeat(100));
    assert!(rehearse(&store, &text).stderr.contains("E0003"));
    let broken = rehearse(&broken(&sandbox, &new), &sandbox.path("to.db"));
    assert!(broken.code == 1 && broken.stderr.contains("E0014"), "{broken:?}");
}

/// The same store with another hand in its trail.
fn broken(sandbox: &Sandbox, store: &Path) -> PathBuf {
    let to = sandbox.path("broken.db");
    std::fs::copy(store, &to).unwrap();
    raw(&to)
        .execute_batch("DROP TRIGGER audit_no_update; UPDATE audit SET actor = 'nobody' WHERE id = 1")
        .unwrap();
    to
}

/// Rules: K-1 K-10
#[test]
fn what_cannot_be_copied_is_refused_with_a_way_out() {
    let sandbox = Sandbox::new();
    sandbox.ok(["contract", "list"]);
    let hub = "https://hub.example";
    let store = sandbox.store().display().to_string();
    for (args, code, says) in [
        (["nowhere.db", "to.db"], 3, "E0009"),
        ([store.as_str(), store.as_str()], 2, "E0100"),
        ([hub, "to.db"], 5, "backup FILE"),
        ([store.as_str(), hub], 5, "E0016"),
        (["mysql://x/y", "to.db"], 2, "E0100"),
        (["postgres://a:s3cret@x/y", "to.db"], 2, "PGPASSWORD"),
    ] {
        let run = sandbox.run(["copy", args[0], args[1]]);
        assert!(run.code == code && run.stderr.contains(says), "{args:?}: {run:?}");
        assert!(!run.stderr.contains("s3cret"), "{run:?}");
        assert!(!sandbox.path("nowhere.db").exists() && left(&sandbox, "to").is_empty());
    }
    let run = sandbox.run(["copy", &store, "to.db", "--as", "ann@x.example"]);
    assert!(run.code == 4 && left(&sandbox, "to").is_empty(), "{run:?}");
}

/// Rules: X-2
#[test]
fn a_broken_chain_is_not_carried_on() {
    let sandbox = Sandbox::on_file();
    example(&sandbox);
    sandbox.sql("DROP TRIGGER audit_no_update; UPDATE audit SET actor = 'nobody' WHERE id = 1");
    let run = copy(&sandbox, &sandbox.store(), &sandbox.path("to.db"));
    assert!(run.code == 1 && run.stderr.contains("E0014"), "{run:?}");
    assert!(left(&sandbox, "to").is_empty());
}

/// Whatever changes a value on its way is found out, and the target is as it was.
#[test]
fn a_copy_that_differs_is_not_kept() {
    let sandbox = Sandbox::new();
    example(&sandbox);
    for (name, spoils) in [
        (
            "value",
            "CREATE TRIGGER spoil AFTER INSERT ON customer BEGIN UPDATE customer SET country = 'XX' WHERE id = new.id; END",
        ),
        (
            "row",
            "CREATE TRIGGER spoil AFTER INSERT ON member_role BEGIN DELETE FROM member_role WHERE member_id = new.member_id; END",
        ),
    ] {
        let to = sandbox.path(name);
        drop(servhub::store::Db::open(&to).unwrap());
        raw(&to).execute_batch(spoils).unwrap();
        let before = told(&sandbox, &to);
        let run = copy(&sandbox, &sandbox.store(), &to);
        assert!(run.code == 1 && run.stderr.contains("E0022"), "{run:?}");
        assert_eq!(told(&sandbox, &to), before);
        assert_eq!(count(&to, "SELECT count(*) FROM customer"), 0);
        assert!(count(&to, "SELECT count(*) FROM product") > 0);
    }
}

/// Rows that refer to nothing are found before the copy is kept.
#[test]
fn what_hangs_in_the_air_is_not_copied() {
    let sandbox = Sandbox::on_file();
    example(&sandbox);
    raw(&sandbox.store())
        .execute_batch("PRAGMA foreign_keys = OFF; UPDATE contact SET contract_id = 999 WHERE id = 1")
        .unwrap();
    let run = copy(&sandbox, &sandbox.store(), &sandbox.path("to.db"));
    assert!(
        run.code == 1 && run.stderr.contains("contact 1 → contract"),
        "{run:?}"
    );
    assert!(left(&sandbox, "to").is_empty());
}

/// Rules: X-1
#[test]
fn a_full_disk_leaves_nothing_behind() {
    let sandbox = Sandbox::on_file();
    example(&sandbox);
    let empty = sandbox.path("empty.db");
    drop(servhub::store::Db::open(&empty).unwrap());
    let before = told(&sandbox, &empty);
    let store = sandbox.store();
    for name in ["to.db", "empty.db"] {
        let line = format!(
            "trap '' XFSZ; ulimit -f 1100; exec servhub copy '{}' {name}",
            store.display()
        );
        let run = finish(&mut sandbox.shell(&line));
        assert!(run.code == 1 && !run.stderr.is_empty(), "{run:?}");
        assert!(left(&sandbox, "to.").is_empty(), "{:?}", left(&sandbox, "to."));
    }
    assert_eq!(told(&sandbox, &empty), before);
}

/// Rules: K-1 X-2
#[test]
fn a_copy_is_of_one_moment_while_others_write() {
    let sandbox = Sandbox::new();
    example(&sandbox);
    let store = sandbox.store();
    let writing = std::sync::atomic::AtomicBool::new(true);
    let stop = Stop(&writing);
    std::thread::scope(|scope| {
        let stop = stop;
        scope.spawn(|| {
            let mut number = 0;
            while writing.load(std::sync::atomic::Ordering::Relaxed) {
                number += 1;
                touch(&store, &format!("one more {number}")).unwrap();
            }
        });
        for turn in 0..4 {
            let to = sandbox.path(&format!("turn{turn}"));
            let run = copy(&sandbox, &store, &to);
            assert_eq!(run.code, 0, "{run:?}");
            // Each change puts a source in and appends a record: one without the other is half of it.
            let (sources, records) = (
                count(&to, "SELECT count(*) FROM source WHERE name LIKE 'one more%'"),
                count(&to, "SELECT count(*) FROM audit WHERE action = 'test.touch'"),
            );
            assert_eq!(sources, records);
        }
        drop(stop);
    });
}

/// Ends the writing, also when a test fails.
struct Stop<'a>(&'a std::sync::atomic::AtomicBool);

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        self.0.store(false, std::sync::atomic::Ordering::Relaxed);
    }
}
