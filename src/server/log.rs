//! What the hub tells of its work: a line of JSON on standard error for each request, and nothing in it that was asked
//! about: no address, no query, no header, no token.

use crate::api::status_of;
use crate::error::Error;
use crate::ui;
use serde_json::{Map, Value, json};

/// A request that was answered.
#[derive(Debug)]
pub struct Line<'a> {
    /// What the answer calls the request.
    pub request: &'a str,
    /// The operation; `-` for none.
    pub operation: &'a str,
    /// The status of the answer.
    pub status: u16,
    /// How long it took.
    pub ms: u128,
    /// Who asked, if that is known.
    pub who: Option<&'a str>,
    /// On whose behalf.
    pub on_behalf: Option<&'a str>,
    /// The public id of the token.
    pub token: Option<&'a str>,
    /// What went wrong.
    pub fault: Option<&'a Fault>,
}

/// What went wrong, for the log.
#[derive(Debug)]
pub struct Fault {
    code: &'static str,
    /// A refusal quotes what was asked; a fault of the hub is what whoever runs it has to read.
    reason: Option<String>,
}

impl Fault {
    /// Of an error.
    pub fn of(error: &Error) -> Self {
        let is_ours = status_of(error.code) >= 500;
        Self {
            code: error.code.id,
            reason: is_ours.then(|| reason(error)),
        }
    }
}

impl Line<'_> {
    /// Writes it.
    pub fn write(&self) {
        let mut line = Map::new();
        let mut say = |name: &str, value: Value| line.insert(name.to_owned(), value);
        say("event", json!("request"));
        say("request", json!(self.request));
        say("operation", json!(self.operation));
        say("status", json!(self.status));
        say("ms", json!(self.ms));
        for (name, text) in [
            ("account", self.who),
            ("on_behalf", self.on_behalf),
            ("token", self.token),
        ] {
            text.map(|text| say(name, json!(text)));
        }
        if let Some(fault) = self.fault {
            say("error", json!(fault.code));
            fault.reason.as_ref().map(|reason| say("message", json!(reason)));
        }
        put(line);
    }
}

/// The whole chain of what went wrong.
fn reason(error: &Error) -> String {
    let mut text = error.message.clone();
    let mut cause = std::error::Error::source(error);
    while let Some(next) = cause {
        text = format!("{text}: {next}");
        cause = next.source();
    }
    text
}

/// Something that happens to the hub itself.
pub fn event(event: &str, more: &[(&str, String)]) {
    let mut line = Map::new();
    line.insert("event".to_owned(), json!(event));
    for (name, value) in more {
        line.insert((*name).to_owned(), json!(value));
    }
    put(line);
}

fn put(mut line: Map<String, Value>) {
    if let Ok(now) = ui::now() {
        line.shift_insert(0, "at".to_owned(), json!(now.to_string()));
    }
    ui::log(&Value::Object(line).to_string());
}
