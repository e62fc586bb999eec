//! TLS on the way to a database: whom a hub believes to be its server.

use super::own::{control, with_own_server};
use crate::harness::{Run, Sandbox, finish};
use crate::sign_in::free_port;
use std::fs::Permissions;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A server whose certificate is for `localhost`, and who vouches for that.
struct Sealed {
    port: u16,
    sandbox: Sandbox,
}

const CURVE: &str = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2";

fn openssl(folder: &Path, line: &str) {
    let mut command = Command::new("openssl");
    let output = command
        .args(line.split(' '))
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{line}: {output:?}");
}

/// Someone who vouches for servers.
fn authority(folder: &Path, name: &str) {
    let rights = "-addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign";
    openssl(
        folder,
        &format!("req -x509 {CURVE} -subj /CN={name} {rights} -keyout {name}.key -out {name}.pem"),
    );
}

impl Sealed {
    fn start() -> Self {
        let sandbox = Sandbox::on_file();
        let folder = sandbox.path("");
        authority(&folder, "trusted");
        authority(&folder, "other");
        openssl(
            &folder,
            &format!("req {CURVE} -subj /CN=localhost -keyout server.key -out server.csr")
                .replace(" -days 2", ""),
        );
        sandbox.write("names", "subjectAltName=DNS:localhost\n");
        openssl(
            &folder,
            "x509 -req -in server.csr -CA trusted.pem -CAkey trusted.key -CAcreateserial -days 2 -extfile names -out server.pem",
        );
        let port = free_port();
        let data = PathBuf::from(std::env::var_os("SERVHUB_TEST_SERVER").unwrap()).join("data");
        lay(
            &data,
            "server.key",
            &std::fs::read_to_string(folder.join("server.key")).unwrap(),
        );
        lay(
            &data,
            "server.crt",
            &std::fs::read_to_string(folder.join("server.pem")).unwrap(),
        );
        // Over the network only sealed.
        lay(
            &data,
            "pg_hba.conf",
            "local all all trust\nhostssl all all all trust\n",
        );
        let settings = std::fs::read_to_string(data.join("postgresql.conf")).unwrap();
        let more = format!("\nssl = on\nlisten_addresses = 'localhost'\nport = {port}\n");
        lay(&data, "postgresql.conf", &(settings + &more));
        control(&["-m", "fast", "restart"]);
        Self { port, sandbox }
    }

    /// What a command says that trusts an authority.
    fn ask(&self, host: &str, mode: &str, authority: &str) -> Run {
        let store = format!("postgres://servhub@{host}:{}/postgres{mode}", self.port);
        let mut command = self.sandbox.command(["doctor", "-o", "csv", "--store", &store]);
        finish(command.env("SSL_CERT_FILE", self.sandbox.path(authority)))
    }
}

/// A file of the server's own, which nobody else reads.
fn lay(data: &Path, name: &str, text: &str) {
    let (path, owner) = (data.join(name), std::fs::metadata(data).unwrap());
    std::fs::write(&path, text).unwrap();
    std::fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
    chown(&path, Some(owner.uid()), Some(owner.gid())).unwrap();
}

/// Rules: K-11
#[test]
fn a_server_is_believed_whose_name_somebody_trusted_vouches_for() {
    if !with_own_server("postgres::sealed::a_server_is_believed_whose_name_somebody_trusted_vouches_for") {
        return;
    }
    let server = Sealed::start();
    for mode in ["?sslmode=require", "?sslmode=verify-full", "?sslmode=verify-ca"] {
        let run = server.ask("localhost", mode, "trusted.pem");
        assert!(
            run.code == 0 && run.stdout.contains("PostgreSQL"),
            "{mode}: {run:?}"
        );
        for (host, authority, says) in [
            ("127.0.0.1", "trusted.pem", "not valid for name"),
            ("localhost", "other.pem", "UnknownIssuer"),
        ] {
            let run = server.ask(host, mode, authority);
            assert!(
                run.code == 7 && run.stderr.contains("E0020"),
                "{mode} {host}: {run:?}"
            );
            assert!(run.stderr.contains(says), "{mode} {host}: {run:?}");
        }
    }
    let plain = server.ask("localhost", "", "trusted.pem");
    assert!(
        plain.code != 0 && plain.stderr.contains("no encryption"),
        "{plain:?}"
    );
}
