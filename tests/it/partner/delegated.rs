//! Delegated access through its whole life, from the shell (G-3).

use super::{bakery, by, listed, recorded, says};
use crate::harness::{Run, Sandbox, finish};

const BOTH: [&str; 4] = [
    "--role",
    "Helpdesk Administrator",
    "--role",
    "fe930be7-5e62-47db-91af-98c3a49a38b1",
];

fn ask(hub: &Sandbox, who: &str, name: &str, more: &[&str]) -> Run {
    let args = [&["delegation", "request", "BAKE", "--name", name], more].concat();
    hub.run(by(who, &args))
}

fn verb(hub: &Sandbox, who: &str, args: &[&str]) -> Run {
    hub.run(by(who, &[&["delegation"], args].concat()))
}

/// The same at another moment.
fn at(hub: &Sandbox, now: &str, who: &str, args: &[&str]) -> Run {
    finish(hub.command(by(who, args)).env("SERVHUB_NOW", now))
}

fn state(hub: &Sandbox, who: &str, id: &str) -> String {
    let all = listed(hub, who, &["delegation", "list"], "delegation,status,ends_at");
    let is = |one: &&str| one.starts_with(&format!("{id},"));
    all.split(' ').find(is).unwrap_or_default().to_owned()
}

fn assigned(hub: &Sandbox, id: &str) -> String {
    listed(hub, "ada", &["delegation", "show", id], "name,group")
}

