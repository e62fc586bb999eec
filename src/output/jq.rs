//! The built-in jq (K-6), by the jaq library.

use crate::error::{Error, Result, codes};
use jaq_core::load::{self, Arena, File, Loader};
use jaq_core::{Compiler, Ctx, Vars, compile, data, unwrap_valr};
use jaq_json::{Val, read};

/// Runs a jq program over a JSON document. Texts are printed bare, everything else as one line of JSON.
/// Decimals keep their exact text unless the program calculates with them.
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
        .map_err(|errors| wrong(unreadable(&errors)))?;
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

/// Where the program stops being one, and what was expected there.
fn unreadable(errors: &load::Errors<&str, ()>) -> String {
    let at = |code: &str, expected: &str, found: &str| {
        let before = &code[..load::span(code, found).start.min(code.len())];
        let place = before.chars().count() + 1;
        match found.chars().next() {
            None => format!("\"{code}\" ends too early: expected {expected}"),
            Some(_) => format!(
                "\"{code}\" at character {place}: expected {expected}, found \"{}\"",
                found.lines().next().unwrap_or_default()
            ),
        }
    };
    let told = errors.iter().flat_map(|(file, error)| match error {
        load::Error::Io(all) => all.iter().map(|(name, why)| format!("{name}: {why}")).collect(),
        load::Error::Lex(all) => all
            .iter()
            .map(|(due, found)| at(file.code, due.as_str(), found))
            .collect(),
        load::Error::Parse(all) => all
            .iter()
            .map(|(due, found)| at(file.code, due.as_str(), found))
            .collect::<Vec<_>>(),
    });
    told.collect::<Vec<_>>().join("; ")
}

fn undefined(errors: &compile::Errors<&str, ()>) -> String {
    let names = errors.iter().flat_map(|(_, all)| {
        all.iter()
            .map(|(name, what)| format!("{} \"{name}\" is not defined", what.as_str()))
    });
    names.collect::<Vec<_>>().join("; ")
}
