//! Signed cookie values: `<value>.<signature>`, URL-encoded (docs/entri-api.md#cookies).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use sha2::Sha256;

use crate::random::random;

/// The characters that JavaScript's `encodeURIComponent` leaves as they are.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// Signs with a key that lasts as long as the sandbox.
pub struct Signer {
    mac: Hmac<Sha256>,
}

impl Signer {
    /// A signer with a key of its own.
    pub fn random() -> Self {
        let key: Vec<u8> = (0..4).flat_map(|_| random().to_le_bytes()).collect();
        Self::new(&key)
    }

    fn new(key: &[u8]) -> Self {
        // HMAC takes keys of every length.
        let mac = Hmac::new_from_slice(key).unwrap_or_else(|_| Hmac::new(&[0; 64].into()));
        Self { mac }
    }

    /// The value as a cookie carries it.
    pub fn seal(&self, value: &str) -> String {
        let signed = format!("{value}.{}", self.signature(value));
        utf8_percent_encode(&signed, PLAIN).to_string()
    }

    /// The value, if the signature is ours; the URL-decoded form, as a person may paste it, is
    /// taken too.
    pub fn open(&self, sealed: &str) -> Option<String> {
        let signed = percent_decode_str(sealed).decode_utf8().ok()?;
        let (value, signature) = signed.rsplit_once('.')?;
        self.is_signature(value, signature).then(|| value.to_owned())
    }

    /// The signature in base64.
    pub fn signature(&self, value: &str) -> String {
        STANDARD.encode(self.mac.clone().chain_update(value).finalize().into_bytes())
    }

    /// Whether this is the value's signature.
    pub fn is_signature(&self, value: &str, signature: &str) -> bool {
        let Ok(signature) = STANDARD.decode(signature) else { return false };
        self.mac.clone().chain_update(value).verify_slice(&signature).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_hmac_sha_256_in_base64() {
        // RFC 4231, test case 2.
        let signer = Signer::new(b"Jefe");
        let hex = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        let bytes: Vec<u8> =
            (0..32).map(|at| u8::from_str_radix(&hex[at * 2..at * 2 + 2], 16).unwrap()).collect();
        assert_eq!(signer.signature("what do ya want for nothing?"), STANDARD.encode(bytes));
    }

    #[test]
    fn what_was_sealed_opens_encoded_and_decoded() {
        let signer = Signer::random();
        for number in 0..100 {
            let value = format!("token{number}");
            let sealed = signer.seal(&value);
            assert!(sealed.ends_with("%3D") && !sealed.contains(['+', '/', '=']), "{sealed}");
            let decoded = percent_decode_str(&sealed).decode_utf8().unwrap();
            assert_eq!(signer.open(&sealed).as_deref(), Some(&*value));
            assert_eq!(signer.open(&decoded).as_deref(), Some(&*value));
        }
    }

    #[test]
    fn nothing_else_opens() {
        let signer = Signer::random();
        let sealed = signer.seal("token");
        let strange = Signer::random().seal("token");
        let changed = sealed.replace("token", "tokem");
        for value in [&*strange, &*changed, "", "token", "token.", ".", "token.c2ln", "%ff.%ff"] {
            assert_eq!(signer.open(value), None, "{value}");
        }
    }
}