/// Rules: G-3 X-1
#[test]
fn access_is_asked_for_approved_assigned_extended_and_ended() {
    let hub = bakery();
    let wish = [&BOTH[..], &["--days", "200d"]].concat();
    let asked = ask(&hub, "ken", "Oven care", &wish);
    says(&asked, 0, &["done"]);
    assert!(asked.stdout.contains("ALPS-D-1"), "{asked:?}");
    assert_eq!(state(&hub, "gina", "ALPS-D-1"), "ALPS-D-1,approval-pending,");
    says(&ask(&hub, "ken", "Oven care", &wish), 0, &["nothing left to do"]);
    let other = [&BOTH[..], &["--days", "201d"]].concat();
    says(
        &ask(&hub, "ken", "Oven care", &other),
        5,
        &[
            "E0565",
            "ALPS-D-1 to BAKE, which is approval-pending",
            "terminate",
        ],
    );
    // Nothing is held yet, and only the customer's administrators approve.
    says(
        &verb(&hub, "ken", &["assign", "ALPS-D-1", "--group", "Helpers"]),
        5,
        &["E0560", "approval-pending", "approve"],
    );
    for who in ["ken", "mia", "hank"] {
        says(
            &verb(&hub, who, &["approve", "ALPS-D-1"]),
            4,
            &["E0200", "approve-delegations"],
        );
    }
    says(&verb(&hub, "gina", &["approve", "ALPS-D-1"]), 0, &["done"]);
    says(
        &verb(&hub, "gina", &["approve", "oven care"]),
        0,
        &["nothing left to do"],
    );
    assert_eq!(
        state(&hub, "ken", "ALPS-D-1"),
        "ALPS-D-1,active,2027-06-09T08:00:00Z"
    );
    assert_eq!(
        assigned(&hub, "ALPS-D-1"),
        "Helpdesk Administrator, User Administrator,"
    );
    let assign = |more: &[&str]| verb(&hub, "ken", &[&["assign", "ALPS-D-1"], more].concat());
    says(
        &assign(&["--group", "Helper"]),
        3,
        &["E0110", "no security group \"Helper\"", "did you mean Helpers?"],
    );
    says(&assign(&["--group", "Rivals"]), 3, &["E0110"]);
    says(
        &assign(&["--group", "Helpers", "--role", "Global Reader"]),
        5,
        &[
            "E0567",
            "Global Reader was not delegated",
            "Helpdesk Administrator, User Administrator",
        ],
    );
    says(
        &assign(&["--group", "Helpers", "--role", "helpdesk administrator"]),
        0,
        &["done"],
    );
    says(
        &assign(&["--group", "Helpers", "--role", "helpdesk administrator"]),
        0,
        &["nothing left to do"],
    );
    assert_eq!(
        assigned(&hub, "ALPS-D-1"),
        "Helpdesk Administrator,Helpers User Administrator,"
    );
    says(&assign(&["--group", "Helpers"]), 0, &["done"]);
    let back = [
        "--group",
        "Helpers",
        "--role",
        "Helpdesk Administrator",
        "--remove",
    ];
    says(&assign(&back), 2, &["E0103"]);
    says(&assign(&[&back[..], &["--yes"]].concat()), 0, &["done"]);
    says(
        &assign(&[&back[..], &["--yes"]].concat()),
        0,
        &["nothing left to do"],
    );
    assert_eq!(
        assigned(&hub, "ALPS-D-1"),
        "Helpdesk Administrator, User Administrator,Helpers"
    );
    let dry = verb(
        &hub,
        "ken",
        &["extend", "ALPS-D-1", "--dry-run", "--detailed-exitcode"],
    );
    assert_eq!((dry.code, recorded(&hub, "delegation.extend")), (6, 0), "{dry:?}");
    says(&verb(&hub, "ken", &["extend", "ALPS-D-1"]), 0, &["done"]);
    assert_eq!(
        state(&hub, "ken", "ALPS-D-1"),
        "ALPS-D-1,active,2027-12-06T08:00:00Z"
    );
    says(
        &verb(&hub, "ken", &["extend", "ALPS-D-1", "--auto", "on"]),
        0,
        &["done"],
    );
    says(
        &verb(&hub, "ken", &["extend", "ALPS-D-1", "--auto", "on"]),
        0,
        &["nothing left to do"],
    );
    says(&verb(&hub, "gina", &["terminate", "ALPS-D-1"]), 2, &["E0103"]);
    says(
        &verb(&hub, "gina", &["terminate", "ALPS-D-1", "--yes"]),
        0,
        &["done"],
    );
    says(
        &verb(&hub, "ken", &["terminate", "ALPS-D-1", "--yes"]),
        0,
        &["nothing left to do"],
    );
    for gone in [
        &["assign", "ALPS-D-1", "--group", "Helpers"][..],
        &["extend", "ALPS-D-1"],
    ] {
        says(
            &verb(&hub, "ken", gone),
            5,
            &["E0560", "terminated", "goes on by nothing"],
        );
    }
    says(
        &verb(&hub, "gina", &["approve", "ALPS-D-1"]),
        5,
        &["E0560", "terminated"],
    );
    says(
        &ask(&hub, "ken", "Oven care", &wish),
        5,
        &["E0565", "a name is given once"],
    );
    let records = ["request", "approve", "assign", "extend", "terminate"]
        .map(|one| recorded(&hub, &format!("delegation.{one}")));
    assert_eq!(records, [1, 1, 3, 2, 1]);
}

