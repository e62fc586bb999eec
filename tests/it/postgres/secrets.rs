//! What somebody finds who steals the database or the log.

use super::load::works;
use crate::database;
use crate::harness::{NOW, Served};
use crate::spaces::acting;
use reqwest::blocking::Client;
use serde_json::{Value, json};
use servhub::domain::token::Secret;
use servhub::hub::sign_in::{Occasion, make_setup_code};
use servhub::store::Db;

/// Asks a hub in every way in which a token may come, right and wrong; answers what it said with the right one.
fn ask_with(served: &Served, token: &str) -> u16 {
    let client = Client::builder().no_proxy().build().unwrap();
    let send = |path: &str, token: &str| {
        let request = client.get(format!("{}{path}", served.url())).bearer_auth(token);
        request.send().unwrap().status().as_u16()
    };
    let wrong = format!("{token}x");
    assert_eq!(send("/v1/workspaces/W-1", &wrong), 401);
    for path in [
        format!("/v1/requests?search={token}"),
        format!("/v1/requests/{token}"),
        format!("/v1/{token}"),
    ] {
        send(&path, token);
        send(&path, &wrong);
    }
    send("/v1/workspaces/W-1", token)
}

/// Rules: K-11
#[test]
fn neither_the_database_nor_the_log_holds_what_signs_in() {
    let sandbox = works();
    let personal = sandbox.ok(acting("ben", &["token", "create", "night run"]));
    let on = Occasion {
        now: NOW.parse().unwrap(),
        origin: "test",
    };
    let code = make_setup_code(&mut Db::open(&sandbox.store()).unwrap(), on);
    let code = code.unwrap().unwrap().tell();
    let mut served = sandbox.serve(&[]);
    let _ = rustls::crypto::ring::default_provider().install_default();
    let set_up = Client::builder().no_proxy().build().unwrap();
    let set_up = set_up
        .post(format!("{}/v1/setup", served.url()))
        .header("content-type", "application/json")
        .body(json!({ "code": code, "account": "ada@provider.example" }).to_string());
    let opened: Value = serde_json::from_slice(&set_up.send().unwrap().bytes().unwrap()).unwrap();
    let secrets: Vec<Secret> = [personal.trim(), opened["token"].as_str().unwrap()]
        .map(|text| Secret::read(text).unwrap())
        .into();
    for secret in &secrets {
        assert_eq!(ask_with(&served, secret.tell()), 200);
    }
    served.ask_to_stop();
    assert_eq!(served.ended(), Some(0));
    let (dump, log) = (database::dump(&sandbox.store()), served.log());
    for secret in secrets {
        let text = secret.tell();
        let rest = &text[15..];
        for found in [&dump, &log] {
            assert!(found.contains(secret.id()), "that was not all of it: {found}");
            assert!(!found.contains(rest) && !found.contains(&hex(rest)), "{found}");
        }
    }
    for part in [code.clone(), code.replace('-', ""), hex(&code)] {
        assert!(!dump.contains(&part) && !log.contains(&part), "{part}");
    }
}

/// As the server shows bytes.
fn hex(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02x}")).collect()
}
