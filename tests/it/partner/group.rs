//! Groups that may file for an Azure subscription (B-4).

use super::{bakery, by, listed, recorded, says};
use crate::harness::{Run, Sandbox};

fn set_up(hub: &Sandbox, who: &str, subscription: &str, more: &[&str]) -> Run {
    let args = [
        "request",
        "support-group",
        "--subscription",
        subscription,
        "-o",
        "csv",
    ];
    hub.run(by(who, &[&args, more].concat()))
}

fn files(hub: &Sandbox, who: &str) -> String {
    let check = [
        "request",
        "check",
        "--customer",
        "BAKE",
        "--product",
        "Microsoft Azure",
        "--subscription",
        "SUB-AZ",
    ];
    let run = hub.run(by(
        who,
        &[&check[..], &["-o", "csv", "--columns", "rule,verdict"]].concat(),
    ));
    let lines = run.stdout.lines().filter(|line| line.starts_with("B-4,"));
    lines.collect()
}

/// Rules: B-4 X-1
#[test]
fn a_helpdesk_agent_sets_up_a_group_and_may_then_file() {
    let hub = bakery();
    assert_eq!(files(&hub, "hank"), "B-4,refused");
    let made = set_up(
        &hub,
        "hank",
        "ovens",
        &["--customer", "BAKE", "--add", "HANK@alps.example"],
    );
    says(&made, 0, &["done"]);
    assert_eq!(
        made.stdout.lines().nth(1).unwrap(),
        "Support requests for SUB-AZ,ALPS,BAKE,SUB-AZ,Support Request Contributor,hank@alps.example"
    );
    assert_eq!(files(&hub, "hank"), "B-4,holds");
    says(
        &set_up(&hub, "hank", "SUB-AZ", &["--add", "hank@alps.example"]),
        0,
        &["nothing left to do"],
    );
    assert_eq!(recorded(&hub, "request.support-group"), 1);
    // The group that is there is taken, and a name makes or finds another one.
    says(
        &set_up(&hub, "ada", "SUB-AZ", &["--add", "ada@alps.example", "--dry-run"]),
        0,
        &["dry run"],
    );
    says(
        &set_up(&hub, "ada", "SUB-AZ", &["--add", "ada@alps.example"]),
        0,
        &["done"],
    );
    says(
        &set_up(&hub, "ada", "SUB-AZ", &["--name", "Helpers"]),
        0,
        &["done"],
    );
    let people = listed(
        &hub,
        "ada",
        &["partner", "show", "ALPS", "--people"],
        "account,groups",
    );
    assert!(
        people.contains("ada@alps.example,Support requests for SUB-AZ"),
        "{people}"
    );
    assert!(
        people.contains("hank@alps.example,Helpers;Support requests for SUB-AZ"),
        "{people}"
    );
    let roles = listed(
        &hub,
        "ada",
        &["subscription", "show", "SUB-AZ", "--roles"],
        "role,group",
    );
    assert_eq!(
        roles,
        "Owner, Support Request Contributor,Helpers Support Request Contributor,Support requests for SUB-AZ"
    );
    says(
        &set_up(&hub, "rita", "SUB-RV", &[]),
        0,
        &["nobody is in the group yet", "--add", "done"],
    );
}

/// Rules: B-4 R-5 G-2
#[test]
fn what_a_group_cannot_file_for_is_refused_with_the_way_out() {
    let hub = bakery();
    let mail = set_up(&hub, "ada", "SUB-EX", &[]);
    says(
        &mail,
        5,
        &[
            "B-4",
            "Exchange Online",
            "servhub delegation list --customer BAKE",
        ],
    );
    says(
        &set_up(&hub, "ada", "SUB-OLD", &[]),
        5,
        &["cancelled", "--status active"],
    );
    let stranger = set_up(&hub, "ada", "SUB-AZ", &["--add", "ran@alps.example"]);
    says(
        &stranger,
        5,
        &["not one of the people of partner ALPS", "did you mean"],
    );
    says(
        &set_up(&hub, "ada", "SUB-AZ", &["--add", "rita@rival.example"]),
        5,
        &["not one of the people"],
    );
    // Another partner's subscription is like none.
    let there = set_up(&hub, "ada", "SUB-RV", &[]);
    let none = set_up(&hub, "ada", "SUB-RQ", &[]);
    says(&there, 3, &["E0110"]);
    assert_eq!(there.stderr.replace("SUB-RV", "SUB-RQ"), none.stderr);
    says(
        &set_up(&hub, "ada", "SUB-AZ", &["--customer", "STEEL"]),
        3,
        &["customer STEEL has no subscription"],
    );
    for who in ["sid", "gina", "mia"] {
        says(
            &set_up(&hub, who, "SUB-AZ", &[]),
            4,
            &["E0200", "set-up-support-groups"],
        );
    }
    hub.sql("UPDATE relationship SET status = 'removed' WHERE partner_id = 2");
    says(&set_up(&hub, "rita", "SUB-RV", &[]), 5, &["not served", "G-2"]);
    assert_eq!(recorded(&hub, "request.support-group"), 0);
}

/// Rules: B-4 G-2
#[test]
fn a_reseller_sets_one_up_for_what_it_was_given() {
    let hub = bakery();
    hub.sql(
        "INSERT INTO subscription_role (subscription_id, role, partner_id) VALUES (4, 'Contributor', 4);
         UPDATE relationship SET status = 'active' WHERE partner_id = 4",
    );
    let made = set_up(&hub, "rex", "SUB-RV", &["--add", "rex@res.example"]);
    says(&made, 0, &["done"]);
    assert!(made.stdout.contains(",RES,BAKE,SUB-RV,"), "{made:?}");
}
