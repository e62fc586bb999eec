//! What can happen between a hub and its database: a proxy that passes, delays, holds, refuses and cuts.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::spawn;
use std::time::Duration;

/// Where a change is to lose its connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trap {
    /// Before the server hears that it is to be kept.
    Before,
    /// When the server has kept it, and nobody has heard.
    After,
}

#[derive(Debug, Default)]
struct Mode {
    refuses: bool,
    holds: bool,
    delay: Duration,
    trap: Option<Trap>,
    over: bool,
}

/// The two ends of a connection.
struct Link {
    client: TcpStream,
    server: UnixStream,
    /// The next word of the server is the last one.
    trapped: AtomicBool,
}

impl Link {
    fn cut(&self) {
        // One end may be gone already.
        let _ = self.client.shutdown(Shutdown::Both);
        let _ = self.server.shutdown(Shutdown::Both);
    }
}

struct Control {
    mode: Mutex<Mode>,
    news: Condvar,
    links: Mutex<Vec<Arc<Link>>>,
    socket: PathBuf,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A way to the server of a store on which something can happen.
pub struct Proxy {
    port: u16,
    /// The store's database.
    name: String,
    control: Arc<Control>,
}

impl Proxy {
    /// One to the server of a store.
    pub fn before(store: &Path) -> Self {
        let (_, rest) = store.to_str().unwrap().rsplit_once("@/").unwrap();
        let (name, folder) = rest.split_once("?host=").unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let control = Arc::new(Control {
            mode: Mutex::default(),
            news: Condvar::new(),
            links: Mutex::default(),
            socket: Path::new(folder).join(".s.PGSQL.5432"),
        });
        let port = listener.local_addr().unwrap().port();
        let taking = Arc::clone(&control);
        spawn(move || taking.take_in(&listener));
        Self {
            port,
            name: name.to_owned(),
            control,
        }
    }

    /// The store's address on this way.
    pub fn store(&self) -> String {
        let Self { port, name, .. } = self;
        format!("postgres://servhub@127.0.0.1:{port}/{name}?connect_timeout=2")
    }

    fn change(&self, what: impl FnOnce(&mut Mode)) {
        what(&mut locked(&self.control.mode));
        self.control.news.notify_all();
    }

    /// From now on everything passes; a trap that waits goes on waiting.
    pub fn pass(&self) {
        self.change(|mode| {
            *mode = Mode {
                trap: mode.trap,
                ..Mode::default()
            }
        });
    }

    /// From now on everything takes so long, each way.
    pub fn delay(&self, delay: Duration) {
        self.change(|mode| mode.delay = delay);
    }

    /// From now on nothing passes, and nobody is told.
    pub fn hold(&self) {
        self.change(|mode| mode.holds = true);
    }

    /// From now on nobody gets in; whoever is in is thrown out.
    pub fn refuse(&self) {
        self.change(|mode| mode.refuses = true);
        self.cut();
    }

    /// Ends every connection.
    pub fn cut(&self) {
        locked(&self.control.links).drain(..).for_each(|link| link.cut());
    }

    /// The next change that is to be kept loses its connection.
    pub fn trap(&self, trap: Trap) {
        self.change(|mode| mode.trap = Some(trap));
    }

    /// Whether a change ran into the trap.
    pub fn has_sprung(&self) -> bool {
        locked(&self.control.mode).trap.is_none()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.change(|mode| mode.over = true);
        self.cut();
        // Whoever takes in sees that it is over.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

impl Control {
    fn take_in(self: &Arc<Self>, listener: &TcpListener) {
        for client in listener.incoming().map_while(Result::ok) {
            let mode = locked(&self.mode);
            if mode.over {
                return;
            }
            if mode.refuses {
                continue;
            }
            drop(mode);
            if let Ok(server) = UnixStream::connect(&self.socket) {
                self.join(client, server);
            }
        }
    }

    fn join(self: &Arc<Self>, client: TcpStream, server: UnixStream) {
        client.set_nodelay(true).unwrap();
        let link = Arc::new(Link {
            client,
            server,
            trapped: AtomicBool::new(false),
        });
        locked(&self.links).push(Arc::clone(&link));
        let (control, up) = (Arc::clone(self), Arc::clone(&link));
        spawn(move || control.carry(&up, (&up.client, &up.server), Self::is_trapped));
        let control = Arc::clone(self);
        spawn(move || {
            let last = |_: &Self, link: &Link, _: &[u8]| link.trapped.load(Ordering::SeqCst);
            control.carry(&link, (&link.server, &link.client), last);
        });
    }

    /// Carries what comes from one end to the other, until an end ends or `cuts` says so.
    fn carry(
        &self,
        link: &Link,
        (mut from, mut to): (impl Read, impl Write),
        cuts: impl Fn(&Self, &Link, &[u8]) -> bool,
    ) {
        let mut buffer = [0; 1 << 16];
        while let Ok(length @ 1..) = from.read(&mut buffer) {
            let came = &buffer[..length];
            std::thread::sleep(self.passage());
            if cuts(self, link, came) || to.write_all(came).is_err() {
                break;
            }
        }
        self.passage();
        link.cut();
    }

    /// Waits until things pass; answers how long they take.
    fn passage(&self) -> Duration {
        let mut mode = locked(&self.mode);
        while mode.holds && !mode.over {
            mode = self.news.wait(mode).unwrap_or_else(PoisonError::into_inner);
        }
        mode.delay
    }

    fn is_trapped(&self, link: &Link, came: &[u8]) -> bool {
        if !came.windows(7).any(|part| part == b"COMMIT\0") {
            return false;
        }
        let trap = locked(&self.mode).trap.take();
        link.trapped.store(trap == Some(Trap::After), Ordering::SeqCst);
        trap == Some(Trap::Before)
    }
}
