//! What the exports of plain rows have in common.

use super::select::Select;
use super::target::Target;
use super::{finish, settle};
use crate::cli::{App, Outcome};
use crate::domain::Zone;
use crate::error::Result;
use crate::hub::Hub;
use crate::hub::export::manifest::Parameters;
use crate::hub::export::{Made, Selection};
use crate::output::{About, Rows};

/// Asks for the rows, writes them where they should go, and tells what was made.
pub(super) fn write(
    app: &App,
    hub: &Hub,
    (select, target): (&Select, &Target),
    about: &About,
    ask: impl FnOnce(Selection, &mut Rows) -> Result<Made>,
) -> anyhow::Result<Outcome> {
    let selection = select.selection();
    let mut rows = target.rows(app, about, hub.context().day_in(&Zone::utc()))?;
    let asked = ask(selection.clone(), &mut rows);
    let (made, written) = settle(asked, rows)?;
    let parameters = Parameters {
        selection: &selection,
        as_of: hub.context().as_of,
        output: target.output.word(),
        csv_dialect: target.dialect_word(),
        summary: false,
    };
    finish(target, about.schema, parameters, &made, &written)
}
