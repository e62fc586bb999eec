//! Reports and files on their way: whole, or not at all.

use super::{Hub, problem, told};
use crate::harness::{Sandbox, TOKEN, finish};
use reqwest::Method;
use servhub::api::frames::{Frame, Part};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

const FRAMES: &str = "application/vnd.servhub.frames";

fn frames(mut body: &[u8]) -> Vec<Frame> {
    let mut all = Vec::new();
    while let Some(frame) = Frame::read(&mut body).unwrap() {
        all.push(frame);
    }
    all
}

/// Rules: K-15
#[test]
fn a_report_comes_as_its_bytes_or_as_frames() {
    let hub = Hub::new();
    let path = "/v1/exports/cpod?output=csv";
    let plain = hub.get(path);
    assert_eq!(plain.status, 200, "{plain:?}");
    assert_eq!(plain.header("content-type"), "text/csv; charset=utf-8");
    let framed = told(hub.request(Method::GET, path).header("accept", FRAMES));
    assert_eq!(framed.header("content-type"), FRAMES);
    let frames = frames(&framed.body);
    let bytes = |frame: &Frame| match frame {
        Frame::Bytes(0, bytes) => bytes.clone(),
        _ => Vec::new(),
    };
    assert_eq!(frames.iter().flat_map(bytes).collect::<Vec<u8>>(), plain.body);
    assert!(matches!(
        frames.first(),
        Some(Frame::Begin(Part { part: 0, name: None }))
    ));
    assert!(matches!(frames.last(), Some(Frame::Answer(false, _))));
    let file = hub.sandbox.path("local.csv");
    hub.sandbox
        .ok(["export", "cpod", "-o", "csv", "--out", "local.csv"]);
    assert_eq!(std::fs::read(file).unwrap(), plain.body);
}

#[test]
fn a_folder_comes_as_frames_only() {
    let hub = Hub::new();
    assert_eq!(hub.get("/v1/exports/folder").problem(), problem(406, "E0805"));
    let framed = told(
        hub.request(Method::GET, "/v1/exports/folder")
            .header("accept", FRAMES),
    );
    let names = frames(&framed.body).into_iter().filter_map(|frame| match frame {
        Frame::Begin(part) => part.name,
        _ => None,
    });
    assert!(names.into_iter().any(|name| name == "contracts.csv"));
}

/// Frames that a change cannot be made of.
#[test]
fn files_come_in_their_order_or_not_at_all() {
    let hub = Hub::new();
    let begin = |part| Frame::Begin(Part { part, name: None });
    let arguments = || Frame::Arguments(br#"{"files":[]}"#.to_vec());
    let wrong: [Vec<Frame>; 7] = [
        vec![],
        vec![begin(0), Frame::End(0)],
        vec![arguments(), arguments()],
        vec![arguments(), begin(1), Frame::End(1)],
        vec![arguments(), begin(0)],
        vec![arguments(), Frame::Bytes(0, vec![1])],
        vec![arguments(), Frame::Answer(true, Vec::new())],
    ];
    for frames in wrong {
        let body: Vec<u8> = frames
            .iter()
            .flat_map(|frame| frame.to_bytes().unwrap())
            .collect();
        let request = hub
            .request(Method::POST, "/v1/requests/1/files")
            .header("content-type", FRAMES);
        let told = told(request.body(body));
        assert_eq!(told.problem(), problem(400, "E0800"), "{frames:?}");
    }
    let mut cut = arguments().to_bytes().unwrap();
    cut.truncate(cut.len() - 1);
    let request = hub
        .request(Method::POST, "/v1/requests/1/files")
        .header("content-type", FRAMES);
    assert_eq!(told(request.body(cut)).problem(), problem(503, "E0812"));
}

/// A hub that gives one answer to whoever comes, and then is gone.
fn false_hub(answer: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut head = Vec::new();
            let mut byte = [0];
            while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|read| read == 1) {
                head.push(byte[0]);
            }
            let _ = stream.write_all(&answer);
        }
    });
    url
}

