use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::holds_value;
use crate::percent;

const VALUE: &str = "entri_EXAMPLEONLY7h2Kq9ZpVw3Lm5Xc8Rb1Td6";

/// The value with something after every `every` characters.
fn parted(value: &str, every: usize, by: &str) -> String {
    let letters: Vec<char> = value.chars().collect();
    let pieces = letters.chunks(every).map(|piece| piece.iter().collect::<String>());
    pieces.collect::<Vec<_>>().join(by)
}

/// A text of 120 KB once took minutes.
#[test]
fn a_text_full_of_prefixes_is_gone_through_once() {
    assert!(!holds_value(&"entri_".repeat(20_000)));
    assert!(holds_value(&("entri_".repeat(20_000) + VALUE)));
}

fn full_width(value: &str) -> String {
    let wide = |it: char| char::from_u32(u32::from(it) + 0xFEE0).unwrap_or(it);
    value.chars().map(wide).collect()
}

fn forms(value: &str) -> Vec<String> {
    let mut forms = vec![
        value.to_owned(),
        format!("the value is “{value}”, see https://e.example"),
        format!("x{value}"),
        format!("https://{value}.example/"),
        value.to_uppercase(),
        format!("ENTRI_{}", &value[6..]),
        format!("Entri_{}", &value[6..]),
        full_width(value),
        value.replace('_', "\\_"),
        value.replace('_', "%5F"),
        value.replace('_', "%255f"),
        percent::encode(value, &[]).to_string(),
        value.bytes().map(|byte| format!("%{byte:02x}")).collect::<Vec<_>>().concat(),
        format!("{}\n    {}", &value[..20], &value[20..]),
        format!("{} {}", &value[..6], &value[6..]),
        format!("{} {}", &value[..3], &value[3..]),
    ];
    for by in ["\u{200B}", "\u{AD}", "\u{2060}\u{FEFF}", "\u{0}", " ", "\n", "\u{A0}", "\r\n\t"] {
        forms.extend([1, 2, 3, 4, 8, 10, 16].map(|every| parted(value, every, by)));
    }
    forms
}

#[test]
fn a_value_is_known_in_every_form() {
    for form in forms(VALUE) {
        assert!(holds_value(&form), "{form}");
    }
}

/// Drawn alike each time: of letters that look like words by chance nobody could tell.
#[test]
fn any_value_is_known_in_every_form() {
    let config = Config { failure_persistence: None, ..Config::with_cases(500) };
    let mut runner =
        TestRunner::new_with_rng(config.clone(), TestRunner::deterministic().new_rng());
    let tried = runner.run(&"entri_[A-Za-z0-9]{40}", |value| {
        for form in forms(&value) {
            prop_assert!(holds_value(&form), "{}", form);
        }
        Ok(())
    });
    tried.unwrap();
}

#[test]
fn a_name_is_none() {
    for name in [
        "NT3_API_TOKEN",
        "entri_ci",
        "ENTRI_API_TOKEN_STAGING",
        "ENTRI_CI_DEPLOY_TOKEN_2",
        "entri_production_deploy_2026",
        "entri_your_token_here",
        "~/entri_tokens/production.env",
        "entri_ci in the GitHub Actions of the app",
        "entri_ci for NT3 on GitHub",
        "entri_ci on iOS and macOS with GitHub",
        "entri_ci is kept in 1Password, with NT3_API_TOKEN of Jenkins",
        "entri_prod2, entri_prod3, entri_prod4 and entri_prod5",
        "entri_",
        "entri",
        "e n t r i",
        "a token of Entri, for everything there is",
        "entri_abc1234",
    ] {
        assert!(!holds_value(name), "{name}");
    }
}

proptest! {
    #[test]
    fn any_text_can_be_asked_about(text: String) {
        let _ = holds_value(&text);
    }
}