/// Rules: G-3
#[test]
fn a_wish_that_the_vendor_would_not_take_is_refused() {
    let hub = bakery();
    let role = ["--role", "Global Reader"];
    let long = "Oven care in every shop of the bakery, all yearlong";
    assert_eq!(long.chars().count(), 51);
    says(
        &ask(&hub, "ken", long, &role),
        2,
        &["E0100", "at most 50 characters", "51"],
    );
    for days in ["0d", "731d"] {
        says(
            &ask(&hub, "ken", "X", &[&role[..], &["--days", days]].concat()),
            2,
            &["E0100", "1 to 730 days"],
        );
    }
    says(
        &ask(&hub, "ken", "X", &[]),
        2,
        &["E0105", "no role is named", "delegation check"],
    );
    says(
        &ask(&hub, "ken", "X", &["--role", "Global Readr"]),
        3,
        &["E0110", "did you mean Global Reader"],
    );
    says(
        &ask(
            &hub,
            "ken",
            "X",
            &[&role[..], &["--starts", "2026-11-20"]].concat(),
        ),
        2,
        &["E0100", "over"],
    );
    says(&ask(&hub, "ken", "Help", &role), 5, &["E0565", "D-1 to BAKE"]);
    // The partner of another may have the name.
    says(&ask(&hub, "rita", "Help", &role), 0, &["done"]);
    for who in ["hank", "sid", "gina"] {
        says(&ask(&hub, who, "X", &role), 4, &["E0200", "keep-delegations"]);
    }
    says(&ask(&hub, "rex", "X", &role), 3, &["E0110"]);
    says(
        &ask(&hub, "ken", "X", &[&role[..], &["--partner", "RIVAL"]].concat()),
        3,
        &["E0110"],
    );
    let everything = ["--role", "Global Administrator"];
    says(
        &ask(&hub, "ken", "X", &[&everything[..], &["--auto-extend"]].concat()),
        5,
        &["E0566", "Global Administrator"],
    );
    let warned = ask(&hub, "ken", "All of it", &everything);
    says(
        &warned,
        0,
        &[
            "warning: ALPS-D-1 \"All of it\"",
            "gives ALPS everything at BAKE",
            "delegation check",
        ],
    );
    assert_eq!(recorded(&hub, "delegation.request"), 2);
}

/// Rules: G-3
#[test]
fn what_gives_everything_or_reaches_too_far_is_not_extended() {
    let hub = bakery();
    // RIVAL's D-2 gives Global Administrator.
    says(
        &verb(&hub, "rita", &["extend", "D-2"]),
        5,
        &["E0566", "Global Administrator is among its roles"],
    );
    says(
        &verb(&hub, "rita", &["extend", "D-2", "--auto", "on"]),
        5,
        &["E0566"],
    );
    says(&verb(&hub, "rita", &["extend", "D-1"]), 3, &["E0110"]);
    says(&verb(&hub, "hank", &["extend", "D-1"]), 4, &["E0200"]);
    for _ in 0..3 {
        says(&verb(&hub, "ken", &["extend", "D-1"]), 0, &["done"]);
    }
    says(
        &verb(&hub, "ken", &["extend", "D-1"]),
        5,
        &["E0566", "more than 730 days ahead", "--auto on"],
    );
    says(&verb(&hub, "ken", &["extend", "D-0"]), 5, &["E0560", "expired"]);
}

/// Rules: G-3 R-5
#[test]
fn either_side_ends_it_and_nobody_else() {
    let hub = bakery();
    for who in ["hank", "mia", "sid"] {
        says(&verb(&hub, who, &["terminate", "D-1", "--yes"]), 4, &["E0200"]);
    }
    says(&verb(&hub, "rita", &["terminate", "D-1", "--yes"]), 3, &["E0110"]);
    says(&verb(&hub, "ken", &["terminate", "D-1", "--yes"]), 0, &["done"]);
    says(&verb(&hub, "gina", &["terminate", "D-2", "--yes"]), 0, &["done"]);
    says(
        &verb(&hub, "ken", &["terminate", "D-0", "--yes"]),
        5,
        &["E0560", "expired"],
    );
    // A request can be taken back, and turned down.
    for (who, name) in [("ken", "Back"), ("gina", "Down")] {
        says(
            &ask(&hub, "ken", name, &["--role", "Reports Reader"]),
            0,
            &["done"],
        );
        says(&verb(&hub, who, &["terminate", name, "--yes"]), 0, &["done"]);
        says(
            &verb(&hub, "gina", &["approve", name]),
            5,
            &["E0560", "terminated"],
        );
    }
}

