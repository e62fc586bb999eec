//! A hub at work: how it is doing, what it tells, and how it stops.

use super::{Hub, told};
use reqwest::Method;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

#[test]
fn it_says_how_it_is_doing_and_what_it_has_done() {
    let hub = Hub::new();
    let ask = |path: &str| told(hub.bare(Method::GET, path));
    assert_eq!((ask("/healthz").status, ask("/readyz").status), (200, 200));
    assert_eq!(hub.get("/v1/workspaces/W-1").status, 200);
    assert_eq!(hub.get("/v1/workspaces/no-such").status, 404);
    let metrics = String::from_utf8(ask("/metrics").body).unwrap();
    for line in [
        r#"servhub_requests_total{operation="workspace.show",status="200"} 1"#,
        r#"servhub_requests_total{operation="workspace.show",status="404"} 1"#,
        r#"servhub_request_seconds_count{operation="workspace.show"} 2"#,
        "servhub_requests_running 0",
    ] {
        assert!(metrics.contains(line), "{line} is not in {metrics}");
    }
    assert!(!metrics.contains("no-such"), "{metrics}");
}

/// Rules: K-11
#[test]
fn its_log_tells_what_was_done_and_nothing_that_was_said() {
    let mut hub = Hub::new();
    let request = hub
        .request(Method::GET, "/v1/requests?search=canary-query")
        .header("servhub-reason", "canary-reason");
    told(request.header("servhub-as", "ben%40steel.example"));
    let line = hub.served.said("request");
    assert_eq!(
        (&line["operation"], &line["account"]),
        (&"request.list".into(), &"tester".into()),
        "{line}"
    );
    assert_eq!(line["on_behalf"], "ben@steel.example");
    told(
        hub.bare(Method::GET, "/v1/workspaces/canary-path")
            .header("authorization", "Bearer canary-token"),
    );
    let refused = hub.served.said("request");
    assert_eq!(
        (&refused["status"], &refused["error"]),
        (&401.into(), &"E0201".into())
    );
    for said in [line, refused] {
        assert!(!said.to_string().contains("canary"), "{said}");
    }
}

/// What was begun is finished, what comes later is not taken in, and the exit code is 0.
#[test]
fn it_stops_in_peace() {
    let mut hub = Hub::new();
    // A body that is half there when the hub is asked to stop.
    let mut stream = TcpStream::connect(hub.served.socket()).unwrap();
    let ask = "PATCH /v1/workspaces/W-1 HTTP/1.1\r\nhost: x\r\nauthorization: Bearer rehearsal-x\r\n\
               content-type: application/json\r\ncontent-length: 17\r\n\r\n{\"name\":";
    stream.write_all(ask.as_bytes()).unwrap();
    // The hub has taken the head when it answers somebody who came later, with one thread for each.
    while !hub.metrics().contains("servhub_requests_running 1") {
        std::thread::yield_now();
    }
    hub.served.ask_to_stop();
    while TcpStream::connect(hub.served.socket()).is_ok() {
        std::thread::sleep(Duration::from_millis(5));
    }
    stream.write_all(b"\"Hall 1\"}").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert_eq!(hub.served.ended(), Some(0));
    hub.served.said("stopped");
    let renamed = "SELECT count(*) FROM workspace WHERE name = 'Hall 1'";
    assert_eq!(crate::filing::desk::count(&hub.sandbox, renamed), 1);
}

/// A connection that waits for its next request does not keep the hub from stopping.
#[test]
fn idle_connections_do_not_hold_it_up() {
    let mut hub = Hub::with(&["--grace", "20"]);
    assert_eq!(hub.get("/v1/workspaces").status, 200);
    let _idle = TcpStream::connect(hub.served.socket()).unwrap();
    let began = std::time::Instant::now();
    hub.served.ask_to_stop();
    assert_eq!(hub.served.ended(), Some(0));
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
}

impl Hub {
    fn metrics(&self) -> String {
        String::from_utf8(told(self.bare(Method::GET, "/metrics")).body).unwrap()
    }
}
