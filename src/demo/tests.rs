use super::{Scale, Written, write_folder};
use std::fs;
use std::path::Path;

fn written(dir: &Path, seed: u64, factor: u32) -> Written {
    write_folder(dir, &Scale { seed, factor }).expect("the folder is written")
}

#[test]
fn same_seed_and_factor_give_the_same_bytes() {
    let (one, two, other) = (
        tempfile::tempdir().unwrap(),
        tempfile::tempdir().unwrap(),
        tempfile::tempdir().unwrap(),
    );
    let made = written(one.path(), 7, 2);
    assert_eq!(made, written(two.path(), 7, 2));
    written(other.path(), 8, 2);
    for (name, _) in &made.files {
        let read = |dir: &Path| fs::read(dir.join(name)).unwrap();
        assert_eq!(read(one.path()), read(two.path()), "{name}");
    }
    let deliveries = |dir: &Path| fs::read(dir.join("deliveries.csv")).unwrap();
    assert_ne!(deliveries(one.path()), deliveries(other.path()));
}

#[test]
fn larger_factor_only_adds_customers() {
    let (small, large) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let made = written(small.path(), 1, 1);
    let more = written(large.path(), 1, 3);
    assert_eq!(more.lines("customers.csv"), 6);
    assert!(more.total() > made.total() * 2);
    for (name, _) in &made.files {
        let (head, all) = (
            fs::read(small.path().join(name)).unwrap(),
            fs::read(large.path().join(name)).unwrap(),
        );
        assert!(all.starts_with(&head), "{name}");
    }
}

#[test]
fn every_correction_reverses_an_earlier_line() {
    let dir = tempfile::tempdir().unwrap();
    written(dir.path(), 3, 1);
    let mut seen = std::collections::HashMap::new();
    let mut corrections = 0;
    for line in csv::Reader::from_path(dir.path().join("deliveries.csv"))
        .unwrap()
        .records()
    {
        let line = line.unwrap();
        let amount: f64 = line[6].parse().unwrap();
        if !line[10].is_empty() {
            corrections += 1;
            assert_eq!(seen.get(&line[10]), Some(&(line[2].to_owned(), -amount)));
            assert!(!line[11].is_empty());
        }
        assert!(
            seen.insert(line[0].to_owned(), (line[2].to_owned(), amount))
                .is_none()
        );
    }
    assert!(corrections > 5);
}
