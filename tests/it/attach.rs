//! What comes with a request: attachments, byte for byte, and its history in a folder.

use crate::fixture::count;
use crate::harness::{Run, Sandbox};
use crate::spaces::{acting, works};
use sha2::{Digest, Sha256};
use std::fs::File;

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn put(hub: &Sandbox, name: &str, bytes: &[u8]) {
    let path = hub.write(name, "");
    std::fs::write(path, bytes).unwrap();
}

fn attach(hub: &Sandbox, who: &str, args: &[&str]) -> Run {
    hub.run(acting(who, &[&["request", "attach"], args].concat()))
}

fn kept(hub: &Sandbox) -> i64 {
    count(&hub.store(), "SELECT count(*) FROM case_file")
}

/// Rules: X-1 K-15
#[test]
fn an_attachment_comes_back_byte_for_byte_and_its_hash_is_recorded() {
    let hub = works();
    let bytes: Vec<u8> = (0..=255_u8).cycle().take(70_001).collect();
    put(&hub, "trace.bin", &bytes);
    let done = attach(&hub, "ben", &["1001", "trace.bin", "-o", "csv"]);
    assert_eq!(done.code, 0, "{done:?}");
    let line = format!("1001,trace.bin,70001,{},yes", hash(&bytes));
    assert!(done.stdout.contains(&line), "{done:?}");

    let files = hub.ok(acting(
        "ben",
        &["request", "show", "1001", "--files", "-o", "csv"],
    ));
    assert_eq!(
        files,
        format!(
            "name,size,sha256,account,at\r\ntrace.bin,70001,{},ben@steel.example,2026-11-21T08:00:00Z\r\n",
            hash(&bytes)
        )
    );
    hub.ok(acting(
        "ben",
        &["request", "file", "1001", "trace.bin", "--out", "back"],
    ));
    assert!(std::fs::read(hub.path("back")).unwrap() == bytes);
    let piped = hub
        .command(acting("ben", &["request", "file", "1001", "trace.bin"]))
        .output()
        .unwrap();
    assert!(piped.stdout == bytes);

    let history = hub.ok(acting(
        "ben",
        &["request", "show", "1001", "--history", "-o", "csv"],
    ));
    assert!(history.contains(",ben@steel.example,file,,,"), "{history}");
    let trail = hub.ok(["audit", "list", "-o", "json"]);
    assert!(
        trail.contains("request.attach") && trail.contains(&hash(&bytes)) && trail.contains("request:1001"),
        "{trail}"
    );
}

/// Rules: K-8 K-10
#[test]
fn the_same_bytes_again_change_nothing_and_others_never_replace_them() {
    let hub = works();
    put(&hub, "note.txt", b"first");
    assert_eq!(attach(&hub, "ben", &["1001", "note.txt", "--dry-run"]).code, 0);
    assert_eq!(kept(&hub), 0);
    assert_eq!(attach(&hub, "ben", &["1001", "note.txt"]).code, 0);
    let records = count(&hub.store(), "SELECT count(*) FROM audit");
    let again = attach(&hub, "ben", &["1001", "note.txt"]);
    assert!(
        again.code == 0 && again.stderr.contains("nothing left to do"),
        "{again:?}"
    );
    assert_eq!(count(&hub.store(), "SELECT count(*) FROM audit"), records);

    put(&hub, "note.txt", b"second");
    let other = attach(&hub, "ben", &["1001", "note.txt"]);
    assert!(
        other.code == 5 && other.stderr.contains("error[E0541]"),
        "{other:?}"
    );
    assert_eq!(hub.ok(["request", "file", "1001", "note.txt"]), "first");
    assert_eq!(
        attach(&hub, "ben", &["1001", "note.txt", "--name", "note 2.txt"]).code,
        0
    );
    assert_eq!(hub.ok(["request", "file", "1001", "note 2.txt"]), "second");
    let missing = hub.run(["request", "file", "1001", "note.text"]);
    assert!(
        missing.code == 3 && missing.stderr.contains("did you mean note.txt"),
        "{missing:?}"
    );
}

/// Rules: K-18
#[test]
fn a_file_that_is_too_large_is_refused_and_what_came_with_it_too() {
    let hub = works();
    put(&hub, "small.txt", b"small");
    let just = File::create(hub.path("just.bin")).unwrap();
    just.set_len(25 << 20).unwrap();
    let large = File::create(hub.path("large.bin")).unwrap();
    large.set_len((25 << 20) + 1).unwrap();
    let refused = attach(&hub, "ben", &["1001", "small.txt", "large.bin"]);
    assert!(
        refused.code == 5 && refused.stderr.contains("error[E0540]") && refused.stderr.contains("25 MiB"),
        "{refused:?}"
    );
    let missing = attach(&hub, "ben", &["1001", "small.txt", "nowhere.txt"]);
    assert!(
        missing.code == 3 && missing.stderr.contains("nowhere.txt"),
        "{missing:?}"
    );
    assert_eq!(kept(&hub), 0);
    let fits = attach(&hub, "ben", &["1001", "just.bin", "small.txt"]);
    assert_eq!(fits.code, 0, "{fits:?}");
    assert_eq!(kept(&hub), 2);
}

