//! What partners' people are told of one another's requests, and by what (4-partner.md, G-2).

use super::place::Place;
use super::{World, partner};
use servhub::domain::filing;
use servhub::domain::partner::IntakeOutcome;
use servhub::domain::people::Role;
use servhub::error::{Result, codes};
use servhub::hub::access::{Explain, Explained};
use servhub::hub::export::{self, RowSink, Selection};
use servhub::hub::request::{Check, List, Show, Sla};
use servhub::hub::{Mode, intake};
use servhub::output::Value;
use std::cell::RefCell;
use std::collections::BTreeSet;

fn explain(world: &World, account: Option<&str>, person: &str, number: &str) -> Vec<Explained> {
    let explain = Explain {
        person: person.to_owned(),
        number: number.to_owned(),
    };
    world.hub(account).ask(&explain).unwrap()
}

/// The words about a person who does not see it.
fn why_not(world: &World, account: Option<&str>, person: &str, number: &str) -> String {
    let told = explain(world, account, person, number);
    assert_eq!((told.len(), &told[0].rule), (1, &None), "{told:?}");
    told[0].because.clone()
}

fn numbers(world: &World, account: &str) -> BTreeSet<String> {
    let (lines, _) = world.hub(Some(account)).ask(&List::default()).unwrap();
    lines.into_iter().map(|line| line.0.case.number).collect()
}

const HEAD: Option<&str> = Some("partner-admin@q-own.example");

fn connection(world: &World) -> crate::database::Raw {
    crate::database::raw(&world.sandbox.store())
}

/// Rules: G-2 V-2 V-3 B-4
#[test]
fn why_a_partners_request_is_seen_is_told_by_role_share_contact_and_filing() {
    let world = World::new();
    let own = &world.places[0].partner;
    let rules = |person: &str, number: &str| {
        let operators = explain(&world, None, person, number);
        assert_eq!(
            operators,
            explain(&world, HEAD, person, number),
            "{person} {number}"
        );
        let told = operators
            .into_iter()
            .map(|one| format!("{}: {}", one.rule.as_deref().unwrap_or("no"), one.because));
        told.collect::<Vec<_>>()
    };
    let of = |role: &str| format!("partner: is {role} of partner Partner Q-OWN");
    assert_eq!(
        rules("helpdesk-agent@q-own.example", &own.filed),
        [of("helpdesk-agent")]
    );
    assert_eq!(
        rules("admin-agent@q-own.example", &own.cloud),
        [of("admin-agent")]
    );
    assert_eq!(
        rules(&own.agent, &own.cloud),
        [
            "V-3: was named as primary contact when the request was created".to_owned(),
            format!("{}; filed it", of("helpdesk-agent")),
        ]
    );
    assert_eq!(
        rules("shared@q-own.example", &own.cloud),
        ["V-2: the request is shared with this account"]
    );
    let azure = rules("helpdesk-agent@q-own.example", &own.cloud).concat();
    assert!(
        azure.starts_with(
            "no: is helpdesk-agent of partner Partner Q-OWN, but: the request is for Azure, and neither filed"
        ),
        "{azure}"
    );
    assert_eq!(
        rules("sales-agent@q-own.example", &own.filed),
        ["no: is sales-agent of partner Partner Q-OWN, and that role shows no requests"]
    );
}

/// Who else there is in the hub is not told by the words for those who do not see it.
///
/// Rules: R-5 G-2
#[test]
fn whoever_is_not_of_the_partner_is_explained_like_nobody() {
    let world = World::new();
    let own = &world.places[0].partner;
    let nobody = why_not(&world, HEAD, "void@x.example", &own.filed);
    assert_eq!(
        nobody,
        "holds no role at partner Partner Q-OWN, which filed it (G-2)"
    );
    for person in [
        "partner-admin@q-near.example",
        "agent@reseller.example",
        "partner-admin-no-more@q-own.example",
        "administrator@x.example",
        "csam-own@p.example",
    ] {
        assert_eq!(why_not(&world, HEAD, person, &own.filed), nobody, "{person}");
        assert_eq!(why_not(&world, None, person, &own.filed), nobody, "{person}");
    }
}

