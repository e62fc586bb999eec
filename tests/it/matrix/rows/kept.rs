//! Rows around what comes with requests, and known issues, which are nobody's own.

use super::{Row, change, question, report};
use servhub::hub::health;
use servhub::hub::request::{Attach, File, Upload};
use std::path::Path;

pub fn rows() -> Vec<Row> {
    vec![
        report("request", |place| File {
            number: place.case.clone(),
            name: "kept.txt".to_owned(),
        }),
        change("request", |place| Attach {
            number: place.case.clone(),
            files: vec![Upload {
                name: "new.txt".to_owned(),
                shown: "clippy.toml".to_owned(),
                path: Path::new(env!("CARGO_MANIFEST_DIR")).join("clippy.toml"),
            }],
        }),
        question("", |_| health::List::default()),
        question("", |_| health::Show {
            issue: "H-1".to_owned(),
        }),
    ]
}
