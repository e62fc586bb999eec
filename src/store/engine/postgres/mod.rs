//! A PostgreSQL connection that waits for its answers: the hub's operations are written without a thought of when an
//! answer comes, and each worker thread has a connection of its own.

mod copy;
mod flow;
mod text;
mod tls;
mod value;

pub(crate) use copy::CopyIn;
pub(super) use flow::Flow;
pub(super) use value::{Held, any};

use super::{Error, Result};
use futures_util::future::{Either, select};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::Poll;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Config, Row, Statement};

/// When nothing came for so long, it is asked whether the server is still there. Long work is waited for as long as it is.
const SILENCE: Duration = Duration::from_secs(3);

/// How long the server may take to let somebody in who asks for that alone.
const GREETING: Duration = Duration::from_secs(2);

/// So many statements are kept; texts that filters build vary, and a connection lives long.
const KEPT: usize = 256;

/// A connection.
pub(crate) struct Session {
    client: Client,
    config: Config,
    /// Those of each search path: the names in them mean something else in another.
    statements: RefCell<HashMap<&'static str, HashMap<String, Statement>>>,
    path: Cell<&'static str>,
    /// What goes to the server together with the next statement.
    pending: RefCell<Vec<Pending>>,
    /// The answer whose rows are on their way.
    flow: RefCell<Weak<Mutex<Flow>>>,
    written: Cell<u64>,
    /// A statement of the transaction has failed.
    broken: Cell<bool>,
    /// The server fell silent; nothing is waited for any more.
    silent: Cell<bool>,
    /// Drives the connection while an answer is waited for. Dropped last: the client says good-bye through it.
    runtime: Runtime,
}

/// Something that can wait for the next statement.
enum Pending {
    Batch(String),
    Statement(Statement, Vec<Held>),
}

type Step<'s> = Pin<Box<dyn Future<Output = Result<(), tokio_postgres::Error>> + 's>>;

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").finish_non_exhaustive()
    }
}

fn held(flow: &Mutex<Flow>) -> MutexGuard<'_, Flow> {
    flow.lock().unwrap_or_else(PoisonError::into_inner)
}

fn places(values: &[Held]) -> Vec<&(dyn ToSql + Sync)> {
    values.iter().map(|one| one as _).collect()
}

impl Session {
    /// Connects to a database.
    pub fn connect(config: Config) -> Result<Self> {
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(Error::Thread)?;
        // The limit of the configuration holds for reaching the server, and not for what it says then.
        let patience = config.get_connect_timeout().copied().unwrap_or(GREETING);
        let patience = patience.saturating_mul(u32::try_from(config.get_hosts().len()).unwrap_or(1).max(1));
        let connected = async { tokio::time::timeout(patience, config.connect(tls::Tls)).await };
        let (client, connection) = runtime.block_on(connected).map_err(|_| Error::Silent)??;
        // What ends a connection is told to whoever waits for an answer on it.
        runtime.spawn(async { drop(connection.await) });
        Ok(Self {
            client,
            config,
            statements: RefCell::default(),
            path: Cell::default(),
            pending: RefCell::default(),
            flow: RefCell::default(),
            written: Cell::new(0),
            broken: Cell::new(false),
            silent: Cell::new(false),
            runtime,
        })
    }

    /// Waits for something of the server, as long as the server is there.
    fn wait<T>(&self, work: impl Future<Output = T>) -> Result<T> {
        if self.silent.get() {
            return Err(Error::Silent);
        }
        let mut work = std::pin::pin!(work);
        self.runtime.block_on(async {
            loop {
                if let Ok(done) = tokio::time::timeout(SILENCE, &mut work).await {
                    return Ok(done);
                }
                let greeted = std::pin::pin!(self.is_there());
                match select(&mut work, greeted).await {
                    Either::Left((done, _)) => return Ok(done),
                    Either::Right((true, _)) => {}
                    Either::Right((false, _)) => {
                        self.abandon();
                        return Err(Error::Silent);
                    }
                }
            }
        })
    }

    /// Whether the server lets somebody in, or says itself that it is full.
    async fn is_there(&self) -> bool {
        let greeted = tokio::time::timeout(GREETING, self.config.connect(tls::Tls)).await;
        match greeted {
            Ok(Ok((client, connection))) => {
                drop(client);
                // Says good-bye.
                let _ = tokio::time::timeout(GREETING, connection).await;
                true
            }
            Ok(Err(error)) => Error::from(error).state() == Some("53300"),
            Err(_) => false,
        }
    }

    /// Asks nothing any more over this connection.
    pub fn abandon(&self) {
        self.silent.set(true);
    }

    /// Whether the connection has ended, so that a new one is needed.
    pub fn is_lost(&self) -> bool {
        // An end that came while nothing was asked is noticed by looking: once for the news, once for what they mean.
        self.runtime.block_on(async {
            tokio::task::yield_now().await;
            tokio::task::yield_now().await;
        });
        self.silent.get() || self.client.is_closed()
    }

