//! Bytes of attachments, which lie beside a file of an import and travel with it.

use super::{Hub, problem, told};
use crate::fixture::count;
use crate::harness::{Run, Sandbox, TOKEN, finish};
use crate::spaces::{acting, works};
use reqwest::Method;
use servhub::api::FRAMES;
use servhub::api::frames::{Frame, Part};
use std::path::{Path, PathBuf};

/// A folder with a request's two attachments, and where the bytes of each lie.
fn folder(from: &Sandbox) -> (PathBuf, Vec<PathBuf>) {
    for (name, text) in [("a.txt", "one"), ("b.txt", "two")] {
        from.write(name, text);
        from.ok(acting("ben", &["request", "attach", "1001", name]));
    }
    from.ok(["export", "folder", "out"]);
    let out = from.path("out");
    let files = std::fs::read_dir(out.join("files")).unwrap();
    let mut files: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    assert_eq!(files.len(), 2);
    (out, files)
}

/// Imports into a store at hand, and through a hub; both say the same and keep the same.
fn both(folder: &Path, more: &[&str]) -> Run {
    let (here, there) = (Sandbox::new(), Sandbox::new());
    let args = [&["import", folder.to_str().unwrap(), "--yes"], more].concat();
    let served = there.serve(&["--rehearsal"]);
    let mut at_hub = there.command([args.as_slice(), &["--store", served.url()]].concat());
    let (local, remote) = (here.run(&args), finish(at_hub.env("SERVHUB_TOKEN", TOKEN)));
    assert_eq!(
        (remote.code, &remote.stdout),
        (local.code, &local.stdout),
        "{remote:?}"
    );
    let kept = |of: &Sandbox| {
        count(
            &of.store(),
            "SELECT count(*) + coalesce(sum(length(content)), 0) FROM case_file",
        )
    };
    assert_eq!(kept(&here), kept(&there));
    local
}

/// Rules: K-2 K-18
#[test]
fn an_import_brings_its_attachments_to_a_hub_as_to_a_store() {
    let from = works();
    let (out, files) = folder(&from);
    // What nobody asks for stays unasked for, whatever it is called.
    std::fs::write(out.join("files").join("0".repeat(64)), "superfluous").unwrap();
    std::fs::write(out.join("files/readme"), "superfluous").unwrap();
    assert_eq!(both(&out, &[]).code, 0);
    std::fs::write(&files[1], "others").unwrap();
    let wrong = both(&out, &[]);
    assert!(wrong.code == 5 && wrong.stdout.contains("files.csv"), "{wrong:?}");
    std::fs::remove_file(&files[0]).unwrap();
    let gone = both(&out, &[]);
    assert!(gone.stdout.contains(files[0].to_str().unwrap()), "{gone:?}");
    let some = both(&out, &["--keep-going"]);
    assert!(some.stdout.contains("put its bytes there"), "{some:?}");
    std::fs::remove_dir_all(out.join("files")).unwrap();
    assert_eq!(both(&out, &[]).code, 5);
}

/// Rules: K-2 K-18
#[test]
fn nothing_lies_beside_standard_input() {
    let from = works();
    let (out, _) = folder(&from);
    let files = std::fs::read_to_string(out.join("files.csv")).unwrap();
    let hub = Hub::new();
    let line = format!("servhub import - --kind files --yes --store {}", hub.served.url());
    let row = files.lines().nth(1).unwrap().replace("a.txt", "c.txt");
    let mut shell = hub.sandbox.shell(&format!(
        "printf '%s\\n' '{}' '{row}' | {line}",
        files.lines().next().unwrap()
    ));
    let run = finish(shell.env("SERVHUB_TOKEN", TOKEN));
    assert!(
        run.code == 5 && run.stdout.contains("standard input brings no attachments"),
        "{run:?}"
    );
}

/// What a file is found by is no path, and short.
#[test]
fn a_name_leads_nowhere_on_the_hub() {
    let hub = Hub::new();
    let send = |name: &str| {
        let part = Part {
            part: 0,
            name: Some(name.to_owned()),
        };
        let frames = [
            Frame::Arguments(br#"{"sources":[]}"#.to_vec()),
            Frame::Begin(part),
            Frame::Bytes(0, b"x".to_vec()),
            Frame::End(0),
        ];
        let body: Vec<u8> = frames
            .iter()
            .flat_map(|frame| frame.to_bytes().unwrap())
            .collect();
        let request = hub
            .request(Method::POST, "/v1/imports")
            .header("content-type", FRAMES);
        told(request.body(body))
    };
    for name in ["../../x", "/etc/x", "0/../x", "18446744073709551616/x", "7/x", ""] {
        assert_eq!(send(name).status, 200, "{name}");
    }
    assert_eq!(send(&"x".repeat(101)).problem(), problem(400, "E0800"));
}
