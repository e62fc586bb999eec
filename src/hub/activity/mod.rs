//! The customer activity report: what was bought, what was delivered, what is left.



mod report;

mod wanted;



pub use report::{Report, Row, Shown};

pub use wanted::{Places, Wanted};

pub(in crate::hub) use wanted::days;