/// Attaches what comes by standard input.
fn pipe(hub: &Sandbox, bytes: &[u8], more: &[&str]) -> Run {
    put(hub, "stream", bytes);
    let args = [&["request", "attach", "1001", "-"], more].concat();
    let mut command = hub.command(acting("ben", &args));
    crate::harness::finish(command.stdin(File::open(hub.path("stream")).unwrap()))
}

/// Rules: K-8 K-11
#[test]
fn what_comes_by_standard_input_is_attached_whole_under_a_name_or_not_at_all() {
    let hub = works();
    let bytes: Vec<u8> = (0..=255_u8).cycle().take(70_001).collect();
    let nameless = pipe(&hub, &bytes, &[]);
    assert!(
        nameless.code == 2
            && nameless.stderr.contains("no name of its own")
            && nameless.stderr.contains("--name"),
        "{nameless:?}"
    );
    let two = pipe(&hub, &bytes, &["stream", "--name", "a"]);
    assert_eq!(two.code, 2, "{two:?}");
    let nothing = pipe(&hub, b"", &["--name", "a"]);
    assert!(
        nothing.code == 2 && nothing.stderr.contains("nothing came by standard input"),
        "{nothing:?}"
    );
    let large = pipe(&hub, &vec![7; (25 << 20) + 1], &["--name", "a"]);
    assert!(
        large.code == 5 && large.stderr.contains("error[E0540]") && large.stderr.contains("standard input"),
        "{large:?}"
    );
    assert_eq!(pipe(&hub, &bytes, &["--name", "a", "--dry-run"]).code, 0);
    assert_eq!(kept(&hub), 0);
    let done = pipe(&hub, &bytes, &["--name", "trace.bin", "-o", "csv"]);
    let line = format!("1001,trace.bin,70001,{},yes", hash(&bytes));
    assert!(done.code == 0 && done.stdout.contains(&line), "{done:?}");
    let again = pipe(&hub, &bytes, &["--name", "trace.bin"]);
    assert!(again.stderr.contains("nothing left to do"), "{again:?}");
    let just = pipe(&hub, &vec![7; 25 << 20], &["--name", "just.bin"]);
    assert_eq!(just.code, 0, "{just:?}");
    hub.ok(acting(
        "ben",
        &["request", "file", "1001", "trace.bin", "--out", "back"],
    ));
    assert!(std::fs::read(hub.path("back")).unwrap() == bytes);
    // A file may be called that.
    put(&hub, "-", b"dash");
    assert_eq!(attach(&hub, "ben", &["1001", "./-"]).code, 0);
    assert_eq!(hub.ok(["request", "file", "1001", "-"]), "dash");
}

/// Rules: V-3 V-4 R-1 R-5
#[test]
fn who_takes_part_attaches_and_who_sees_the_request_reads() {
    let hub = works();
    put(&hub, "a.txt", b"a");
    // Yan sees every request of W-2, and takes part in none.
    assert_eq!(attach(&hub, "yan", &["2001", "a.txt"]).code, 4);
    let unknown = attach(&hub, "cora", &["1001", "a.txt"]);
    assert!(
        unknown.code == 3 && unknown.stderr.contains("E0110"),
        "{unknown:?}"
    );
    assert_eq!(kept(&hub), 0);
    for (who, name) in [("ben", "by ben"), ("adam", "by adam"), ("sam", "by sam")] {
        let done = attach(&hub, who, &["1001", "a.txt", "--name", name]);
        assert_eq!(done.code, 0, "{who}: {done:?}");
    }
    assert_eq!(attach(&hub, "sam", &["2001", "a.txt"]).code, 0);
    assert_eq!(hub.ok(acting("yan", &["request", "file", "2001", "a.txt"])), "a");
    for who in ["cora", "una", "oto"] {
        let hidden = hub.run(acting(who, &["request", "file", "1001", "by ben"]));
        assert_eq!(hidden.code, 3, "{who}: {hidden:?}");
    }
}

