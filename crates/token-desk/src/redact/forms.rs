//! The forms in which somebody may write a secret.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use entri_api::Secret;

use super::RUN;

/// Each with how many of its letters [`RUN`] bytes take. What groups bytes stands for each place that the
/// secret may begin at within a group; letters that hold bits of what is before are left out.
pub(super) fn all(secret: &Secret) -> Vec<(Secret, usize)> {
    let text = secret.expose();
    let bytes = text.as_bytes();
    let reversed = text.chars().rev().collect();
    let mut forms = vec![
        (secret.clone(), RUN),
        (Secret::new(reversed), RUN),
        (Secret::new(text.chars().map(rotated).collect()), RUN),
        (hex(bytes), 2 * RUN),
    ];
    forms.extend((0..3).map(|before| {
        let text = STANDARD_NO_PAD.encode([&[0; 2][..before], bytes].concat());
        (from(&text, (before * 4).div_ceil(3)), RUN * 4 / 3)
    }));
    forms.extend((0..5).map(|before| {
        let text = base32(&[&[0; 4][..before], bytes].concat());
        (from(&text, (before * 8).div_ceil(5)), RUN * 8 / 5)
    }));
    forms
}

fn from(text: &str, shared: usize) -> Secret {
    Secret::new(text.get(shared..).unwrap_or_default().to_owned())
}

fn hex(bytes: &[u8]) -> Secret {
    let digit = |value: u8| char::from_digit(value.into(), 16).unwrap_or_default();
    Secret::new(bytes.iter().flat_map(|byte| [byte >> 4, byte & 15].map(digit)).collect())
}

/// RFC 4648, without the padding.
fn base32(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let groups = bytes.chunks(5).map(|group| {
        let whole = group.iter().chain([0; 4].iter()).take(5);
        let bits = whole.fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        let letters = (0..8).rev().map(move |at| ALPHABET[(bits >> (5 * at) & 31) as usize]);
        letters.take((group.len() * 8).div_ceil(5)).map(char::from).collect::<String>()
    });
    groups.collect::<Vec<_>>().concat()
}

/// The letter 13 places on.
fn rotated(letter: char) -> char {
    match letter {
        'a'..='m' | 'A'..='M' => char::from(letter as u8 + 13),
        'n'..='z' | 'N'..='Z' => char::from(letter as u8 - 13),
        other => other,
    }
}
