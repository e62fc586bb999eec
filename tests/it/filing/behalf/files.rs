//! Many requests on behalf from a file, their keys, and the outbox (Q-1, Q-2).

use super::super::outbox::away;
use super::world::{FIRST, SECOND, acting, args, count, create, traces, world};
use crate::harness::{Run, Sandbox};

fn from(hub: &Sandbox, file: &str, more: &[&str]) -> Run {
    let command = ["request", "create", "--from", file, "--yes", "-o", "csv"];
    let columns = ["--columns", "request,workspace,customer,context,title"];
    hub.run(acting("ada", &[&command[..], &columns, more].concat()))
}

/// Ada is a support contact of W-1 as well.
fn both() -> Sandbox {
    let hub = world();
    hub.sql(
        "INSERT INTO member (id, workspace_id, account, name, account_kind, status, invited_at, support_contact)
           VALUES (9, 1, 'ada@partner.example', 'Ada', 'work', 'registered', 0, 1)",
    );
    hub
}

const CSV: &str = "\
key,title,description,product,kind,severity,category,workspace,customer,own_tenant,subscription,plan,not_covered_by,because,channel
k1,One,D,Microsoft Azure,problem-resolution,B,defect,,STEEL,,SUB-1,,,,shell
k2,Two,D,Exchange Online,problem-resolution,B,defect,,Steel Works,no,,,EX-1;SP-1,Only outgoing,
k3,Three,D,SharePoint Online,advisory,C,,,,yes,,PL-1,,,
k4,Four,D,Steam,problem-resolution,A,,W-1,,,,,,,
k5,Five,D,SharePoint Online,advisory,C,billing,,GLASS,,,,,,
";

/// What the five rows become: each in its place, in the order of the file.
const FILED: &str = "\
request,workspace,customer,context,title\r
2611210000000010,,Steel Works,\"customer Steel Works, as partner Partner One\",One\r
2611210000000028,,Steel Works,\"customer Steel Works, as partner Partner One\",Two\r
2611210000000036,,,own tenant of Partner One,Three\r
2611210000000044,W-1,,,Four\r
2611210000000051,,Glass House,\"customer Glass House, as partner Partner One\",Five\r
";

/// Rows three and five hold, too.
fn mended() -> Sandbox {
    let hub = both();
    hub.sql(
        "INSERT INTO delegation (id, code, partner_id, customer_id, name, status) VALUES (2, 'D-2', 1, 2, 'Glass', 'active');
         INSERT INTO delegation_role (delegation_id, role, group_id) VALUES (2, 'f023fd81-a637-4b56-95fd-791ac0226033', 1)",
    );
    hub
}

fn csv() -> String {
    CSV.replace("advisory,C,,,,yes", "advisory,C,defect,,,yes")
}

/// Rules: Q-1 B-2 B-4 B-5 B-8 B-10
#[test]
fn a_table_files_for_several_customers_and_workspaces() {
    let hub = mended();
    hub.write("in.csv", &csv());
    let run = from(&hub, "in.csv", &[]);
    assert_eq!((run.code, run.stdout.as_str()), (0, FILED), "{run:?}");
    let kept =
        "SELECT count(*) FROM support_case WHERE not_covered_by = 'EX-1;SP-1' AND because = 'Only outgoing'";
    assert_eq!(count(&hub, kept), 1);
    assert_eq!(
        count(
            &hub,
            "SELECT count(*) FROM support_case WHERE plan = 'premier' AND customer_id IS NULL"
        ),
        1
    );
    // The same again is answered with the first result.
    let before = traces(&hub);
    let again = from(&hub, "in.csv", &[]);
    assert_eq!((again.code, again.stdout.as_str()), (0, FILED), "{again:?}");
    assert_eq!(traces(&hub), before);
}

/// Rules: Q-1 F-3
#[test]
fn the_same_in_json_is_the_same() {
    let hub = mended();
    let json = r#"[
      {"key": "k1", "title": "One", "description": "D", "product": "Microsoft Azure", "kind": "problem-resolution", "severity": "B",
       "category": "defect", "customer": "STEEL", "subscription": "SUB-1", "channel": "shell"},
      {"key": "k2", "title": "Two", "description": "D", "product": "Exchange Online", "kind": "problem-resolution", "severity": "B",
       "category": "defect", "customer": "STEEL", "not_covered_by": ["EX-1", "SP-1"], "because": "Only outgoing"},
      {"key": "k3", "title": "Three", "description": "D", "product": "SharePoint Online", "kind": "advisory", "severity": "C",
       "category": "defect", "own_tenant": true, "plan": "PL-1"},
      {"key": "k4", "title": "Four", "description": "D", "product": "Steam", "kind": "problem-resolution", "severity": "A",
       "workspace": "W-1"},
      {"key": "k5", "title": "Five", "description": "D", "product": "SharePoint Online", "kind": "advisory", "severity": "C",
       "category": "billing", "customer": "Glass House"}]"#;
    hub.write("in.json", json);
    let run = from(&hub, "in.json", &[]);
    assert_eq!((run.code, run.stdout.as_str()), (0, FILED), "{run:?}");
    // The table with the same keys says the same: nothing more is filed.
    hub.write("in.csv", &csv());
    let before = traces(&hub);
    assert_eq!(from(&hub, "in.csv", &[]).stdout, FILED);
    assert_eq!(traces(&hub), before);
}

