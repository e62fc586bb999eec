//! Where the data is, and which setting said so.

use crate::harness::{Sandbox, finish};

fn store_of(sandbox: &Sandbox, flags: &[&str], env: &[(&str, &str)]) -> String {
    let mut args = vec![
        "profile",
        "show",
        "-o",
        "json",
        "--jq",
        ".rows[] | select(.setting == \"store\") | .value + \" from \" + .origin",
    ];
    args.extend(flags);
    let mut command = sandbox.command(&args);
    command.env_remove("SERVHUB_STORE").envs(env.iter().copied());
    let run = finish(&mut command);
    assert_eq!(run.code, 0, "{run:?}");
    run.stdout.trim().to_owned()
}

/// Rules: K-1
#[test]
fn flag_goes_before_environment_before_profile_before_default() {
    let sandbox = Sandbox::new();
    let default = store_of(&sandbox, &[], &[]);
    assert!(
        default.contains("servhub.db from default")
            && default.starts_with(&sandbox.path("").display().to_string()),
        "{default}"
    );
    sandbox.ok(["profile", "add", "work", "--store", "/x/work.db"]);
    sandbox.ok([
        "profile",
        "add",
        "home",
        "--store",
        "/x/home.db",
        "--workspace",
        "W-1",
    ]);
    assert!(
        store_of(&sandbox, &[], &[]).ends_with("from default"),
        "adding a profile does not use it"
    );
    sandbox.ok(["profile", "use", "work"]);
    assert_eq!(store_of(&sandbox, &[], &[]), "/x/work.db from profile work");
    assert_eq!(
        store_of(&sandbox, &["--profile", "home"], &[]),
        "/x/home.db from profile home"
    );
    assert_eq!(
        store_of(&sandbox, &[], &[("SERVHUB_PROFILE", "home")]),
        "/x/home.db from profile home"
    );
    assert_eq!(
        store_of(&sandbox, &["--profile", "home"], &[("SERVHUB_STORE", "/e.db")]),
        "/e.db from SERVHUB_STORE"
    );
    assert_eq!(
        store_of(&sandbox, &["--store", "/f.db"], &[("SERVHUB_STORE", "/e.db")]),
        "/f.db from --store"
    );
}

/// Rules: K-1 K-8
#[test]
fn profiles_are_added_changed_and_removed() {
    let sandbox = Sandbox::new();
    assert_eq!(
        sandbox.run(["profile", "add", "work"]).code,
        2,
        "a new profile needs a store"
    );
    sandbox.ok(["profile", "add", "work", "--store", "work.db"]);
    sandbox.ok(["profile", "use", "work"]);
    let listed = sandbox.ok(["profile", "list", "-o", "csv"]);
    let place = sandbox
        .path("work.db")
        .canonicalize()
        .unwrap_or_else(|_| sandbox.path("work.db"));
    assert!(
        listed.contains(&format!("work,yes,{}", place.display())),
        "kept as an absolute path: {listed}"
    );
    let refused = sandbox.run(["profile", "add", "work", "--store", "other.db"]);
    assert!(
        refused.code == 2 && refused.stderr.contains("E0103"),
        "changing asks: {refused:?}"
    );
    sandbox.ok(["profile", "add", "work", "--workspace", "W-1", "--yes"]);
    let listed = sandbox.ok(["profile", "list", "-o", "csv"]);
    assert!(
        listed.contains("work.db,W-1"),
        "what is not named stays: {listed}"
    );
    assert_eq!(sandbox.run(["profile", "remove", "work"]).code, 2);
    sandbox.ok(["profile", "remove", "work", "--dry-run"]);
    sandbox.ok(["profile", "remove", "work", "--yes"]);
    assert_eq!(sandbox.ok(["profile", "list", "-o", "csv"]).lines().count(), 1);
    assert_eq!(
        sandbox.run(["contract", "list"]).code,
        0,
        "the removed profile is not in use any more"
    );
}

/// Rules: K-1
#[test]
fn the_default_store_is_made_in_the_data_folder() {
    let sandbox = Sandbox::new();
    let mut command = sandbox.command(["contract", "list"]);
    command
        .env_remove("SERVHUB_STORE")
        .env("XDG_DATA_HOME", sandbox.path("data"));
    assert_eq!(finish(&mut command).code, 0);
    if cfg!(target_os = "linux") {
        assert!(sandbox.path("data/servhub/servhub.db").exists());
    }
    let odd = sandbox.run(["contract", "list", "--store", "mysql://x"]);
    assert!(odd.code == 2 && odd.stderr.contains("mysql://"), "{odd:?}");
}