/// Rules: G-2 R-1
#[test]
fn everyone_who_sees_a_partners_request_is_of_the_partner() {
    let world = World::new();
    let own = &world.places[0].partner;
    let who = |number: &String| {
        let show = Show {
            number: number.clone(),
            who: true,
        };
        let shown = world.hub(HEAD).ask(&show).unwrap();
        let people = shown.who.into_iter();
        people
            .map(|one| one.person.trim_end_matches("@q-own.example").to_owned())
            .collect::<BTreeSet<_>>()
    };
    let everything = ["partner-admin", "admin-agent", "head", "agent", "shared"];
    let outside = ["helpdesk-agent"].into_iter().chain(everything);
    let set = |names: &[&str]| {
        names
            .iter()
            .map(|name| (*name).to_owned())
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(who(&own.cloud), set(&everything));
    assert_eq!(who(&own.filed), set(&outside.collect::<Vec<_>>()));
    for one in world.hub(HEAD).ask(&List::default()).unwrap().0 {
        assert!(own.numbers().contains(&&one.0.case.number), "{one:?}");
    }
}

fn stand(world: &World, status: &str) {
    world.sandbox.sql(&format!(
        "UPDATE relationship SET status = '{status}', of_record = 0 WHERE partner_id = (SELECT id FROM partner WHERE code = 'Q-OWN')"
    ));
}

fn check(world: &World, account: &str, customer: &str) -> Result<String> {
    let check = Check {
        place: filing::Place::Customer(customer.to_owned()),
        draft: filing::Draft::default(),
    };
    let findings = world.hub(Some(account)).ask(&check)?;
    Ok(format!("{findings:?}"))
}

/// A customer that has not accepted, or took its word back, is not there for the partner: neither is who else serves it.
/// What was filed for it stays the partner's.
///
/// Rules: R-5 G-2 B-1
#[test]
fn a_customer_is_not_there_before_it_accepts_and_after_it_left() {
    let world = World::new();
    let own = &world.places[0].partner;
    let head = HEAD.unwrap();
    assert!(check(&world, head, "ALFA").is_ok());
    let missing = check(&world, head, "ZETA").unwrap_err();
    let before = numbers(&world, head);
    assert_eq!(before.len(), 3);
    for status in ["requested", "removed"] {
        stand(&world, status);
        let hidden = check(&world, head, "ALFA").unwrap_err();
        assert_eq!(hidden.code, &codes::NOT_FOUND);
        assert_eq!(hidden.message.replace("ALFA", "ZETA"), missing.message);
        assert_eq!(hidden.hints, missing.hints);
        assert_eq!(numbers(&world, head), before, "{status}");
        let show = Show {
            number: own.filed.clone(),
            who: false,
        };
        let shown = world.hub(HEAD).ask(&show).unwrap();
        assert_eq!(shown.line.0.customer.as_deref(), Some("Alfa"));
    }
}

/// Nobody learns who else serves a customer, by whatever way one asks about filing for it.
///
/// Rules: G-2 B-1 B-4 R-5
#[test]
fn a_check_tells_nothing_of_another_partner_of_the_customer() {
    let world = World::new();
    let (own, near) = (&world.places[0], &world.places[1]);
    for subscription in [&near.partner.subscription, &near.partner.office] {
        let told = |subscription: &str| {
            let check = Check {
                place: filing::Place::Customer("ALFA".to_owned()),
                draft: filing::Draft {
                    subscription: Some(subscription.to_owned()),
                    product: Some("Microsoft Azure".to_owned()),
                    ..filing::Draft::default()
                },
            };
            let findings = world.hub(Some(&own.partner.agent)).ask(&check).unwrap();
            format!("{findings:?}").replace(subscription, "…")
        };
        let hidden = told(subscription);
        assert_eq!(hidden, told("AZ-VOID"));
        assert!(!near.is_in(&hidden), "{hidden}");
    }
    // The other way round: the partner of record is not told either.
    let told = check(&world, "partner-admin@q-near.example", "ALFA").unwrap();
    assert!(!own.is_in(&told), "{told}");
}

/// The union of roles, each at its own partner: selling for one and administering another shows what the second one filed.
///
/// Rules: R-1 G-2
#[test]
fn whoever_works_for_two_partners_sees_at_each_what_the_role_there_shows() {
    let world = World::new();
    let (own, near) = (&world.places[0].partner, &world.places[1].partner);
    let both = "both@x.example";
    partner::person(&connection(&world), &own.code, both, Some(Role::SalesAgent));
    let second = "INSERT INTO partner_person (partner_id, account, name) SELECT id, ?2, ?2 FROM partner WHERE code = ?1";
    connection(&world)
        .execute(second, [near.code.as_str(), both])
        .unwrap();
    let give = |role: &str| {
        let sql =
            "INSERT OR REPLACE INTO partner_role (person_id, role) SELECT q.id, ?2 FROM partner_person q
                   JOIN partner p ON p.id = q.partner_id WHERE p.code = ?1 AND q.account = ?3";
        connection(&world)
            .execute(sql, [near.code.as_str(), role, both])
            .unwrap();
    };
    give("helpdesk-agent");
    let set = |numbers: &[&String]| numbers.iter().map(|one| (*one).clone()).collect::<BTreeSet<_>>();
    assert_eq!(numbers(&world, both), set(&[&near.filed, &near.settled]));
    give("admin-agent");
    assert_eq!(numbers(&world, both), set(&near.numbers()));
    // A share of the first partner's request shows nothing to somebody whose role there shows none.
    world.sandbox.sql(&format!(
        "INSERT INTO case_share (case_id, account) SELECT id, '{both}' FROM support_case WHERE number = '{}'",
        own.filed
    ));
    assert_eq!(numbers(&world, both), set(&near.numbers()));
}

/// Rules: R-1 V-3 G-2 W-2
#[test]
fn a_partners_agent_who_is_a_member_of_a_workspace_sees_by_either_and_no_more() {
    let world = World::new();
    let (own, far): (&Place, &Place) = (&world.places[0], &world.places[2]);
    let agent = "helpdesk-agent@q-own.example";
    super::place::member(&connection(&world), &far.workspace, agent, "registered");
    let mut expected: BTreeSet<String> = [&own.partner.filed, &own.partner.settled]
        .map(Clone::clone)
        .into();
    assert_eq!(numbers(&world, agent), expected);
    world.sandbox.sql(&format!(
        "UPDATE support_case SET named_contact = '{agent}' WHERE number = '{}'",
        far.case
    ));
    expected.insert(far.case.clone());
    assert_eq!(numbers(&world, agent), expected);
    // Being a member there, one knows the customer; what its partner filed stays that partner's.
    let show = Show {
        number: far.partner.filed.clone(),
        who: false,
    };
    let error = world.hub(Some(agent)).ask(&show).unwrap_err();
    assert_eq!(error.code, &codes::NOT_FOUND);
}

#[derive(Default)]
struct Kept(Vec<String>);

impl RowSink for Kept {
    fn row(&mut self, values: &[Value<'_>]) -> Result<()> {
        self.0.push(format!("{values:?}"));
        Ok(())
    }
}

/// Rules: G-2 S-2 S-4
#[test]
fn the_export_of_requests_has_what_the_partner_filed_with_its_target() {
    let world = World::new();
    let own = &world.places[0].partner;
    let query = export::requests::Requests {
        selection: Selection::default(),
        sink: RefCell::new(Kept::default()),
    };
    world.hub(HEAD).ask_here(&query).unwrap();
    let rows = query.sink.into_inner().0;
    assert_eq!(rows.len(), 3);
    let sla = Sla {
        number: own.filed.clone(),
    };
    let due = world.hub(HEAD).ask(&sla).unwrap().due_at.unwrap();
    let row = rows.iter().find(|row| row.contains(&own.filed)).unwrap();
    for told in ["\"Alfa\"", "\"Partner Q-OWN\"", &format!("{due:?}")] {
        assert!(row.contains(told), "{told}: {row}");
    }
    let chosen = export::requests::Requests {
        selection: Selection {
            customers: vec!["ALFA".to_owned()],
            ..Selection::default()
        },
        sink: RefCell::new(Kept::default()),
    };
    world.hub(HEAD).ask_here(&chosen).unwrap();
    assert_eq!(chosen.sink.into_inner().0, rows);
}

/// What came in is the whole partner's; the request for Azure that it led to is not every agent's.
///
/// Rules: P-2 R-5 B-4
#[test]
fn what_came_in_names_its_request_to_those_who_may_know_of_that() {
    let world = World::new();
    let own = &world.places[0].partner;
    let update = |account: &str, outcome: Option<IntakeOutcome>, request: Option<&String>| {
        let update = intake::Update {
            intake: own.intake.clone(),
            outcome,
            diagnosis: Some(format!("Looked at by {account}")),
            request: request.cloned(),
        };
        let done = world.hub(Some(account)).carry_out(&update, Mode::Apply)?;
        Ok::<_, servhub::error::Error>(done.answer)
    };
    let (head, helpdesk) = (HEAD.unwrap(), "helpdesk-agent@q-own.example");
    let escalated = update(head, Some(IntakeOutcome::Escalated), Some(&own.cloud)).unwrap();
    assert_eq!(escalated.request.as_ref(), Some(&own.cloud));
    assert_eq!(update(helpdesk, None, None).unwrap().request, None);
    assert_eq!(update(helpdesk, None, None).unwrap().request, None);
    let error = update(helpdesk, Some(IntakeOutcome::Solved), None).unwrap_err();
    assert!(!format!("{error:?}").contains(&own.cloud), "{error:?}");
    let error = update(head, Some(IntakeOutcome::Solved), None).unwrap_err();
    assert!(error.message.contains(&own.cloud), "{error:?}");
    let (lines, _) = world.hub(Some(helpdesk)).ask(&intake::List::default()).unwrap();
    assert_eq!(lines[0].request, None);
    let (lines, _) = world.hub(HEAD).ask(&intake::List::default()).unwrap();
    assert_eq!(lines[0].request.as_ref(), Some(&own.cloud));
}
