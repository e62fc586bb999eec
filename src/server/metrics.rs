//! What the hub counts: by operation and status, never by what was asked about.

use super::workers::{Lane, Workers};
use crate::error::{Result, codes};
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use std::time::Duration;

/// The form of [`Metrics::text`].
pub const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

type Labels = Vec<(&'static str, String)>;

/// The counters.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    requests: Family<Labels, Counter>,
    seconds: Family<Labels, Histogram>,
    running: Gauge,
    waiting: Family<Labels, Gauge>,
}

impl Metrics {
    /// All at nothing.
    pub fn new() -> Self {
        let mut registry = Registry::with_prefix("servhub");
        let requests = Family::default();
        let buckets = || Histogram::new([0.001, 0.005, 0.02, 0.1, 0.5, 2.0, 10.0, 60.0]);
        let seconds = Family::new_with_constructor(buckets as fn() -> Histogram);
        let (running, waiting) = (Gauge::default(), Family::default());
        registry.register("requests", "Requests by operation and status", requests.clone());
        registry.register("request_seconds", "How long requests took", seconds.clone());
        registry.register(
            "requests_running",
            "Requests that are being answered",
            running.clone(),
        );
        registry.register("jobs_waiting", "Jobs that wait for a worker", waiting.clone());
        Self {
            registry,
            requests,
            seconds,
            running,
            waiting,
        }
    }

    /// A request begins.
    pub fn begin(&self) {
        self.running.inc();
    }

    /// A request ends.
    pub fn end(&self, operation: &'static str, status: u16, took: Duration) {
        let operation = ("operation", operation.to_owned());
        self.running.dec();
        self.seconds
            .get_or_create(&vec![operation.clone()])
            .observe(took.as_secs_f64());
        self.requests
            .get_or_create(&vec![operation, ("status", status.to_string())])
            .inc();
    }

    /// All of them as text.
    ///
    /// # Errors
    /// When they cannot be written, which they can.
    pub fn text(&self, workers: &Workers) -> Result<String> {
        for lane in Lane::ALL {
            let length = i64::try_from(workers.length(lane)).unwrap_or(i64::MAX);
            self.waiting
                .get_or_create(&vec![("lane", lane.word().to_owned())])
                .set(length);
        }
        let mut text = String::new();
        encode(&mut text, &self.registry).map_err(|error| {
            codes::HUB_FAILED
                .error("the metrics cannot be written")
                .because(error)
        })?;
        Ok(text)
    }
}
