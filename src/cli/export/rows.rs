//! What the exports of plain rows have in common.

use super::finish;
use super::target::Target;
use crate::cli::{App, Outcome};
use crate::hub::export::Selection;
use crate::hub::export::form::Report;
use crate::hub::export::manifest::Parameters;
use crate::hub::{Export, Hub};

/// Makes the report, writes it where it should go, and tells what was made.
pub(super) fn write<E: Export<Answer = Report>>(
    app: &App,
    hub: &Hub,
    target: &Target,
    (schema, export, selection): (&str, &E, &Selection),
) -> anyhow::Result<Outcome> {
    let report = hub.export(export, &mut target.outlet(app)?)?;
    let form = target.form();
    let parameters = Parameters {
        selection,
        as_of: hub.context().as_of,
        output: target.output.word(),
        csv_dialect: form.dialect_word(),
        summary: false,
    };
    finish(target, (schema, &report), parameters)
}
