//! The customer activity report: what was bought, what was delivered, what is left.

mod cases;
mod detail;
mod report;
mod sent;
mod sheet;
mod wanted;
mod work;

pub use detail::{Assessments, Details, Education, ReportDetails};
pub use report::{Report, Row, Shown};
pub use sheet::Detail;
pub use wanted::{Places, Wanted};

pub(in crate::hub) use wanted::days;
