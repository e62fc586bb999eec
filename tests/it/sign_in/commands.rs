//! The commands, as someone types them.

use super::hub::{Listening, listen, trusted};
use super::person::Person;
use super::provider::{Provider, free_port};
use crate::harness::{Run, Sandbox, finish};
use crate::spaces::works;
use servhub::domain::Instant;
use servhub::domain::token::Secret;
use servhub::hub::sign_in::{Occasion, make_setup_code};
use servhub::oidc::Web;
use servhub::remote::secret::{Found, Kept, Renewal, Secrets};
use servhub::remote::sign_in::{Browser, Desk, HttpDoor, open, present};
use servhub::server::sign_in::SignIn;
use servhub::store::Db;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixListener;
use std::path::PathBuf;
use std::process::{Command, Stdio};

fn now() -> Instant {
    servhub::ui::now().unwrap()
}

fn setup_code(hub: &Sandbox) -> String {
    let on = Occasion {
        now: now(),
        origin: "test hub",
    };
    let mut db = Db::open(&hub.store()).unwrap();
    make_setup_code(&mut db, on).unwrap().unwrap().tell()
}

/// A command of someone who has nothing but the address of the hub.
fn away(client: &Sandbox, hub: &Listening, args: &[&str]) -> Command {
    let mut command = client.command(args);
    command.args(["--url", &hub.url]).env_remove("SERVHUB_NOW");
    command
}

fn run(client: &Sandbox, hub: &Listening, args: &[&str]) -> Run {
    finish(&mut away(client, hub, args))
}

fn with_input(command: &mut Command, text: &str) -> Run {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    Run {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The files in which secrets are kept.
fn kept(client: &Sandbox) -> Vec<PathBuf> {
    let Ok(folder) = std::fs::read_dir(client.path("credentials")) else {
        return Vec::new();
    };
    folder.map(|file| file.unwrap().path()).collect()
}

fn first_operator(client: &Sandbox, hub: &Listening, code: &str) -> Run {
    let args = [
        "login",
        "--setup-code",
        "-",
        "--account",
        "ada@p.example",
        "--insecure-storage",
    ];
    with_input(&mut away(client, hub, &args), code)
}

/// Rules: K-11
#[test]
fn a_set_up_code_signs_the_first_operator_in_and_the_file_is_nobody_elses() {
    let (store, client) = (works(), Sandbox::new());
    let hub = listen(&store, None);
    let code = setup_code(&store);
    let wrong = first_operator(&client, &hub, "00000-00000");
    assert!(wrong.code == 4 && wrong.stderr.contains("E0204"), "{wrong:?}");
    assert!(kept(&client).is_empty());
    let run_ = first_operator(&client, &hub, &code);
    assert_eq!(run_.code, 0, "{run_:?}");
    assert!(
        run_.stderr.contains("as ada@p.example until") && run_.stderr.contains("the file "),
        "{run_:?}"
    );
    let [file] = &kept(&client)[..] else {
        panic!("{run_:?}")
    };
    let mode = |path: &PathBuf| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(file), mode(&client.path("credentials"))), (0o600, 0o700));
    let text = std::fs::read_to_string(file).unwrap();
    let told: serde_json::Value = serde_json::from_str(&text).unwrap();
    let secret = Secret::read(told["token"].as_str().unwrap()).unwrap();
    let status = run(&client, &hub, &["auth", "status", "--check", "-o", "json"]);
    let line: serde_json::Value = serde_json::from_str(&status.stdout).unwrap();
    assert_eq!(line["account"], "ada@p.example", "{status:?}");
    assert_eq!(line["operator"], true);
    assert_eq!(line["token"], secret.id());
    // From now on every command asks the hub, with what was kept.
    let asked = finish(
        client
            .command(["workspace", "list", "--store", &hub.url])
            .env_remove("SERVHUB_NOW"),
    );
    assert_eq!(
        (asked.code, asked.stdout),
        (0, store.ok(["workspace", "list"])),
        "{}",
        asked.stderr
    );
    for said in [&run_, &status] {
        let said = format!("{said:?}");
        assert!(
            !said.contains(&secret.tell()[15..]) && !said.contains(&code),
            "{said}"
        );
    }
    assert_eq!(first_operator(&client, &hub, &code).code, 4);
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o640)).unwrap();
    let open = run(&client, &hub, &["auth", "status"]);
    assert!(
        open.code == 4 && open.stderr.contains("E0209") && open.stderr.contains("chmod 600"),
        "{open:?}"
    );
}

/// What the program asks the person to open.
fn address(line: &str) -> Option<&str> {
    let from = line
        .strip_prefix("or open ")
        .or(line.strip_prefix("open this address"))?;
    Some(&from[from.find("http")?..])
}

