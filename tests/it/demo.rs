//! The demonstration data and the examples folder.

use crate::harness::repository;
use servhub::demo::{Scale, write_folder};

/// Rules: K-3 K-15
#[test]
fn the_examples_are_what_the_generator_makes() {
    let made = tempfile::tempdir().unwrap();
    let written = write_folder(made.path(), &Scale { seed: 1, factor: 1 }).unwrap();
    for (file, _) in written.files {
        let committed = std::fs::read(repository("examples/hub").join(file)).unwrap();
        let fresh = std::fs::read(made.path().join(file)).unwrap();
        assert!(
            committed == fresh,
            "{file} differs; write it anew with `servhub demo --write examples/hub`"
        );
    }
}
