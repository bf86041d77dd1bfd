//! Every way to write a value is found, wherever in the bytes it begins.

use super::*;
use crate::value::Key;

const VALUE: &str = "entri_7h2Kq9ZpVw3Lm5Xc8Rb1Td6-Qy_4Ns0Ef";

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Base64 as the standard has it, written anew for the comparison.
fn encode(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    for group in bytes.chunks(3) {
        let all = group
            .iter()
            .chain(&[0, 0])
            .take(3)
            .fold(0_usize, |sum, byte| sum << 8 | usize::from(*byte));
        let six =
            |at: usize| if at <= group.len() { ALPHABET[all >> (18 - 6 * at) & 63] } else { b'=' };
        text.extend([six(0), six(1), six(2), six(3)]);
    }
    text
}

fn wide(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(order).collect()
}

/// The only value that these bytes hold.
#[track_caller]
fn the_one(bytes: &[u8]) -> Encoding {
    let all: Vec<_> = find(bytes).collect();
    let [found] = &all[..] else { panic!("{} values in {}", all.len(), bytes.escape_ascii()) };
    let key = Key::new(&[1; 32]);
    let expected = Value::after_prefix(VALUE[6..].bytes()).unwrap();
    assert!(
        found.value.fingerprint(&key) == expected.fingerprint(&key),
        "{}",
        bytes.escape_ascii()
    );
    assert!(found.at < found.end && found.end <= bytes.len());
    found.encoding
}

#[test]
fn a_plain_value_is_found_between_any_bytes() {
    for text in [VALUE.to_owned(), format!("TOKEN=\"{VALUE}\"\n"), format!("\0\u{fffd}x{VALUE}\0")]
    {
        assert_eq!(the_one(text.as_bytes()), Encoding::Plain);
    }
    assert_eq!(the_one(&[b"caf\xe9 ", VALUE.as_bytes(), b"\xe9"].concat()), Encoding::Plain);
}

#[test]
fn both_orders_of_utf_16_are_found() {
    for before in ["", "\u{feff}", "\u{feff}token: "] {
        let text = format!("{before}{VALUE}\r\nnext");
        assert_eq!(the_one(&wide(&text, u16::to_le_bytes)), Encoding::Utf16Le, "{before:?}");
        assert_eq!(the_one(&wide(&text, u16::to_be_bytes)), Encoding::Utf16Be, "{before:?}");
    }
}

#[test]
fn base64_is_found_at_every_alignment() {
    for before in 0..7 {
        for after in ["", "\n", "\",\"next\":1"] {
            let text = format!("{}{VALUE}{after}", &"user1:x"[..before]);
            let once = encode(text.as_bytes());
            assert_eq!(the_one(&once), Encoding::Base64, "{before} {after:?}");
            assert_eq!(the_one(&[b"data: ", &once[..], b"\n"].concat()), Encoding::Base64);
        }
    }
}

#[test]
fn base64_twice_is_found_at_every_alignment() {
    for before in 0..7 {
        for between in 0..3 {
            let once = encode(format!("{}{VALUE}", &"user1:x"[..before]).as_bytes());
            let twice = encode(&[&b"=: "[..between], &once].concat());
            assert_eq!(the_one(&twice), Encoding::Base64Twice, "{before} {between}");
        }
    }
}

#[test]
fn base64_goes_on_in_the_next_line() {
    let once = encode(format!("user:{VALUE}").as_bytes());
    for line_break in ["\n", "\r\n", "\n    "] {
        for at in [20, 24, 40] {
            let broken = [&once[..at], line_break.as_bytes(), &once[at..]].concat();
            assert_eq!(the_one(&broken), Encoding::Base64, "{at}");
        }
    }
}

#[test]
fn base64_of_the_alphabet_for_addresses_is_found() {
    let once = encode(format!("{VALUE}\u{ff}?>").as_bytes());
    let other: Vec<_> = once.iter().map(|byte| if *byte == b'/' { b'_' } else { *byte }).collect();
    assert_eq!((the_one(&once), the_one(&other)), (Encoding::Base64, Encoding::Base64));
}

#[test]
fn what_only_begins_like_a_value_is_none() {
    for text in
        ["entri_", "entri_short", "ZW50cmlf", "ZW50cmlfc2hvcnQ=", "VudHJpX", "lbnRyaV", "lbnRyaVA"]
    {
        assert_eq!(find(text.as_bytes()).count(), 0, "{text}");
    }
    // Seven characters agree, and the next one shows that the text is another.
    let other = encode(b"xxentriOaaaaaaaaaaaaaaaaaaaaaaaa");
    assert_eq!(find(&other).count(), 0);
}

#[test]
fn nothing_is_found_in_noise() {
    let mut state = 1_u64;
    let mut noise = Vec::new();
    while noise.len() < 1 << 20 {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        noise.extend((state >> 8).to_le_bytes());
    }
    assert_eq!(find(&noise).count(), 0);
    let text: Vec<_> = noise.iter().map(|byte| ALPHABET[usize::from(byte % 64)]).collect();
    assert_eq!(find(&text).count(), 0);
}

#[test]
fn no_needle_is_longer_than_what_is_searched_around_a_change() {
    let longest =
        NEEDLES.patterns.iter().map(|it| it.before.len() + it.anchor.len()).max().unwrap();
    assert!((11..=LONGEST_NEEDLE).contains(&longest));
}

#[test]
fn no_needle_hides_another() {
    let anchors: Vec<_> = NEEDLES.patterns.iter().map(|pattern| &*pattern.anchor).collect();
    for (at, anchor) in anchors.iter().enumerate() {
        let begins_alike = |(other, it): (usize, &&[u8])| other != at && it.starts_with(anchor);
        assert!(!anchors.iter().enumerate().any(begins_alike), "{}", anchor.escape_ascii());
        assert!(anchor.len() >= 4, "{}: too short to be rare", anchor.escape_ascii());
    }
}

#[test]
fn base64_is_found_wherever_its_lines_end() {
    for before in 0..3 {
        let text = encode(format!("{}{VALUE} and more", &"abc"[..before]).as_bytes());
        for end in 1..text.len() {
            for between in ["\n", "\r\n", "\n    ", "\r"] {
                let (first, second) = text.split_at(end);
                let bytes = [b"key: \n", first, between.as_bytes(), second].concat();
                assert_eq!(the_one(&bytes), Encoding::Base64, "{}", bytes.escape_ascii());
            }
        }
    }
}

#[test]
fn needles_in_each_others_heads_are_all_found() {
    let zip = [&b"PK\x05\x06\0\0\0\0\x01\0\x01\0\x2e\0\0\0"[..], &[0; 6]].concat();
    for bytes in [[VALUE.as_bytes(), &zip].concat(), [&zip, VALUE.as_bytes()].concat()] {
        let signs: Vec<_> = find_in(&bytes, 0..bytes.len()).collect();
        assert!(matches!(
            signs[..],
            [Sign::Value(_), Sign::ZipEnd(_)] | [Sign::ZipEnd(_), Sign::Value(_)]
        ));
    }
    // The range begins within the needle, or ends there.
    let inside = |range| find_in(VALUE.as_bytes(), range).count();
    assert_eq!([inside(0..6), inside(1..VALUE.len()), inside(0..5), inside(2..6)], [1, 0, 0, 0]);
}
