//! Filing on behalf at a terminal, where somebody can be asked (F-3).

use super::super::outbox::away;
use super::super::{desk::filed, waiting};
use super::world::{FIRST, acting, cells, traces, world};
use crate::terminal::typed;

const ADA: &str = "request create --as ada@partner.example";

/// Rules: F-3 B-3 B-4 B-10
#[test]
fn everything_is_chosen_from_what_there_is() {
    let hub = world();
    // The third customer, the first family with its only product, the third category, the only subscription.
    let keys = "jj\n\njj\n\nBoiler leaks\nSince six\n\n\ny";
    let (code, shown) = typed(&hub, 120, ADA, keys);
    assert_eq!(code, 0, "{shown}");
    for asked in [
        "For whom",
        "Glass House (GLASS)",
        "your own tenant",
        "context: customer Steel Works, as partner Partner One",
        "Product family",
        "marketplace",
        "Why must it be escalated",
        "Subscription",
        "File this request?",
        "customer STEEL, contact ada@partner.example",
        "problem-resolution C, Microsoft Azure: Boiler leaks",
        "category: defect",
        "subscription: SUB-1",
    ] {
        assert!(shown.contains(asked), "{asked}: {shown}");
    }
    // Another partner's and another customer's are none of those to choose from.
    for other in ["SUB-2", "SUB-3", "SUB-4"] {
        assert!(!shown.contains(other), "{other}: {shown}");
    }
    assert_eq!((filed(&hub), waiting(&hub)), ([1, 1, 1], String::new()));
    assert_eq!(
        cells(
            &hub,
            "ada",
            FIRST,
            "customer,product,subscription,category,severity,title"
        ),
        "Steel Works,Microsoft Azure,SUB-1,defect,C,Boiler leaks"
    );
}

/// Rules: F-3 B-2
#[test]
fn known_issues_are_shown_and_asked_about() {
    let hub = world();
    let given = format!("{ADA} --customer STEEL --kind advisory --severity B --title T --description D");
    let before = traces(&hub);
    let (code, shown) = typed(&hub, 120, &given, "j\n\n\n");
    assert_eq!(code, 5, "{shown}");
    for told in [
        "known issue EX-1: Mail is delayed",
        "A fix is on its way",
        "E0552",
        "servhub health show EX-1",
    ] {
        assert!(shown.contains(told), "{told}: {shown}");
    }
    assert_eq!(traces(&hub), before);
    let (code, shown) = typed(&hub, 120, &given, "j\n\nj\nOnly outgoing mail\njj\ny");
    assert_eq!(code, 0, "{shown}");
    assert!(shown.contains("not covered by: EX-1"), "{shown}");
    assert_eq!(
        cells(&hub, "ada", FIRST, "product,not_covered_by,because,category"),
        "Exchange Online,EX-1,Only outgoing mail,defect"
    );
}

/// Rules: F-3 B-5 Q-2
#[test]
fn a_product_that_is_in_no_list_is_typed_and_what_is_refused_is_kept() {
    let hub = world();
    let given = format!("{ADA} --customer STEEL --kind advisory --severity B --title Lost --description D");
    let (code, shown) = typed(&hub, 120, &given, "k\nNobody knows it\njj\ny");
    assert_eq!(code, 5, "{shown}");
    for told in [
        "E0555",
        "Nobody knows it is in no product family",
        "nothing typed is lost",
    ] {
        assert!(shown.contains(told), "{told}: {shown}");
    }
    assert_eq!(filed(&hub), [0, 0, 0]);
    let kept = hub.ok(["request", "outbox", "list", "-o", "csv", "--columns", "title,as"]);
    assert_eq!(kept, "title,as\r\nLost,ada@partner.example\r\n");
}

/// Rules: F-3 B-5
#[test]
fn the_own_tenant_chooses_a_plan_of_its_own() {
    let hub = world();
    let given = format!("{ADA} --product SharePoint --kind advisory --severity B --title T --description D");
    let given = given.replace("SharePoint", "'SharePoint Online'");
    let (code, shown) = typed(&hub, 120, &given, "k\njj\n\ny");
    assert_eq!(code, 0, "{shown}");
    assert!(shown.contains("context: own tenant of Partner One"), "{shown}");
    assert_eq!(
        cells(&hub, "ada", FIRST, "context,plan"),
        "own tenant of Partner One,premier"
    );
}

/// Rules: F-3
#[test]
fn with_everything_given_on_behalf_nothing_is_asked() {
    let hub = world();
    let command = format!(
        "{ADA} --customer STEEL --title T --description D --product 'Microsoft Azure' --subscription SUB-1 --category defect \
         --kind problem-resolution --severity A"
    );
    let (code, shown) = typed(&hub, 120, &command, "");
    assert_eq!(code, 0, "{shown}");
    assert!(!shown.contains('?'), "{shown}");
    assert_eq!(filed(&hub), [1, 1, 1]);
}

/// Rules: F-3 Q-2
#[test]
fn with_the_hub_away_it_is_typed_and_kept() {
    let hub = world();
    let given = format!("{ADA} --customer STEEL --kind advisory --severity B --title T --description D");
    away(&hub, || {
        let (code, shown) = typed(&hub, 120, &given, "SharePoint Online\njj\ny");
        assert_ne!(code, 0, "{shown}");
        assert!(shown.contains("nothing typed is lost"), "{shown}");
    });
    hub.ok(acting("ada", &["request", "outbox", "send"]));
    assert_eq!(
        cells(&hub, "ada", FIRST, "product,category"),
        "SharePoint Online,defect"
    );
}

/// Rules: F-3 K-8
#[test]
fn whoever_answers_no_files_nothing_on_behalf() {
    let hub = world();
    let before = traces(&hub);
    let given = format!(
        "{ADA} --customer STEEL --product 'SharePoint Online' --title T --description D --kind advisory --severity B"
    );
    let (code, shown) = typed(&hub, 120, &given, "jj\nn");
    assert_eq!(code, 130, "{shown}");
    assert_eq!(traces(&hub), before);
}

/// Rules: F-3
#[test]
fn a_member_of_a_workspace_names_the_place_itself() {
    let hub = world();
    let run = hub.run(acting("ben", &["request", "create"]));
    assert_eq!(run.code, 2, "{run:?}");
    let (code, shown) = typed(&hub, 120, "request create --as ben@steel.example", "");
    assert_eq!(code, 2, "{shown}");
    assert!(
        shown.contains("nothing says where to file") && !shown.contains("For whom"),
        "{shown}"
    );
}
