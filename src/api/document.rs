//! The interface as an OpenAPI document, made from the register of operations.

use super::address::{argument, has_body};
use super::{FRAMES, Form, JSON, PREFIX, PROBLEM, Signature, VERSION, filing, headers, shown_by, sign_in};
use crate::hub::operations::{OPERATIONS, Operation, Run};
use crate::hub::wire::Method;
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

/// Where schemas stand that several operations use.
const SCHEMAS: &str = "/components/schemas";

/// The document.
pub fn document() -> Value {
    let mut generator = SchemaSettings::draft2020_12()
        .with(|settings| settings.definitions_path = SCHEMAS.into())
        .into_generator();
    let mut paths = Map::new();
    for operation in OPERATIONS {
        let path = paths
            .entry(format!("{PREFIX}{}", operation.route.path))
            .or_insert_with(|| json!({}));
        if let Some(path) = path.as_object_mut() {
            path.insert(method(operation).to_owned(), describe(operation, &mut generator));
        }
    }
    sign_in::describe(&mut paths, &mut generator);
    paths.sort_keys();
    let mut schemas = generator.take_definitions(true);
    schemas.insert("Problem".to_owned(), problem());
    schemas.sort_keys();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "servhub",
            "version": VERSION.to_string(),
            "summary": "Support contracts: what was bought, what was delivered, what is left",
            "description": about(),
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "security": [{ "bearer": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": { "bearer": { "type": "http", "scheme": "bearer", "description": "A token: `servhub token create` or `servhub login`" } },
            "parameters": parameters(),
            "responses": responses(),
            "schemas": schemas,
        },
    })
}

fn about() -> String {
    format!(
        "Made from the code; every operation is also a command. Questions take their arguments as parameters: text as it \
         is, lists as repeated parameters, everything else as JSON. Changes take a JSON object. In a path, an empty \
         argument, `.` and `..` are written with a `~` before them, and so is an argument that begins with `~`. Lists \
         are never cut in silence: a page says how to get the next one. Reports and changes with files travel as \
         `{FRAMES}`: a byte that says what comes, four bytes of length with the highest first, and so many bytes. `C` \
         arguments, `P` a part begins, `B` bytes of a part, `E` a part is whole, `R` a row, `S` progress, `A` the answer \
         after a byte that says whether anything was changed, `X` a problem. A stream without `A` or `X` at its end was \
         broken off. With an import come the files of its sources, in their order and without names; then, for each source with \
         attachments, their bytes, each part with the name `N/SHA256`, where `N` counts the sources from 0."
    )
}

fn method(operation: &Operation) -> &'static str {
    match operation.route.method {
        Method::Get => "get",
        Method::Post => "post",
        Method::Put => "put",
        Method::Patch => "patch",
        Method::Delete => "delete",
    }
}

/// One operation.
fn describe(operation: &Operation, generator: &mut SchemaGenerator) -> Value {
    let look = (operation.look)(generator);
    let (mut arguments, answer) = (look.arguments.to_value(), look.answer.to_value());
    // Arguments that are another operation's are said by reference.
    let name = arguments
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|path| path.rsplit('/').next());
    if let Some(referred) = name.and_then(|name| generator.definitions().get(name)) {
        arguments = referred.clone();
    }
    let signature = operation.signature();
    let summary = arguments
        .get("description")
        .and_then(Value::as_str)
        .unwrap_or(operation.name);
    let summary = summary
        .split("\n\n")
        .next()
        .unwrap_or_default()
        .replace('\n', " ");
    let mut parameters = own_parameters(operation, &signature, &mut arguments);
    parameters.extend(common_parameters(operation));
    let mut described = json!({
        "operationId": operation.name,
        "tags": [operation.name.split('.').next().unwrap_or_default()],
        "summary": summary,
        "description": format!("Needs the permission `{}`.", operation.needs),
        "parameters": parameters,
    });
    if has_body(operation.route.method) {
        described["requestBody"] = body(operation, arguments);
    }
    described["responses"] = answers(operation, &answer);
    described
}

