use super::{Scale, Written, write_folder};
use std::collections::{HashMap, HashSet};
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
    assert_eq!(more.lines("customers.csv"), 7);
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
    let mut seen = HashMap::new();
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

/// The lines of a file, each by its columns.
fn lines(dir: &Path, file: &str) -> Vec<HashMap<String, String>> {
    let mut reader = csv::Reader::from_path(dir.join(file)).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

/// Rules: R-3 W-4 W-5
#[test]
fn every_workspace_has_its_administrator_and_the_support_contacts_of_the_contract() {
    let dir = tempfile::tempdir().unwrap();
    written(dir.path(), 5, 4);
    let (people, contacts) = (lines(dir.path(), "people.csv"), lines(dir.path(), "contacts.csv"));
    for workspace in lines(dir.path(), "workspaces.csv") {
        let here = |one: &&HashMap<String, String>| one["workspace"] == workspace["workspace"];
        let mut here: Vec<_> = people.iter().filter(here).collect();
        let waits = |one: &HashMap<String, String>| ["invited", "expired"].contains(&one["status"].as_str());
        let archived = !workspace["archived_on"].is_empty();
        assert!(!archived || !here.iter().any(|one| waits(one)), "{workspace:?}");
        let personal = here.iter().any(|one| one["account_kind"] == "personal");
        assert!(!personal || workspace["allow_personal"] == "yes", "{workspace:?}");
        let administers = |one: &HashMap<String, String>| {
            one["account"] == workspace["administrator"] && one["roles"] == "workspace-admin"
        };
        assert!(here.iter().any(|one| administers(one)), "{workspace:?}");
        let total = here.len();
        here.sort_by_key(|one| &one["account"]);
        here.dedup_by_key(|one| &one["account"]);
        assert_eq!(here.len(), total, "nobody is twice in {workspace:?}");
    }
    let mut marked = 0;
    for one in people.iter().filter(|one| one["support_contact"] == "yes") {
        let names = |contact: &&HashMap<String, String>| {
            contact["account"] == one["account"] && contact["until"].is_empty()
        };
        assert!(contacts.iter().any(|contact| names(&contact)), "{one:?}");
        assert_eq!(one["status"], "registered");
        marked += 1;
    }
    assert_eq!(marked, 4 * (11 + 7));
}

/// Rules: R-2 R-4 V-2 V-6
#[test]
fn groups_and_shares_name_people_who_are_there() {
    let dir = tempfile::tempdir().unwrap();
    written(dir.path(), 5, 4);
    let (people, groups) = (lines(dir.path(), "people.csv"), lines(dir.path(), "groups.csv"));
    let home: HashMap<_, _> = groups
        .iter()
        .map(|one| (&one["group"], &one["workspace"]))
        .collect();
    for one in people.iter().filter(|one| !one["groups"].is_empty()) {
        assert_eq!(home[&one["groups"]], &one["workspace"]);
        assert!(one["default_group"].is_empty() || one["default_group"] == one["groups"]);
    }
    for status in ["registered", "directory", "invited", "expired", "removed"] {
        assert!(people.iter().any(|one| one["status"] == status), "{status}");
    }
    let cases = lines(dir.path(), "cases.csv");
    let cases: HashMap<_, _> = cases.iter().map(|case| (&case["case"], case)).collect();
    let mut shared = HashSet::new();
    for share in lines(dir.path(), "shares.csv") {
        let (case, with) = (cases[&share["case"]], (&share["account"], &share["group"]));
        let member = |account: &String| {
            let here = |one: &HashMap<String, String>| {
                one["account"] == *account && one["workspace"] == case["workspace"]
            };
            people.iter().find(|one| here(one)).unwrap()
        };
        if with.1.is_empty() {
            assert!(["registered", "directory"].contains(&member(with.0)["status"].as_str()));
        } else {
            assert_eq!(&member(&case["contact"])["default_group"], with.1);
            assert!(shared.insert(case["case"].clone()), "two groups: {share:?}");
        }
    }
    assert!(shared.len() > 50);
}