/// What is shown, listed by its status, filed with and changed is of one moment, to the second.
///
/// Rules: G-3 B-4
#[test]
fn an_end_is_the_same_second_for_every_question() {
    let hub = bakery();
    let check = [
        "request",
        "check",
        "--customer",
        "BAKE",
        "--product",
        "Exchange Online",
        "--kind",
        "problem-resolution",
        "--severity",
        "C",
        "--title",
        "T",
        "--description",
        "D",
        "--category",
        "defect",
        "--contact",
        "hank@alps.example",
    ];
    let (before, after) = ("2026-12-21T07:59:59Z", "2026-12-21T08:00:00Z");
    for (now, status, holds) in [(before, "expiring", true), (after, "expired", false)] {
        let list = |wanted: &str| {
            let args = [
                "delegation",
                "list",
                "--status",
                wanted,
                "-o",
                "csv",
                "--columns",
                "delegation",
            ];
            at(&hub, now, "hank", &args).stdout.contains("D-1")
        };
        for wanted in ["active", "expiring", "expired", "approved", "terminated"] {
            assert_eq!(list(wanted), wanted == status, "{now} {wanted}");
        }
        says(
            &at(&hub, now, "hank", &["delegation", "show", "D-1"]),
            0,
            &[status],
        );
        let checked = at(&hub, now, "hank", &check);
        assert_eq!(checked.code == 0, holds, "{checked:?}");
        let may = at(
            &hub,
            now,
            "hank",
            &[
                "delegation",
                "check",
                "--task",
                "file requests Microsoft 365",
                "--customer",
                "BAKE",
                "-o",
                "csv",
            ],
        );
        assert_eq!(may.stdout.contains(",covered,"), holds, "{may:?}");
        let due = at(&hub, now, "hank", &["due", "-o", "csv"]);
        assert_eq!(due.stdout.contains("D-1"), holds, "{due:?}");
        let extend = at(&hub, now, "ken", &["delegation", "extend", "D-1", "--dry-run"]);
        assert_eq!(extend.code == 0, holds, "{extend:?}");
    }
}

/// Rules: G-3
#[test]
fn a_draft_is_changed_until_the_customer_is_asked_and_an_ignored_request_lapses() {
    let hub = bakery();
    let wish = |more: &[&str]| {
        ask(
            &hub,
            "ken",
            "Later",
            &[&["--role", "Reports Reader", "--starts", "2026-12-01"], more].concat(),
        )
    };
    says(&wish(&["--draft"]), 0, &["done"]);
    assert_eq!(state(&hub, "ken", "ALPS-D-1"), "ALPS-D-1,created,");
    says(&wish(&["--draft"]), 0, &["nothing left to do"]);
    says(
        &verb(&hub, "gina", &["approve", "Later"]),
        5,
        &["E0560", "created", "ask"],
    );
    says(&wish(&["--draft", "--days", "90d"]), 0, &["done"]);
    says(&wish(&["--days", "90d"]), 0, &["done"]);
    says(&wish(&["--days", "90d"]), 0, &["nothing left to do"]);
    assert_eq!(state(&hub, "ken", "ALPS-D-1"), "ALPS-D-1,approval-pending,");
    let approve = |now: &str| {
        at(
            &hub,
            now,
            "gina",
            &[
                "delegation",
                "approve",
                "Later",
                "--dry-run",
                "-o",
                "csv",
                "--columns",
                "status,ends_at",
            ],
        )
    };
    // Ninety days after 2026-11-21T08:00:00Z.
    assert!(
        approve("2027-02-19T07:59:59Z")
            .stdout
            .contains("active,2027-05-20T07:59:59Z")
    );
    says(&approve("2027-02-19T08:00:00Z"), 5, &["E0560", "expired"]);
    assert!(
        approve("2026-11-22T00:00:00Z")
            .stdout
            .contains("approved,2027-03-01T00:00:00Z")
    );
}