/// The arguments in the path and, where there is no body, those in the query. They are taken out of `arguments`.
fn own_parameters(operation: &Operation, signature: &Signature, arguments: &mut Value) -> Vec<Value> {
    let in_path: Vec<&str> = operation.route.path.split('/').filter_map(argument).collect();
    let required = |name: &str, arguments: &Value| {
        let all = arguments.get("required").and_then(Value::as_array);
        all.is_some_and(|all| all.iter().any(|one| one == name))
    };
    let mut parameters = Vec::new();
    let names: Vec<String> = signature.names().map(str::to_owned).collect();
    for name in names {
        let is_in_path = in_path.contains(&name.as_str());
        if !is_in_path && has_body(operation.route.method) {
            continue;
        }
        let is_list = matches!(signature.form(&name), Some(Form::Texts | Form::Jsons));
        let is_required = is_in_path
            || (required(&name, arguments) && !is_list && !signature.flags().any(|flag| flag == name));
        let schema = take_out(arguments, &name);
        parameters.push(parameter(
            &name,
            is_in_path,
            is_required,
            (signature.form(&name), schema),
        ));
    }
    parameters
}

fn take_out(arguments: &mut Value, name: &str) -> Value {
    if let Some(required) = arguments.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|one| one != name);
    }
    let properties = arguments.get_mut("properties").and_then(Value::as_object_mut);
    properties
        .and_then(|properties| properties.shift_remove(name))
        .unwrap_or_else(|| json!({}))
}

fn parameter(name: &str, is_in_path: bool, required: bool, (form, schema): (Option<Form>, Value)) -> Value {
    let description = schema.get("description").cloned();
    let mut parameter =
        json!({ "name": name, "in": if is_in_path { "path" } else { "query" }, "required": required });
    match form {
        Some(Form::Text | Form::Texts | Form::Jsons) | None => parameter["schema"] = schema,
        Some(Form::Json) if is_plain(&schema) => parameter["schema"] = schema,
        Some(Form::Json) => parameter["content"] = json!({ JSON: { "schema": schema } }),
    }
    if let Some(description) = description {
        parameter["description"] = description;
    }
    parameter
}

/// Whether JSON of it looks like itself.
fn is_plain(schema: &Value) -> bool {
    let plain = |kind: &Value| {
        ["integer", "number", "boolean", "null"]
            .iter()
            .any(|word| kind == word)
    };
    match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().all(plain),
        Some(kind) => plain(kind),
        None => false,
    }
}

fn common_parameters(operation: &Operation) -> Vec<Value> {
    let shared = |name: &str| json!({ "$ref": format!("#/components/parameters/{name}") });
    let mut names = vec!["As", "AsOf", "Origin"];
    if operation.changes() {
        names.extend(["DryRun", "Reason", "Ticket"]);
        names.extend(shown_by(operation).map(|_| "IfMatch"));
    } else if operation.route.method == Method::Get && matches!(operation.run, Run::Ask(_)) {
        names.push("IfNoneMatch");
    }
    if operation.name == filing::OPERATION {
        names.push("IdempotencyKey");
    }
    names.into_iter().map(shared).collect()
}

fn body(operation: &Operation, mut arguments: Value) -> Value {
    if let Some(arguments) = arguments.as_object_mut() {
        arguments.shift_remove("$schema");
        arguments.insert("type".to_owned(), json!("object"));
        arguments.insert("additionalProperties".to_owned(), json!(false));
        if arguments
            .get("required")
            .and_then(Value::as_array)
            .is_some_and(Vec::is_empty)
        {
            arguments.shift_remove("required");
        }
    }
    let required = arguments.get("required").is_some();
    let mut content = json!({ JSON: { "schema": arguments } });
    if let Run::CarryOut { has_files: true, .. } = operation.run {
        content[FRAMES] = json!({ "schema": { "type": "string", "format": "binary" } });
    }
    json!({ "required": required, "content": content })
}

fn answers(operation: &Operation, answer: &Value) -> Value {
    let mut content = json!({});
    match operation.run {
        Run::Export(_) => {
            content["*/*"] = json!({});
            content[FRAMES] = json!({ "schema": { "type": "string", "format": "binary" } });
        }
        Run::CarryOut { has_files: true, .. } => {
            content[JSON] = json!({ "schema": answer });
            content[FRAMES] = json!({ "schema": { "type": "string", "format": "binary" } });
        }
        Run::Ask(_) | Run::CarryOut { .. } => content[JSON] = json!({ "schema": answer }),
    }
    let mut good = json!({ "description": "Done", "content": content });
    if operation.changes() {
        let name = "Servhub-Changed";
        good["headers"] = json!({ name: { "description": "Whether anything was, or would be, changed", "schema": { "type": "boolean" } } });
    }
    let mut all = json!({ "200": good });
    if operation.route.method == Method::Get && matches!(operation.run, Run::Ask(_)) {
        all["304"] = json!({ "description": "It is what If-None-Match names" });
    }
    let mut codes = vec!["400", "401", "403", "404", "409", "429", "500", "503"];
    if operation.changes() || has_body(operation.route.method) {
        codes.extend(["408", "413", "415"]);
    }
    if operation.changes() {
        codes.push("412");
    }
    if operation.name == filing::OPERATION {
        codes.push("422");
    }
    if matches!(operation.run, Run::Export(_)) {
        codes.push("406");
    }
    codes.sort_unstable();
    for code in codes {
        all[code] = json!({ "$ref": format!("#/components/responses/{code}") });
    }
    all
}

