//! People who file and read at a hub while something happens to it, and what must be true of every answer that they get.

use crate::database;
use crate::filing::desk::desk;
use crate::harness::{Sandbox, Served};
use reqwest::blocking::Client;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

/// No answer takes longer, whatever happens to the database.
const LONGEST: Duration = Duration::from_secs(12);
/// Nothing that is waited for comes later.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a hub that was cut off may take to work again, when it can.
const BACK: Duration = Duration::from_secs(2);

/// What came back.
#[derive(Debug)]
pub struct Told {
    pub status: u16,
    pub body: Value,
    retry_after: Option<String>,
}

impl Told {
    /// The code of a problem.
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    /// The number of the request that was filed.
    pub fn number(&self) -> &str {
        self.body[0]["request"].as_str().unwrap()
    }

    /// Whether it is right; else it must say that there is no answer now, and when to ask again.
    fn is_right(&self) -> bool {
        if self.status == 200 {
            return true;
        }
        let later = match self.status {
            503 => ["E0020", "E0002", "E0808"].contains(&self.code()),
            // An earlier try, whose answer was lost, is not over.
            409 => self.code() == "E0811",
            _ => false,
        };
        assert!(later && self.retry_after.is_some(), "{self:?}");
        false
    }
}

/// Somebody who knows several hubs on one store.
pub struct Person {
    client: Client,
    hubs: Vec<String>,
    at: AtomicUsize,
}

impl Person {
    /// One who asks the first of them.
    pub fn of(hubs: &[&Served]) -> Self {
        Self::nearest(hubs, 0)
    }

    /// One who asks the hub with that number first.
    fn nearest(hubs: &[&Served], at: usize) -> Self {
        // The program does the same for itself; a second time does no harm.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().no_proxy().timeout(PATIENCE);
        Self {
            client: client.build().unwrap(),
            hubs: hubs.iter().map(|hub| hub.url().to_owned()).collect(),
            at: AtomicUsize::new(at),
        }
    }

    /// Asks the hub that answered last; none when it is gone, and the next one is asked from then on.
    fn ask(&self, method: reqwest::Method, path: &str, filing: Option<(&str, &Value)>) -> Option<Told> {
        let at = self.at.load(Ordering::SeqCst);
        let hub = &self.hubs[at % self.hubs.len()];
        let mut request = self
            .client
            .request(method, format!("{hub}{path}"))
            .header("authorization", "Bearer rehearsal-tester")
            .header("servhub-now", crate::harness::NOW)
            .header("servhub-as", "ben%40steel.example");
        if let Some((key, body)) = filing {
            request = request
                .header("idempotency-key", key)
                .header("content-type", "application/json")
                .body(body.to_string());
        }
        let began = Instant::now();
        let answer = request.send().and_then(|response| {
            let (status, headers) = (response.status().as_u16(), response.headers().clone());
            Ok((status, headers, response.bytes()?))
        });
        let took = began.elapsed();
        assert!(took < LONGEST, "an answer took {took:?}: {answer:?}");
        let Ok((status, headers, bytes)) = answer else {
            assert!(self.hubs.len() > 1, "the only hub is gone: {answer:?}");
            self.at.fetch_add(1, Ordering::SeqCst);
            return None;
        };
        Some(Told {
            status,
            body: serde_json::from_slice(&bytes).unwrap_or_else(|_| panic!("{bytes:?}")),
            retry_after: headers
                .get("retry-after")
                .map(|value| value.to_str().unwrap().to_owned()),
        })
    }

    /// Writes a note on a request; whether one is there that nobody heard of is not known, so it is not tried again.
    fn note(&self, number: &str) -> Option<Told> {
        let text = json!({ "text": "Still leaks" });
        let path = format!("/v1/requests/{number}/notes");
        self.ask(reqwest::Method::POST, &path, Some(("-", &text)))
    }

    pub fn file(&self, key: &str) -> Option<Told> {
        let order = json!({ "orders": [{
            "place": { "workspace": "W-1" },
            "draft": {
                "title": title(key), "description": "Since six", "product": "Steam",
                "kind": "problem-resolution", "severity": "B", "contact": "ben@steel.example",
            },
        }] });
        self.ask(reqwest::Method::POST, "/v1/requests", Some((key, &order)))
    }

    /// Asks as nobody's member: the operator, or a load balancer. Answers the status.
    pub fn look(&self, path: &str) -> u16 {
        let request = self.client.get(format!("{}{path}", self.hubs[0]));
        let answer = request.bearer_auth("rehearsal-tester").send();
        answer.unwrap().status().as_u16()
    }

    pub fn read(&self, path: &str) -> Option<Told> {
        self.ask(reqwest::Method::GET, path, None)
    }

    /// Files until that is acknowledged; answers the number.
    fn file_at_last(&self, key: &str, load: &Load) -> String {
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            match self.file(key) {
                Some(told) if told.is_right() => return told.number().to_owned(),
                _ => load.put_off(),
            }
        }
        panic!("{key} was never filed");
    }
}

/// What goes on.
#[derive(Default)]
pub struct Load {
    over: AtomicBool,
    put_off: AtomicUsize,
    read: AtomicUsize,
    /// The numbers that were told, by key.
    filed: Mutex<BTreeMap<String, String>>,
}

/// Ends the load, also when a test fails.
struct End<'l>(&'l Load);

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.0.over.store(true, Ordering::SeqCst);
    }
}

impl Load {
    fn is_over(&self) -> bool {
        self.over.load(Ordering::SeqCst)
    }

    /// Somebody was told to come again.
    fn put_off(&self) {
        self.put_off.fetch_add(1, Ordering::SeqCst);
        sleep(Duration::from_millis(50));
    }

