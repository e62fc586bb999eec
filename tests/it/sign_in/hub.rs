//! The door of a hub, over HTTP, in the thinnest form there is.

use crate::harness::Sandbox;
use serde::Serialize;
use serde_json::{Value, json};
use servhub::error::{Kind, Result};
use servhub::hub::sign_in::Occasion;
use servhub::server::sign_in::{SignIn, Trusted};
use servhub::store::Db;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A hub that listens; it ends with the process.
pub struct Listening {
    pub url: String,
    pub sign_in: Arc<SignIn>,
}

pub fn trusted(issuer: &str) -> Trusted {
    Trusted {
        issuer: issuer.to_owned(),
        client_id: "servhub".to_owned(),
        account_claim: Trusted::ACCOUNT_CLAIM.to_owned(),
    }
}

pub fn listen(sandbox: &Sandbox, trusted: Option<Trusted>) -> Listening {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
    let sign_in = Arc::new(SignIn::new(trusted).unwrap());
    let (store, shared) = (sandbox.store(), Arc::clone(&sign_in));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (store, sign_in): (PathBuf, _) = (store.clone(), Arc::clone(&shared));
            std::thread::spawn(move || serve(&mut stream.unwrap(), &store, &sign_in));
        }
    });
    Listening { url, sign_in }
}

struct Request {
    what: String,
    token: String,
    body: Value,
}

fn serve(stream: &mut TcpStream, store: &Path, sign_in: &SignIn) {
    let request = read(stream);
    let (status, body) = match answer(&request, store, sign_in) {
        Ok(body) => (200, body),
        Err(error) => {
            let status = match error.kind() {
                _ if error.code.id == "E0201" => 401,
                Kind::Denied => 403,
                Kind::Unreachable => 503,
                _ => 400,
            };
            let problem = json!({"code": error.code.id, "detail": error.message, "hints": error.hints});
            (status, problem)
        }
    };
    let body = body.to_string();
    let head = format!(
        "HTTP/1.1 {status} x\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all((head + &body).as_bytes()).unwrap();
}

fn read(stream: &mut TcpStream) -> Request {
    let mut reader = BufReader::new(stream);
    let mut line = || {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    };
    let what = line().trim_end_matches(" HTTP/1.1").to_owned();
    let (mut token, mut length) = (String::new(), 0);
    loop {
        let line = line();
        let Some((name, value)) = line.split_once(": ") else {
            break;
        };
        match name.to_ascii_lowercase().as_str() {
            "authorization" => token = value.trim_start_matches("Bearer ").to_owned(),
            "content-length" => length = value.parse().unwrap(),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    Request {
        what,
        token,
        body: serde_json::from_slice(&body).unwrap_or_default(),
    }
}

fn answer(request: &Request, store: &Path, sign_in: &SignIn) -> Result<Value> {
    let mut db = Db::open(store)?;
    let on = Occasion {
        now: servhub::ui::now()?,
        origin: "test hub",
    };
    let token = request.token.as_str();
    match request.what.as_str() {
        "GET /v1/sign-in" => Ok(told(&sign_in.offer())),
        "POST /v1/session" => {
            let begin = serde_json::from_value(request.body.clone()).unwrap();
            sign_in.open(&mut db, &begin, on).map(|opened| told(&opened))
        }
        "GET /v1/session" => sign_in.who(&db, token, on.now).map(|who| told(&who)),
        "DELETE /v1/session" => sign_in.close(&mut db, token, on).map(|()| Value::Null),
        "POST /v1/setup" => {
            let set_up = serde_json::from_value(request.body.clone()).unwrap();
            sign_in.set_up(&mut db, &set_up, on).map(|opened| told(&opened))
        }
        other => panic!("nobody asks that: {other}"),
    }
}

fn told(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}