/// Rules: B-4 B-8 Q-1
#[test]
fn one_row_that_a_rule_refuses_files_nothing_and_is_named() {
    let hub = both();
    hub.write("in.csv", &csv());
    let before = traces(&hub);
    let run = from(&hub, "in.csv", &[]);
    assert_eq!(run.code, 5, "{run:?}");
    for part in ["in.csv:6", "E0554", "Glass House", "(B-4)"] {
        assert!(run.stderr.contains(part), "{part}: {run:?}");
    }
    assert_eq!(traces(&hub), before);
    hub.write("in.csv", &csv().replace(",shell", ",phone"));
    let phone = from(&hub, "in.csv", &[]);
    for part in ["in.csv:2", "E0558"] {
        assert!(phone.stderr.contains(part), "{part}: {phone:?}");
    }
    let two = csv().replace(",W-1,,", ",W-1,STEEL,");
    hub.write("in.csv", &two);
    let places = from(&hub, "in.csv", &[]);
    assert!(
        places.stderr.contains("in.csv:5") && places.stderr.contains("only one"),
        "{places:?}"
    );
    assert_eq!(traces(&hub), before);
}

/// Rules: Q-1
#[test]
fn a_key_stands_for_one_request_on_behalf() {
    let hub = world();
    let key = ["--idempotency-key", "K-1"];
    let with = |more: &[&'static str]| create(&hub, "ada", &[&key, more].concat());
    let first = with(&[]);
    assert_eq!(first.code, 0, "{first:?}");
    let before = traces(&hub);
    let told = |run: &Run| run.stdout.replace(",yes,", ",,").replace(",no,", ",,");
    for same in [
        with(&[]),
        with(&["--customer", "Steel Works"]),
        with(&["--customer", "steel"]),
    ] {
        assert_eq!((same.code, told(&same)), (0, told(&first)), "{same:?}");
    }
    // Another customer, the own tenant, other words: another request.
    for other in [
        with(&["--customer", "GLASS"]),
        with(&["--own-tenant"]),
        with(&["--category", "fraud"]),
        with(&["--title", "Other"]),
        with(&["--not-covered-by", "EX-1", "--because", "Other"]),
    ] {
        assert_eq!(other.code, 5, "{other:?}");
        assert!(
            other.stderr.contains("E0530") && other.stderr.contains(FIRST),
            "{other:?}"
        );
    }
    // A first result stays one, whatever has ended since.
    hub.sql("UPDATE delegation SET status = 'terminated'");
    assert_eq!(with(&[]).code, 0);
    assert_eq!(traces(&hub), before);
    // Keys are each person's own.
    hub.sql("UPDATE delegation SET status = 'active'");
    let hal = create(&hub, "hal", &key);
    assert!(hal.code == 0 && hal.stdout.contains(SECOND), "{hal:?}");
}

/// Rules: Q-1
#[test]
fn sixteen_at_once_with_one_key_are_one_request_on_behalf() {
    let hub = world();
    let at_once = |_| {
        let args = args(
            "create",
            "ada",
            &["--idempotency-key", "K", "--columns", "request,customer,context"],
        );
        hub.command(args)
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap()
    };
    let children: Vec<_> = (0..16).map(at_once).collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        let expected = format!(
            "request,customer,context\r\n{FIRST},Steel Works,\"customer Steel Works, as partner Partner One\"\r\n"
        );
        assert_eq!(told, expected, "{output:?}");
    }
    assert_eq!(count(&hub, "SELECT count(*) FROM support_case"), 1);
    assert_eq!(traces(&hub)[6], 0);
}

fn waits(hub: &Sandbox, columns: &str) -> String {
    let list = hub.ok(["request", "outbox", "list", "-o", "csv", "--columns", columns]);
    list.lines().skip(1).collect::<Vec<_>>().join("\n")
}

/// Rules: Q-2
#[test]
fn a_customers_request_waits_and_is_sent_once() {
    let hub = world();
    let send = || hub.run(acting("ada", &["request", "outbox", "send", "-o", "csv"]));
    away(&hub, || {
        let run = create(&hub, "ada", &["--idempotency-key", "K-1"]);
        assert!(
            run.code != 0 && run.stderr.contains("it is kept as K-1"),
            "{run:?}"
        );
    });
    assert_eq!(
        waits(&hub, "key,title,as"),
        "K-1,Mail is late,ada@partner.example"
    );
    let sent = send();
    assert!(sent.code == 0 && sent.stdout.contains("Steel Works"), "{sent:?}");
    assert_eq!(waits(&hub, "key"), "");
    assert_eq!(send().code, 0);
    assert_eq!(create(&hub, "ada", &["--idempotency-key", "K-1"]).code, 0);
    assert_eq!(count(&hub, "SELECT count(*) FROM support_case"), 1);
}

/// Rules: Q-2 B-4 G-3
#[test]
fn rules_are_asked_when_it_is_sent_and_what_they_refuse_waits_on() {
    let hub = world();
    let send = || hub.run(acting("ada", &["request", "outbox", "send", "-o", "csv"]));
    away(&hub, || {
        assert_ne!(create(&hub, "ada", &["--idempotency-key", "K-1"]).code, 0)
    });
    // What was delegated ends while it waits.
    hub.sql("UPDATE delegation SET ends_at = 1795247000 WHERE id = 1");
    let sent = send();
    assert_eq!(sent.code, 5, "{sent:?}");
    for part in ["E0554", "B-4", "no active delegated role", "K-1"] {
        assert!(sent.stderr.contains(part), "{part}: {sent:?}");
    }
    assert_eq!(count(&hub, "SELECT count(*) FROM support_case"), 0);
    let held = waits(&hub, "key,held_up_by");
    assert!(
        held.starts_with("K-1,") && held.contains("no active delegated role"),
        "{held}"
    );
    // It is extended, and the request goes.
    hub.sql("UPDATE delegation SET ends_at = 1800000000 WHERE id = 1");
    assert_eq!(send().code, 0);
    assert_eq!(
        (
            waits(&hub, "key"),
            count(&hub, "SELECT count(*) FROM support_case")
        ),
        (String::new(), 1)
    );
}
