//! A sandbox in which the real binary runs: its own store, settings and clock, and nothing of the
//! developer's environment.

mod served;

pub use served::Served;

use crate::database::{self, Database};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use tempfile::TempDir;

/// The moment at which every sandboxed command believes it runs.
pub const NOW: &str = "2026-11-21T08:00:00Z";

/// A folder of its own, removed at the end.
///
/// With `SERVHUB_TEST_STORE=remote` the commands ask a hub that serves the sandbox's store, and must not differ by a
/// byte from what they do at the store itself (K-2).
pub struct Sandbox {
    served: OnceLock<Served>,
    dir: TempDir,
    /// Its store, when the tests run on PostgreSQL.
    database: Option<Database>,
}

/// What a command did.
#[must_use]
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

/// The token of the operator at a hub that rehearses.
pub const TOKEN: &str = "rehearsal-tester";

impl Sandbox {
    pub fn new() -> Self {
        Self {
            served: OnceLock::new(),
            dir: TempDir::new().unwrap(),
            database: database::is_wanted().then(Database::new),
        }
    }

    /// One with a file for a store, whatever the tests run on.
    pub fn on_file() -> Self {
        Self {
            served: OnceLock::new(),
            dir: TempDir::new().unwrap(),
            database: None,
        }
    }

    /// The hub that serves this store, with further options.
    pub fn serve(&self, more: &[&str]) -> Served {
        Served::start(&mut self.serving(more))
    }

    /// The command that serves this store, ready to be changed further.
    pub fn serving(&self, more: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_servhub"));
        command.args(["serve", "--listen", "127.0.0.1:0"]).args(more);
        self.surround_local(&mut command);
        command
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Where the store is: a file, or the address of a database.
    pub fn store(&self) -> PathBuf {
        match &self.database {
            Some(database) => database.store(),
            None => self.path("hub.db"),
        }
    }

    /// Writes a file below the sandbox, making its folder.
    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Runs SQL on the store, behind the program's back.
    pub fn sql(&self, text: &str) {
        database::raw(&self.store()).execute_batch(text).unwrap();
    }

    /// The command, ready to be changed further.
    pub fn command<I: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = I>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_servhub"));
        command.args(args);
        self.surround(&mut command);
        command
    }

    /// A line as one types it, for the shell, which finds the program on its path.
    pub fn shell(&self, line: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", line]);
        self.surround(&mut command);
        let binary = Path::new(env!("CARGO_BIN_EXE_servhub")).parent().unwrap();
        command.env("PATH", format!("{}:/usr/bin:/bin", binary.display()));
        command
    }

    /// The store is the one of the sandbox, or the hub that serves it.
    pub fn surround(&self, command: &mut Command) {
        self.surround_local(command);
        if std::env::var_os("SERVHUB_TEST_STORE").is_some_and(|store| store == "remote") {
            let served = self
                .served
                .get_or_init(|| self.serve(&["--rehearsal", "--rate", "0"]));
            command
                .env("SERVHUB_STORE", served.url())
                .env("SERVHUB_TOKEN", TOKEN);
        }
    }

    /// Nothing of the developer's environment, and a store, settings and clock of its own.
    fn surround_local(&self, command: &mut Command) {
        command
            .env_clear()
            .current_dir(self.dir.path())
            .stdin(Stdio::null());
        command
            .env("SERVHUB_STORE", self.store())
            .env("SERVHUB_CONFIG", self.path("config.toml"))
            .env("SERVHUB_OUTBOX", self.path("outbox"));
        command
            .env("SERVHUB_NOW", NOW)
            .env("SERVHUB_ACTOR", "tester")
            .env("HOSTNAME", "sandbox")
            .env("HOME", self.dir.path());
    }

    pub fn run<I: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = I>) -> Run {
        finish(&mut self.command(args))
    }

    /// Runs and expects success; answers standard output.
    pub fn ok<I: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = I>) -> String {
        let run = self.run(args);
        assert_eq!(run.code, 0, "{run:?}");
        run.stdout
    }
}

pub fn finish(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    Run {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A folder of the repository.
pub fn repository(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}
