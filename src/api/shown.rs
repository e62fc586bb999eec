//! Which question shows what a change is about.

use super::address::argument;
use crate::hub::operations::{OPERATIONS, Operation, Run};
use crate::hub::wire::Method;

/// The question that shows what a change is about: the one with the longest address that the change's begins with.
pub fn shown_by(operation: &Operation) -> Option<&'static Operation> {
    let path = operation.route.path;
    let shows_it =
        |show: &&Operation| operation.changes() && is_shown(show) && begins_with(path, show.route.path);
    let shows = OPERATIONS.iter().filter(shows_it);
    shows.max_by_key(|show| show.route.path.len())
}

/// Shows one thing: its address ends with what names it, or it is the only one of its kind.
fn is_shown(operation: &Operation) -> bool {
    matches!(operation.run, Run::Ask(_))
        && operation.route.method == Method::Get
        && operation.route.path.ends_with('}')
}

fn begins_with(path: &str, start: &str) -> bool {
    let (path, start) = (pattern(path), pattern(start));
    path.strip_prefix(&start)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// An address in which arguments are numbered.
pub fn pattern(path: &str) -> String {
    let numbered = |(number, part): (usize, &str)| match argument(part) {
        Some(_) => format!("{{a{number}}}"),
        None => part.to_owned(),
    };
    let parts: Vec<String> = path.split('/').enumerate().map(numbered).collect();
    parts.join("/")
}
