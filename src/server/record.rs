//! What is told of a request when it is over: a line of the log, and the figures.

use super::Server;
use super::log::{Fault, Line};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// A request while it is answered.
#[derive(Debug)]
pub struct Record {
    server: Arc<Server>,
    /// Its number, which the answer carries as well.
    pub request: String,
    operation: &'static str,
    began: Instant,
    told: Mutex<Told>,
}

/// What is known of it.
#[derive(Debug, Default)]
pub struct Told {
    /// The status of the answer.
    pub status: u16,
    /// Who asks.
    pub who: Option<String>,
    /// On whose behalf.
    pub on_behalf: Option<String>,
    /// The public id of the token.
    pub token: Option<String>,
    /// What went wrong.
    pub fault: Option<Fault>,
}

impl Record {
    /// Of a request that begins.
    pub fn new(server: &Arc<Server>, operation: &'static str) -> Self {
        server.metrics.begin();
        Self {
            server: Arc::clone(server),
            request: server.next_request(),
            operation,
            began: Instant::now(),
            told: Mutex::default(),
        }
    }

    /// Adds what is known now.
    pub fn tell(&self, what: impl FnOnce(&mut Told)) {
        what(&mut self.told.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Drop for Record {
    fn drop(&mut self) {
        let took = self.began.elapsed();
        let told = std::mem::take(self.told.get_mut().unwrap_or_else(PoisonError::into_inner));
        self.server.metrics.end(self.operation, told.status, took);
        let line = Line {
            request: &self.request,
            operation: self.operation,
            status: told.status,
            ms: took.as_millis(),
            who: told.who.as_deref(),
            on_behalf: told.on_behalf.as_deref(),
            token: told.token.as_deref(),
            fault: told.fault.as_ref(),
        };
        line.write();
    }
}