/// Rules: K-9
#[test]
fn a_name_is_one_that_a_file_can_have_anywhere() {
    let hub = works();
    put(&hub, "a.txt", b"a");
    let long = "x".repeat(256);
    for name in ["", ".", "..", "../a", "a/b", "a\\b", "a\nb", &long] {
        let refused = attach(&hub, "ben", &["1001", "a.txt", "--name", name]);
        assert!(
            refused.code == 2 && refused.stderr.contains("E0100"),
            "{name:?}: {refused:?}"
        );
    }
    let two = attach(&hub, "ben", &["1001", "a.txt", "a.txt", "--name", "b"]);
    assert_eq!(two.code, 2, "{two:?}");
    assert_eq!(kept(&hub), 0);
}

/// What the folder of a hub with attachments and a history says, as an import takes it.
fn folder(hub: &Sandbox) -> (String, String) {
    let read = |name: &str| std::fs::read_to_string(hub.path("out").join(name)).unwrap();
    hub.ok(["export", "folder", "out"]);
    (read("files.csv"), read("events.csv"))
}

/// Rules: K-18
#[test]
fn a_folder_carries_attachments_and_refuses_bytes_that_are_not_theirs() {
    let hub = works();
    put(&hub, "a.txt", b"one");
    for args in [["1001", "a.txt", "--name", "a"], ["1001", "a.txt", "--name", "b"]] {
        assert_eq!(attach(&hub, "ben", &args).code, 0);
    }
    let (files, events) = folder(&hub);
    assert_eq!(files.lines().count(), 3, "{files}");
    assert!(
        events.contains("1001,2026-11-21T08:00:00Z,ben@steel.example,file,,,"),
        "{events}"
    );
    // The same bytes lie there once.
    assert_eq!(std::fs::read_dir(hub.path("out/files")).unwrap().count(), 1);

    let stored = hub.path("out/files").join(hash(b"one"));
    let other = Sandbox::new();
    let import =
        |other: &Sandbox| other.run(["import".as_ref(), hub.path("out").as_os_str(), "--yes".as_ref()]);
    std::fs::write(&stored, b"two").unwrap();
    let wrong = import(&other);
    assert!(
        wrong.code == 5 && wrong.stdout.contains(&hash(b"two")),
        "{wrong:?}"
    );
    std::fs::remove_file(&stored).unwrap();
    let gone = import(&other);
    assert!(
        gone.code == 5 && gone.stdout.contains("put its bytes there"),
        "{gone:?}"
    );
    assert_eq!(kept(&other), 0);
    std::fs::write(&stored, b"one").unwrap();
    assert_eq!(import(&other).code, 0);
    assert_eq!(other.ok(["request", "file", "1001", "b"]), "one");
    assert_eq!(folder(&other), (files, events));
    let again = import(&other);
    assert!(again.stderr.contains("nothing left to do"), "{again:?}");
}

/// An event has no key: a file says how often each happened.
///
/// Rules: K-18 L-2
#[test]
fn events_are_imported_once_however_often_they_are_told() {
    let hub = works();
    let header = "case,at,account,kind,before,after,text\n";
    let note = "1001,2026-11-01T08:00:00Z,sam@provider.example,note,,,Called\n";
    let state = "1001,2026-11-01T07:00:00Z,sam@provider.example,state,open,awaiting-customer,\n";
    let twice = hub.write("events.csv", &[header, note, note, state].concat());
    let events = || count(&hub.store(), "SELECT count(*) FROM case_event");
    let import = || hub.run(["import".as_ref(), twice.as_os_str(), "--yes".as_ref()]);
    assert_eq!(import().code, 0);
    assert_eq!(events(), 3);
    assert!(import().stderr.contains("nothing left to do"));
    // Once is less often than twice: nothing is taken away.
    let once = hub.write("once/events.csv", &[header, note].concat());
    hub.ok(["import".as_ref(), once.as_os_str(), "--yes".as_ref()]);
    assert_eq!(events(), 3);
    let shown = hub.ok([
        "request",
        "show",
        "1001",
        "--history",
        "-o",
        "csv",
        "--columns",
        "at,what",
    ]);
    assert!(
        shown.starts_with("at,what\r\n2026-11-01T07:00:00Z,state\r\n"),
        "{shown}"
    );

    let wrong = hub.write(
        "wrong/events.csv",
        &[header, &state.replace("awaiting-customer", "asleep")].concat(),
    );
    let refused = hub.run(["import".as_ref(), wrong.as_os_str(), "--yes".as_ref()]);
    assert!(
        refused.code == 5 && refused.stdout.contains("is no state"),
        "{refused:?}"
    );
}

