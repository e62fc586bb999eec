//! How a partner's request lives: who may do what with it, and by when it is answered.

use super::world::{FIRST, SECOND, account, acting, cells, count, create, world};
use crate::harness::{Run, Sandbox};

/// Steel Works' request number one, filed by ada for a product that needs no subscription.
fn filed() -> Sandbox {
    let hub = world();
    let run = create(&hub, "ada", &[]);
    assert_eq!(run.code, 0, "{run:?}");
    hub
}

fn work(hub: &Sandbox, who: &str, args: &[&str]) -> Run {
    hub.run(acting(who, &[&["request"], args].concat()))
}

#[track_caller]
fn works(hub: &Sandbox, who: &str, args: &[&str]) {
    let run = work(hub, who, args);
    assert_eq!(run.code, 0, "{args:?} {run:?}");
}

#[track_caller]
fn refuses(hub: &Sandbox, who: &str, args: &[&str], code: i32, parts: &[&str]) {
    let run = work(hub, who, args);
    assert_eq!(run.code, code, "{args:?} {run:?}");
    for part in parts {
        assert!(run.stderr.contains(part), "{part}: {run:?}");
    }
}

fn state(hub: &Sandbox) -> String {
    cells(hub, "tester", FIRST, "state")
}

/// Rules: Q-1 S-1
#[test]
fn it_goes_from_open_to_closed_and_back() {
    let hub = filed();
    works(&hub, "hal", &["note", FIRST, "--text", "It is the router"]);
    works(
        &hub,
        "ada",
        &["severity", FIRST, "A", "--because", "Production is down"],
    );
    for step in [
        vec!["assign", FIRST],
        vec!["ask", FIRST, "--text", "Since when?"],
        vec!["resolve", FIRST, "--resolution", "Restarted"],
    ] {
        refuses(&hub, "ada", &step, 4, &["E0200", "handle-requests"]);
        refuses(&hub, "pia", &step, 4, &["E0200", "handle-requests"]);
    }
    assert_eq!(state(&hub), "open");
    works(
        &hub,
        "tester",
        &["assign", FIRST, "--to", "tess@provider.example"],
    );
    works(&hub, "tester", &["ask", FIRST, "--text", "Since when?"]);
    assert_eq!(state(&hub), "awaiting-customer");
    works(&hub, "ada", &["note", FIRST, "--text", "Since six"]);
    assert_eq!(state(&hub), "in-progress");
    refuses(&hub, "ada", &["close", FIRST], 5, &["E0534"]);
    works(&hub, "tester", &["resolve", FIRST, "--resolution", "Restarted"]);
    works(&hub, "ada", &["close", FIRST]);
    works(&hub, "hal", &["reopen", FIRST, "--because", "It is back"]);
    assert_eq!(state(&hub), "in-progress");
    let history = hub.ok(acting(
        "ada",
        &["request", "show", FIRST, "--history", "-o", "csv"],
    ));
    for told in [
        "It is the router",
        "Production is down",
        "Since when?",
        "Since six",
        "It is back",
    ] {
        assert!(history.contains(told), "{told}: {history}");
    }
    // The customer's own people know nothing of it, nor do other partners.
    for who in ["ben", "cora", "rita", "bob"] {
        refuses(&hub, who, &["note", FIRST, "--text", "Me too"], 3, &["E0110"]);
    }
    let sal = work(&hub, "sal", &["note", FIRST, "--text", "Buy more"]);
    assert!(matches!(sal.code, 3 | 4), "{sal:?}");
}

/// Rules: B-6 V-3
#[test]
fn it_is_handed_over_to_one_of_the_partners_people() {
    let hub = filed();
    for other in ["cora", "ben", "rita", "sal", "eve"] {
        refuses(
            &hub,
            "ada",
            &["contact", FIRST, "--to", &account(other)],
            5,
            &["E0500", "Partner One"],
        );
    }
    works(&hub, "ada", &["contact", FIRST, "--to", "hal@partner.example"]);
    assert_eq!(
        cells(&hub, "tester", FIRST, "contact,shared_with"),
        "hal@partner.example,hal@partner.example"
    );
}