/// Runs `login`, goes where it says as a person, and answers how it ended.
fn sign_in(client: &Sandbox, hub: &Listening, way: &str, account: &str) -> Run {
    let mut command = away(client, hub, &["login", way, "--insecure-storage", "-q"]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap());
    let mut stderr = String::new();
    let going = loop {
        let mut line = String::new();
        assert!(lines.read_line(&mut line).unwrap() > 0, "{stderr}");
        stderr += &line;
        if let Some(address) = address(line.trim()) {
            break address.to_owned();
        }
    };
    Person::new(account).walk(&going);
    lines.read_to_string(&mut stderr).unwrap();
    let mut stdout = String::new();
    child.stdout.take().unwrap().read_to_string(&mut stdout).unwrap();
    let code = child.wait().unwrap().code().unwrap();
    Run { code, stdout, stderr }
}

/// Rules: K-10 K-11
#[test]
fn whoever_the_provider_vouches_for_signs_in_looks_and_signs_out() {
    let provider = Provider::start("RS256");
    let (store, client) = (works(), Sandbox::new());
    let hub = listen(&store, Some(trusted(&provider.issuer())));
    let stranger = sign_in(&client, &hub, "--no-browser", "eve@elsewhere.example");
    assert!(
        stranger.code == 4 && stranger.stderr.contains("E0203"),
        "{stranger:?}"
    );
    let none = run(&client, &hub, &["auth", "status"]);
    assert!(none.code == 1 || none.code == 4, "{none:?}");
    for way in ["--no-browser", "--device"] {
        let done = sign_in(&client, &hub, way, "ben@steel.example");
        assert!(done.code == 0 && done.stdout.is_empty(), "{done:?}");
        let status = run(&client, &hub, &["auth", "status", "--check", "-o", "json"]);
        let line: serde_json::Value = serde_json::from_str(&status.stdout).unwrap();
        assert_eq!(line["account"], "ben@steel.example");
        assert_eq!(line["operator"], false);
        assert_eq!(line["kind"], "session");
        assert_eq!(line["renews"], true);
        let text = std::fs::read_to_string(&kept(&client)[0]).unwrap();
        let told: serde_json::Value = serde_json::from_str(&text).unwrap();
        let token = told["token"].as_str().unwrap();
        let out = run(&client, &hub, &["logout"]);
        assert!(out.code == 0 && out.stderr.contains("signed out of"), "{out:?}");
        assert!(kept(&client).is_empty());
        let mut again = away(&client, &hub, &["auth", "status", "--check"]);
        let again = finish(again.env("SERVHUB_TOKEN", token));
        assert!(again.code == 4 && again.stderr.contains("E0201"), "{again:?}");
        for said in [&done, &status, &out, &again] {
            assert!(!format!("{said:?}").contains(&token[15..]), "{said:?}");
        }
    }
    let sessions = store.ok(["audit", "list", "--action", "session.", "--jq", ".rows[].action"]);
    assert_eq!(sessions.matches("session.open").count(), 2, "{sessions}");
    assert_eq!(sessions.matches("session.close").count(), 2, "{sessions}");
}

/// Rules: K-11
#[test]
fn a_token_comes_by_the_environment_or_by_standard_input_and_never_as_an_argument() {
    let (store, client) = (works(), Sandbox::new());
    let hub = listen(&store, None);
    let token = store.ok(["token", "create", "x", "--as", "ben@steel.example"]);
    let argument = run(
        &client,
        &hub,
        &["login", "--token", token.trim(), "--insecure-storage"],
    );
    assert!(
        argument.code == 2 && !argument.stderr.contains(token.trim()),
        "{argument:?}"
    );
    let wrong = token.replace(
        &token[20..24],
        if &token[20..24] == "0000" { "1111" } else { "0000" },
    );
    for (text, code) in [("nonsense", 2), (wrong.as_str(), 4)] {
        let mut login = away(&client, &hub, &["login", "--token", "-", "--insecure-storage"]);
        let run = with_input(&mut login, text);
        assert_eq!(run.code, code, "{run:?}");
    }
    assert!(kept(&client).is_empty());
    let mut login = away(&client, &hub, &["login", "--token", "-", "--insecure-storage"]);
    let done = with_input(&mut login, &token);
    assert!(
        done.code == 0 && done.stderr.contains("ben@steel.example"),
        "{done:?}"
    );
    let operators = works();
    let other = operators.ok(["token", "create", "y", "--as", "adam@steel.example"]);
    let mut status = away(&client, &hub, &["auth", "status", "--jq", ".kept_in"]);
    let told = finish(status.env("SERVHUB_TOKEN", other.trim()));
    assert_eq!(told.stdout, "the environment (SERVHUB_TOKEN)\n", "{told:?}");
    let bad = finish(status.env("SERVHUB_TOKEN", "nonsense"));
    assert!(bad.code == 4 && bad.stderr.contains("SERVHUB_TOKEN"), "{bad:?}");
    // A personal token may serve elsewhere, so signing out only forgets it.
    assert_eq!(run(&client, &hub, &["logout"]).code, 0);
    let mut check = away(&client, &hub, &["auth", "status", "--check", "--jq", ".account"]);
    let still = finish(check.env("SERVHUB_TOKEN", token.trim()));
    assert_eq!(still.stdout, "ben@steel.example\n", "{still:?}");
}

