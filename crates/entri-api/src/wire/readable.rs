//! Turns bytes that are almost JSON into JSON (docs/entri-api.md#ids).

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The bytes without a byte order mark. Any that aren't UTF-8 become U+FFFD: that costs one
/// character of a text, not the whole response.
pub(crate) fn readable(mut body: Vec<u8>) -> Vec<u8> {
    if body.starts_with(BYTE_ORDER_MARK) {
        body.drain(..BYTE_ORDER_MARK.len());
    }
    match String::from_utf8(body) {
        Ok(text) => text.into_bytes(),
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned().into_bytes(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_dropped_and_a_bad_byte_costs_a_character() {
        assert_eq!(readable(b"\xEF\xBB\xBF[]".to_vec()), b"[]");
        assert_eq!(readable(b"[\"caf\xE9\"]".to_vec()), "[\"caf\u{FFFD}\"]".as_bytes());
        assert_eq!(readable("[\"café\"]".into()), "[\"café\"]".as_bytes());
        assert!(readable(Vec::new()).is_empty());
    }
}
