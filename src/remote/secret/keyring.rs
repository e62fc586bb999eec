//! The keyring of the system. It may hang (a locked one asks at a screen that nobody looks at), so it is asked on the
//! side and given up after a while.

use crate::error::{Error, Result, codes};
use keyring_core::Entry;
use keyring_core::api::CredentialStoreApi;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// How long the keyring may take.
const PATIENCE: Duration = Duration::from_secs(3);
/// Under which name its entries stand.
const SERVICE: &str = "servhub";

/// The keyring of the system.
#[derive(Debug, Clone, Copy)]
pub struct Keyring;

impl Keyring {
    pub fn read(self, hub: &str) -> Result<Option<String>> {
        let hub = hub.to_owned();
        within(PATIENCE, move || none(entry(&hub)?.get_password()))
    }

    pub fn write(self, hub: &str, text: String) -> Result<()> {
        let hub = hub.to_owned();
        within(PATIENCE, move || entry(&hub)?.set_password(&text))
    }

    /// Says whether there was one.
    pub fn remove(self, hub: &str) -> Result<bool> {
        let hub = hub.to_owned();
        let removed = within(PATIENCE, move || none(entry(&hub)?.delete_credential()))?;
        Ok(removed.is_some())
    }
}

fn entry(hub: &str) -> keyring_core::Result<Entry> {
    store()?.build(SERVICE, hub, None)
}

#[cfg(any(target_os = "linux", target_os = "freebsd"))]
fn store() -> keyring_core::Result<std::sync::Arc<impl CredentialStoreApi>> {
    dbus_secret_service_keyring_store::Store::new()
}

#[cfg(target_os = "macos")]
fn store() -> keyring_core::Result<std::sync::Arc<impl CredentialStoreApi>> {
    apple_native_keyring_store::keychain::Store::new()
}

#[cfg(windows)]
fn store() -> keyring_core::Result<std::sync::Arc<impl CredentialStoreApi>> {
    windows_native_keyring_store::Store::new()
}

fn none<T>(came: keyring_core::Result<T>) -> keyring_core::Result<Option<T>> {
    match came {
        Err(keyring_core::Error::NoEntry) => Ok(None),
        other => other.map(Some),
    }
}

/// Does something on the side, and gives it up when it takes too long.
fn within<T: Send + 'static>(
    patience: Duration,
    work: impl FnOnce() -> keyring_core::Result<T> + Send + 'static,
) -> Result<T> {
    let (tell, heard) = channel();
    let side = std::thread::Builder::new().name("keyring".to_owned());
    side.spawn(move || {
        // Nobody may listen any more.
        let _ = tell.send(work());
    })?;
    match heard.recv_timeout(patience) {
        Ok(Ok(came)) => Ok(came),
        Ok(Err(error)) => Err(advised(format!("the keyring cannot be used: {}", plain(&error)))),
        Err(RecvTimeoutError::Timeout) => {
            let seconds = patience.as_secs();
            Err(advised(format!(
                "the keyring did not answer within {seconds} seconds and was given up"
            )))
        }
        Err(RecvTimeoutError::Disconnected) => Err(advised("the keyring failed".to_owned())),
    }
}

/// What is wrong, without the entry that an error may carry.
fn plain(error: &keyring_core::Error) -> String {
    match error {
        keyring_core::Error::BadEncoding(_) | keyring_core::Error::BadDataFormat(..) => {
            "an entry of it cannot be read".to_owned()
        }
        other => other.to_string(),
    }
}

fn advised(message: String) -> Error {
    codes::NO_KEYRING
        .error(message)
        .hint("unlock it, or set SERVHUB_TOKEN to a token")
        .hint("`servhub login --insecure-storage` keeps the secret in a file that only you can read")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keyring_that_hangs_is_given_up() {
        let (hold, held) = channel::<()>();
        let came = within(Duration::from_millis(10), move || {
            let _ = held.recv();
            Ok(())
        });
        let error = came.unwrap_err();
        assert_eq!(error.code, &codes::NO_KEYRING);
        assert!(error.message.contains("given up"), "{error}");
        drop(hold);
    }

    #[test]
    fn what_a_keyring_says_does_not_tell_what_is_in_it() {
        let came = within(PATIENCE, || -> keyring_core::Result<()> {
            Err(keyring_core::Error::BadEncoding(b"hush".to_vec()))
        });
        let error = came.unwrap_err();
        let told = format!("{error:?} {}", error.message);
        assert!(!told.contains("hush") && !told.contains("104, 117"), "{told}");
    }
}
