//! An identity provider that somebody else wrote, started for one test.

use crate::harness::repository;
use sha2::{Digest, Sha256};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// A running provider; it ends with the test.
pub struct Provider {
    process: Child,
    port: u16,
    algorithm: &'static str,
}

impl Provider {
    /// With one key.
    pub fn start(algorithm: &'static str) -> Self {
        let port = free_port();
        Self {
            process: run(port, "first", algorithm),
            port,
            algorithm,
        }
    }

    /// The same provider with other keys.
    pub fn restart(&mut self, keys: &str) {
        self.stop();
        self.process = run(self.port, keys, self.algorithm);
    }

    /// The provider is away.
    pub fn stop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        self.process.wait().unwrap();
    }

    pub fn issuer(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A port that nobody listens at.
pub fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0))
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

/// `tests/run` sees to it that there is node.
fn run(port: u16, keys: &str, algorithm: &str) -> Child {
    let mut process = Command::new("node")
        .arg(installed().join("provider.mjs"))
        .args([&port.to_string(), keys, algorithm])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let told = process.stdout.as_mut().unwrap();
    BufReader::new(told).read_line(&mut line).unwrap();
    assert_eq!(line.trim(), "ready", "the provider did not start");
    process
}

/// Where `tests/oidc/install` puts it.
fn installed() -> PathBuf {
    let mut digest = Sha256::new();
    for file in ["package.json", "package-lock.json", "provider.mjs"] {
        digest.update(std::fs::read(repository("tests/oidc").join(file)).unwrap());
    }
    let name: String = digest.finalize()[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| repository("target"), PathBuf::from);
    let folder = target.join("oidc").join(name);
    if !folder.join("ready").exists() {
        let done = Command::new(repository("tests/oidc/install")).output().unwrap();
        assert!(done.status.success(), "{done:?}");
    }
    folder
}
