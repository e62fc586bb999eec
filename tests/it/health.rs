//! Known issues of services (G-10).

use crate::harness::{Run, Sandbox};
use crate::spaces::{acting, works};

const ISSUES: &str = "issue,service,title,classification,status,region,impact,started_at,ended_at\n\
    EX1,Exchange Online,Mail is late,Incident,Investigating,Europe,An hour late,2026-11-20T06:00:00Z,\n\
    EX2,exchange online,Old thing,advisory,SERVICERESTORED,,,2026-10-01T06:00:00Z,2026-10-02T06:00:00Z\n\
    SP1,SharePoint Online,Odd one,advisory,waitingForParts,,,2026-11-19T06:00:00Z,\n";
const UPDATES: &str = "issue,at,text\n\
    EX1,2026-11-20T09:00:00Z,A queue does not drain.\n\
    ex1,2026-11-20T07:00:00Z,We look into it.\n";

fn import(hub: &Sandbox, name: &str) -> Run {
    hub.run(["health", "import", name, "--yes"])
}

fn filled() -> Sandbox {
    let hub = works();
    hub.write("in/health.csv", ISSUES);
    hub.write("in/updates.csv", UPDATES);
    let done = import(&hub, "in");
    assert_eq!(done.code, 0, "{done:?}");
    hub
}

fn listed(hub: &Sandbox, more: &[&str]) -> String {
    let list = [
        "health",
        "list",
        "-o",
        "csv",
        "--columns",
        "issue,classification,status,open",
    ];
    let text = hub.ok(acting("ben", &[&list, more].concat()));
    text.lines().skip(1).collect::<Vec<_>>().join(" ")
}

/// Rules: G-10 K-9
#[test]
fn issues_are_listed_in_the_vendors_words_and_shown_with_their_history() {
    let hub = filled();
    let (first, odd) = (
        "EX1,incident,investigating,yes",
        "SP1,advisory,waitingForParts,yes",
    );
    let old = "EX2,advisory,serviceRestored,no";
    assert_eq!(listed(&hub, &[]), format!("{first} {odd} {old}"));
    assert_eq!(listed(&hub, &["--open"]), format!("{first} {odd}"));
    assert_eq!(
        listed(&hub, &["--service", "EXCHANGE Online"]),
        format!("{first} {old}")
    );
    assert_eq!(listed(&hub, &["--service", "exchange online", "--open"]), first);
    assert_eq!(
        hub.ok(["health", "show", "ex1", "--history", "-o", "csv"]),
        "at,text\r\n2026-11-20T07:00:00Z,We look into it.\r\n2026-11-20T09:00:00Z,A queue does not drain.\r\n"
    );
    let shown = hub.run(["health", "show", "EX1"]);
    assert!(
        shown.stdout.contains("An hour late") && shown.stderr.contains("A queue does not drain."),
        "{shown:?}"
    );
    let missing = hub.run(["health", "show", "SP9"]);
    assert!(
        missing.code == 3 && missing.stderr.contains("did you mean"),
        "{missing:?}"
    );
}

/// Rules: G-10 K-18 X-1
#[test]
fn an_issue_is_brought_up_to_date_and_its_history_grows() {
    let hub = filled();
    let again = import(&hub, "in");
    assert!(
        again.code == 0 && again.stderr.contains("nothing left to do"),
        "{again:?}"
    );
    let over = ISSUES.replace("Investigating", "serviceRestored");
    hub.write("in/health.csv", &over);
    hub.write(
        "in/updates.csv",
        "issue,at,text\nEX1,2026-11-20T12:00:00Z,It is over.\n",
    );
    assert_eq!(import(&hub, "in").code, 0);
    assert_eq!(listed(&hub, &["--open"]), "SP1,advisory,waitingForParts,yes");
    let history = hub.ok(["health", "show", "EX1", "--history", "-o", "csv"]);
    assert_eq!(history.lines().count(), 4, "{history}");
    let trail = hub.ok(["audit", "list", "-o", "json"]);
    assert!(trail.contains("health:EX1"), "{trail}");
}

/// Rules: G-10 K-17
#[test]
fn faults_of_issues_are_told_and_other_files_are_not_taken() {
    let hub = works();
    hub.write("in/health.csv", &ISSUES.replace("Incident", "catastrophe"));
    hub.write(
        "in/updates.csv",
        "issue,at,text\nEX9,2026-11-20T07:00:00Z,Who knows.\n",
    );
    let refused = import(&hub, "in");
    assert!(
        refused.code == 5
            && refused.stdout.contains("is no classification")
            && refused.stdout.contains("EX9"),
        "{refused:?}"
    );
    hub.write("in/customers.csv", "customer,name\nC1,Somebody\n");
    let other = import(&hub, "in");
    assert!(
        other.code == 2 && other.stderr.contains("customers.csv"),
        "{other:?}"
    );
    let denied = hub.run(acting("ben", &["health", "import", "in/health.csv", "--yes"]));
    assert_eq!(denied.code, 4, "{denied:?}");
}

/// Rules: G-10 F-1
#[test]
fn filing_for_oneself_tells_of_an_open_issue_and_goes_on() {
    let hub = filled();
    hub.sql("UPDATE member SET support_contact = 1 WHERE id = 2");
    let file = |product: &str, severity: &str| {
        let request = [
            "request",
            "create",
            "-w",
            "W-1",
            "--title",
            "No mail",
            "--description",
            "Since eight",
            "--product",
            product,
            "--kind",
            "problem-resolution",
            "--severity",
            severity,
        ];
        let mut command = hub.command(acting("ben", &request));
        crate::harness::finish(command.env("SERVHUB_OUTBOX", hub.path("outbox")))
    };
    let told = file("exchange online", "B");
    assert!(
        told.code == 0
            && told.stderr.contains("EX1, Mail is late (investigating)")
            && !told.stderr.contains("EX2"),
        "{told:?}"
    );
    let quiet = file("Fabrikam Mail", "C");
    assert!(
        quiet.code == 0 && !quiet.stderr.contains("known issue"),
        "{quiet:?}"
    );
    let filed = crate::fixture::count(
        &hub.store(),
        "SELECT count(*) FROM support_case WHERE title = 'No mail'",
    );
    assert_eq!(filed, 2);
}

/// Rules: G-10 K-18
#[test]
fn a_folder_carries_known_issues() {
    let (one, two) = (filled(), Sandbox::new());
    one.ok(["export", "folder", "out"]);
    two.ok(["import".as_ref(), one.path("out").as_os_str(), "--yes".as_ref()]);
    two.ok(["export", "folder", "out"]);
    for name in ["health.csv", "updates.csv"] {
        let read = |hub: &Sandbox| std::fs::read_to_string(hub.path("out").join(name)).unwrap();
        assert_eq!(read(&one), read(&two));
        assert!(read(&one).lines().count() > 2);
    }
}
