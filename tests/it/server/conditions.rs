//! What was seen last: `ETag`, `If-None-Match`, `If-Match`; and how often one may ask.

use super::{Hub, Told, json, problem, told};
use reqwest::Method;
use serde_json::json;

#[test]
fn an_answer_that_is_known_is_not_sent_again() {
    let hub = Hub::new();
    let first = hub.get("/v1/workspaces/W-1");
    let tag = first.header("etag").to_owned();
    let again = |tag: &str| {
        told(
            hub.request(Method::GET, "/v1/workspaces/W-1")
                .header("if-none-match", tag),
        )
    };
    let known = again(&format!("\"other\", {tag}"));
    assert_eq!(
        (known.status, known.body.len(), known.header("etag")),
        (304, 0, tag.as_str())
    );
    assert_eq!(again("\"other\"").body, first.body);
    // Another person's view is another answer.
    let other = hub.get("/v1/workspaces");
    assert_ne!(other.header("etag"), tag);
}

#[test]
fn a_change_of_what_somebody_else_has_changed_is_refused() {
    let hub = Hub::new();
    let tag = hub.get("/v1/workspaces/W-1").header("etag").to_owned();
    let rename = |name: &str, tag: &str| -> Told {
        let request = hub
            .request(Method::PATCH, "/v1/workspaces/W-1")
            .header("if-match", tag);
        told(json(request, &json!({ "name": name })))
    };
    assert_eq!(rename("Hall 1", &tag).status, 200);
    assert_eq!(rename("Hall 2", &tag).problem(), problem(412, "E0809"));
    assert!(
        String::from_utf8(hub.get("/v1/workspaces/W-1").body)
            .unwrap()
            .contains("Hall 1")
    );
    let tag = hub.get("/v1/workspaces/W-1").header("etag").to_owned();
    assert_eq!(rename("Hall 2", &tag).status, 200);
    assert_eq!(rename("Hall 3", "*").status, 200);
    // What nothing shows cannot have been seen.
    let request = hub
        .request(Method::POST, "/v1/workspaces")
        .header("if-match", "\"x\"");
    let told = told(json(
        request,
        &json!({ "customer": "C-1", "name": "N", "administrator": "a@steel.example" }),
    ));
    assert_eq!(told.problem(), problem(400, "E0800"), "{told:?}");
}

#[test]
fn whoever_asks_too_often_waits_and_others_do_not() {
    let hub = Hub::with(&["--rate", "3"]);
    let ask = |token: &str| {
        let request = hub
            .bare(Method::GET, "/v1/workspaces")
            .header("authorization", format!("Bearer rehearsal-{token}"));
        told(request)
    };
    let refused = (0..200)
        .map(|_| ask("eager"))
        .find(|told| told.status != 200)
        .unwrap();
    assert_eq!(refused.problem(), problem(429, "E0807"));
    assert_eq!(refused.header("retry-after"), "1");
    assert_eq!(ask("other").status, 200);
    // Whether it is alive may be asked as often as one likes.
    assert!((0..100).all(|_| told(hub.bare(Method::GET, "/healthz")).status == 200));
}
