//! Looks for a text in any form in which it could have been written down.

use std::fs;
use std::path::Path;

/// The text as it is, and as it would look encoded.
pub fn forms(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let each = |form: fn(u8) -> String| text.bytes().map(form).collect::<String>().into_bytes();
    let mut forms = vec![
        ("raw", text.as_bytes().to_vec()),
        ("hex", each(|byte| format!("{byte:02x}"))),
        ("upper-case hex", each(|byte| format!("{byte:02X}"))),
        ("URL-encoded", each(|byte| format!("%{byte:02X}"))),
        ("UTF-16 LE", text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("UTF-16 BE", text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        ("bytes in brackets", format!("{:?}", text.as_bytes()).trim_matches(['[', ']']).into()),
    ];
    // Where the text starts within a group of three bytes changes every letter of it.
    forms.extend((0..3).map(|offset| ("base64", base64_core(text, offset))));
    forms
}

/// The letters that depend on nothing but the text, when `offset` bytes of a group come before it.
fn base64_core(text: &str, offset: usize) -> Vec<u8> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bytes: Vec<u8> = std::iter::repeat_n(0, offset).chain(text.bytes()).collect();
    let letters = bytes.chunks_exact(3).flat_map(|group| {
        let bits = u32::from_be_bytes([0, group[0], group[1], group[2]]);
        [18, 12, 6, 0].map(|shift| ALPHABET[(bits >> shift) as usize & 63])
    });
    letters.skip(if offset == 0 { 0 } else { 4 }).collect()
}

/// The names of the forms in which `bytes` hold the text; empty if they hold it in none.
pub fn found_in(bytes: &[u8], text: &str) -> Vec<&'static str> {
    let holds = |form: &[u8]| memchr::memmem::find(bytes, form).is_some();
    forms(text).into_iter().filter(|(_, form)| holds(form)).map(|(name, _)| name).collect()
}

/// The contents of every file below the folder, one after the other.
pub fn all_files(folder: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        match path.symlink_metadata() {
            Ok(kind) if kind.is_dir() => bytes.extend(all_files(&path)),
            Ok(kind) if kind.is_file() => bytes.extend(fs::read(path).expect("a file")),
            // A socket, or a file that is gone by now, contains nothing.
            Ok(_) | Err(_) => {}
        }
    }
    bytes
}

/// The text in every form, to plant where [`found_in`] must find it: a search that finds nothing proves nothing.
pub fn planted(text: &str) -> Vec<u8> {
    forms(text).into_iter().flat_map(|(_, form)| [form, b"\n".to_vec()].concat()).collect()
}