    fn note(&self, key: String, number: String) {
        let mut filed = self.filed.lock().unwrap_or_else(PoisonError::into_inner);
        assert!(
            !filed.values().any(|other| *other == number),
            "{number} was told twice"
        );
        filed.insert(key, number);
    }

    fn filed(&self) -> usize {
        self.filed.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    fn last(&self) -> Option<(String, String)> {
        let filed = self.filed.lock().unwrap_or_else(PoisonError::into_inner);
        filed
            .iter()
            .next_back()
            .map(|(key, number)| (key.clone(), number.clone()))
    }

    fn wait(&self, count: impl Fn(&Self) -> usize, more: usize, what: &str) {
        let (end, goal) = (Instant::now() + PATIENCE, count(self) + more);
        while count(self) < goal {
            assert!(Instant::now() < end && !self.is_over(), "not {goal} {what}");
            sleep(Duration::from_millis(5));
        }
    }

    /// Waits until so many more requests were filed, and some were read.
    pub fn goes_on(&self, more: usize) {
        self.wait(Self::filed, more, "were filed");
        self.wait(|load| load.read.load(Ordering::SeqCst), more, "were read");
    }

    /// Waits until so many more were told to come again.
    pub fn stands_still(&self, more: usize) {
        self.wait(|load| load.put_off.load(Ordering::SeqCst), more, "were put off");
    }

    fn keep_filing(&self, person: &Person, name: usize) {
        for n in 0.. {
            let key = format!("k-{name}-{n}");
            let number = person.file_at_last(&key, self);
            self.note(key, number);
            if self.is_over() {
                return;
            }
        }
    }

    /// What does not change always reads the same, and what was acknowledged is there.
    fn keep_reading(&self, person: &Person, mill: &Value) {
        while !self.is_over() {
            let Some(told) = person.read("/v1/workspaces/W-1").filter(Told::is_right) else {
                self.put_off();
                continue;
            };
            assert_eq!(&told.body, mill);
            if let Some((key, number)) = self.last()
                && let Some(told) = person
                    .read(&format!("/v1/requests/{number}"))
                    .filter(Told::is_right)
            {
                let title = title(&key);
                assert!(told.body.to_string().contains(&title), "{title}: {told:?}");
            }
            self.read.fetch_add(1, Ordering::SeqCst);
        }
    }

    /// Changes of another kind: what serialises filing does not serialise them.
    fn keep_noting(&self, person: &Person) {
        while !self.is_over() {
            let noted = self.last().and_then(|(_, number)| person.note(&number));
            if !noted.is_some_and(|told| told.is_right()) {
                self.put_off();
            }
        }
    }

    /// Lets people file, note and read at hubs while `happens` happens.
    pub fn at(hubs: &[&Served], happens: impl FnOnce(&Self)) -> Self {
        let load = Self::default();
        let mill = Person::of(hubs).read("/v1/workspaces/W-1").unwrap();
        assert!(mill.is_right(), "{mill:?}");
        scope(|scope| {
            let _end = End(&load);
            for name in 0..3 {
                let load = &load;
                scope.spawn(move || {
                    let _end = End(load);
                    load.keep_filing(&Person::nearest(hubs, name), name);
                });
            }
            for name in 0..2 {
                let load = &load;
                scope.spawn(move || {
                    let _end = End(load);
                    load.keep_noting(&Person::nearest(hubs, name));
                });
            }
            for name in 0..2 {
                let (load, mill) = (&load, &mill.body);
                scope.spawn(move || {
                    let _end = End(load);
                    load.keep_reading(&Person::nearest(hubs, name), mill);
                });
            }
            load.goes_on(3);
            happens(&load);
            load.goes_on(3);
        });
        load
    }

    /// Whatever was acknowledged is there once under the number that was told, and nothing else; the trail is whole.
    pub fn is_all_in(&self, sandbox: &Sandbox) {
        let told = self.filed.lock().unwrap_or_else(PoisonError::into_inner);
        let mut told: Vec<String> = told
            .iter()
            .map(|(key, number)| format!("{number}: {}", title(key)))
            .collect();
        told.sort();
        let there = "SELECT number || ': ' || title FROM main.support_case WHERE filed_by IS NOT NULL";
        let mut there = database::texts(&sandbox.store(), there);
        there.sort();
        assert_eq!(there, told);
        sandbox.ok(["audit", "verify"]);
    }
}

/// Waits until somebody who comes now can file and read.
pub fn is_back(hubs: &[&Served], key: &str, load: &Load) {
    let (began, person) = (Instant::now(), Person::of(hubs));
    let number = person.file_at_last(key, load);
    load.note(key.to_owned(), number);
    while !person
        .read("/v1/workspaces/W-1")
        .is_some_and(|told| told.is_right())
    {
        load.put_off();
    }
    let took = began.elapsed();
    assert!(took < BACK, "back after {took:?}");
}

/// The steel works, and a hub that reaches their store at another address.
pub fn served(sandbox: &Sandbox, store: &str) -> Served {
    Served::start(&mut serving(sandbox, store))
}

fn serving(sandbox: &Sandbox, store: &str) -> Command {
    let mut command = sandbox.serving(&["--rehearsal", "--rate", "0", "--patience", "6"]);
    command.env("SERVHUB_STORE", store);
    command
}

/// The steel works, where ben may file, without what was laid in past the audit trail.
pub fn works() -> Sandbox {
    let sandbox = desk();
    database::batch(
        &sandbox.store(),
        "SET session_replication_role = replica; DELETE FROM main.ledger; DELETE FROM main.ledger_total",
    );
    sandbox
}

fn title(key: &str) -> String {
    format!("Boiler {key} leaks")
}
