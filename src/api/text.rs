//! Text in places that take only some characters.

use crate::error::{Result, codes};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What stands for itself in a path, a query and a header alike.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Any text as unreserved characters.
pub fn encode(text: &str) -> String {
    utf8_percent_encode(text, PLAIN).to_string()
}

/// The text again. Other than a browser, it takes no half of an escape for itself.
///
/// # Errors
/// `E0800` for an escape that is none, and for what is no UTF-8.
pub fn decode(text: &str, what: &str) -> Result<String> {
    let wrong = || codes::BAD_REQUEST.error(format!("{what} is not percent-encoded UTF-8"));
    let mut escapes = text.split('%').skip(1).map(str::as_bytes);
    let is_escape = |rest: &[u8]| rest.len() >= 2 && rest[..2].iter().all(u8::is_ascii_hexdigit);
    if !escapes.all(is_escape) {
        return Err(wrong());
    }
    let decoded = percent_decode_str(text).decode_utf8();
    decoded.map(Into::into).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn half_an_escape_is_refused() {
        for text in ["%", "a%2", "%zz", "%f", "%ff", "a%c3%28"] {
            assert_eq!(decode(text, "it").unwrap_err().code.id, "E0800", "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in any::<String>()) {
            let encoded = encode(&text);
            prop_assert!(encoded.bytes().all(|b| b.is_ascii_graphic()));
            prop_assert_eq!(decode(&encoded, "it").unwrap(), text);
        }
    }
}
