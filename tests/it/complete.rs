//! Completion by the shell, as the scripts in `completions/` ask for it.

use crate::fixture::small_hub;
use crate::harness::{Run, Sandbox, finish, repository};
use std::process::Command;

fn complete(sandbox: &Sandbox, words: &[&str]) -> Vec<String> {
    let args = ["--", "servhub"].iter().chain(words);
    let mut command = sandbox.command(args);
    command
        .env("SERVHUB_COMPLETE", "bash")
        .env("_CLAP_IFS", "\n")
        .env("_CLAP_COMPLETE_INDEX", words.len().to_string());
    let run = finish(&mut command);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{run:?}");
    run.stdout.lines().map(str::to_owned).collect()
}

/// Rules: K-12
#[test]
fn names_come_from_the_store() {
    let sandbox = Sandbox::new();
    small_hub(&sandbox.store());
    assert_eq!(
        complete(&sandbox, &["contract", "show", "00123"]),
        ["0012345678", "0012345679"]
    );
    assert_eq!(
        complete(&sandbox, &["contract", "list", "--customer", "T"]),
        ["TATRA"]
    );
    assert_eq!(
        complete(&sandbox, &["profile", "add", "x", "--workspace", "W"]),
        ["W-TATRA"]
    );
    assert_eq!(
        complete(&sandbox, &["contract", "list", "--status", "a"]),
        ["active"]
    );
    assert!(complete(&sandbox, &["explain", "E00"]).contains(&"E0001".to_owned()));
    sandbox.ok(["profile", "add", "work", "--store", "work.db"]);
    assert_eq!(complete(&sandbox, &["profile", "use", "w"]), ["work"]);
    let other = complete(&sandbox, &["--store", "none.db", "contract", "show", "00123"]);
    assert!(
        other.is_empty() && !sandbox.path("none.db").exists(),
        "the store that was typed is asked: {other:?}"
    );
    assert_eq!(
        complete(&sandbox, &["--profile=work", "contract", "show", "00123"]),
        ["0012345678", "0012345679"]
    );
}

/// Rules: K-12
#[test]
fn partners_and_what_they_sold_come_from_the_store() {
    let hub = crate::partner::bakery();
    for (words, names) in [
        (&["partner", "show", "R"][..], &["RES", "RES2", "RIVAL"][..]),
        (&["delegation", "show", "D"], &["D-0", "D-1", "D-2"]),
        (
            &["request", "support-group", "--subscription", "SUB-A"],
            &["SUB-AZ"],
        ),
        (&["request", "intake", "list", "--customer", "B"], &["BAKE"]),
    ] {
        assert_eq!(complete(&hub, words), names, "{words:?}");
    }
}

/// Rules: K-12
#[test]
fn a_broken_store_or_settings_file_makes_no_noise() {
    let sandbox = Sandbox::new();
    std::fs::write(sandbox.store(), "garbage ".repeat(200)).unwrap();
    assert!(complete(&sandbox, &["contract", "show", "0"]).is_empty());
    sandbox.write("config.toml", "not toml at all");
    assert!(complete(&sandbox, &["profile", "use", "w"]).is_empty());
    assert_eq!(complete(&sandbox, &["contract", "ex"]), ["expiring"]);
}

/// The committed script in a real bash, with the program on its path.
///
/// Rules: K-12
#[test]
fn the_bash_script_completes() {
    let sandbox = Sandbox::new();
    small_hub(&sandbox.store());
    let script = "source \"$0\"; COMP_WORDS=(servhub contract show 00123); COMP_CWORD=3; COMP_TYPE=9
        _clap_complete_servhub servhub 00123 show; printf '%s\\n' \"${COMPREPLY[@]}\"";
    let run = in_shell(
        &sandbox,
        "bash",
        &[
            "-c",
            script,
            &repository("completions/servhub.bash").display().to_string(),
        ],
    );
    assert_eq!(run.stdout, "0012345678\n0012345679\n", "{run:?}");
}

/// Runs a shell in the sandbox, with the folder of the program first on its path.
fn in_shell(sandbox: &Sandbox, shell: &str, args: &[&str]) -> Run {
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_servhub"))
        .parent()
        .unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let mut command = Command::new(shell);
    command
        .args(args)
        .env("PATH", path)
        .env("SERVHUB_STORE", sandbox.store())
        .env("SERVHUB_CONFIG", sandbox.path("config.toml"));
    finish(&mut command)
}

/// Rules: K-12
#[test]
fn there_is_a_manual_page_for_every_command() {
    let sandbox = Sandbox::new();
    sandbox.ok(["man", "--dir", "man"]);
    for page in ["servhub.1", "servhub-contract-list.1", "servhub-audit-verify.1"] {
        let text = std::fs::read_to_string(sandbox.path("man").join(page)).unwrap();
        assert!(text.contains(".TH"), "{page}");
    }
    assert!(sandbox.ok(["man"]).contains(".SH NAME"));
}

/// Every argument that names something of the store completes it, wherever it stands.
///
/// Rules: K-9 K-12
#[test]
fn no_argument_that_names_a_thing_is_left_without_completion() {
    fn check(command: &clap::Command, path: &str) {
        for arg in command
            .get_arguments()
            .filter(|arg| arg.get_action().takes_values())
        {
            let value = arg
                .get_value_names()
                .map(|names| names[0].to_string())
                .unwrap_or_default();
            let names = [
                "CUSTOMER",
                "CONTRACT",
                "PACKAGE",
                "ENTITLEMENT",
                "WORKSPACE",
                "PROFILE",
            ]
            .contains(&value.as_str());
            let completes = arg.get::<clap_complete::engine::ArgValueCandidates>().is_some();
            assert!(completes || !names, "{path}: {} <{value}>", arg.get_id());
        }
        for verb in command.get_subcommands() {
            check(verb, &format!("{path} {}", verb.get_name()));
        }
    }
    let command = servhub::cli::command();
    check(&command, "servhub");
    let sandbox = Sandbox::new();
    small_hub(&sandbox.store());
    assert_eq!(complete(&sandbox, &["activity", "--workspace", "W"]), ["W-TATRA"]);
    assert_eq!(
        complete(&sandbox, &["entitlements", "explain", "E"]),
        ["E-1", "E-2"]
    );
}
