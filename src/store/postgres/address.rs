//! Where a database is: `postgres://user@host/name`.

use crate::error::{Result, codes};
use std::time::Duration;
use tokio_postgres::Config;
use tokio_postgres::config::SslMode;

/// After so long without a word it is asked whether the other end is still there.
const KEPT_ALIVE: Duration = Duration::from_secs(10);

/// Whether a store's name is the address of a database.
pub fn is_address(text: &str) -> bool {
    text.starts_with("postgres://") || text.starts_with("postgresql://")
}

/// What a connection needs to know. A password that the address does not hold may stand in `PGPASSWORD`, where other programs
/// of the database look for it as well.
///
/// # Errors
/// `E0100` when it cannot be read; the message does not repeat it, because it may hold a password (K-11).
pub(super) fn config(text: &str, patience: Duration) -> Result<Config> {
    let mut config: Config = plain(text).parse().map_err(|_| {
        codes::BAD_VALUE
            .error("the address of the database cannot be read")
            .hint("write it as postgres://user@host/name, and special characters as % and two digits")
    })?;
    if config.get_password().is_none()
        && let Ok(password) = std::env::var("PGPASSWORD")
    {
        config.password(password);
    }
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(patience);
    }
    // A server that is gone without a word is found out within half a minute.
    if config.get_keepalives_idle() > KEPT_ALIVE {
        config.keepalives_idle(KEPT_ALIVE);
        config.keepalives_interval(Duration::from_secs(5));
        config.keepalives_retries(3);
    }
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(KEPT_ALIVE * 2);
    }
    // Without a word about it the way is plain: a server that stands alone often has a certificate that nobody vouches for.
    if config.get_ssl_mode() == SslMode::Prefer {
        config.ssl_mode(SslMode::Disable);
    }
    config.application_name("servhub");
    Ok(config)
}

/// The address as the library reads it. TLS is always with the certificate and the name checked, which other programs call so;
/// and several hosts in one word are several words.
fn plain(text: &str) -> String {
    let Some((place, options)) = text.split_once('?') else {
        return text.to_owned();
    };
    let options = options.split('&').map(|option| match option.split_once('=') {
        Some(("sslmode", "verify-full" | "verify-ca")) => "sslmode=require".to_owned(),
        Some(("host", hosts)) => format!("host={}", hosts.replace(',', "&host=")),
        _ => option.to_owned(),
    });
    format!("{place}?{}", options.collect::<Vec<_>>().join("&"))
}

/// The address without what is secret in it.
pub(super) fn shown(config: &Config) -> String {
    let hosts = config.get_hosts().iter().map(|host| match host {
        tokio_postgres::config::Host::Tcp(name) => name.clone(),
        #[cfg(unix)]
        tokio_postgres::config::Host::Unix(path) => path.display().to_string(),
    });
    let hosts = hosts.collect::<Vec<_>>().join(",");
    let name = config.get_dbname().or(config.get_user()).unwrap_or_default();
    format!("postgres://{hosts}/{name}")
}

#[cfg(test)]
mod tests {
    use super::{SslMode, config, is_address, shown};
    use std::time::Duration;

    /// Rules: K-11
    #[test]
    fn an_address_is_never_shown_with_its_password() {
        let wait = Duration::from_secs(1);
        let one = config("postgres://ann:s3cret@db.example:5433/hub", wait).unwrap();
        assert_eq!(shown(&one), "postgres://db.example/hub");
        assert!(!format!("{one:?}").contains("s3cret"));
        let other = config("postgresql:///hub?host=db.example&password=s3cret", wait).unwrap();
        assert_eq!(shown(&other), "postgres://db.example/hub");
        let two = config(
            "postgres://ann@one.example,two.example:5433/hub?target_session_attrs=read-write",
            wait,
        )
        .unwrap();
        assert_eq!(shown(&two), "postgres://one.example,two.example/hub");
        assert_eq!(
            two.get_target_session_attrs(),
            tokio_postgres::config::TargetSessionAttrs::ReadWrite
        );
        let sockets = config("postgres://ann@/hub?host=/one,/two&port=1,2", wait).unwrap();
        assert_eq!(shown(&sockets), "postgres:///one,/two/hub");
        assert_eq!(sockets.get_ports(), [1, 2]);
        let bad = config("postgres://ann:s3cret@db.example:port/hub", wait).unwrap_err();
        assert!(!format!("{bad:?}").contains("s3cret"), "{bad:?}");
        for (address, mode) in [
            ("postgres://x/y", SslMode::Disable),
            ("postgres://x/y?sslmode=prefer", SslMode::Disable),
            ("postgres://x/y?sslmode=require", SslMode::Require),
            ("postgres://x/y?sslmode=verify-full", SslMode::Require),
        ] {
            assert_eq!(config(address, wait).unwrap().get_ssl_mode(), mode, "{address}");
        }
        assert!(is_address("postgresql://x/y") && !is_address("postgres.db"));
    }
}
