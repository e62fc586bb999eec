//! The real binary as a shared hub, on a free port of this machine.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// A running hub; killed at the end.
pub struct Served {
    child: Child,
    address: String,
    lines: Mutex<Receiver<String>>,
}

/// What a hub says on its way is waited for no longer than this.
const PATIENCE: Duration = Duration::from_secs(30);

impl Served {
    /// Starts the hub that `command` describes and waits until it listens.
    pub fn start(command: &mut Command) -> Self {
        let mut child = command
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let log = BufReader::new(child.stderr.take().unwrap());
        let (tell, lines) = channel();
        // Until its end: a hub whose log nobody takes stands still.
        std::thread::spawn(move || {
            for line in log.lines().map_while(Result::ok) {
                let _ = tell.send(line);
            }
        });
        let mut served = Self {
            child,
            address: String::new(),
            lines: Mutex::new(lines),
        };
        let line = served.said("listening");
        served.address = line["address"].as_str().unwrap().to_owned();
        served
    }

    /// `http://` with address and port.
    pub fn url(&self) -> &str {
        &self.address
    }

    /// Address and port.
    pub fn socket(&self) -> &str {
        self.address.split("://").last().unwrap()
    }

    /// The next line of its log that tells of an event.
    pub fn said(&mut self, event: &str) -> serde_json::Value {
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let line = self.lines.get_mut().unwrap().recv_timeout(left);
            let line = line.unwrap_or_else(|_| panic!("the hub never told of \"{event}\""));
            let Ok(line) = serde_json::from_str::<serde_json::Value>(&line) else {
                panic!("the hub said: {line}");
            };
            if line["event"] == event {
                return line;
            }
        }
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to stop, as the system does.
    pub fn ask_to_stop(&self) {
        let kill = Command::new("kill")
            .args(["-TERM", &self.id().to_string()])
            .status();
        assert!(kill.unwrap().success());
    }

    /// Kills it, as the system does when there is no other way; answers whether it was there.
    pub fn kill(&self) -> bool {
        let kill = Command::new("kill")
            .args(["-KILL", &self.id().to_string()])
            .status();
        kill.unwrap().success()
    }

    /// Everything that it says until its end.
    pub fn log(&mut self) -> String {
        let lines: Vec<String> = self.lines.get_mut().unwrap().iter().collect();
        lines.join("\n")
    }

    /// Waits for its end; answers the exit code.
    pub fn ended(&mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