/// Nobody signs in for nothing, and nothing falls back to a file unasked.
///
/// Rules: K-11
#[test]
fn a_keyring_that_is_not_there_or_hangs_is_given_up_with_a_way_out() {
    let (store, client) = (works(), Sandbox::new());
    let hub = listen(&store, None);
    let code = setup_code(&store);
    let args = ["login", "--setup-code", &code, "--account", "ada@p.example"];
    let socket = client.path("bus");
    // It takes whoever comes, and never says a word.
    let silent = UnixListener::bind(&socket).unwrap();
    std::thread::spawn(move || {
        let mut held = Vec::new();
        for visitor in silent.incoming() {
            held.push(visitor);
        }
    });
    let hanging = format!("unix:path={}", socket.display());
    let missing = format!("unix:path={}", client.path("nothing").display());
    for (bus, told) in [
        (&hanging, "did not answer within 3 seconds"),
        (&missing, "cannot be used"),
    ] {
        let mut login = away(&client, &hub, &args);
        let begun = std::time::Instant::now();
        let run = finish(login.env("DBUS_SESSION_BUS_ADDRESS", bus));
        assert!(
            run.code == 1 && run.stderr.contains("E0208") && run.stderr.contains(told),
            "{run:?}"
        );
        assert!(run.stderr.contains("--insecure-storage"), "{run:?}");
        assert!(begun.elapsed().as_secs() < 20, "{run:?}");
        assert!(kept(&client).is_empty());
    }
    // The code was not used up.
    assert_eq!(first_operator(&client, &hub, &code).code, 0);
}

/// Rules: K-10
#[test]
fn a_hub_that_is_not_there_or_is_none_is_told() {
    let client = Sandbox::new();
    let no_hub = Listening {
        url: format!("http://127.0.0.1:{}", free_port()),
        sign_in: SignIn::new(None).unwrap(),
        _served: None,
    };
    let run_ = run(&client, &no_hub, &["login", "--device", "--insecure-storage"]);
    assert!(run_.code == 7 && run_.stderr.contains("E0813"), "{run_:?}");
    let provider = Provider::start("ES256");
    let other = Listening {
        url: provider.issuer(),
        ..no_hub
    };
    let run_ = run(&client, &other, &["login", "--device", "--insecure-storage"]);
    assert!(run_.code == 7 && run_.stderr.contains("E0815"), "{run_:?}");
    let file = client.run(["login"]);
    assert!(
        file.code == 2 && file.stderr.contains("takes no sign-in"),
        "{file:?}"
    );
    let open = client.run(["login", "--url", "http://hub.example.com", "--insecure-storage"]);
    assert!(open.code == 2 && open.stderr.contains("not secured"), "{open:?}");
}

/// A session that is over is renewed without the person, and kept where it was.
#[test]
fn a_session_that_ends_is_renewed_by_the_next_command() {
    let provider = Provider::start("ES256");
    let (store, client) = (works(), Sandbox::new());
    let hub = listen(&store, Some(trusted(&provider.issuer())));
    let door = HttpDoor::new(Web::new().unwrap(), &hub.url).unwrap();
    let desk = Desk::of(&hub.sign_in.offer(), Web::new().unwrap()).unwrap();
    let browser = Browser::begin(&desk).unwrap();
    let going = browser.address().to_owned();
    let person = std::thread::spawn(move || Person::new("ben@steel.example").walk(&going));
    let granted = browser.wait().unwrap();
    person.join().unwrap();
    let opened = open(&door, &granted).unwrap();
    let offer = hub.sign_in.offer();
    let before = Kept::of(&opened, Some(Renewal { offer, granted }));
    let secrets = Secrets::new(client.path("credentials"), None);
    secrets.keep(&hub.url, &before, true).unwrap();
    let shown = |now| present(&secrets, &door, &hub.url, now).map(|secret| secret.tell().to_owned());
    assert_eq!(shown(now()).unwrap(), before.token);
    let late = before.expires_at.plus_seconds(-30);
    let renewed = shown(late).unwrap();
    assert_ne!(renewed, before.token);
    let Some(Found::Kept(after, _)) = secrets.find(&hub.url).unwrap() else {
        panic!("it was not kept")
    };
    assert_eq!(after.token, renewed);
    assert!(!format!("{after:?}").contains(&renewed));
    let without = Kept {
        renewal: None,
        ..before
    };
    secrets.keep(&hub.url, &without, true).unwrap();
    let error = shown(late).unwrap_err();
    assert!(
        error.code.id == "E0201" && error.message.contains("ended at"),
        "{error}"
    );
}

