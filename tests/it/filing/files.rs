//! Many requests from a file: what is said of its faults, and that it files once.

use super::desk::{ANSWER, create, desk, filed, sheet};
use super::refuses;
use crate::harness::{Run, Sandbox};
use crate::spaces::acting;
use std::io::Write;
use std::process::Stdio;

fn from(hub: &Sandbox, file: &str, more: &[&str]) -> Run {
    let create = ["request", "create", "-w", "W-1", "--from", file, "--yes"];
    let args = [&create[..], &ANSWER, more].concat();
    hub.run(acting("ben", &args))
}

/// Rules: F-2 K-17
#[test]
fn a_fault_of_a_csv_file_is_named_with_line_column_and_fix_and_nothing_is_filed() {
    let hub = desk();
    let head = "title,description,product,kind,severity,contact,around_the_clock,country";
    let good = "Good,D,Steam,problem-resolution,B,,,";
    let table: [(&str, &str, &[&str], i32); 10] = [
        (
            head,
            "Bad,D,Steam,breakfix,B,,,",
            &[
                "in.csv:3, column kind",
                "\"breakfix\"",
                "problem-resolution, advisory",
                "mend the cell",
            ],
            2,
        ),
        (
            head,
            "Bad,D,Steam,advisory,X,,,",
            &["in.csv:3, column severity", "A, B, C"],
            2,
        ),
        (
            head,
            "Bad,D,Steam,advisory,B,,maybe,",
            &["in.csv:3, column around_the_clock", "neither yes nor no"],
            2,
        ),
        (
            head,
            "Bad,,Steam,problem-resolution,,,,",
            &[
                "in.csv:3: description, severity is missing (F-2)",
                "fill in description, severity",
            ],
            5,
        ),
        (
            head,
            "Bad,D,Steam",
            &["in.csv:3: 3 cells where the header has 8", "quotes"],
            2,
        ),
        (
            head,
            "Bad,D,Steam,advisory,B,,,",
            &["in.csv:3: no entitlement in force matches", "F-1", "E0531"],
            5,
        ),
        (
            head,
            "Bad,D,Steam,problem-resolution,B,joe@else.example,,",
            &["in.csv:3: joe@else.example is no member", "E0532"],
            5,
        ),
        (
            head,
            "\"Two\nlines\",D,Steam,problem-resolution,B,,,\nBad,D,Steam,x,B,,,",
            &["in.csv:5, column kind"],
            2,
        ),
        ("title,kind", "", &["in.csv:2", "2"], 2),
        ("", "", &["in.csv"], 2),
    ];
    for (head, bad, parts, code) in table {
        let text = if head.is_empty() {
            String::new()
        } else {
            format!("{head}\n{good}\n{bad}\n")
        };
        hub.write("in.csv", &text);
        let run = from(&hub, "in.csv", &[]);
        refuses(&run, code, parts);
        assert!(head.is_empty() || run.stderr.contains("hint:"), "{run:?}");
        assert_eq!(filed(&hub), [0, 0, 0], "{bad}");
    }
    std::fs::write(hub.path("in.csv"), b"title,description\nA,\xFF\n").unwrap();
    refuses(&from(&hub, "in.csv", &[]), 2, &["in.csv:2", "not UTF-8"]);
    refuses(&from(&hub, "none.csv", &[]), 3, &["none.csv", "E0009"]);
    hub.write("in.csv", "title,description,product,kind,severity\n");
    refuses(
        &from(&hub, "in.csv", &[]),
        2,
        &["in.csv: there is no request in it"],
    );
    let nowhere = hub.run(acting("ben", &["request", "create", "--from", "in.csv", "--yes"]));
    assert_eq!(nowhere.code, 2, "{nowhere:?}");
}