/// Rules: G-3 K-8
#[test]
fn many_are_asked_for_from_a_file_or_none() {
    let hub = bakery();
    let file = |text: &str| hub.write("wishes.csv", text).display().to_string();
    let head = "customer,name,roles,days,auto_extend\n";
    let good = file(&format!(
        "{head}BAKE,Mail,Exchange Administrator;Service Support Administrator,365,yes\nSTEEL,Reports,Reports Reader,30,\nBAKE,Users,User Administrator,730,no\n"
    ));
    let run = |path: &str, more: &[&str]| {
        let args = [
            "delegation",
            "request",
            "--from",
            path,
            "-o",
            "csv",
            "--columns",
            "outcome,customer,name,status",
        ];
        hub.run(by("ken", &[&args[..], more].concat()))
    };
    says(&run(&good, &[]), 2, &["E0103"]);
    let dry = run(&good, &["--dry-run", "--detailed-exitcode"]);
    assert_eq!(dry.code, 6, "{dry:?}");
    let told = "outcome,customer,name,status\nasked,BAKE,Mail,approval-pending\nasked,STEEL,Reports,approval-pending\n\
                asked,BAKE,Users,approval-pending\n";
    assert_eq!(dry.stdout.replace('\r', ""), told);
    assert_eq!(recorded(&hub, "delegation.request"), 0);
    let done = run(&good, &["--yes"]);
    assert_eq!(done.stdout.replace('\r', ""), told);
    let again = run(&good, &["--yes"]);
    says(&again, 0, &["nothing left to do"]);
    assert_eq!(again.stdout.replace('\r', ""), told.replace("asked", "unchanged"));
    assert_eq!(recorded(&hub, "delegation.request"), 3);
    let bad = file(&format!(
        "{head}BAKE,One,Exchange Admin,365,\nNOBODY,Two,Reports Reader,365,\nBAKE,Three,Reports Reader,731,\nBAKE,Help,Reports Reader,1,\n\
         BAKE,Five,Global Administrator,1,yes\nBAKE,Six,Reports Reader,1,\n"
    ));
    let refused = run(&bad, &["--yes"]);
    says(
        &refused,
        5,
        &[
            "E0300",
            "5 of 6 rows have faults; nothing was changed",
            "wishes.csv:2: roles: E0110",
            "did you mean Exchange Administrator",
            "wishes.csv:3: customer: E0110",
            "wishes.csv:4: days: E0100",
            "wishes.csv:5: name: E0565",
            "wishes.csv:6: auto_extend: E0566",
        ],
    );
    assert_eq!(recorded(&hub, "delegation.request"), 3);
    let unread = file(&format!(
        "{head}BAKE,One,Reports Reader,many,\n,Two,Reports Reader,1,perhaps\n"
    ));
    says(
        &run(&unread, &["--yes"]),
        5,
        &[
            "E0300",
            "wishes.csv:2: days:",
            "wishes.csv:3: customer: it is empty",
        ],
    );
    says(
        &run(&file("customer,name\nBAKE,X\n"), &["--yes"]),
        2,
        &["E0303", "there is no column roles"],
    );
}

/// Rules: G-3 U-2
#[test]
fn a_saved_plan_asks_for_what_it_says_or_nothing() {
    let hub = bakery();
    let wishes =
        "customer,name,roles,days\nBAKE,Mail,Exchange Administrator,365\nSTEEL,Reports,Reports Reader,30\n";
    hub.write("wishes.csv", wishes);
    let plan = [
        "plan",
        "wishes.csv",
        "--out",
        "wishes.plan",
        "--detailed-exitcode",
    ];
    let planned = verb(&hub, "ken", &plan);
    says(&planned, 6, &["servhub delegation apply wishes.plan"]);
    assert_eq!(recorded(&hub, "delegation.request"), 0);
    let apply = ["apply", "wishes.plan", "--yes"];
    // Another wish takes the next number, and leaves the plan as it is.
    says(&ask(&hub, "ken", "Users", &BOTH), 0, &["done"]);
    says(&verb(&hub, "ken", &apply), 0, &["done"]);
    assert_eq!(recorded(&hub, "delegation.request"), 3);
    assert!(state(&hub, "ken", "ALPS-D-3").contains("approval-pending"));
    says(&verb(&hub, "ken", &apply), 5, &["E0302"]);
    says(&verb(&hub, "ken", &plan), 0, &["nothing left to do"]);
    hub.write(
        "wishes.csv",
        "customer,name,roles,days\nBAKE,More,Reports Reader,731\n",
    );
    says(
        &verb(&hub, "ken", &apply),
        5,
        &["E0302", "wishes.csv has changed"],
    );
    std::fs::remove_file(hub.path("wishes.plan")).unwrap();
    says(&verb(&hub, "ken", &plan), 5, &["E0300", "wishes.csv:2: days"]);
    assert!(!hub.path("wishes.plan").exists());
}

