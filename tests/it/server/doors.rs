//! Every route goes past the doorman before anything else, and then past the rules.

use super::{Hub, json, problem, told};
use crate::harness::{Sandbox, TOKEN, finish, repository};
use reqwest::Method;
use serde_json::{Value, json};
use servhub::api::document;

/// What asks for no token: these make one, or say how to get one. Nothing else may join them unseen.
const OPEN: [&str; 3] = ["session.open", "setup.redeem", "sign-in.offer"];

/// Every operation of the committed description that needs a token, with arguments put into its path.
fn routes() -> Vec<(Method, String)> {
    let text = std::fs::read_to_string(repository("docs/openapi.json")).unwrap();
    let described: Value = serde_json::from_str(&text).unwrap();
    let (mut all, mut open) = (Vec::new(), Vec::new());
    for (path, item) in described["paths"].as_object().unwrap() {
        let parts: Vec<&str> = path
            .split('/')
            .map(|part| if part.starts_with('{') { "x" } else { part })
            .collect();
        for (method, operation) in item.as_object().unwrap() {
            if operation["security"].is_array() {
                open.push(operation["operationId"].as_str().unwrap().to_owned());
            } else {
                all.push((method.to_uppercase().parse().unwrap(), parts.join("/")));
            }
        }
    }
    open.sort_unstable();
    assert_eq!(open, OPEN);
    all
}

/// Rules: R-1 K-11
#[test]
fn without_a_token_every_route_says_the_same_and_nothing_else() {
    let hub = Hub::new();
    let mut routes = routes();
    let operations: usize = document()["paths"]
        .as_object()
        .unwrap()
        .values()
        .map(|item| item.as_object().unwrap().len())
        .sum();
    assert_eq!(
        routes.len() + OPEN.len(),
        operations,
        "docs/openapi.json is not current"
    );
    routes.push((Method::GET, "/v1/nothing/here".to_owned()));
    routes.push((Method::DELETE, "/v1/contracts".to_owned()));
    routes.push((Method::GET, "/".to_owned()));
    let mut first = None;
    for (method, path) in routes {
        for bearer in [
            None,
            Some("Bearer wrong"),
            Some("Basic cmVoZWFyc2FsLXRlc3Rlcg=="),
            Some("rehearsal-tester"),
        ] {
            let mut request = hub
                .bare(method.clone(), &format!("{path}?no=such"))
                .body("{ no json");
            if let Some(bearer) = bearer {
                request = request.header("authorization", bearer);
            }
            let told = told(request);
            assert_eq!(
                told.problem(),
                problem(401, "E0201"),
                "{method} {path} {bearer:?}"
            );
            assert_eq!(told.header("www-authenticate"), "Bearer");
            let first = first.get_or_insert_with(|| told.body.clone());
            assert_eq!(told.body, *first, "{method} {path} tells more than others");
        }
    }
}

/// Rules: R-1 R-5 X-3
#[test]
fn whoever_may_not_is_refused_by_the_rules_of_the_local_store() {
    let hub = Hub::new();
    let asked = |who: &str, method: Method, path: &str| {
        told(
            hub.request(method, path)
                .header("servhub-as", who.replace('@', "%40")),
        )
    };
    let nobody = "nobody@steel.example";
    let operations = routes().into_iter().filter(|(_, path)| path != "/v1/session");
    for (method, path) in operations {
        let answer = asked(nobody, method.clone(), &path);
        // First it is found out what was asked, then who the person is that nobody knows.
        assert!([400, 404].contains(&answer.status), "{method} {path}: {answer:?}");
    }
    let ben = "ben@steel.example";
    assert_eq!(
        asked(ben, Method::GET, "/v1/audit/verification").problem(),
        problem(403, "E0200")
    );
    assert_eq!(
        asked(ben, Method::GET, "/v1/exports/folder").problem(),
        problem(403, "E0200")
    );
    assert_eq!(
        asked(ben, Method::GET, "/v1/workspaces/W-9").problem(),
        problem(404, "E0110")
    );
    assert_eq!(asked(ben, Method::GET, "/v1/workspaces/W-1").status, 200);
}

