//! How an operation's arguments are written into an address, by their JSON schema.

use serde_json::Value;
use std::collections::BTreeMap;

/// How one argument is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Text as it is.
    Text,
    /// One parameter for each text.
    Texts,
    /// JSON: numbers and truth values look like themselves.
    Json,
    /// One parameter for each number or truth value.
    Jsons,
}

/// The arguments of an operation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signature {
    arguments: BTreeMap<String, Argument>,
    unit: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Argument {
    form: Form,
    required: bool,
    flag: bool,
}

impl Signature {
    /// Reads the schema of an operation's arguments.
    pub fn of(root: &Value) -> Self {
        // Arguments that are another operation's are said by reference.
        let schema = resolved(root, root).unwrap_or(root);
        let required = |name: &str| {
            let all = schema.get("required").and_then(Value::as_array);
            all.is_some_and(|all| all.iter().any(|one| one == name))
        };
        let properties = schema.get("properties").and_then(Value::as_object);
        let argument = |(name, property): (&String, &Value)| {
            let argument = Argument {
                form: form(root, property),
                required: required(name),
                flag: plain(root, property, 0) == Some("boolean"),
            };
            (name.clone(), argument)
        };
        Self {
            arguments: properties.into_iter().flatten().map(argument).collect(),
            unit: schema.get("type").is_some_and(|kind| kind == "null"),
        }
    }

    /// Whether there is nothing to say, not even an empty object.
    pub fn is_unit(&self) -> bool {
        self.unit
    }

    /// How an argument is written; none when there is no such argument.
    pub fn form(&self, name: &str) -> Option<Form> {
        self.arguments.get(name).map(|argument| argument.form)
    }

    /// The names of all arguments, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.arguments.keys().map(String::as_str)
    }

    /// Those flags that must be said, because what nobody mentions in an address is not wanted.
    pub fn flags(&self) -> impl Iterator<Item = &str> {
        let flags = self.arguments.iter().filter(|(_, one)| one.flag && one.required);
        flags.map(|(name, _)| name.as_str())
    }

    /// Those lists that must be said, because an empty one leaves no trace in an address.
    pub fn lists(&self) -> impl Iterator<Item = &str> {
        let is_list = |argument: &Argument| matches!(argument.form, Form::Texts | Form::Jsons);
        let lists = self.arguments.iter();
        lists
            .filter(move |(_, argument)| is_list(argument) && argument.required)
            .map(|(name, _)| name.as_str())
    }
}

fn form(root: &Value, property: &Value) -> Form {
    let kind = plain(root, property, 0);
    if kind != Some("array") {
        return if kind == Some("string") {
            Form::Text
        } else {
            Form::Json
        };
    }
    let items = resolved(root, property).and_then(|list| list.get("items"));
    match items.and_then(|items| plain(root, items, 0)) {
        Some("string") => Form::Texts,
        Some("integer" | "number" | "boolean") => Form::Jsons,
        _ => Form::Json,
    }
}

/// The one JSON type that a schema allows besides null.
fn plain<'a>(root: &'a Value, schema: &'a Value, depth: usize) -> Option<&'a str> {
    // A schema that refers to itself says nothing plain.
    if depth > 8 {
        return None;
    }
    let schema = resolved(root, schema)?;
    if let Some(kind) = schema.get("type") {
        let kinds: Vec<&str> = match kind {
            Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
            one => one.as_str().into_iter().collect(),
        };
        return only(kinds.into_iter().map(Some));
    }
    let words = ["const", "enum"].iter().find_map(|key| schema.get(*key));
    if let Some(words) = words {
        let is_text = |word: &Value| word.is_string() || word.is_null();
        let all_text = words
            .as_array()
            .map_or_else(|| is_text(words), |all| all.iter().all(is_text));
        return all_text.then_some("string");
    }
    let parts = ["anyOf", "oneOf", "allOf"]
        .iter()
        .find_map(|key| schema.get(*key)?.as_array())?;
    only(parts.iter().map(|part| plain(root, part, depth + 1)))
}

/// What all of them say; none when they differ.
fn only<'a>(kinds: impl Iterator<Item = Option<&'a str>>) -> Option<&'a str> {
    let mut said = kinds.filter(|kind| *kind != Some("null"));
    let first = said.next()??;
    said.all(|kind| kind == Some(first)).then_some(first)
}

/// The schema behind references, also behind one that may be null.
fn resolved<'a>(root: &'a Value, schema: &'a Value) -> Option<&'a Value> {
    let mut schema = schema;
    for _ in 0..8 {
        if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
            schema = root.pointer(name.strip_prefix('#')?)?;
            continue;
        }
        let parts = schema.get("anyOf").and_then(Value::as_array);
        let real = |part: &&Value| part.get("type").is_none_or(|kind| kind != "null");
        let mut parts = parts.into_iter().flatten().filter(real);
        match (parts.next(), parts.next()) {
            (Some(part), None) => schema = part,
            _ => return Some(schema),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_form_follows_the_schema() {
        let schema = json!({
            "properties": {
                "text": { "type": "string" },
                "perhaps": { "type": ["string", "null"] },
                "word": { "$ref": "#/$defs/Word" },
                "a_word_perhaps": { "anyOf": [{ "$ref": "#/$defs/Word" }, { "type": "null" }] },
                "texts": { "type": "array", "items": { "type": "string" } },
                "words": { "type": "array", "items": { "$ref": "#/$defs/Word" } },
                "number": { "type": "integer" },
                "numbers": { "type": "array", "items": { "type": "integer" } },
                "flag": { "type": "boolean" },
                "choice": { "oneOf": [{ "const": "All" }, { "type": "object" }] },
                "pairs": { "type": "array", "items": { "type": "array" } },
                "either": { "type": ["string", "integer"] },
            },
            "required": ["texts"],
            "$defs": { "Word": { "oneOf": [
                { "type": "string", "const": "on" }, { "type": "string", "const": "off" },
            ] } },
        });
        let signature = Signature::of(&schema);
        let forms: Vec<_> = signature
            .names()
            .map(|name| (name, signature.form(name).unwrap()))
            .collect();
        let due = [
            ("a_word_perhaps", Form::Text),
            ("choice", Form::Json),
            ("either", Form::Json),
            ("flag", Form::Json),
            ("number", Form::Json),
            ("numbers", Form::Jsons),
            ("pairs", Form::Json),
            ("perhaps", Form::Text),
            ("text", Form::Text),
            ("texts", Form::Texts),
            ("word", Form::Text),
            ("words", Form::Texts),
        ];
        assert_eq!(forms, due);
        assert_eq!(signature.lists().collect::<Vec<_>>(), ["texts"]);
    }
}
