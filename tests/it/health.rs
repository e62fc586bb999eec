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

/// An answer of the vendor's interface, as it is saved.
const ANSWER: &str = r#"{
  "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#admin/serviceAnnouncement/issues",
  "@odata.nextLink": "https://graph.microsoft.com/v1.0/admin/serviceAnnouncement/issues?$skip=100",
  "value": [
    {
      "id": "EX226792", "title": "Mail is late", "service": "Exchange Online", "feature": "E-Mail", "origin": "microsoft",
      "classification": "Incident", "status": "ServiceDegradation", "isResolved": false,
      "impactDescription": "An hour, or \"two\"", "startDateTime": "2026-11-20T06:00:00.1234567Z", "endDateTime": null,
      "details": [{"name": "NotifyInApp", "value": "True"}],
      "posts": [
        {"createdDateTime": "2026-11-20T09:00:00Z", "postType": "regular",
         "description": {"contentType": "html", "content": "<p>A queue &amp; its <b>neighbour</b></p><ul><li>do not drain</li></ul>"}},
        {"createdDateTime": "2026-11-20T07:00:00+00:00", "description": {"contentType": "Text", "content": "2 < 3 &amp; so on"}},
        {"createdDateTime": "2026-11-20T08:00:00Z", "description": null}
      ]
    },
    {"id": "SP1", "title": "Odd one", "service": "SharePoint Online", "classification": "advisory",
     "status": "waitingForParts", "isResolved": false, "startDateTime": "2026-11-19T06:00:00Z", "posts": null},
    {"id": "TM1", "title": "Done", "service": "Microsoft Teams", "classification": "advisory", "status": "extendedRecovery",
     "isResolved": true, "startDateTime": "2026-11-18T06:00:00Z", "lastModifiedDateTime": "2026-11-18T09:00:00Z"}
  ]
}"#;

fn history(hub: &Sandbox, issue: &str) -> String {
    hub.ok(["health", "show", issue, "--history", "-o", "csv"])
}

/// Rules: G-10 K-18 K-7
#[test]
fn a_saved_answer_of_the_vendors_interface_is_planned_applied_and_applied_again() {
    let hub = works();
    hub.write("issues.json", ANSWER);
    let dry = hub.run([
        "health",
        "import",
        "issues.json",
        "--dry-run",
        "--detailed-exitcode",
    ]);
    assert!(dry.code == 6 && dry.stdout.contains("EX226792"), "{dry:?}");
    assert_eq!(listed(&hub, &[]), "");
    hub.ok(["import", "plan", "issues.json", "--out", "plan"]);
    let done = hub.run(["import", "apply", "plan", "--yes"]);
    assert_eq!(done.code, 0, "{done:?}");
    let more = "issues.json: the answer goes on, and @odata.nextLink names its next page";
    assert!(
        done.stderr.contains(more) && !done.stderr.contains("skip"),
        "{done:?}"
    );
    assert_eq!(
        listed(&hub, &[]),
        "EX226792,incident,serviceDegradation,yes SP1,advisory,waitingForParts,yes TM1,advisory,extendedRecovery,no"
    );
    assert_eq!(
        history(&hub, "EX226792"),
        "at,text\r\n2026-11-20T07:00:00Z,2 < 3 &amp; so on\r\n\
         2026-11-20T09:00:00Z,\"A queue & its neighbour\n- do not drain\"\r\n"
    );
    let all = hub.ok(["health", "list", "-o", "jsonl"]);
    assert!(
        all.contains("An hour, or \\\"two\\\"") && all.contains("\"ended_at\":\"2026-11-18T09:00:00Z\""),
        "{all}"
    );
    let again = import(&hub, "issues.json");
    assert!(
        again.code == 0 && again.stderr.contains("nothing left to do"),
        "{again:?}"
    );
    hub.write(
        "issues.json",
        &ANSWER.replace("ServiceDegradation", "serviceRestored"),
    );
    let stale = hub.run(["import", "apply", "plan", "--yes"]);
    assert!(stale.code == 5 && stale.stderr.contains("E0302"), "{stale:?}");
}