/// Rules: F-2 K-17
#[test]
fn a_fault_of_a_json_file_is_named_with_line_and_column() {
    let hub = desk();
    let good =
        r#"{"title":"Good","description":"D","product":"Steam","kind":"problem-resolution","severity":"B"}"#;
    let table: [(&str, &[&str], i32); 7] = [
        (
            "{\"title\": \"Bad\",\n   \"titel\": 1}",
            &[
                "in.json:3, column 10",
                "unknown field `titel`",
                "`title`",
                "product, kind, severity is missing",
            ],
            5,
        ),
        (
            "   {\"kind\": \"breakfix\"}",
            &[
                "in.json:2, column 22",
                "`breakfix`",
                "`problem-resolution`",
                "product, severity is missing",
            ],
            5,
        ),
        (
            "{\"around_the_clock\": \"yes\"}",
            &["in.json:2", "expected a boolean"],
            5,
        ),
        ("{\"title\": \"Bad\",}", &["in.json:2, column 17"], 2),
        ("{\"title\": \"Bad\"", &["in.json:2", "column"], 2),
        (
            "{\"title\": \"Bad\"}",
            &["in.json:2: description, product, kind, severity is missing (F-2)"],
            5,
        ),
        (
            "{\"subscriber\": \"S\"}",
            &["in.json:2", "unknown field `subscriber`"],
            5,
        ),
    ];
    for (bad, parts, code) in table {
        hub.write("in.json", &format!("[{good},\n{bad}]"));
        refuses(&from(&hub, "in.json", &[]), code, parts);
        assert_eq!(filed(&hub), [0, 0, 0], "{bad}");
    }
    hub.write(
        "in.json",
        &format!("[{good},\n{}]", good.replace("Good", "Other")),
    );
    let run = from(&hub, "in.json", &[]);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(filed(&hub), [2, 2, 2]);
    hub.write("in.json", &good.replace("Good", "Alone"));
    assert_eq!(from(&hub, "in.json", &[]).code, 0);
    assert_eq!(filed(&hub), [3, 3, 3]);
}

/// The faults that a refusal lists, by line and column, in its order.
fn faults(run: &Run) -> Vec<&str> {
    let hints = run
        .stderr
        .lines()
        .filter_map(|line| line.strip_prefix("  hint: "));
    hints.collect()
}

/// Rules: F-2 K-17
#[test]
fn all_faults_of_a_csv_file_are_told_at_once() {
    let hub = desk();
    let head = "title,description,product,kind,severity,around_the_clock";
    let rows = [
        "Good,D,Steam,problem-resolution,B,",
        "Bad,,Steam,breakfix,X,maybe",
        "Short,D",
        "Good,D,Steam,problem-resolution,B,no",
        ",D,Steam,advisory,,",
    ];
    hub.write("in.csv", &format!("{head}\n{}\n", rows.join("\n")));
    let run = from(&hub, "in.csv", &[]);
    refuses(
        &run,
        5,
        &["error[E0300]", "in.csv has 6 faults; nothing was filed"],
    );
    let told = faults(&run);
    let wanted = [
        ("in.csv:3, column kind: \"breakfix\"", "; mend the cell"),
        ("in.csv:3, column severity: \"X\"", "; mend the cell"),
        ("in.csv:3, column around_the_clock: \"maybe\"", "; mend the cell"),
        ("in.csv:3: description is missing (F-2)", "; fill in description"),
        (
            "in.csv:4: 2 cells where the header has 6",
            "; a text with a comma stands in quotes",
        ),
        (
            "in.csv:6: title, severity is missing (F-2)",
            "; fill in title, severity",
        ),
    ];
    assert_eq!(told.len(), wanted.len(), "{told:#?}");
    for (told, (start, end)) in told.iter().zip(wanted) {
        assert!(told.starts_with(start) && told.ends_with(end), "{told}");
    }
    assert_eq!(filed(&hub), [0, 0, 0]);
    // Faults of one sort keep their code.
    hub.write("in.csv", &format!("{head}\nA,D,P,x,B,\nB,D,P,advisory,Y,\n"));
    let run = from(&hub, "in.csv", &[]);
    refuses(
        &run,
        2,
        &[
            "error[E0100]",
            "2 faults",
            "in.csv:2, column kind",
            "in.csv:3, column severity",
        ],
    );
    let rows: String = (0..1003).map(|n| format!("{n},D,P,x,B,\n")).collect();
    hub.write("in.csv", &format!("{head}\n{rows}"));
    let run = from(&hub, "in.csv", &[]);
    refuses(
        &run,
        2,
        &["1003 faults", "in.csv:1001, column kind", "hint: and 3 more"],
    );
    hub.write("in.csv", "title,workspace\nA,\nB,\n");
    let nowhere = hub.run(acting("ben", &["request", "create", "--from", "in.csv", "--yes"]));
    refuses(
        &nowhere,
        5,
        &[
            "in.csv:2: neither a workspace nor a customer is named",
            "in.csv:3: neither a workspace nor a customer is named",
        ],
    );
}