/// Rules: G-3 B-4
#[test]
fn a_task_names_its_least_role_and_who_may() {
    let hub = bakery();
    let check = |who: &str, args: &[&str], columns: &str| {
        listed(&hub, who, &[&["delegation", "check"], args].concat(), columns)
    };
    let least = |text: &str| check("hank", &["--task", text], "role");
    for (text, role) in [
        ("reset password of a user", "Password Administrator"),
        (
            "Reset passwords of administrators",
            "Privileged Authentication Administrator",
        ),
        ("assign licenses", "License Administrator"),
        ("mailbox", "Exchange Administrator"),
        ("message center", "Message Center Reader"),
        ("support ticket Dynamics", "Service Support Administrator"),
        ("wipe a phone", "Intune Administrator"),
    ] {
        assert!(least(text).starts_with(role), "{text}: {}", least(text));
    }
    let azure = check(
        "hank",
        &["--task", "file support requests for Azure"],
        "role,besides",
    );
    assert_eq!(
        azure,
        "Directory Readers,the role Support Request Contributor on the Azure subscription"
    );
    let near = hub.run(by("hank", &["delegation", "check", "--task", "asign licencs"]));
    says(&near, 3, &["E0110", "did you mean", "assign and remove licences"]);
    let none = hub.run(by("hank", &["delegation", "check", "--task", "bake bread"]));
    says(&none, 3, &["E0110", "lists every task"]);
    assert!(check("hank", &[], "task").split('\n').count() >= 1);
    let reach = |who: &str, text: &str| {
        let args = ["--task", text, "--customer", "BAKE"];
        check(who, &args, "partner,cover,delegation,has,groups")
    };
    // Helpers hold Service Support Administrator of D-1; its Global Reader was given to nobody.
    assert_eq!(
        reach("hank", "file support requests for Microsoft 365"),
        "ALPS,covered,D-1,Service Support Administrator,Helpers"
    );
    assert_eq!(
        reach("hank", "read all settings and configuration"),
        "ALPS,unassigned,D-1,Global Reader,"
    );
    assert_eq!(reach("hank", "manage mailboxes and mail flow"), "ALPS,missing,,,");
    // Nothing of the other partner is told to this one; the customer sees both, and no groups.
    assert_eq!(
        reach("rita", "manage mailboxes and mail flow"),
        "RIVAL,covered,D-2,Global Administrator,Rivals"
    );
    assert_eq!(
        reach("gina", "manage mailboxes and mail flow"),
        "ALPS,missing,,, RIVAL,covered,D-2,Global Administrator,"
    );
    let to_do = check(
        "hank",
        &["--task", "manage mailboxes and mail flow", "--customer", "BAKE"],
        "to_do",
    );
    assert_eq!(
        to_do,
        "\"servhub delegation request BAKE --partner ALPS --role \"\"Exchange Administrator\"\"\""
    );
    says(&hub.run(by("sid", &["delegation", "check"])), 4, &["E0200"]);
    says(
        &hub.run(by("rita", &["delegation", "check", "--customer", "STEEL"])),
        3,
        &["E0110"],
    );
}
