//! Percent-encoding, as URLs and `BetterAuth`'s cookies have it.

use secrecy::zeroize::Zeroizing;

/// Encodes every byte but letters, digits and those in `keep`.
pub(crate) fn encode(text: &str, keep: &[u8]) -> Zeroizing<String> {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = Zeroizing::new(String::with_capacity(3 * text.len()));
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || keep.contains(&byte) {
            encoded.push(byte.into());
        } else {
            encoded.push('%');
            encoded.push(DIGITS[usize::from(byte >> 4)].into());
            encoded.push(DIGITS[usize::from(byte & 15)].into());
        }
    }
    encoded
}

/// Decodes percent-encoded bytes; anything else stays as it is.
pub(crate) fn decode(text: &str) -> Zeroizing<String> {
    let mut decoded = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.first_chunk().filter(|_| *first == b'%');
        let byte = digits.and_then(|[high, low]| byte(*high, *low));
        decoded.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    Zeroizing::new(String::from_utf8_lossy(&decoded).into_owned())
}

fn byte(high: u8, low: u8) -> Option<u8> {
    let digit = |digit: u8| char::from(digit).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_not_encoded_stays() {
        let table =
            [("c2ln%3D", "c2ln="), ("a%2bb", "a+b"), ("%", "%"), ("%4", "%4"), ("%zz%41", "%zzA")];
        for (encoded, decoded) in table {
            assert_eq!(*decode(encoded), decoded, "{encoded}");
        }
    }

    proptest! {
        #[test]
        fn what_is_encoded_is_decoded(text in ".*") {
            let encoded = encode(&text, b"-_");
            prop_assert!(encoded.bytes().all(|byte| byte.is_ascii_graphic()));
            prop_assert_eq!(&*decode(&encoded), &text);
        }
    }
}