/// Rules: G-10 K-18
#[test]
fn an_answer_comes_in_pages_alone_from_a_pipe_and_from_a_folder() {
    let hub = works();
    let issue = |id: &str| {
        format!(
            "{{\"Id\":\"{id}\",\"Title\":\"T\",\"Service\":\"S\",\"Classification\":\"advisory\",\"Status\":\"investigating\",\
             \"StartDateTime\":\"2026-11-19T06:00:00Z\",\"Posts\":[{{\"CreatedDateTime\":\"2026-11-19T07:00:00Z\",\
             \"Description\":{{\"Content\":\"about {id}\",\"ContentType\":\"html\"}}}}]}}"
        )
    };
    let page = |id: &str| format!("{{\"value\":[{}],\"@odata.nextLink\":null}}", issue(id));
    hub.write("one.json", &format!("\u{FEFF}{}", page("A1")));
    hub.write("two.json", &page("A2"));
    let both = hub.run(["health", "import", "one.json", "two.json", "--yes"]);
    assert!(both.code == 0 && !both.stderr.contains("nextLink"), "{both:?}");
    let text = page("A5").replace(
        "{\"value\"",
        "{\"@odata.context\":\"$metadata#admin/serviceAnnouncement/issues\",\"value\"",
    );
    hub.write("in/page.json", &text);
    hub.write("in/settings.json", "{\"colour\":\"blue\"}");
    hub.write("in/health.csv", ISSUES);
    assert_eq!(import(&hub, "in").code, 0);
    for (name, text) in [("list", format!("[{}]", issue("A3"))), ("page", page("A4"))] {
        hub.write(name, &text);
        let mut command = hub.command(["health", "import", "-", "--yes"]);
        let piped = crate::harness::finish(command.stdin(std::fs::File::open(hub.path(name)).unwrap()));
        assert_eq!(piped.code, 0, "{piped:?}");
    }
    hub.write("single.json", &issue("A6"));
    hub.ok(["import", "single.json", "--yes"]);
    for id in ["A1", "A2", "A3", "A4", "A5", "A6"] {
        assert!(history(&hub, id).ends_with(&format!("about {id}\r\n")), "{id}");
    }
    assert!(listed(&hub, &[]).contains("EX1,incident"));
}

/// Rules: G-10 K-17
#[test]
fn faults_of_an_answer_name_the_line_the_issue_and_the_fix() {
    let hub = works();
    let told = |text: &str| {
        hub.write("bad.json", text);
        let run = hub.run([
            "health",
            "import",
            "bad.json",
            "--yes",
            "-o",
            "csv",
            "--columns",
            "line,kind,key,column,reason,fix",
        ]);
        assert_eq!(run.code, 5, "{text}: {run:?}");
        assert_eq!(listed(&hub, &[]), "");
        run.stdout
            .lines()
            .skip(1)
            .map(str::to_owned)
            .collect::<Vec<_>>()
            .join("\n")
    };
    let bad = ANSWER
        .replace("\"title\": \"Mail is late\", ", "")
        .replace("2026-11-20T06:00:00.1234567Z", "/Date(1)/")
        .replace("\"advisory\",\n", "\"catastrophe\",\n")
        .replace("\"service\": \"Microsoft Teams\"", "\"service\": 4");
    let lines = told(&bad);
    for wanted in [
        "5,health,EX226792,title,title is missing,\"fetch it anew without $select",
        "5,health,EX226792,startDateTime,\"\"\"/Date(1)/\"\" is no instant\",write it as",
        "17,health,SP1,classification,\"\"\"catastrophe\"\" is no classification\",\"it is one of advisory, incident\"",
        "19,health,TM1,service,service is no text,\"fetch it anew",
    ] {
        assert!(
            lines.lines().any(|line| line.starts_with(wanted)),
            "{wanted} in {lines}"
        );
    }
    assert_eq!(lines.lines().count(), 4, "{lines}");
    let posts = told(&ANSWER.replace("\"createdDateTime\": \"2026-11-20T09:00:00Z\", ", ""));
    assert!(
        posts.starts_with("11,updates,EX226792,createdDateTime,createdDateTime is missing,"),
        "{posts}"
    );
    let flat = told(&ANSWER.replace("\"posts\": null", "\"posts\": \"System.Object[]\""));
    assert!(
        flat.starts_with("18,updates,SP1,posts,posts is no list,"),
        "{flat}"
    );
    for (text, wanted) in [
        (&ANSWER[..600], "column"),
        (
            "{\n\"value\": 3}",
            "2,health,,value,value is no list of issues,\"save the whole answer",
        ),
        ("{\"value\": [3]}", "1,health,,,an issue is no object,"),
        ("{\"colour\": 3}", "1,health,,,there are no known issues in it"),
        (
            "{\"error\": {\"code\": \"Forbidden\", \"message\": \"No.\"}}",
            "1,health,,,the interface refused to answer: Forbidden: No.,\"ask it again with the permission",
        ),
        ("", "1,health,,,column 0: EOF"),
    ] {
        let line = told(text);
        assert!(
            line.contains(wanted) && line.lines().count() == 1,
            "{wanted} in {line}"
        );
    }
    // Good issues are kept with --keep-going, and the posts of a refused one are not told one by one.
    hub.write("bad.json", &bad);
    let kept = hub.run(["health", "import", "bad.json", "--yes", "--keep-going"]);
    assert_eq!(kept.code, 8, "{kept:?}");
    hub.write("bad.json", &ANSWER.replace("\"title\": \"Mail is late\", ", ""));
    let kept = hub.run(["health", "import", "bad.json", "--yes", "--keep-going"]);
    assert!(
        kept.code == 8 && kept.stdout.contains("title is missing"),
        "{kept:?}"
    );
    assert!(!kept.stdout.contains("its own row"), "{kept:?}");
    assert!(listed(&hub, &[]).starts_with("SP1,"));
    std::fs::write(hub.path("bad.json"), b"\xFF\xFE{\x00").unwrap();
    let wide = import(&hub, "bad.json");
    assert!(
        wide.code == 5 && wide.stdout.contains("not valid UTF-8"),
        "{wide:?}"
    );
}
