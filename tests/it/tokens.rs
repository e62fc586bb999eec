//! Tokens, sessions, operators and the code that makes the first one.

use crate::fixture::count;
use crate::harness::{NOW, Sandbox, finish};
use crate::spaces::{acting, works};
use rusqlite::Connection;
use servhub::domain::Instant;
use servhub::domain::token::{RANDOM, Scope, Scopes, Secret, TokenKind};
use servhub::error::{Error, codes};
use servhub::hub::people::Code;
use servhub::hub::sign_in::{
    Occasion, SignedIn, authenticate, authenticate_text, close_session, make_setup_code, open_session,
    redeem_setup_code,
};
use servhub::hub::{Context, Hub, Mode, audit, ledger, operator, token, workspace};
use servhub::policy::Actor;
use servhub::store::Db;
use std::collections::BTreeSet;

fn now() -> Instant {
    NOW.parse().unwrap()
}

fn on(now: Instant) -> Occasion<'static> {
    Occasion { now, origin: "test" }
}

fn db(sandbox: &Sandbox) -> Db {
    Db::open(&sandbox.store()).unwrap()
}

/// A token made by a command; its text.
fn made(sandbox: &Sandbox, args: &[&str]) -> Secret {
    let text = sandbox.ok(args);
    assert_eq!(text.lines().count(), 1);
    Secret::read(&text).unwrap()
}

fn bens(hub: &Sandbox, more: &[&str]) -> Secret {
    let args = [&["token", "create", "night run"], more].concat();
    let args = acting("ben", &args);
    made(hub, &args.iter().map(AsRef::as_ref).collect::<Vec<_>>())
}

/// A token of the operator ada.
fn operators(hub: &Sandbox, args: &[&str]) -> Secret {
    hub.ok(["operator", "appoint", "ada@p.example", "--yes"]);
    let mut command = hub.command(args);
    let run = finish(command.env("SERVHUB_ACTOR", "ada@p.example"));
    Secret::read(&run.stdout).unwrap_or_else(|| panic!("{run:?}"))
}

/// The hub as whoever signed in finds it.
fn hub_of(sandbox: &Sandbox, signed_in: SignedIn) -> Hub {
    let context = Context {
        actor: signed_in.actor,
        now: now(),
        as_of: None,
        reason: Some("because".to_owned()),
        ticket: None,
        origin: "test".to_owned(),
    };
    Hub::local(db(sandbox), context).within(signed_in.scopes)
}

/// Every byte of the store and of the files beside it.
fn bytes(sandbox: &Sandbox) -> Vec<u8> {
    let files = ["hub.db", "hub.db-wal"].map(|name| std::fs::read(sandbox.path(name)).unwrap_or_default());
    files.concat()
}

/// Rules: K-11 X-1
#[test]
fn a_token_is_shown_once_and_stands_nowhere_else() {
    let hub = works();
    let secret = bens(&hub, &[]);
    let text = secret.tell();
    let rest = &text[15..];
    assert!(text.starts_with("shp_") && rest.len() == 52, "{}", text.len());
    let list = hub.ok(acting("ben", &["token", "list", "-o", "json"]));
    assert!(list.contains(secret.id()) && !list.contains(rest), "{list}");
    let audit = hub.ok(["audit", "list", "--all", "-o", "json"]);
    assert!(audit.contains(&format!("token:{}", secret.id())), "{audit}");
    assert!(!audit.contains(rest), "{audit}");
    let found = |part: &[u8]| bytes(&hub).windows(part.len()).any(|window| window == part);
    assert!(!found(rest.as_bytes()));
    assert!(found(secret.id().as_bytes()), "the store was not read");
    let signed_in = authenticate(&db(&hub), &secret, now()).unwrap();
    assert!(!format!("{signed_in:?}").contains(rest));
}

/// Rules: R-1 K-10
#[test]
fn a_token_signs_its_person_in_until_it_is_taken_back() {
    let hub = works();
    let secret = bens(&hub, &[]);
    let signed_in = authenticate(&db(&hub), &secret, now()).unwrap();
    let account = signed_in.actor.account().map(str::to_owned);
    assert!(account.is_some_and(|account| account.starts_with("ben@")));
    assert_eq!(signed_in.scopes, Scopes::of([Scope::Read]));
    let refused = hub.run(acting("ben", &["token", "revoke", secret.id()]));
    assert!(
        refused.code == 2 && refused.stderr.contains("E0103"),
        "{refused:?}"
    );
    assert!(authenticate(&db(&hub), &secret, now()).is_ok());
    let other = hub.run(acting("adam", &["token", "revoke", secret.id(), "--yes"]));
    assert_eq!(other.code, 3, "{other:?}");
    let state = ["token", "revoke", secret.id(), "--yes", "--jq", ".rows[].state"];
    assert_eq!(hub.ok(acting("ben", &state)), "revoked\n");
    let error = authenticate(&db(&hub), &secret, now()).unwrap_err();
    assert_eq!(error.code, &codes::NOT_SIGNED_IN);
    assert_eq!(
        hub.ok(acting("ben", &["token", "list", "--jq", ".rows | length"])),
        "0\n"
    );
    let all = ["token", "list", "--all", "--jq", ".rows[].state"];
    assert_eq!(hub.ok(acting("ben", &all)), "revoked\n");
}

