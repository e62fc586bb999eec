//! The built-in jq (K-6), by the jaq library.

use crate::error::{Error, Result, codes};
use jaq_core::load::{Arena, File, Loader};
use jaq_core::{Compiler, Ctx, Vars, data, unwrap_valr};
use jaq_json::{Val, read};

/// Runs a jq program over a JSON document. Texts are printed bare, everything else as one line of JSON.
pub(super) fn run(program: &str, document: &str) -> Result<Vec<u8>> {
    let wrong = |what: String| -> Error { codes::BAD_JQ.error(format!("--jq: {what}")) };
    let input = read::parse_single(document.as_bytes()).map_err(|error| wrong(error.to_string()))?;
    let defs = jaq_core::defs().chain(jaq_std::defs()).chain(jaq_json::defs());
    let funs = jaq_core::funs().chain(jaq_std::funs()).chain(jaq_json::funs());
    let arena = Arena::default();
    let file = File {
        code: program,
        path: (),
    };
    let modules = Loader::new(defs)
        .load(&arena, file)
        .map_err(|_| wrong(format!("\"{program}\" is not a jq program")))?;
    let filter = Compiler::default()
        .with_funs(funs)
        .compile(modules)
        .map_err(|errors| wrong(undefined(&errors)))?;
    let context = Ctx::<data::JustLut<Val>>::new(&filter.lut, Vars::new([]));
    let mut out = String::new();
    for value in filter.id.run((context, input)).map(unwrap_valr) {
        match value.map_err(|error| wrong(error.to_string()))? {
            Val::TStr(text) => out += &String::from_utf8_lossy(&text),
            other => out += &other.to_string(),
        }
        out.push('\n');
    }
    Ok(out.into_bytes())
}

fn undefined<S: std::fmt::Display>(
    errors: &[(File<S, ()>, Vec<(&str, jaq_core::compile::Undefined)>)],
) -> String {
    let names = errors.iter().flat_map(|(_, all)| {
        all.iter()
            .map(|(name, what)| format!("{} \"{name}\" is not defined", what.as_str()))
    });
    names.collect::<Vec<_>>().join("; ")
}