fn parameters() -> Value {
    let header = |name: &str, description: &str, schema: Value| json!({ "name": name, "in": "header", "required": false, "description": description, "schema": schema });
    let text = || json!({ "type": "string", "maxLength": 2048, "pattern": escaped() });
    json!({
        "As": header(headers::AS, "Act as this person, with that person's rights (X-3), percent-encoded", text()),
        "AsOf": header(headers::AS_OF, "The day to report as of (T-2)", json!({ "type": "string", "format": "date" })),
        "Reason": header(headers::REASON, "Why, for the audit trail (X-1), percent-encoded", text()),
        "Ticket": header(headers::TICKET, "Where it was asked for (X-1), percent-encoded", text()),
        "Origin": header(headers::ORIGIN, "The program and the machine, for the audit trail, percent-encoded", text()),
        "DryRun": header(headers::DRY_RUN, "Say what would be done, and do nothing (K-8)", json!({ "type": "boolean" })),
        "IfMatch": header("if-match", "Only if what shows it still answers with this ETag", json!({ "type": "string" })),
        "IfNoneMatch": header("if-none-match", "Only if the answer is another one", json!({ "type": "string" })),
        "IdempotencyKey": header(
            "idempotency-key",
            "What makes a second try the first one again (Q-1). Must be there for a single request; each of several has its own",
            text()
        ),
    })
}

/// Text of ASCII and whole UTF-8 characters as escapes.
fn escaped() -> String {
    let hex = "[0-9A-Fa-f]";
    let next = format!("%[89ABab]{hex}");
    let characters = [
        "[\\t -$&-~]".to_owned(),
        format!("%[0-7]{hex}"),
        format!("%([Cc][2-9A-Fa-f]|[Dd]{hex}){next}"),
        format!("%[Ee]0%[ABab]{hex}{next}"),
        format!("%[Ee][1-9A-Ca-cEeFf]{next}{next}"),
        format!("%[Ee][Dd]%[89]{hex}{next}"),
        format!("%[Ff]0%[9ABab]{hex}{next}{next}"),
        format!("%[Ff][1-3]{next}{next}{next}"),
        format!("%[Ff]4%8{hex}{next}{next}"),
    ];
    format!("^({})*$", characters.join("|"))
}

fn responses() -> Value {
    let told = [
        ("400", "The request cannot be read, or lacks something"),
        ("401", "Not signed in"),
        ("403", "Not permitted, or not with this token"),
        ("404", "Not there, as far as the caller may know"),
        ("406", "Several files come as frames only"),
        ("408", "It came too slowly"),
        ("409", "A rule says no, or the same key is in flight"),
        ("412", "It is not any more what If-Match names"),
        ("413", "Too large"),
        ("415", "Another kind of body, or a compressed one"),
        ("422", "The key was used for other content"),
        ("429", "Asked too often"),
        ("500", "The hub failed"),
        (
            "503",
            "Too much to do, or the store does not answer; nothing was done, unless the detail says that nobody knows",
        ),
    ];
    let problem = json!({ PROBLEM: { "schema": { "$ref": "#/components/schemas/Problem" } } });
    let response = |(code, description): (&str, &str)| {
        let mut response = json!({ "description": description, "content": problem });
        if ["429", "503"].contains(&code) {
            response["headers"] =
                json!({ "Retry-After": { "description": "Seconds", "schema": { "type": "integer" } } });
        }
        (code.to_owned(), response)
    };
    Value::Object(told.into_iter().map(response).collect())
}

fn problem() -> Value {
    json!({
        "type": "object",
        "description": "What went wrong (RFC 9457), with the code that `servhub explain` explains",
        "required": ["type", "title", "status", "detail", "code"],
        "properties": {
            "type": { "type": "string", "format": "uri", "examples": ["urn:servhub:error:E0110"] },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string" },
            "code": { "type": "string", "pattern": "^E[0-9]{4}$" },
            "hints": { "type": "array", "items": { "type": "string" } },
            "causes": { "type": "array", "items": { "type": "string" } },
        },
    })
}