#[test]
fn what_is_not_there_and_what_cannot_be_done_have_their_answers() {
    let hub = Hub::new();
    assert_eq!(hub.get("/v1/nothing").problem(), problem(404, "E0801"));
    let told = told(hub.request(Method::DELETE, "/v1/workspaces/W-1"));
    assert_eq!(told.problem(), problem(405, "E0802"));
    assert_eq!(told.header("allow"), "GET, PATCH");
    // Signing in has routes of its own kind.
    let told = super::told(hub.request(Method::DELETE, "/v1/setup"));
    assert_eq!(
        (told.problem(), told.header("allow")),
        (problem(405, "E0802"), "POST")
    );
    assert_eq!(hub.get("/v1/workspaces?no=such").problem(), problem(400, "E0800"));
    assert_eq!(
        hub.post("/v1/workspaces/W-1/archiving", &json!({ "no": 1 }))
            .problem(),
        problem(400, "E0800")
    );
}

#[test]
fn only_a_rehearsal_is_told_the_time_and_another_version_is_refused() {
    let hub = Hub::new();
    let odd = hub
        .bare(Method::GET, "/v1/workspaces")
        .header("authorization", "Bearer rehearsal-x");
    assert_eq!(
        told(odd.header("servhub-now", "soon")).problem(),
        problem(400, "E0800")
    );
    let other = hub
        .request(Method::GET, "/v1/workspaces")
        .header("servhub-api", "2");
    assert_eq!(told(other).problem(), problem(400, "E0017"));
    assert_eq!(hub.get("/v1/workspaces").header("servhub-api"), "1");
    // Without a rehearsal nobody is taken at their word.
    let strict = hub.sandbox.serve(&[]);
    let request = hub
        .client
        .get(format!("{}/v1/workspaces", strict.url()))
        .header("authorization", "Bearer rehearsal-tester");
    assert_eq!(told(request).problem(), problem(401, "E0201"));
}

/// Rules: K-11
#[test]
fn tokens_cross_no_network_in_the_clear() {
    let hub = crate::harness::Sandbox::new();
    let run = hub.run(["serve", "--listen", "0.0.0.0:0"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.stderr.contains("in the clear"), "{run:?}");
    let run = hub.run(["serve", "--listen", "0.0.0.0:0", "--rehearsal"]);
    assert_eq!(run.code, 2, "{run:?}");
    let run = hub.run(["contract", "list", "--store", "http://hub.example"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.stderr.contains("https://"), "{run:?}");
}

#[test]
fn a_change_says_whether_it_changed_anything() {
    let hub = Hub::new();
    let rename = |dry: &str| {
        let request = hub
            .request(Method::PATCH, "/v1/workspaces/W-1")
            .header("servhub-dry-run", dry);
        told(json(
            request.header("servhub-reason", "na%C5%A1e%0Adielo"),
            &json!({ "name": "Hall 1" }),
        ))
    };
    let before = hub.get("/v1/workspaces/W-1").body;
    let dry = rename("true");
    assert_eq!(
        (dry.status, dry.header("servhub-changed")),
        (200, "true"),
        "{dry:?}"
    );
    assert_eq!(hub.get("/v1/workspaces/W-1").body, before);
    let done = rename("false");
    assert_eq!((done.status, done.header("servhub-changed")), (200, "true"));
    assert_ne!(hub.get("/v1/workspaces/W-1").body, before);
    assert_eq!(rename("false").header("servhub-changed"), "false");
    let reason =
        "SELECT count(*) FROM audit WHERE reason = 'naše' || char(10) || 'dielo' AND actor = 'tester'";
    assert_eq!(crate::filing::desk::count(&hub.sandbox, reason), 1);
}

/// A hub that refuses whoever sends a large file does so before it has taken it; what it says reaches the person all the same.
///
/// Rules: K-10 K-11
#[test]
fn a_refusal_in_the_middle_of_a_large_file_is_told() {
    let sandbox = Sandbox::new();
    let served = sandbox.serve(&[]);
    let rows: String = (0..200_000).map(|n| format!("C{n},Customer {n}\n")).collect();
    sandbox.write("customers.csv", &format!("customer,name\n{rows}"));
    let mut import = sandbox.command(["import", "customers.csv", "--yes", "--store", served.url()]);
    let run = finish(import.env("SERVHUB_TOKEN", TOKEN));
    assert_eq!(run.code, 4, "{run:?}");
    assert!(run.stderr.contains("E0201"), "{run:?}");
}
