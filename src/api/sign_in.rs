//! The routes of signing in, as the OpenAPI document describes them. They are no operations: they come before anybody
//! is known.

use super::JSON;
use crate::hub::sign_in::{Begin, Offer, Opened, SetUp, Who};
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

/// One route.
struct Route {
    path: &'static str,
    method: &'static str,
    name: &'static str,
    summary: &'static str,
    /// Whether one must be signed in.
    needs_token: bool,
    body: Option<Value>,
    answer: Value,
}

impl Route {
    fn describe(self) -> Value {
        let codes: &[&str] = match (self.needs_token, &self.body) {
            (true, _) => &["400", "401", "429", "500", "503"],
            (false, None) => &["429"],
            (false, Some(_)) => &["400", "403", "408", "413", "415", "429", "500", "503"],
        };
        let reference = |code: &&str| {
            (
                (*code).to_owned(),
                json!({ "$ref": format!("#/components/responses/{code}") }),
            )
        };
        let mut responses: Map<String, Value> = codes.iter().map(reference).collect();
        responses.insert(
            "200".to_owned(),
            json!({ "description": "Done", "content": { JSON: { "schema": self.answer } } }),
        );
        responses.sort_keys();
        let mut described = json!({ "operationId": self.name, "tags": ["sign-in"], "summary": self.summary });
        if !self.needs_token {
            described["security"] = json!([]);
        }
        if let Some(body) = self.body {
            described["requestBody"] = json!({ "required": true, "content": { JSON: { "schema": body } } });
        }
        described["responses"] = Value::Object(responses);
        described
    }
}

/// Adds the routes to the paths of the document.
pub fn describe(paths: &mut Map<String, Value>, generator: &mut SchemaGenerator) {
    for route in routes(generator) {
        let path = paths.entry(route.path).or_insert_with(|| json!({}));
        if let Some(path) = path.as_object_mut() {
            path.insert(route.method.to_owned(), route.describe());
        }
    }
}

fn routes(generator: &mut SchemaGenerator) -> [Route; 5] {
    let nothing = json!({ "type": "null" });
    [
        Route {
            path: "/v1/sign-in",
            method: "get",
            name: "sign-in.offer",
            summary: "How one signs in to this hub",
            needs_token: false,
            body: None,
            answer: schema::<Offer>(generator),
        },
        Route {
            path: "/v1/session",
            method: "post",
            name: "session.open",
            summary: "Opens a session for whom the identity provider vouches for",
            needs_token: false,
            body: Some(schema::<Begin>(generator)),
            answer: schema::<Opened>(generator),
        },
        Route {
            path: "/v1/session",
            method: "get",
            name: "session.show",
            summary: "Whom the hub takes the holder of the token for",
            needs_token: true,
            body: None,
            answer: schema::<Who>(generator),
        },
        Route {
            path: "/v1/session",
            method: "delete",
            name: "session.close",
            summary: "Ends the session, or takes back whatever token it is",
            needs_token: true,
            body: None,
            answer: nothing,
        },
        Route {
            path: "/v1/setup",
            method: "post",
            name: "setup.redeem",
            summary: "Makes an account the first operator, with the code that the hub told when it started",
            needs_token: false,
            body: Some(schema::<SetUp>(generator)),
            answer: schema::<Opened>(generator),
        },
    ]
}

fn schema<T: JsonSchema>(generator: &mut SchemaGenerator) -> Value {
    generator.subschema_for::<T>().to_value()
}