fn export_from(url: &str) -> (Sandbox, crate::harness::Run) {
    let sandbox = Sandbox::new();
    let mut command = sandbox.command(["export", "cpod", "-o", "csv", "--out", "r.csv", "--store", url]);
    let run = finish(command.env("SERVHUB_TOKEN", TOKEN));
    (sandbox, run)
}

/// Rules: K-10 K-15
#[test]
fn a_report_that_breaks_off_is_no_report() {
    let stream: Vec<u8> = [
        Frame::Begin(Part { part: 0, name: None }),
        Frame::Bytes(0, b"customer,contract\r\n".to_vec()),
        Frame::End(0),
        Frame::Answer(false, b"{}".to_vec()),
    ]
    .iter()
    .flat_map(|frame| frame.to_bytes().unwrap())
    .collect();
    let answer = stream.len() - Frame::Answer(false, b"{}".to_vec()).to_bytes().unwrap().len();
    for length in [0, 3, 20, answer, stream.len() - 1] {
        let head = format!(
            "HTTP/1.1 200 OK\r\nservhub-api: 1\r\ncontent-type: {FRAMES}\r\nconnection: close\r\n\r\n"
        );
        let (sandbox, run) = export_from(&false_hub([head.as_bytes(), &stream[..length]].concat()));
        assert_eq!(run.code, 7, "{length}: {run:?}");
        assert!(run.stderr.contains("E0812"), "{run:?}");
        assert!(!sandbox.path("r.csv").exists(), "{length}");
    }
}

/// Rules: K-10 K-11
#[test]
fn what_is_no_hub_or_speaks_another_version_is_named_as_such() {
    let answer = |more: &str| {
        format!("HTTP/1.1 {more}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").into_bytes()
    };
    for (told, code, part) in [
        ("200 OK", 7, "E0815"),
        (
            "302 Found\r\nlocation: https://elsewhere.example/",
            7,
            "elsewhere.example",
        ),
        ("200 OK\r\nservhub-api: 2", 1, "E0017"),
        ("502 Bad Gateway\r\nretry-after: 0", 7, "E0808"),
    ] {
        let (_sandbox, run) = export_from(&false_hub(answer(told)));
        assert_eq!(run.code, code, "{told}: {run:?}");
        assert!(run.stderr.contains(part), "{run:?}");
    }
}

/// A hub cannot make its caller write outside the folder.
#[test]
fn files_of_a_folder_stay_in_the_folder() {
    for name in ["../out.csv", "/etc/x", "a/../../b", "a\\..\\b", ""] {
        let stream = Frame::Begin(Part {
            part: 0,
            name: Some(name.to_owned()),
        })
        .to_bytes()
        .unwrap();
        let head = format!(
            "HTTP/1.1 200 OK\r\nservhub-api: 1\r\ncontent-type: {FRAMES}\r\nconnection: close\r\n\r\n"
        );
        let url = false_hub([head.as_bytes(), &stream].concat());
        let sandbox = Sandbox::new();
        let mut export = sandbox.command(["export", "folder", "new", "--store", &url]);
        let run = finish(export.env("SERVHUB_TOKEN", TOKEN));
        assert_eq!(run.code, 7, "{name}: {run:?}");
        assert!(run.stderr.contains("E0815"), "{run:?}");
    }
}

/// Whoever goes away in the middle of a report frees the thread that makes it.
#[test]
fn a_report_that_nobody_reads_ends() {
    let hub = Hub::with(&["--exporters", "1"]);
    for _ in 0..5 {
        let mut stream = TcpStream::connect(hub.served.socket()).unwrap();
        let ask = "GET /v1/exports/cpod?output=csv HTTP/1.1\r\nhost: x\r\nauthorization: Bearer rehearsal-x\r\n\r\n";
        stream.write_all(ask.as_bytes()).unwrap();
        let mut byte = [0];
        stream.read_exact(&mut byte).unwrap();
    }
    assert_eq!(hub.get("/v1/exports/cpod?output=csv").status, 200);
}
