//! Filing once: the key of a single request travels as a header, those of several with each of them.

use crate::error::{Result, codes};
use serde_json::Value;

/// The change that needs keys.
pub const OPERATION: &str = "request.create";

/// The key that goes as a header.
pub fn key_of(operation: &str, arguments: &Value) -> Option<String> {
    let orders = arguments
        .get("orders")
        .filter(|_| operation == OPERATION)?
        .as_array()?;
    match orders.as_slice() {
        [order] => order.get("key")?.as_str().map(str::to_owned),
        _ => None,
    }
}

/// The keys of a filing, once each request has its own; none for every other change.
///
/// # Errors
/// `E0810` without a key, `E0800` when header and request name different ones.
pub fn keys(operation: &str, arguments: &mut Value, header: Option<&str>) -> Result<Vec<String>> {
    let orders = arguments.get_mut("orders").filter(|_| operation == OPERATION);
    let Some(orders) = orders.and_then(Value::as_array_mut) else {
        return Ok(Vec::new());
    };
    if let ([Value::Object(order)], Some(key)) = (orders.as_mut_slice(), header) {
        let own = order.entry("key").or_insert_with(|| key.into());
        if own != key {
            return Err(codes::BAD_REQUEST.error("the Idempotency-Key and the request's own key differ"));
        }
    } else if orders.len() == 1 {
        return Err(missing());
    }
    let key = |order: &Value| Some(order.get("key")?.as_str()?.to_owned());
    let keys: Option<Vec<String>> = orders.iter().map(key).collect();
    let keys = keys.filter(|keys| keys.iter().all(|key| !key.is_empty()));
    keys.ok_or_else(missing)
}

fn missing() -> crate::error::Error {
    codes::NO_KEY
        .error("a request is filed with a key (Q-1)")
        .hint("send an Idempotency-Key that no other request has; for several at once, a key with each")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn told(orders: Value, header: Option<&str>) -> Result<Vec<String>, &'static str> {
        let mut arguments = json!({ "orders": orders });
        keys(OPERATION, &mut arguments, header).map_err(|error| error.code.id)
    }

    #[test]
    fn one_request_has_its_key_in_the_header() {
        assert_eq!(told(json!([{}]), Some("k")), Ok(vec!["k".to_owned()]));
        assert_eq!(told(json!([{ "key": "k" }]), Some("k")), Ok(vec!["k".to_owned()]));
        assert_eq!(told(json!([{ "key": "k" }]), None), Err("E0810"));
        assert_eq!(told(json!([{}]), Some("")), Err("E0810"));
        assert_eq!(told(json!([{ "key": "other" }]), Some("k")), Err("E0800"));
    }

    #[test]
    fn several_have_one_each() {
        let two = json!([{ "key": "a" }, { "key": "b" }]);
        assert_eq!(told(two.clone(), None).unwrap(), ["a", "b"]);
        assert_eq!(key_of(OPERATION, &json!({ "orders": two })), None);
        assert_eq!(told(json!([{ "key": "a" }, {}]), None), Err("E0810"));
    }

    #[test]
    fn other_changes_need_none() {
        assert!(
            keys("request.note", &mut json!({ "orders": [{}] }), None)
                .unwrap()
                .is_empty()
        );
    }
}