/// What is kept of someone who has signed in, and means to sign out.
fn signed_in(client: &Sandbox, hub: &Listening) -> Kept {
    let done = sign_in(client, hub, "--no-browser", "ben@steel.example");
    assert_eq!(done.code, 0, "{done:?}");
    let text = std::fs::read_to_string(&kept(client)[0]).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// What could renew a session is given back with it, and a provider that cannot be told holds nobody up.
///
/// Rules: K-11
#[test]
fn signing_out_gives_back_what_the_provider_granted() {
    let mut provider = Provider::start("ES256");
    let (store, client) = (works(), Sandbox::new());
    let hub = listen(&store, Some(trusted(&provider.issuer())));
    let desk = Desk::of(&hub.sign_in.offer(), Web::new().unwrap()).unwrap();
    let before = signed_in(&client, &hub);
    let granted = before.renewal.unwrap().granted;
    let refresh = granted.refresh_token.clone().unwrap();
    let out = run(&client, &hub, &["logout"]);
    assert!(out.code == 0 && !out.stderr.contains("provider"), "{out:?}");
    let error = desk.renew(&granted).unwrap_err();
    assert!(
        error.code.id == "E0207" && error.message.contains("invalid_grant"),
        "{error}"
    );

    let again = signed_in(&client, &hub);
    provider.stop();
    let away = run(&client, &hub, &["logout"]);
    assert!(
        away.code == 0 && away.stderr.contains("provider could not be told"),
        "{away:?}"
    );
    assert!(kept(&client).is_empty());

    let secrets = Secrets::new(client.path("credentials"), None);
    secrets.keep(&hub.url, &again, true).unwrap();
    // It takes whoever comes, and never says a word.
    let silent = TcpListener::bind(provider.issuer().trim_start_matches("http://")).unwrap();
    std::thread::spawn(move || silent.incoming().collect::<Vec<_>>());
    let begun = std::time::Instant::now();
    let slow = run(&client, &hub, &["logout"]);
    assert!(
        slow.code == 0 && slow.stderr.contains("did not answer in time"),
        "{slow:?}"
    );
    assert!(begun.elapsed().as_secs() < 10, "{slow:?}");
    assert!(kept(&client).is_empty());
    let latest = again.renewal.unwrap().granted.refresh_token.unwrap();
    for said in [&out, &away, &slow] {
        let said = format!("{said:?}");
        assert!(!said.contains(&refresh) && !said.contains(&latest), "{said}");
    }
}

/// A keyring that somebody else wrote: what was kept is found, is readable in no file, and is forgotten.
///
/// Rules: K-11
#[test]
fn the_keyring_of_the_system_keeps_a_secret_and_forgets_it() {
    let (store, client) = (works(), Sandbox::new());
    let hub = listen(&store, None);
    let token = store.ok(["token", "create", "x", "--as", "ben@steel.example"]);
    std::fs::create_dir(client.path("run")).unwrap();
    let script = "printf 'pw\\n' | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null
        servhub login --token - && servhub auth status --jq '.account, .kept_in'
        grep -rl -D skip --exclude=script shp_ .
        servhub logout; servhub auth status; echo \"then $?\"";
    let script = script
        .replace("servhub login", &format!("servhub login --url {}", hub.url))
        .replace("auth status", &format!("auth status --url {}", hub.url))
        .replace("servhub logout", &format!("servhub logout --url {}", hub.url));
    client.write("script", &script);
    let mut session = client.shell("dbus-run-session -- sh script");
    session
        .env("XDG_RUNTIME_DIR", client.path("run"))
        .env_remove("SERVHUB_NOW");
    let run = with_input(&mut session, &token);
    assert_eq!(run.stdout, "ben@steel.example\nthe keyring\nthen 4\n", "{run:?}");
    assert!(
        run.stderr.contains("the secret is no longer in the keyring"),
        "{run:?}"
    );
    assert!(kept(&client).is_empty());
}
