//! The operations by their addresses.

use crate::api::{Signature, pattern, shown_by};
use crate::hub::operations::{OPERATIONS, Operation};
use crate::hub::wire::Method;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An operation, and how its arguments are written.
#[derive(Debug)]
pub struct Entry {
    /// The operation.
    pub operation: &'static Operation,
    /// Its arguments.
    pub signature: Signature,
    /// The question that shows what a change is about.
    pub shown_by: Option<Arc<Entry>>,
}

/// What stands at one address.
#[derive(Debug, Default)]
pub struct Resource {
    /// The operations by their methods.
    pub methods: BTreeMap<Method, Arc<Entry>>,
}

impl Resource {
    /// What it does with a method.
    pub fn entry(&self, method: &http::Method) -> Option<&Arc<Entry>> {
        let method = match *method {
            http::Method::GET => Method::Get,
            http::Method::POST => Method::Post,
            http::Method::PUT => Method::Put,
            http::Method::PATCH => Method::Patch,
            http::Method::DELETE => Method::Delete,
            _ => return None,
        };
        self.methods.get(&method)
    }

    /// The methods that it takes, for `Allow`.
    pub fn allowed(&self) -> String {
        let words: Vec<&str> = self.methods.keys().map(|method| word(*method)).collect();
        words.join(", ")
    }
}

/// A method as it is written.
pub const fn word(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Patch => "PATCH",
        Method::Delete => "DELETE",
    }
}

/// Every address below the prefix with what stands there. What an argument is called makes no other address.
pub fn resources() -> BTreeMap<String, Resource> {
    let mut all: BTreeMap<String, Resource> = BTreeMap::new();
    for operation in OPERATIONS {
        let resource = all.entry(pattern(operation.route.path)).or_default();
        let entry = entry(operation, shown_by(operation).map(|show| entry(show, None)));
        resource.methods.insert(operation.route.method, entry);
    }
    all
}

fn entry(operation: &'static Operation, shown_by: Option<Arc<Entry>>) -> Arc<Entry> {
    Arc::new(Entry {
        operation,
        signature: operation.signature(),
        shown_by,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::address::{self, has_body};
    use std::collections::BTreeSet;

    /// Two operations at one address and method would hide each other.
    #[test]
    fn every_operation_has_an_address_of_its_own() {
        let entries: usize = resources().values().map(|resource| resource.methods.len()).sum();
        assert_eq!(entries, OPERATIONS.len());
    }

    #[test]
    fn what_an_address_names_is_an_argument() {
        for resource in resources().values() {
            for entry in resource.methods.values() {
                let path = entry.operation.route.path;
                let known: BTreeSet<&str> = entry.signature.names().collect();
                for name in path.split('/').filter_map(address::argument) {
                    assert!(known.contains(name), "{}: {name}", entry.operation.name);
                }
                // Only what changes nothing may be asked again without harm.
                let reads = !entry.operation.changes();
                assert!(
                    reads
                        || has_body(entry.operation.route.method)
                        || entry.operation.route.method == Method::Delete
                );
            }
        }
    }

    #[test]
    fn a_change_is_about_what_shows_it() {
        let shown_by = |path: &str, method: Method| {
            let all = resources();
            let entry = all[&pattern(path)].methods[&method].shown_by.clone();
            entry.map(|entry| entry.operation.name)
        };
        assert_eq!(
            shown_by("/workspaces/{workspace}", Method::Patch),
            Some("workspace.show")
        );
        assert_eq!(
            shown_by("/requests/{number}/notes", Method::Post),
            Some("request.show")
        );
        assert_eq!(shown_by("/workspaces", Method::Post), None);
    }
}