/// Rules: V-2 V-6 R-4
#[test]
fn it_is_shared_with_agents_of_the_partner_and_nobody_else() {
    let hub = world();
    let azure = ["--product", "Microsoft Azure", "--subscription", "SUB-1"];
    assert_eq!(create(&hub, "ada", &azure).code, 0);
    // A helpdesk agent sees what is for Azure only when it was given to them.
    refuses(&hub, "hal", &["show", FIRST], 3, &["E0110"]);
    for other in ["cora", "rita", "sal"] {
        refuses(
            &hub,
            "ada",
            &["share", FIRST, "--with", &account(other)],
            5,
            &["E0500", "V-2"],
        );
    }
    let group = ["share", FIRST, "--group", "Desk"];
    refuses(&hub, "ada", &group, 5, &["E0500", "groups belong to workspaces"]);
    works(&hub, "ada", &["share", FIRST, "--with", "hal@partner.example"]);
    assert_eq!(cells(&hub, "hal", FIRST, "seen_by"), "V-2");
    works(&hub, "hal", &["note", FIRST, "--text", "I look into it"]);
    works(
        &hub,
        "ada",
        &["share", FIRST, "--with", "hal@partner.example", "--stop", "--yes"],
    );
    refuses(&hub, "hal", &["show", FIRST], 3, &["E0110"]);
    // The same when it is filed.
    let shared = [&azure[..], &["--share-with", "hal@partner.example"]].concat();
    assert_eq!(create(&hub, "ada", &shared).code, 0);
    assert_eq!(cells(&hub, "hal", SECOND, "seen_by"), "V-2");
    let before = count(&hub, "SELECT count(*) FROM support_case");
    let stranger = [&azure[..], &["--share-with", "rita@small.example"]].concat();
    let refused = create(&hub, "ada", &stranger);
    assert!(refused.code == 5 && refused.stderr.contains("V-2"), "{refused:?}");
    assert_eq!(count(&hub, "SELECT count(*) FROM support_case"), before);
}

/// Rules: V-2
#[test]
fn files_are_attached_to_it_and_come_back() {
    let hub = filed();
    hub.write("log.txt", "a log\n");
    works(&hub, "hal", &["attach", FIRST, "log.txt"]);
    let files = hub.ok(acting(
        "ada",
        &[
            "request",
            "show",
            FIRST,
            "--files",
            "-o",
            "csv",
            "--columns",
            "name,size,account",
        ],
    ));
    assert_eq!(files, "name,size,account\r\nlog.txt,6,hal@partner.example\r\n");
    assert_eq!(
        hub.ok(acting("ada", &["request", "file", FIRST, "log.txt"])),
        "a log\n"
    );
    refuses(&hub, "rita", &["attach", FIRST, "log.txt"], 3, &["E0110"]);
}

/// When the first answer to a request is due.
fn due(more: &[&str]) -> String {
    let hub = world();
    let run = create(&hub, "ada", more);
    assert_eq!(run.code, 0, "{run:?}");
    let columns = [
        "-o",
        "csv",
        "--brief",
        "--columns",
        "plan,minutes,calendar,due_at,left",
    ];
    let told = hub.ok(acting(
        "ada",
        &[&["request", "sla", FIRST], &columns[..]].concat(),
    ));
    told.lines().nth(1).unwrap().to_owned()
}

/// Rules: S-2 S-3 S-5
#[test]
fn the_plan_of_partners_says_when_an_answer_is_due() {
    // It is Saturday, eight in the morning; the partner's business begins on Monday at eight, UTC.
    for (severity, minutes, english, other) in [
        ("A", 120, "2026-11-21T10:00:00Z,2:00", "2026-11-23T10:00:00Z,2:00"),
        ("B", 240, "2026-11-21T12:00:00Z,4:00", "2026-11-23T12:00:00Z,4:00"),
        ("C", 480, "2026-11-21T16:00:00Z,8:00", "2026-11-23T16:00:00Z,8:00"),
    ] {
        for language in ["en", "EN", "en-US", "en-gb"] {
            let told = due(&["--severity", severity, "--language", language]);
            assert_eq!(told, format!("csp,{minutes},24x7,{english}"), "{language}");
        }
        for language in ["de", "sk-SK", "eng", "e"] {
            let told = due(&["--severity", severity, "--language", language]);
            assert!(
                told.ends_with(other) && told.starts_with(&format!("csp,{minutes},business")),
                "{language}: {told}"
            );
        }
        let advice = due(&["--severity", severity, "--kind", "advisory", "--language", "en"]);
        assert_eq!(advice, "csp,480,business,2026-11-23T16:00:00Z,8:00");
    }
}

/// Rules: S-2
#[test]
fn the_line_of_the_very_language_goes_before_that_of_all_its_kinds() {
    let hub = world();
    hub.write(
        "targets.csv",
        "plan,severity,kind,language,minutes,calendar,pauses\ncsp,B,problem-resolution,en-GB,30,24x7,no\n",
    );
    hub.ok(["sla", "import", "targets.csv", "--yes"]);
    let minutes = |number: &str, language: &str| {
        assert_eq!(create(&hub, "ada", &["--language", language]).code, 0);
        let told = hub.ok(acting(
            "ada",
            &[
                "request",
                "sla",
                number,
                "--brief",
                "-o",
                "csv",
                "--columns",
                "minutes",
            ],
        ));
        told.lines().nth(1).unwrap().to_owned()
    };
    assert_eq!(minutes(FIRST, "en-gb"), "30");
    assert_eq!(minutes(SECOND, "en-US"), "240");
}