/// Rules: F-2 K-17
#[test]
fn all_faults_of_a_json_file_are_told_at_once() {
    let hub = desk();
    let text = "[{\"title\": \"Good\", \"description\": \"D\", \"product\": \"Steam\", \"kind\": \"advisory\", \"severity\": \"B\"},\n\
        {\"title\": \"Bad, this\", \"kind\": \"breakfix\",\n   \"severity\": 4, \"titel\": {\"a\": 1}},\n  \
        [1],\n {\"title\": \"A\", \"title\": \"B\"}, {\"share_with\": \"ben\"}]";
    hub.write("in.json", text);
    let run = from(&hub, "in.json", &[]);
    refuses(
        &run,
        5,
        &["error[E0300]", "in.json has 9 faults; nothing was filed"],
    );
    let told = faults(&run);
    let wanted = [
        "in.json:2, column 41: unknown variant `breakfix`",
        "in.json:2: description, product is missing (F-2)",
        "in.json:3, column 16: expected value",
        "in.json:3, column 25: unknown field `titel`",
        "in.json:4, column 4: invalid type",
        "in.json:5, column 23: duplicate field `title`",
        "in.json:5, column 51: invalid type",
        "in.json:5: description, product, kind, severity is missing",
        "in.json:5: title, description, product, kind, severity is missing",
    ];
    assert_eq!(told.len(), wanted.len(), "{told:#?}");
    for (told, start) in told.iter().zip(wanted) {
        assert!(told.starts_with(start), "{told} is not {start}");
    }
    assert_eq!(filed(&hub), [0, 0, 0]);
}

/// Rules: Q-1
#[test]
fn the_same_file_again_files_nothing() {
    let hub = desk();
    // Two rows that say the same are two requests.
    let text = sheet("Row", 2);
    hub.write(
        "in.csv",
        &format!(
            "\u{FEFF}{text}{}",
            text.lines()
                .skip(1)
                .map(|line| format!("{line}\n"))
                .collect::<String>()
        ),
    );
    let first = from(&hub, "in.csv", &[]);
    assert_eq!(first.code, 0, "{first:?}");
    assert_eq!(filed(&hub)[0], 4);
    let again = from(&hub, "in.csv", &[]);
    assert_eq!((again.code, &again.stdout), (0, &first.stdout));
    assert!(again.stderr.contains("nothing left to do"), "{again:?}");
    std::fs::rename(hub.path("in.csv"), hub.path("other.csv")).unwrap();
    assert_eq!(from(&hub, "other.csv", &[]).stdout, first.stdout);
    assert_eq!(filed(&hub)[0], 4);
    // In another workspace the same file is another order.
    hub.sql(
        "INSERT INTO member (id, workspace_id, account, name, account_kind, status, invited_at, support_contact)
           VALUES (20, 2, 'ben@steel.example', 'Ben', 'work', 'registered', 0, 1);
         INSERT INTO workspace_package VALUES (2, 1, 20500)",
    );
    let args = ["request", "create", "-w", "W-2", "--from", "other.csv", "--yes"];
    let other = hub.run(acting("ben", &args));
    assert_eq!((other.code, filed(&hub)[0]), (0, 8), "{other:?}");
}

/// Rules: Q-1
#[test]
fn a_key_of_its_own_makes_a_row_the_same_in_every_file() {
    let hub = desk();
    let text = |title: &str| {
        format!("key,title,description,product,kind,severity\nT-1,{title},D,Steam,problem-resolution,B\n")
    };
    hub.write("a.csv", &text("One"));
    hub.write(
        "b.csv",
        &format!("{}T-2,Two,D,Steam,problem-resolution,B\n", text("One")),
    );
    hub.write("c.csv", &text("Other"));
    assert_eq!(from(&hub, "a.csv", &[]).code, 0);
    assert_eq!(from(&hub, "b.csv", &[]).code, 0);
    assert_eq!(filed(&hub), [2, 2, 2]);
    refuses(&from(&hub, "c.csv", &[]), 5, &["E0530", "c.csv:2", "T-1"]);
    let single = create(
        &hub,
        "ben",
        &["--idempotency-key", "T-1", "--title", "One", "--description", "D"],
    );
    assert_eq!((single.code, filed(&hub)[0]), (0, 2), "{single:?}");
}

/// Rules: K-8 K-9 F-2
#[test]
fn standard_input_is_read_unknown_columns_are_named_and_many_are_confirmed() {
    let hub = desk();
    let args = acting(
        "ben",
        &[
            "request", "create", "-w", "W-1", "-o", "csv", "--from", "-", "--yes",
        ],
    );
    let mut child = hub
        .command(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let text =
        "title,descripton,description,product,kind,severity,mood\nOne,x,D,Steam,problem-resolution,B,bad\n";
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{told}");
    assert!(
        told.contains("the column \"descripton\" is not known and was left out; did you mean description?"),
        "{told}"
    );
    assert!(told.contains("the column \"mood\" is not known"), "{told}");
    assert_eq!(filed(&hub), [1, 1, 1]);
    hub.write("in.csv", &sheet("Row", 2));
    let args = ["request", "create", "-w", "W-1", "--from", "in.csv"];
    refuses(&hub.run(acting("ben", &args)), 2, &["File 2 requests?", "--yes"]);
    assert_eq!(filed(&hub), [1, 1, 1]);
}