/// Rules: R-5
#[test]
fn everyone_lists_their_own_tokens_and_the_operator_all() {
    let hub = works();
    bens(&hub, &[]);
    operators(
        &hub,
        &[
            "token",
            "create",
            "backup",
            "--scope",
            "read,write",
            "--expires",
            "7d",
        ],
    );
    let names = [
        "token",
        "list",
        "-o",
        "csv",
        "--columns",
        "name,scopes,expires_at",
    ];
    assert_eq!(
        hub.ok(acting("ben", &names)),
        "name,scopes,expires_at\r\nnight run,read,2027-02-19T08:00:00Z\r\n"
    );
    assert_eq!(hub.ok(acting("adam", &names)).lines().count(), 1);
    let all = hub.ok(names);
    assert!(
        all.contains("night run") && all.contains("backup,read;write,2026-11-28T08:00:00Z"),
        "{all}"
    );
}

/// Rules: R-1 R-5
#[test]
fn whatever_is_wrong_with_a_token_answers_alike_and_only_its_holder_hears_that_it_ran_out() {
    let hub = works();
    let (good, gone) = (bens(&hub, &["--expires", "1d"]), bens(&hub, &[]));
    hub.ok(acting("ben", &["token", "revoke", gone.id(), "--yes"]));
    let later = now().plus_seconds(86_400);
    let unknown = Secret::from_random(TokenKind::Personal, &[5; RANDOM]);
    let stolen_id = unknown.tell().replace(unknown.id(), good.id());
    let db = db(&hub);
    let told = |error: Error| (error.code.id, error.message, error.hints);
    let refusals: BTreeSet<_> = [
        authenticate(&db, &unknown, now()),
        authenticate(&db, &gone, now()),
        authenticate(&db, &gone, later),
        authenticate_text(&db, &stolen_id, now()),
        authenticate_text(&db, &stolen_id, later),
        authenticate_text(&db, "", now()),
        authenticate_text(&db, "shp_' OR 1=1 --", now()),
        authenticate_text(&db, &good.tell().to_uppercase(), now()),
    ]
    .into_iter()
    .map(|came| told(came.unwrap_err()))
    .collect();
    assert_eq!(refusals.len(), 1, "{refusals:?}");
    assert!(authenticate(&db, &good, later.plus_seconds(-1)).is_ok());
    let error = authenticate(&db, &good, later).unwrap_err();
    assert!(
        error.code == &codes::NOT_SIGNED_IN && error.message.contains("ran out"),
        "{error}"
    );
}

fn last_used(hub: &Sandbox) -> Option<i64> {
    let conn = crate::database::raw(&hub.store());
    conn.query_row("SELECT last_used_at FROM token", [], |row| row.get(0))
        .unwrap()
}

/// Reading with a token writes once a minute at most, and waits for nobody.
#[test]
fn a_use_is_noted_once_a_minute_and_never_waited_for() {
    let hub = works();
    let secret = bens(&hub, &[]);
    let db = db(&hub);
    let at = |seconds| {
        authenticate(&db, &secret, now().plus_seconds(seconds)).unwrap();
        last_used(&hub).map(|last| last - now().seconds())
    };
    assert_eq!(last_used(&hub), None);
    assert_eq!(at(5), Some(5));
    assert_eq!(at(64), Some(5));
    assert_eq!(at(65), Some(65));
    let mut writer = Connection::open(hub.store()).unwrap();
    let busy = writer
        .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
        .unwrap();
    assert_eq!(at(300), Some(65));
    busy.commit().unwrap();
    assert_eq!(at(301), Some(301));
}