/// Rules: S-2 B-5
#[test]
fn a_request_of_the_own_tenant_goes_by_the_plan_it_names() {
    let hub = world();
    assert_eq!(create(&hub, "ada", &["--own-tenant", "--plan", "PL-1"]).code, 0);
    refuses(&hub, "ada", &["sla", FIRST], 3, &["E0535"]);
    hub.write(
        "targets.csv",
        "plan,severity,kind,language,minutes,calendar,pauses\npremier,,,,60,24x7,no\n",
    );
    hub.ok(["sla", "import", "targets.csv", "--yes"]);
    let told = hub.ok(acting(
        "ada",
        &[
            "request",
            "sla",
            FIRST,
            "--brief",
            "-o",
            "csv",
            "--columns",
            "plan,due_at",
        ],
    ));
    assert_eq!(told.lines().nth(1).unwrap(), "premier,2026-11-21T09:00:00Z");
}

/// Three requests: for Steel Works by its partner, by its own support contact, and for Glass House.
fn several() -> Sandbox {
    let hub = world();
    let azure = [
        "--product",
        "Microsoft Azure",
        "--subscription",
        "SUB-1",
        "--title",
        "Cloud",
        "--language",
        "en",
    ];
    assert_eq!(create(&hub, "ada", &azure).code, 0);
    assert_eq!(
        create(&hub, "ben", &["-w", "W-1", "--title", "Mill", "--severity", "A"]).code,
        0
    );
    hub.sql(
        "INSERT INTO delegation (id, code, partner_id, customer_id, name, status) VALUES (2, 'D-2', 1, 2, 'Glass', 'active');
         INSERT INTO delegation_role (delegation_id, role, group_id) VALUES (2, 'f023fd81-a637-4b56-95fd-791ac0226033', 1)",
    );
    assert_eq!(
        create(&hub, "ada", &["--customer", "GLASS", "--title", "Pane"]).code,
        0
    );
    hub
}

fn listed(hub: &Sandbox, who: &str, more: &[&str]) -> String {
    let list = [
        "request",
        "list",
        "-o",
        "csv",
        "--columns",
        "title,customer,workspace",
    ];
    let told = hub.ok(acting(who, &[&list[..], more].concat()));
    told.lines().skip(1).collect::<Vec<_>>().join(" ")
}

/// Rules: V-3 K-7
#[test]
fn requests_are_listed_by_customer() {
    let hub = several();
    assert_eq!(
        listed(&hub, "tester", &["--customer", "STEEL"]),
        "Mill,,Mill Cloud,Steel Works,"
    );
    assert_eq!(
        listed(&hub, "ada", &["--customer", "Steel Works"]),
        "Cloud,Steel Works,"
    );
    assert_eq!(listed(&hub, "ada", &["--customer", "GLASS"]), "Pane,Glass House,");
    assert_eq!(listed(&hub, "hal", &["--customer", "STEEL"]), "");
    assert_eq!(listed(&hub, "ada", &[]), "Pane,Glass House, Cloud,Steel Works,");
    assert_eq!(listed(&hub, "ben", &["--customer", "STEEL"]), "Mill,,Mill");
    assert_eq!(
        listed(&hub, "tester", &["--customer", "STEEL", "-w", "W-1"]),
        "Mill,,Mill"
    );
    refuses(&hub, "ada", &["list", "--customer", "LONELY"], 3, &["E0110"]);
    // A workspace that is the current one does not narrow it.
    hub.ok(["workspace", "use", "W-4"]);
    assert_eq!(
        listed(&hub, "tester", &["--customer", "STEEL"]),
        "Mill,,Mill Cloud,Steel Works,"
    );
}

/// Rules: S-4
#[test]
fn what_will_be_late_is_listed_with_that_of_partners() {
    let hub = several();
    assert_eq!(listed(&hub, "tester", &["--breaching", "1h"]), "Mill,,Mill");
    assert_eq!(
        listed(&hub, "tester", &["--breaching", "4h"]),
        "Mill,,Mill Cloud,Steel Works, Pane,Glass House,"
    );
    assert_eq!(
        listed(&hub, "tester", &["--breaching", "4h", "--customer", "STEEL"]),
        "Mill,,Mill Cloud,Steel Works,"
    );
    assert_eq!(
        listed(&hub, "ada", &["--breaching", "4h"]),
        "Cloud,Steel Works, Pane,Glass House,"
    );
    assert_eq!(listed(&hub, "hal", &["--breaching", "4h"]), "Pane,Glass House,");
    assert_eq!(listed(&hub, "ada", &["--breaching", "1h"]), "");
}
