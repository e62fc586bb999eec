//! Arguments as path, query and body, and back. What stands in the path is said there and nowhere else; a question's
//! other arguments are parameters, a change's are its body.

use super::signature::{Form, Signature};
use super::{DEPTH, PREFIX, decode, encode};
use crate::error::{Result, codes};
use crate::hub::wire::{Method, Route};
use serde_json::{Map, Value};

/// Arguments, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Path and query.
    pub address: String,
    /// The body, for those that have one.
    pub body: Option<Value>,
}

/// Arguments as they came.
#[derive(Debug, Clone, Copy)]
pub struct Received<'a> {
    /// The path, still escaped.
    pub path: &'a str,
    /// The query, still escaped.
    pub query: Option<&'a str>,
    /// The body.
    pub body: &'a [u8],
}

/// Whether the arguments besides those in the path are a body.
pub const fn has_body(method: Method) -> bool {
    matches!(method, Method::Post | Method::Put | Method::Patch)
}

/// Writes arguments.
///
/// # Errors
/// `E0017` when an argument is missing that the path names.
pub fn write(route: Route, signature: &Signature, arguments: &Value) -> Result<Message> {
    let mut left = arguments.as_object().cloned().unwrap_or_default();
    let mut address = PREFIX.to_owned();
    for part in route.path.split('/').skip(1) {
        address.push('/');
        match argument(part) {
            Some(name) => {
                let value = left.shift_remove(name).unwrap_or_default();
                address += &segment(&text(&value));
            }
            None => address += part,
        }
    }
    if has_body(route.method) {
        let body = Some(Value::Object(left));
        return Ok(Message { address, body });
    }
    let query = query(signature, &left);
    if !query.is_empty() {
        address = format!("{address}?{query}");
    }
    Ok(Message { address, body: None })
}

/// The name in `{name}`.
pub fn argument(part: &str) -> Option<&str> {
    part.strip_prefix('{')?.strip_suffix('}')
}

/// One argument as a part of a path. Nothing, `.` and `..` would be lost on the way; a tilde stands before them, and
/// before a tilde.
fn segment(text: &str) -> String {
    match text {
        "" | "." | ".." => format!("~{text}"),
        _ if text.starts_with('~') => format!("~{}", encode(text)),
        _ => encode(text),
    }
}

fn query(signature: &Signature, arguments: &Map<String, Value>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in arguments.iter().filter(|(_, value)| !value.is_null()) {
        match (signature.form(name), value) {
            (Some(Form::Texts | Form::Jsons), Value::Array(all)) => {
                query.extend_pairs(all.iter().map(|one| (name, text(one))));
            }
            (Some(Form::Json), _) => {
                query.append_pair(name, &value.to_string());
            }
            _ => {
                query.append_pair(name, &text(value));
            }
        }
    }
    query.finish()
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Reads arguments of a route that the path fits.
///
/// # Errors
/// `E0800` for what cannot be read, for an argument that is said twice and for one that there is not.
pub fn read(route: Route, signature: &Signature, from: Received<'_>) -> Result<Value> {
    let mut arguments = if has_body(route.method) {
        none_in_query(from.query)?;
        body(signature, from.body)?
    } else {
        no_body(from.body)?;
        parameters(signature, from.query.unwrap_or_default())?
    };
    for (name, value) in in_path(route, signature, from.path)? {
        if arguments.insert(name.clone(), value).is_some() {
            return Err(bad(format!("{name} is said in the path already")));
        }
    }
    if signature.is_unit() && arguments.is_empty() {
        return Ok(Value::Null);
    }
    Ok(Value::Object(arguments))
}

/// The arguments that stand in a path, each with its name.
///
/// # Errors
/// As [`read`].
pub fn in_path(route: Route, signature: &Signature, path: &str) -> Result<Vec<(String, Value)>> {
    let rest = path.strip_prefix(PREFIX).unwrap_or(path);
    let pairs = route.path.split('/').zip(rest.split('/'));
    let named = pairs.filter_map(|(part, raw)| Some((argument(part)?, raw)));
    let value = |(name, raw): (&str, &str)| {
        let text = decode(raw, "the path")?;
        let text = text.strip_prefix('~').unwrap_or(&text);
        Ok((name.to_owned(), value(signature.form(name), name, text)?))
    };
    named.map(value).collect()
}

fn parameters(signature: &Signature, query: &str) -> Result<Map<String, Value>> {
    let mut arguments = Map::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, raw) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, raw) = (spoken(name)?, spoken(raw)?);
        let form = signature.form(&name).ok_or_else(|| unknown(signature, &name))?;
        let value = value(Some(form), &name, &raw)?;
        if matches!(form, Form::Texts | Form::Jsons) {
            let list = arguments.entry(name).or_insert_with(|| Value::Array(Vec::new()));
            list.as_array_mut()
                .into_iter()
                .for_each(|list| list.push(value.clone()));
        } else if arguments.insert(name.clone(), value).is_some() {
            return Err(bad(format!("{name} is said twice")));
        }
    }
    for name in signature.flags() {
        arguments.entry(name).or_insert(Value::Bool(false));
    }
    for name in signature.lists() {
        arguments.entry(name).or_insert_with(|| Value::Array(Vec::new()));
    }
    Ok(arguments)
}

/// In a query a plus is a space.
fn spoken(raw: &str) -> Result<String> {
    decode(&raw.replace('+', " "), "the query")
}

fn value(form: Option<Form>, name: &str, text: &str) -> Result<Value> {
    match form {
        Some(Form::Json | Form::Jsons) => json(text.as_bytes(), name),
        _ => Ok(Value::String(text.to_owned())),
    }
}

