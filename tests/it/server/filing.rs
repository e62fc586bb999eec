//! Filing over HTTP: exactly once, whatever is tried.

use super::{Hub, Told, json, problem, told};
use crate::filing::desk::filed;
use reqwest::Method;
use serde_json::{Value, json};

fn order(title: &str) -> Value {
    json!({ "orders": [{
        "place": { "workspace": "W-1" },
        "draft": {
            "title": title, "description": "Since six", "product": "Steam", "kind": "problem-resolution",
            "severity": "B", "contact": "ben@steel.example",
        },
    }] })
}

fn file(hub: &Hub, key: Option<&str>, body: &Value) -> Told {
    let mut request = hub
        .request(Method::POST, "/v1/requests")
        .header("servhub-as", "ben%40steel.example");
    if let Some(key) = key {
        request = request.header("idempotency-key", key);
    }
    told(json(request, body))
}

/// Rules: Q-1
#[test]
fn a_request_is_filed_once_with_its_key() {
    let hub = Hub::new();
    assert_eq!(
        file(&hub, None, &order("Boiler leaks")).problem(),
        problem(400, "E0810")
    );
    let first = file(&hub, Some("k-1"), &order("Boiler leaks"));
    assert_eq!(first.status, 200, "{first:?}");
    let again = file(&hub, Some("k-1"), &order("Boiler leaks"));
    assert_eq!(again.json()[0]["request"], first.json()[0]["request"]);
    assert_eq!(
        (again.json()[0]["new"].as_bool(), again.header("servhub-changed")),
        (Some(false), "false")
    );
    assert_eq!(
        file(&hub, Some("k-1"), &order("Roof leaks")).problem(),
        problem(422, "E0530")
    );
    assert_eq!(filed(&hub.sandbox), [1, 1, 1]);
}

/// Rules: Q-1
#[test]
fn many_tries_at_once_make_one_request() {
    let hub = Hub::new();
    let tries: Vec<Told> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..12)
            .map(|_| scope.spawn(|| file(&hub, Some("k-1"), &order("Boiler leaks"))))
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(
        tries.iter().all(|told| [200, 409].contains(&told.status)),
        "{tries:?}"
    );
    for told in tries.iter().filter(|told| told.status == 409) {
        assert_eq!(told.problem(), problem(409, "E0811"));
        assert_eq!(told.header("retry-after"), "1");
    }
    assert_eq!(filed(&hub.sandbox), [1, 1, 1]);
}

/// A path at the hub is no file of whoever asks: only what was handed in belongs to a request.
#[test]
fn no_file_of_the_hub_is_taken_by_its_name() {
    let hub = Hub::new();
    let mut body = order("Boiler leaks");
    let path = hub.sandbox.write("secret.txt", "secret");
    body["orders"][0]["files"] = json!([{
        "name": "mine.txt", "path": path, "size": 6,
        "sha256": "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b",
    }]);
    let told = file(&hub, Some("k-1"), &body);
    assert_eq!(told.status, 400, "{told:?}");
    assert_eq!(filed(&hub.sandbox), [0, 0, 0]);
}
