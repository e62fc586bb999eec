//! Threads that do the work, each with its own way to the store. Questions, reports and changes wait in queues of
//! their own, so that a long report holds up no question.

use super::queue::Queue;
use crate::domain::token::Scopes;
use crate::error::{Error, Result, codes};
use crate::hub::{Context, Hub};
use crate::store::Db;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::oneshot;

/// Opens the store.
pub type Opener = Arc<dyn Fn() -> Result<Db> + Send + Sync>;

/// What waits for whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Questions.
    Ask,
    /// Reports.
    Export,
    /// Changes.
    Change,
}

impl Lane {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Ask, Self::Export, Self::Change];

    /// Its name in the metrics.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ask => "question",
            Self::Export => "export",
            Self::Change => "change",
        }
    }
}

/// How many threads there are, and how much may wait for them.
#[derive(Debug, Clone, Copy)]
pub struct Crew {
    /// Threads for questions.
    pub readers: usize,
    /// Threads for reports.
    pub exporters: usize,
    /// Threads for changes.
    pub writers: usize,
    /// How much may wait in each queue.
    pub waiting: usize,
}

/// A worker's place: its store, opened when it is first needed and again after a fault.
pub struct Bench {
    opener: Opener,
    db: Option<Db>,
    /// How long a statement may take; none for reports and changes, which take as long as they take.
    patience: Option<Duration>,
}

impl fmt::Debug for Bench {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bench")
            .field("db", &self.db)
            .finish_non_exhaustive()
    }
}

impl Bench {
    /// The store. One whose connection has ended is thrown away, and opened anew.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn store(&mut self) -> Result<&mut Db> {
        let db = match self.db.take().filter(|db| !db.is_lost()) {
            Some(db) => db,
            None => self.open()?,
        };
        Ok(self.db.insert(db))
    }

    fn open(&self) -> Result<Db> {
        let db = (self.opener)()?;
        if let Some(patience) = self.patience {
            db.limit(patience)?;
        }
        Ok(db)
    }

    /// Does something at the hub, as far as a token carries.
    ///
    /// # Errors
    /// What `work` answers, and when the store cannot be opened.
    pub fn at_hub<T>(
        &mut self,
        context: Context,
        scopes: Scopes,
        work: impl FnOnce(&mut Hub) -> Result<T>,
    ) -> Result<T> {
        self.store()?;
        let Some(db) = self.db.take() else {
            return Err(codes::HUB_FAILED.error("the store is gone"));
        };
        let mut hub = Hub::local(db, context).within(scopes);
        let done = work(&mut hub);
        self.db = hub.into_store();
        done
    }
}

/// Something to be done.
pub type Work = Box<dyn FnOnce(&mut Bench) + Send>;

/// Something that waits. Whoever waits for it can give it up until it was begun.
struct Job {
    work: Work,
    claim: Claim,
}

const WAITING: u8 = 0;
const BEGUN: u8 = 1;
const GIVEN_UP: u8 = 2;

/// Whether a job waits, has begun, or is given up.
#[derive(Debug, Clone, Default)]
struct Claim(Arc<AtomicU8>);

impl Claim {
    fn settle(&self, state: u8) -> bool {
        let settled = self
            .0
            .compare_exchange(WAITING, state, Ordering::AcqRel, Ordering::Acquire);
        settled.is_ok()
    }
}

/// Held by whoever waits for a job: dropped before the job has begun, it is given up.
#[derive(Debug)]
pub struct Waiting(Claim);

impl Waiting {
    /// Gives the job up; answers whether that came in time.
    pub fn give_up(&self) -> bool {
        self.0.settle(GIVEN_UP)
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.give_up();
    }
}

/// All workers.
pub struct Workers {
    lanes: [Arc<Queue<Job>>; 3],
    threads: std::sync::Mutex<Vec<JoinHandle<()>>>,
}

impl fmt::Debug for Workers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Workers").finish_non_exhaustive()
    }
}

impl Workers {
    /// Starts them; a question may take so long.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(crew: Crew, opener: &Opener, patience: Duration) -> Result<Self> {
        let lanes = Lane::ALL.map(|_| Arc::new(Queue::new(crew.waiting)));
        let counts = [crew.readers, crew.exporters, crew.writers];
        let mut threads = Vec::new();
        for ((lane, queue), count) in Lane::ALL.iter().zip(&lanes).zip(counts) {
            for number in 0..count.max(1) {
                let name = format!("{} {number}", lane.word());
                let queue = Arc::clone(queue);
                let bench = Bench {
                    opener: Arc::clone(opener),
                    db: None,
                    patience: (*lane == Lane::Ask).then_some(patience),
                };
                let thread = std::thread::Builder::new().name(name);
                threads.push(thread.spawn(move || work_off(&queue, bench))?);
            }
        }
        let threads = std::sync::Mutex::new(threads);
        Ok(Self { lanes, threads })
    }

    fn queue(&self, lane: Lane) -> &Queue<Job> {
        &self.lanes[lane as usize]
    }

    /// How many jobs wait.
    pub fn length(&self, lane: Lane) -> usize {
        self.queue(lane).length()
    }

    /// Hands a job in that tells by itself what came of it.
    ///
    /// # Errors
    /// `E0808` when there is no room.
    pub fn hand_in(&self, lane: Lane, work: Work) -> Result<Waiting> {
        let claim = Claim::default();
        let job = Job {
            work,
            claim: claim.clone(),
        };
        if self.queue(lane).put(job) {
            Ok(Waiting(claim))
        } else {
            Err(busy())
        }
    }

    /// Hands a job in and waits for it. A job that nobody waits for any more is not begun.
    ///
    /// # Errors
    /// `E0808` when there is no room or it was not done in `patience`; what the job answers.
    pub async fn run<T: Send + 'static>(
        &self,
        lane: Lane,
        patience: Duration,
        work: impl FnOnce(&mut Bench) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (tell, mut told) = oneshot::channel();
        let work = move |bench: &mut Bench| {
            let done = work(bench);
            // Nobody may be there any more to hear it.
            let _ = tell.send(done);
        };
        let waiting = self.hand_in(lane, Box::new(work))?;
        let told = match tokio::time::timeout(patience, &mut told).await {
            Ok(told) => told,
            // A change that has begun has an end, and whoever asked for it must hear of that.
            Err(_) if lane == Lane::Change && !waiting.give_up() => told.await,
            Err(_) => return Err(busy()),
        };
        told.unwrap_or_else(|_| Err(failed()))
    }

    /// Takes nothing in any more, and waits until everything that was taken in is done.
    pub fn stop(&self) {
        self.lanes.iter().for_each(|queue| queue.close());
        let threads = self
            .threads
            .lock()
            .map(|mut threads| std::mem::take(&mut *threads));
        for thread in threads.unwrap_or_default() {
            // A worker has told whatever befell it.
            let _ = thread.join();
        }
    }
}

fn work_off(queue: &Queue<Job>, mut bench: Bench) {
    while let Some(job) = queue.take() {
        // A fault in one job must not take the next ones with it. The store of such a worker is opened anew.
        if job.claim.settle(BEGUN) && catch_unwind(AssertUnwindSafe(|| (job.work)(&mut bench))).is_err() {
            bench.db = None;
        }
    }
}

/// "There is too much to do."
pub fn busy() -> Error {
    codes::HUB_BUSY.error("the hub has too much to do")
}

/// A job ended without a word.
pub fn failed() -> Error {
    codes::HUB_FAILED.error("the hub failed at this")
}