/// Rules: K-18 V-3
#[test]
fn a_file_of_cases_without_the_newer_columns_leaves_them_as_they_are() {
    let hub = works();
    hub.sql(
        "UPDATE support_case SET description = 'Cold since noon', category = 'defect', language = 'sk', country = 'SK',
           around_the_clock = 1, filed_by = 'ben@steel.example', assignee = 'sam@provider.example', responded_at = 1790000500,
           resolved_at = 1790000900, resolution = 'Lit again' WHERE id = 1",
    );
    let kept = || {
        let sql = "SELECT count(*) FROM support_case WHERE id = 1 AND description = 'Cold since noon' AND category = 'defect'
            AND language = 'sk' AND country = 'SK' AND around_the_clock = 1 AND filed_by = 'ben@steel.example'
            AND assignee = 'sam@provider.example' AND responded_at = 1790000500 AND resolved_at = 1790000900
            AND resolution = 'Lit again' AND named_contact = 'ben@steel.example' COLLATE NOCASE";
        count(&hub.store(), sql)
    };
    assert_eq!(kept(), 1);
    let old = "case,workspace,contract,package,entitlement,kind,class,severity,state,product,title,contact,opened_at,closed_at\n\
               1001,W-1,0100,P-1,E-1,problem-resolution,,A,open,,Furnace is cold,cora@steel.example,2026-09-21T14:13:20Z,\n";
    let old = hub.write("cases.csv", old);
    hub.ok(["import".as_ref(), old.as_os_str(), "--yes".as_ref()]);
    assert_eq!(kept(), 1);
    assert_eq!(
        count(
            &hub.store(),
            "SELECT count(*) FROM support_case WHERE severity = 'A' AND id = 1"
        ),
        1
    );
    // A column that is there and empty says that there is none.
    let new = "case,workspace,kind,severity,state,title,opened_at,assignee\n\
               1001,W-1,problem-resolution,A,open,Furnace is cold,2026-09-21T14:13:20Z,\n";
    let new = hub.write("new/cases.csv", new);
    hub.ok(["import".as_ref(), new.as_os_str(), "--yes".as_ref()]);
    assert_eq!(
        count(
            &hub.store(),
            "SELECT count(*) FROM support_case WHERE id = 1 AND assignee IS NULL AND description IS NOT NULL"
        ),
        1
    );
}

/// Rules: S-2 S-4 K-6
#[test]
fn the_export_of_requests_says_who_has_them_and_when_answers_are_due() {
    let hub = works();
    hub.sql(
        "UPDATE support_case SET category = 'defect', language = 'en', assignee = 'sam@provider.example',
           responded_at = 1790001800, resolved_at = 1790003600 WHERE id = 1",
    );
    let columns = "category,language,assignee,due_at,responded_at,resolved_at,partner";
    let found = hub.ok(["export", "requests"]);
    let mut lines = found.lines();
    assert!(
        lines
            .next()
            .unwrap()
            .ends_with(&format!(",other_case_reason,{columns}")),
        "{found}"
    );
    let first = lines.find(|line| line.starts_with("1001,")).unwrap();
    assert!(
        first.ends_with(
            ",defect,en,sam@provider.example,2026-09-22T10:13:20Z,2026-09-21T14:43:20Z,2026-09-21T15:13:20Z,"
        ),
        "{first}"
    );
    // The report and the request's own clock agree.
    for number in ["1001", "1002", "2001"] {
        let clock = hub.ok([
            "request",
            "sla",
            number,
            "--brief",
            "-o",
            "csv",
            "--columns",
            "due_at",
        ]);
        let due = clock.lines().nth(1).unwrap();
        let line = found
            .lines()
            .find(|line| line.starts_with(&format!("{number},")))
            .unwrap();
        assert!(line.contains(&format!(",{due},")), "{number}: {due} {line}");
    }
    let none = found.lines().find(|line| line.starts_with("1003,")).unwrap();
    assert!(none.ends_with(",missing-link,,,,,,,"), "{none}");
}

/// Rules: S-4 V-3
#[test]
fn the_clock_runs_for_whoever_sees_the_request_also_under_a_contract_of_another_workspace() {
    let hub = works();
    let clock = |who: &str| hub.ok(acting(who, &["request", "sla", "1001", "--brief", "-o", "csv"]));
    let before = clock("ben");
    hub.sql("DELETE FROM workspace_contract WHERE workspace_id = 1; DELETE FROM workspace_package WHERE workspace_id = 1");
    assert_eq!(clock("ben"), before);
    let late = hub.ok(acting(
        "ben",
        &[
            "request",
            "list",
            "--all-workspaces",
            "--breaching",
            "1h",
            "-o",
            "csv",
        ],
    ));
    assert!(late.contains("1001"), "{late}");
    let exported = hub.ok(acting("ben", &["export", "requests"]));
    assert!(
        exported.contains("1001,") && exported.contains(",2026-09-22T10:13:20Z,"),
        "{exported}"
    );
}
