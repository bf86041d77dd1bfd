//! Digests to compare data by.

use std::fmt::Write;

use hmac::{Hmac, KeyInit, Mac};
use secrecy::zeroize::Zeroizing;
use sha2::{Digest, Sha256};

/// The SHA-256 of the data, in hexadecimal.
pub(crate) fn sha256(data: impl AsRef<[u8]>) -> String {
    hex(&Sha256::digest(data))
}

/// The bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a `String` can't fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The HMAC-SHA-256 of the data under this key.
pub(crate) fn keyed(key: &[u8; 32], data: &[u8]) -> [u8; 32] {
    // HMAC pads a key with zeros to the size of a block.
    let mut block = Zeroizing::new([0; 64]);
    block[..key.len()].copy_from_slice(key);
    let mut mac = Hmac::<Sha256>::new((&*block).into());
    mac.update(data);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, test case 2, whose key is padded with zeros as any short key is.
    #[test]
    fn it_is_hmac_sha_256() {
        let mut key = [0; 32];
        key[..4].copy_from_slice(b"Jefe");
        let print = keyed(&key, b"what do ya want for nothing?");
        assert_eq!(print[..4], [0x5b, 0xdc, 0xc1, 0x46]);
        assert_ne!(keyed(&[1; 32], b"a"), keyed(&[2; 32], b"a"));
    }
}