    /// To which database.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The statement of a text with places `?1`, `?2`, ..., kept for the next time.
    pub fn prepare(&self, sql: &str) -> Result<Statement> {
        let path = self.path.get();
        let known = |kept: &HashMap<_, HashMap<String, Statement>>| kept.get(path)?.get(sql).cloned();
        if let Some(statement) = known(&self.statements.borrow()) {
            return Ok(statement);
        }
        self.settle()?;
        let text = text::translated(sql);
        let prepared = self.wait(self.client.prepare(&text))?;
        let statement = self.heard(prepared)?;
        let mut all = self.statements.borrow_mut();
        let kept = all.entry(path).or_default();
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    /// Looks names up elsewhere from now on, with the statement that says where.
    pub fn set_path(&self, sql: &'static str) -> Result<()> {
        self.batch(sql)?;
        self.path.set(sql);
        Ok(())
    }

    /// Begins to take the rows of an answer.
    pub fn query(&self, statement: &Statement, values: &[Held]) -> Result<Arc<Mutex<Flow>>> {
        let stream = self.flight(self.client.query_raw(statement, places(values)))?;
        let flow = Arc::new(Mutex::new(Flow::of(stream)));
        *self.flow.borrow_mut() = Arc::downgrade(&flow);
        Ok(flow)
    }

    /// The next row of an answer.
    pub fn next(&self, flow: &Mutex<Flow>) -> Result<Option<Row>> {
        loop {
            let next = held(flow).next();
            let (row, ended) = self.heard(next)?;
            if row.is_some() || ended {
                return Ok(row);
            }
            self.wait(poll_fn(|cx| held(flow).fill(cx, false)))?;
        }
    }

    /// Runs a statement; says how many rows it wrote.
    pub fn execute(&self, statement: &Statement, values: &[Held]) -> Result<usize> {
        let values = places(values);
        let rows = self.flight(self.client.execute(statement, &values))?;
        self.wrote(rows);
        Ok(usize::try_from(rows).unwrap_or(usize::MAX))
    }

    /// Counts rows that were written.
    pub fn wrote(&self, rows: u64) {
        self.written.set(self.written.get() + rows);
    }

    /// How many rows were written so far.
    pub fn written(&self) -> u64 {
        self.written.get()
    }

    /// Runs several statements without values.
    pub fn batch(&self, sql: &str) -> Result<()> {
        self.flight(self.client.batch_execute(sql))
    }

    /// Goes back to where the transaction, or a mark in it, began: a failure before that is forgiven.
    pub fn go_back(&self, sql: &str) -> Result<()> {
        self.forgive();
        self.batch(sql)
    }

    /// Forgets that a statement has failed.
    pub fn forgive(&self) {
        self.broken.set(false);
    }

    /// Lets a batch wait for the next statement.
    pub fn later(&self, sql: &str) {
        self.pending.borrow_mut().push(Pending::Batch(sql.to_owned()));
    }

    /// Lets a statement wait for the next one.
    pub fn later_with(&self, statement: Statement, values: Vec<Held>) {
        self.pending
            .borrow_mut()
            .push(Pending::Statement(statement, values));
    }

    /// Forgets what waits; true when the beginning of the transaction was among it, so that there is none.
    pub fn never_mind(&self) -> bool {
        let pending = std::mem::take(&mut *self.pending.borrow_mut());
        matches!(pending.first(), Some(Pending::Batch(sql)) if sql.starts_with("BEGIN"))
    }

    /// Whether a statement failed since the transaction began.
    pub fn is_broken(&self) -> bool {
        self.broken.get()
    }

    /// Sends what waits and a statement in one go, and waits for the answers.
    fn flight<T>(&self, last: impl Future<Output = Result<T, tokio_postgres::Error>>) -> Result<T> {
        self.settle()?;
        let pending = std::mem::take(&mut *self.pending.borrow_mut());
        let mut steps: Vec<Option<Step<'_>>> = pending.iter().map(|one| Some(self.step(one))).collect();
        let mut last = std::pin::pin!(last);
        let (mut answer, mut failed) = (None, None);
        let done = self.wait(poll_fn(|cx| {
            // In their order: each is sent when it is looked at first.
            for step in &mut steps {
                if let Some(Poll::Ready(result)) = step.as_mut().map(|step| step.as_mut().poll(cx)) {
                    *step = None;
                    failed = failed.take().or(result.err());
                }
            }
            if answer.is_none()
                && let Poll::Ready(result) = last.as_mut().poll(cx)
            {
                answer = Some(result);
            }
            if answer.is_none() || steps.iter().any(Option::is_some) {
                return Poll::Pending;
            }
            let first = failed.take().map(Err);
            Poll::Ready(first.or(answer.take()))
        }))?;
        match done {
            Some(result) => self.heard(result),
            None => Err(Error::Broken),
        }
    }

    fn step<'s>(&'s self, pending: &'s Pending) -> Step<'s> {
        match pending {
            Pending::Batch(sql) => Box::pin(self.client.batch_execute(sql)),
            Pending::Statement(statement, values) => Box::pin(async move {
                let values = places(values);
                self.client.execute(statement, &values).await.map(|_| ())
            }),
        }
    }

    /// Takes the rest of the rows that are on their way: no other answer comes before them.
    fn settle(&self) -> Result<()> {
        let flow = self.flow.borrow_mut().upgrade();
        match flow {
            Some(flow) => self.wait(poll_fn(|cx| held(&flow).fill(cx, true))),
            None => Ok(()),
        }
    }

    fn heard<T>(&self, answer: Result<T, tokio_postgres::Error>) -> Result<T> {
        if answer.is_err() {
            self.broken.set(true);
        }
        Ok(answer?)
    }
}