fn body(signature: &Signature, body: &[u8]) -> Result<Map<String, Value>> {
    // Whoever has nothing to say may say nothing.
    if body.is_empty() {
        return Ok(Map::new());
    }
    let Value::Object(arguments) = json(body, "the body")? else {
        return Err(bad("the body is no JSON object".to_owned()));
    };
    match arguments.keys().find(|name| signature.form(name).is_none()) {
        Some(name) => Err(unknown(signature, name)),
        None => Ok(arguments),
    }
}

/// Reads JSON from elsewhere.
///
/// # Errors
/// `E0800` for what is none, and for what is nested too deep.
pub fn json(text: &[u8], what: &str) -> Result<Value> {
    if depth(text) > DEPTH {
        return Err(bad(format!("{what} is nested deeper than {DEPTH}")));
    }
    serde_json::from_slice(text).map_err(|error| bad(format!("{what} is no JSON: {error}")))
}

/// How deep JSON is nested, found without building anything.
fn depth(text: &[u8]) -> usize {
    let (mut deep, mut deepest, mut quoted, mut escaped) = (0_usize, 0, false, false);
    for byte in text {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'[' | b'{' if !quoted => {
                deep += 1;
                deepest = deepest.max(deep);
            }
            b']' | b'}' if !quoted => deep = deep.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

fn none_in_query(query: Option<&str>) -> Result<()> {
    match query {
        None | Some("") => Ok(()),
        Some(_) => Err(bad(
            "a change takes its arguments as a body, and none in the address".to_owned(),
        )),
    }
}

fn no_body(body: &[u8]) -> Result<()> {
    match body {
        [] => Ok(()),
        _ => Err(bad(
            "this takes its arguments in the address, and no body".to_owned()
        )),
    }
}

fn unknown(signature: &Signature, name: &str) -> crate::error::Error {
    let name: String = name.chars().take(60).collect();
    let known: Vec<&str> = signature.names().collect();
    let error = bad(format!("there is no argument \"{name}\""));
    match known.as_slice() {
        [] => error.hint("there are none at all here"),
        known => error.hint(format!("there are {}", known.join(", "))),
    }
}

fn bad(message: String) -> crate::error::Error {
    codes::BAD_REQUEST.error(message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn signature() -> Signature {
        Signature::of(&json!({
            "properties": {
                "name": { "type": "string" },
                "text": { "type": ["string", "null"] },
                "texts": { "type": "array", "items": { "type": "string" } },
                "number": { "type": ["integer", "null"] },
                "where": { "oneOf": [{ "const": "All" }, { "type": "object" }] },
            },
            "required": ["texts"],
        }))
    }

    const GET: Route = Route::get("/things/{name}/parts");
    const POST: Route = Route::post("/things/{name}/parts");

    fn back(route: Route, message: &Message) -> Result<Value> {
        let (path, query) = match message.address.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (message.address.as_str(), None),
        };
        let body = message.body.as_ref().map(Value::to_string).unwrap_or_default();
        let body = body.as_bytes();
        read(route, &signature(), Received { path, query, body })
    }

    fn wrong(route: Route, path: &str, query: Option<&str>, body: &str) -> String {
        let body = body.as_bytes();
        let error = read(route, &signature(), Received { path, query, body }).unwrap_err();
        assert_eq!(error.code.id, "E0800");
        error.message
    }

    #[test]
    fn names_that_a_path_would_lose_arrive() {
        for name in ["", ".", "..", "~", "~a", "a/b", "a b", "%2F", "é+&?#"] {
            let arguments = json!({ "name": name, "texts": [] });
            let message = write(GET, &signature(), &arguments).unwrap();
            assert!(
                !message.address.contains("//") && !message.address.contains("/./"),
                "{message:?}"
            );
            assert_eq!(back(GET, &message).unwrap(), arguments);
        }
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        let path = "/v1/things/a/parts";
        assert!(wrong(GET, path, Some("nme=x"), "").contains("no argument \"nme\""));
        assert!(wrong(GET, path, Some("text=a&text=b"), "").contains("twice"));
        assert!(wrong(GET, path, Some("name=b"), "").contains("path already"));
        assert!(wrong(GET, path, Some("number=x"), "").contains("no JSON"));
        assert!(wrong(GET, path, Some("text=%zz"), "").contains("percent"));
        assert!(wrong(GET, path, None, "{}").contains("no body"));
        assert!(wrong(GET, "/v1/things/%ff/parts", None, "").contains("percent"));
        assert!(wrong(POST, path, Some("text=a"), "").contains("none in the address"));
        assert!(wrong(POST, path, None, "[]").contains("no JSON object"));
        assert!(wrong(POST, path, None, r#"{"other":1}"#).contains("no argument \"other\""));
        assert!(wrong(POST, path, None, r#"{"name":"b"}"#).contains("path already"));
        assert!(wrong(POST, path, None, &format!(r#"{{"text":{}"#, "[".repeat(100_000))).contains("deeper"));
    }

    proptest! {
        #[test]
        fn any_arguments_come_back(
            name in any::<String>(),
            text in any::<Option<String>>(),
            texts in any::<Vec<String>>(),
            number in any::<Option<i64>>(),
            place in any::<Option<String>>(),
        ) {
            let mut arguments = json!({ "name": name, "texts": texts });
            if let Some(text) = text { arguments["text"] = text.into(); }
            if let Some(number) = number { arguments["number"] = number.into(); }
            arguments["where"] = place.map_or(json!("All"), |place| json!({ "in": place }));
            for route in [GET, POST] {
                let message = write(route, &signature(), &arguments).unwrap();
                prop_assert_eq!(back(route, &message).unwrap(), arguments.clone());
            }
        }
    }
}
