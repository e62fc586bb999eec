//! Requests that mean no good: each gets an error, and costs little.

use super::{Hub, problem, told};
use reqwest::Method;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// Sends bytes as they are; answers what comes back until the hub closes.
fn raw(hub: &Hub, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(hub.served.socket()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    // The hub may have had enough before all of it is there.
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

fn head(path: &str, more: &str) -> String {
    format!(
        "GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer rehearsal-x\r\n{more}\r\n"
    )
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or("")
}

/// Memory of the hub in KiB.
#[cfg(target_os = "linux")]
fn memory(hub: &Hub) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", hub.served.id())).unwrap();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

#[test]
fn heads_that_are_too_long_or_not_http_are_refused() {
    let hub = Hub::new();
    let long = "x".repeat(1 << 20);
    assert_eq!(
        status(&raw(
            &hub,
            head("/v1/workspaces", &format!("a: {long}\r\n")).as_bytes()
        )),
        "431"
    );
    assert!(["414", "431"].contains(&status(&raw(&hub, head(&format!("/v1/{long}"), "").as_bytes()))));
    let many: String = (0..5000).map(|n| format!("a{n}: b\r\n")).collect();
    assert_eq!(
        status(&raw(&hub, head("/v1/workspaces", &many).as_bytes())),
        "431"
    );
    assert_eq!(
        status(&raw(&hub, b"\x16\x03\x01\x02\x00\x01\x00 no HTTP at all\r\n\r\n")),
        "400"
    );
    assert_eq!(
        status(&raw(&hub, head("/v1/workspaces/%ff", "").as_bytes())),
        "400"
    );
    assert_eq!(
        status(&raw(&hub, head("/v1/workspaces/%zz", "").as_bytes())),
        "400"
    );
    assert_eq!(
        status(&raw(&hub, head("/v1/../../etc/passwd", "").as_bytes())),
        "404"
    );
    let two = "content-length: 3\r\ntransfer-encoding: chunked\r\n";
    assert_eq!(status(&raw(&hub, head("/v1/workspaces", two).as_bytes())), "400");
    assert_eq!(hub.get("/v1/workspaces").status, 200);
}

#[test]
fn bodies_that_are_too_large_too_deep_or_packed_are_refused() {
    let hub = Hub::new();
    let post = |kind: &str, encoding: Option<&str>, body: Vec<u8>| {
        let mut request = hub
            .request(Method::POST, "/v1/request-checks")
            .header("content-type", kind);
        if let Some(encoding) = encoding {
            request = request.header("content-encoding", encoding);
        }
        told(request.body(body))
    };
    let json = "application/json";
    assert_eq!(
        post(json, None, "[".repeat(500_000).into_bytes()).problem(),
        problem(400, "E0800")
    );
    assert_eq!(post(json, None, b"{".to_vec()).problem(), problem(400, "E0800"));
    assert_eq!(
        post(json, Some("gzip"), vec![0x1f, 0x8b]).problem(),
        problem(415, "E0804")
    );
    assert_eq!(
        post("text/plain", None, b"{}".to_vec()).problem(),
        problem(415, "E0804")
    );
    assert_eq!(
        post("application/vnd.servhub.frames", None, Vec::new()).problem(),
        problem(415, "E0804")
    );
    let large = "content-type: application/json\r\ncontent-length: 99999999\r\n";
    let ask = head("/v1/request-checks", large).replace("GET", "POST");
    assert_eq!(status(&raw(&hub, ask.as_bytes())), "413");
    // A length that is not told is counted.
    let chunk = format!("{:x}\r\n{}\r\n", 1 << 16, "x".repeat(1 << 16));
    let ask = head(
        "/v1/request-checks",
        "content-type: application/json\r\ntransfer-encoding: chunked\r\n",
    )
    .replace("GET", "POST");
    let answer = raw(&hub, format!("{ask}{}", chunk.repeat(20)).as_bytes());
    assert!(["413", ""].contains(&status(&answer)), "{answer}");
}

/// What is slow is given up, and others are served meanwhile.
#[test]
fn whoever_is_slow_is_given_up() {
    let hub = Hub::with(&["--pause", "1"]);
    let began = Instant::now();
    let mut idle: Vec<TcpStream> = (0..50)
        .map(|_| TcpStream::connect(hub.served.socket()).unwrap())
        .collect();
    for stream in &mut idle {
        stream.write_all(b"GET /v1/work").unwrap();
    }
    assert_eq!(hub.get("/v1/workspaces").status, 200);
    let ask = head(
        "/v1/request-checks",
        "content-type: application/json\r\ncontent-length: 100\r\n",
    )
    .replace("GET", "POST");
    let answer = raw(&hub, ask.as_bytes());
    assert_eq!(status(&answer), "408", "{answer}");
    assert!(answer.contains("E0806"), "{answer}");
    for mut stream in idle {
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        assert!(stream.read_to_end(&mut Vec::new()).is_ok());
    }
    assert!(began.elapsed() < Duration::from_secs(25), "{:?}", began.elapsed());
}

/// A body costs no more memory than the hub takes of it at once, also where files are sent.
#[cfg(target_os = "linux")]
#[test]
fn what_is_sent_costs_little_memory() {
    use servhub::api::frames::{Frame, Part, put_bytes};
    let hub = Hub::new();
    assert_eq!(hub.get("/v1/workspaces").status, 200);
    let before = memory(&hub);
    let mut body = Frame::Arguments(br#"{"sources":[]}"#.to_vec())
        .to_bytes()
        .unwrap();
    body.extend(Frame::Begin(Part { part: 0, name: None }).to_bytes().unwrap());
    put_bytes(&mut body, 0, &vec![b'x'; 100 << 20]).unwrap();
    body.extend(Frame::End(0).to_bytes().unwrap());
    let request = hub
        .request(Method::POST, "/v1/imports")
        .header("content-type", "application/vnd.servhub.frames");
    assert_eq!(told(request.body(body)).problem(), problem(400, "E0100"));
    let grown = memory(&hub) - before;
    assert!(grown < 24 << 10, "{grown} KiB");
}
