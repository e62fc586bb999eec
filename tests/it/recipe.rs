//! The recipes of README.md that show what a command answers: they are run as they stand there.

use crate::harness::{Run, Sandbox, finish, repository};

/// A command, and what README.md shows of its answer.
struct Step {
    command: String,
    shown: Vec<String>,
}

/// The steps of the `console` block below a heading. `$ ` begins a command, `…` stands for lines left out.
fn steps(heading: &str) -> Vec<Step> {
    let readme = std::fs::read_to_string(repository("README.md")).unwrap();
    let section = readme.split_once(&format!("\n## {heading}\n")).unwrap().1;
    let section = section.split("\n## ").next().unwrap();
    let block = section.split_once("\n```console\n").unwrap().1;
    let mut steps: Vec<Step> = Vec::new();
    for line in block.split_once("\n```").unwrap().0.lines() {
        match line.strip_prefix("$ ") {
            Some(command) => steps.push(Step {
                command: command.to_owned(),
                shown: Vec::new(),
            }),
            None => steps.last_mut().unwrap().shown.push(line.trim_end().to_owned()),
        }
    }
    steps
}

/// Whether the lines that are shown follow each other in what was answered; after `…` some may be missing.
fn shows(answer: &[String], shown: &[String]) -> bool {
    match shown.split_first() {
        None => answer.is_empty(),
        Some((line, rest)) if line.trim() == "…" => {
            (0..=answer.len()).any(|skipped| shows(&answer[skipped..], rest))
        }
        Some((line, rest)) => answer
            .split_first()
            .is_some_and(|(first, others)| first == line && shows(others, rest)),
    }
}

/// What a terminal would show of it.
fn answer(run: &Run) -> Vec<String> {
    let lines = run.stdout.lines().chain(run.stderr.lines());
    lines.map(|line| line.trim_end().to_owned()).collect()
}

fn follow(heading: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    let steps = steps(heading);
    assert!(steps.len() > 3, "{heading} has too few steps");
    for step in steps {
        let run = finish(&mut sandbox.shell(&step.command));
        let is_refused = step.shown.iter().any(|line| line.starts_with("error["));
        assert_eq!(run.code != 0, is_refused, "{}: {run:?}", step.command);
        let answer = answer(&run);
        assert!(
            shows(&answer, &step.shown),
            "{}\nREADME.md shows:\n{}\nbut it answered:\n{}",
            step.command,
            step.shown.join("\n"),
            answer.join("\n")
        );
    }
    sandbox
}

/// Rules: U-2 U-4 U-5
#[test]
fn the_roles_of_forty_people_are_changed_as_the_readme_says() {
    let sandbox = follow("Change the roles of forty people from a file");
    let changed = "SELECT count(*) FROM member_role r JOIN member m ON m.id = r.member_id
                   JOIN workspace w ON w.id = m.workspace_id WHERE w.code = 'TE-SK' AND r.role = 'programs'";
    let count: i64 = crate::database::raw(&sandbox.store())
        .query_row(changed, [], |row| row.get(0))
        .unwrap();
    assert_eq!(count, 45, "five had it before");
}

/// Rules: F-1 F-2 F-3 Q-1 S-4
#[test]
fn a_request_is_filed_as_the_readme_says() {
    let sandbox = follow("File a support request");
    let filed = "SELECT count(*) FROM filing_key";
    assert_eq!(crate::fixture::count(&sandbox.store(), filed), 2);
}

/// Rules: B-2 B-4 B-10 S-4
#[test]
fn a_request_is_filed_for_a_customer_as_the_readme_says() {
    let sandbox = follow("File a request for a customer");
    let filed = "SELECT count(*) FROM filing_key k JOIN support_case c ON c.id = k.case_id WHERE c.customer_id IS NOT NULL";
    assert_eq!(crate::fixture::count(&sandbox.store(), filed), 2);
}

/// Rules: G-1 G-2 G-3 G-4 G-6 G-7 G-8 B-4
#[test]
fn a_customer_is_served_as_the_readme_says() {
    let sandbox = follow("Serve a customer as a partner");
    let count = |sql: &str| crate::fixture::count(&sandbox.store(), sql);
    assert_eq!(count("SELECT count(*) FROM licence"), 2);
    assert_eq!(
        count("SELECT count(*) FROM support_case WHERE customer_id IS NOT NULL"),
        1
    );
}
