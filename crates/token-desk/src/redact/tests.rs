use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use proptest::prelude::*;

use super::*;

fn redactor(secret: &str) -> Redactor {
    Redactor::new(&Secret::new(secret.to_owned()))
}

fn encoded(secret: &str, form: usize, before: &str) -> String {
    let each = |form: fn(u8) -> String| secret.bytes().map(form).collect::<Vec<_>>().concat();
    match form {
        0 => secret.to_owned(),
        1 => each(|byte| format!("{byte:02x}")),
        2 => each(|byte| format!("{byte:02X} ")),
        3 => each(|byte| format!("%{byte:02X}")),
        4 => secret.replace('_', "%5f"),
        5 => STANDARD_NO_PAD.encode(format!("{before}{secret}")),
        6 => base64::engine::general_purpose::URL_SAFE.encode(format!("{before}{secret}")),
        7 => secret.chars().rev().collect(),
        8 => each(|byte| format!("\\u{byte:04x}")),
        9 => secret.replace('_', "\\u005f"),
        10 => secret.replace('_', "=5F").replace('E', "=\r\nE"),
        11 => each(|byte| format!("={byte:02X}")),
        12 => format!("{:?}", secret.as_bytes()),
        13 => each(|byte| format!("{byte:#04x}, ")),
        14 => each(|byte| format!("\\{byte:03o}")),
        15 => each(|byte| format!("{byte:02x}:")),
        16 => each(|byte| format!("&#{byte};")),
        _ => secret.chars().flat_map(|letter| [letter, '\n']).collect(),
    }
}

/// Whether seven letters in a row are left of what was hidden.
fn shows(text: &str, hidden: &str, run: usize) -> bool {
    let squeeze = |text: &str| text.split_whitespace().collect::<String>();
    let (text, hidden) = (squeeze(text), squeeze(hidden));
    hidden.as_bytes().windows(run).any(|part| text.as_bytes().windows(run).any(|it| it == part))
}

proptest! {
    #[test]
    fn no_form_of_it_is_left(
        core in "[A-Za-z0-9_-]{24,40}",
        form in 0..18usize,
        before in "[#.]{0,4}",
        after in "[#.]{0,4}",
    ) {
        let secret = format!("entri_{core}");
        let hidden = encoded(&secret, form, &before);
        let shown = redactor(&secret).redact(format!("{before}{hidden}{after}").as_bytes());
        prop_assert!(shown.contains(INSTEAD));
        // In base64 the letters at both ends also hold bits of their neighbors.
        let runs = [1, 2, 2, 3, 1, 0, 0, 1, 6, 1, 1, 3, 5, 5, 4, 3, 6, 1];
        let run = if runs[form] == 0 { RUN * 4 / 3 } else { runs[form] * RUN };
        prop_assert!(!shows(&shown, &hidden, run + 4), "{hidden} in {shown}");
    }

    #[test]
    fn what_holds_nothing_of_it_stays_as_it_is(text in "[ -~\n]{0,300}") {
        let letters = "\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}\u{e}\u{f}";
        prop_assert_eq!(redactor(letters).redact(text.as_bytes()), text);
    }

    #[test]
    fn any_bytes_can_be_read(text: Vec<u8>, secret: String) {
        let _ = redactor(&secret).redact(&text);
    }
}

/// As `base32`, `tr A-Za-z N-ZA-Mn-za-m` and `od -b` say it, wrapped and with offsets.
#[test]
fn what_programs_make_of_it_is_known() {
    let redactor = redactor("entri_EXAMPLEONLY7h2Kq9ZpVw3Lm5Xc8Rb1Td6");
    for said in [
        "MVXHI4TJL5CVQQKNKBGEKT2OJRMTO2BSJNYTSWTQKZ3TGTDNGVMGGOCS",
        "LVXHI4TJL5CVQQKNKBGEKT2O\nJRMTO2BSJNYTSWTQKZ3TGTDN",
        "ragev_RKNZCYRBAYL7u2Xd9McIj3Yz5Kp8Eo1Gq6",
        "0000000 145 156 164 162 151 137 105 130 101 115",
        "6dT1bR8cX5mL3wVpZ9qK2h7YLNOELPMAXE_irtne",
    ] {
        assert!(redactor.finds(said), "{said}");
        assert!(redactor.redact(said.as_bytes()).contains(INSTEAD));
    }
    for said in ["[101, 110, 116]", "0x65 0x6e", "a list: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10"] {
        assert_eq!(redactor.redact(said.as_bytes()), said, "too little to be a part of it");
    }
}

#[test]
fn a_part_of_it_is_taken_out_and_nothing_else() {
    let redactor = redactor("entri_EXAMPLEONLY7h2Kq9ZpVw3Lm5Xc8Rb1Td6");
    let said = |text: &str| redactor.redact(text.as_bytes());
    assert_eq!(said("set NAME = entri_EXAMPLEO…"), "set NAME = [secret]…");
    assert_eq!(said("ends in Xc8Rb1Td6."), "ends in [secret].");
    assert_eq!(said("e n t r i _ E X A M!"), "[secret]!");
    assert_eq!(said("entri_other, Rb1Td6"), "entri_other, Rb1Td6");
    assert!(redactor.finds("x=entri_EXAM") && !redactor.finds("entri_"));
    let wide: Vec<u8> = "entri_EXAMPLEONLY".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(redactor.redact(&wide), "[secret]\0");
}