/// Rules: R-1
#[test]
fn a_token_gives_what_its_scopes_say_and_never_more_than_the_person_has() {
    let hub = works();
    let signed_in = |secret: &Secret| authenticate(&db(&hub), secret, now()).unwrap();
    let mut reader = hub_of(&hub, signed_in(&bens(&hub, &[])));
    assert!(!reader.ask(&workspace::List::default()).unwrap().is_empty());
    let create = token::Create {
        name: "more".to_owned(),
        scopes: Scopes::all(),
        days: 1,
    };
    let error = reader.carry_out(&create, Mode::Apply).unwrap_err();
    assert_eq!(error.code, &codes::OUT_OF_SCOPE);
    assert!(error.message.contains("token.create needs admin"), "{error}");
    let mut all = hub_of(&hub, signed_in(&bens(&hub, &["--scope", "admin"])));
    assert!(all.carry_out(&create, Mode::DryRun).is_ok());
    assert_eq!(
        all.ask(&audit::Verify::default()).unwrap_err().code,
        &codes::DENIED
    );
    let mut writer = hub_of(
        &hub,
        signed_in(&operators(&hub, &["token", "create", "w", "--scope", "write"])),
    );
    assert!(
        writer
            .carry_out(&ledger::Correct { entry: 1 }, Mode::DryRun)
            .is_ok()
    );
    let error = writer.carry_out(&create, Mode::DryRun).unwrap_err();
    assert_eq!(error.code, &codes::OUT_OF_SCOPE);
    assert_eq!(
        writer.ask(&ledger::List::default()).unwrap_err().code,
        &codes::OUT_OF_SCOPE
    );
}

/// Whoever owns the file may everything, and need be nobody at the shared hub.
///
/// Rules: R-1
#[test]
fn an_operator_acts_as_one_until_dismissed_and_the_last_one_stays() {
    let hub = works();
    let owner = hub.run(["token", "create", "mine"]);
    assert!(owner.code == 5 && owner.stderr.contains("E0500"), "{owner:?}");
    let secret = operators(&hub, &["token", "create", "mine", "--scope", "admin"]);
    let actor = || authenticate(&db(&hub), &secret, now()).unwrap().actor;
    assert_eq!(actor(), Actor::Operator("ada@p.example".to_owned()));
    let again = hub.run(["operator", "appoint", "ADA@p.example", "--yes"]);
    assert!(
        again.code == 0 && again.stderr.contains("nothing left to do"),
        "{again:?}"
    );
    let last = hub.run(["operator", "dismiss", "ada@p.example", "--yes"]);
    assert!(last.code == 5 && last.stderr.contains("E0524"), "{last:?}");
    hub.ok(["operator", "appoint", "bob@p.example", "--yes"]);
    hub.ok(["operator", "dismiss", "ADA@p.example", "--yes"]);
    assert!(matches!(actor(), Actor::Person { .. }));
    let list = ["operator", "list", "--jq", ".rows[].account"];
    assert_eq!(hub.ok(list), "bob@p.example\n");
    let verified = hub.ok(["audit", "list", "--action", "operator.", "--jq", ".rows | length"]);
    assert_eq!(verified, "3\n");
}

/// Rules: X-1 K-11
#[test]
fn a_set_up_code_makes_the_first_operator_once() {
    let hub = Sandbox::new();
    let mut db = db(&hub);
    let (first, second) = (
        make_setup_code(&mut db, on(now())).unwrap().unwrap(),
        make_setup_code(&mut db, on(now())).unwrap().unwrap(),
    );
    let old = now().plus_seconds(86_400);
    let mut refused = Vec::new();
    let mut redeem = |code: &Code, at| redeem_setup_code(&mut db, code, "ada@p.example", on(at));
    refused.push(redeem(&Code::typed("0000"), now()).unwrap_err());
    refused.push(redeem(&first, old).unwrap_err());
    let (token, secret) = redeem(&Code::typed(&first.tell().to_lowercase()), now()).unwrap();
    refused.push(redeem(&first, now()).unwrap_err());
    refused.push(redeem(&second, now()).unwrap_err());
    let told: BTreeSet<_> = refused
        .iter()
        .map(|error| (error.code.id, &error.message))
        .collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(token.account, "ada@p.example");
    let signed_in = authenticate(&db, &secret, now()).unwrap();
    assert_eq!(signed_in.actor, Actor::Operator("ada@p.example".to_owned()));
    assert!(hub_of(&hub, signed_in).ask(&operator::List).is_ok());
    assert!(make_setup_code(&mut db, on(now())).unwrap().is_none());
    let trail = hub.ok(["audit", "list", "--all", "-o", "json"]);
    for part in [secret.tell(), &first.tell(), &first.tell().replace('-', "")] {
        assert!(!trail.contains(part), "{trail}");
    }
    let actions = hub.ok(["audit", "list", "--action", "setup.", "--jq", ".rows[].action"]);
    assert_eq!(actions.matches("setup.make").count(), 2, "{actions}");
    assert_eq!(actions.matches("setup.redeem").count(), 2, "{actions}");
    assert!(hub.run(["audit", "verify"]).code == 0);
}

/// Rules: R-1 R-2
#[test]
fn a_session_is_opened_for_those_the_hub_knows_and_closed_by_its_holder() {
    let hub = works();
    let mut db = db(&hub);
    let stranger = open_session(&mut db, "eve@elsewhere.example", on(now())).unwrap_err();
    assert_eq!(stranger.code, &codes::STRANGER);
    let conn = crate::database::raw(&hub.store());
    let ben: String = conn
        .query_row(
            "SELECT account FROM member WHERE account LIKE 'ben@%'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    let (token, secret) = open_session(&mut db, &ben, on(now())).unwrap();
    assert!(secret.tell().starts_with("shs_"));
    let twelve_hours = token.created_at.seconds_until(token.expires_at);
    assert_eq!(twelve_hours, 12 * 3600);
    let list = ["token", "list", "-o", "csv", "--columns", "token,kind"];
    let shown = hub.ok(acting("ben", &list));
    assert!(shown.contains(&format!("{},session", secret.id())), "{shown}");
    let signed_in = authenticate(&db, &secret, now()).unwrap();
    conn.execute("UPDATE member SET status = 'removed' WHERE account = ?1", [&ben])
        .unwrap();
    drop(conn);
    let error = hub_of(&hub, signed_in)
        .ask(&workspace::List::default())
        .unwrap_err();
    assert_eq!(error.code, &codes::DENIED);
    assert!(open_session(&mut db, &ben, on(now())).is_err());
    assert!(close_session(&mut db, &secret, on(now())).unwrap());
    assert!(!close_session(&mut db, &secret, on(now())).unwrap());
    let other = Secret::from_random(TokenKind::Session, &[1; RANDOM]);
    assert!(!close_session(&mut db, &other, on(now())).unwrap());
    assert!(authenticate(&db, &secret, now()).is_err());
    let actions = hub.ok(["audit", "list", "--action", "session.", "--jq", ".rows[].action"]);
    assert_eq!(actions.lines().count(), 2, "{actions}");
}

/// Sessions that ended are listed for a month; tokens made by hand stay as long as nobody asks.
///
/// Rules: X-1
#[test]
fn whoever_signs_in_takes_old_sessions_away() {
    let hub = works();
    let mut db = db(&hub);
    let ben = "ben@steel.example";
    let day = 24 * 3600;
    hub.ok(acting("ben", &["token", "create", "x", "--expires", "1d"]));
    let (_, ran_out) = open_session(&mut db, ben, on(now())).unwrap();
    let (_, closed) = open_session(&mut db, ben, on(now())).unwrap();
    assert!(close_session(&mut db, &closed, on(now())).unwrap());
    let there = |secret: &Secret| {
        let sql = format!("SELECT count(*) FROM token WHERE code = '{}'", secret.id());
        count(&hub.store(), &sql) == 1
    };
    let mut at = |seconds| {
        open_session(&mut db, ben, on(now().plus_seconds(seconds))).unwrap();
        (there(&ran_out), there(&closed))
    };
    assert_eq!(at(30 * day), (true, true));
    assert_eq!(at(30 * day + 1), (true, false));
    assert_eq!(at(30 * day + 12 * 3600), (true, false));
    assert_eq!(at(30 * day + 12 * 3600 + 1), (false, false));
    // Those four, and the token that was made by hand.
    assert_eq!(count(&hub.store(), "SELECT count(*) FROM token"), 5);
    let told = [
        "audit",
        "list",
        "--action",
        "session.forget",
        "--jq",
        ".rows[].action",
    ];
    assert_eq!(hub.ok(told).lines().count(), 2);
}

/// Rules: K-8 K-10
#[test]
fn what_cannot_be_a_token_is_refused_and_a_dry_run_makes_none() {
    let hub = works();
    for args in [
        &["token", "create", " "][..],
        &["token", "create", "x", "--expires", "0d"],
        &["token", "create", "x", "--expires", "367d"],
        &["token", "create", "x", "--scope", "all"],
    ] {
        assert_eq!(hub.run(acting("ben", args)).code, 2, "{args:?}");
    }
    let dry = hub.run(acting(
        "ben",
        &["token", "create", "x", "--dry-run", "--detailed-exitcode"],
    ));
    assert!(
        dry.code == 6 && dry.stdout.is_empty() && !dry.stderr.contains("shp_"),
        "{dry:?}"
    );
    assert_eq!(
        hub.ok(["token", "list", "--all", "--jq", ".rows | length"]),
        "0\n"
    );
}
