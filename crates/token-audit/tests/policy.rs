//! A policy as a file.

use proptest::prelude::*;
use token_audit::{Policy, Preset, SETTINGS};

fn refused(text: &str) -> (usize, String) {
    let error = Policy::from_toml(text).expect_err(text);
    (error.line, error.message)
}

#[test]
fn a_mistake_is_told_with_its_line_and_its_setting() {
    let whole = "stale_days must be a whole number of days".to_owned();
    for value in ["\"90\"", "90.5", "true", "[90]"] {
        assert_eq!(refused(&format!("# mine\nstale_days = {value}")), (2, whole.clone()));
    }
    for value in ["0", "366", "-1", "99999999999"] {
        let said = format!("stale_days must be 1–365 days, not {value}");
        assert_eq!(refused(&format!("\n\nstale_days = {value}\n")), (3, said));
    }
    let (line, message) = refused("stale_days = 9\nstale_dais = 9\n");
    assert_eq!(line, 2);
    assert!(
        message.starts_with("Unknown setting “stale_dais”. Allowed: stale_days, "),
        "{message}"
    );
    assert_eq!(refused("recent_days = 9\nstale_days = \n").0, 2);
    assert_eq!(refused("stale_days = 9\nstale_days = 8\n").0, 2, "not twice");
}

#[test]
fn what_is_left_out_has_its_default() {
    assert_eq!(Policy::from_toml(""), Ok(Policy::default()));
    let some = Policy::from_toml("# only this\nstale_days = 0x2D");
    assert_eq!(some, Ok(Preset::Strict.policy()));
}

#[test]
fn presets_and_defaults_are_within_the_ranges() {
    for policy in Preset::ALL.map(Preset::policy) {
        for setting in &SETTINGS {
            assert!(setting.range.contains(&setting.get(&policy)), "{}", setting.key);
        }
    }
    assert_eq!(Preset::Standard.policy(), Policy::default());
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(days in any::<[u16; SETTINGS.len()]>()) {
        let mut policy = Policy::default();
        for (setting, days) in SETTINGS.iter().zip(days) {
            let _ = setting.set(&mut policy, days.into());
        }
        prop_assert_eq!(Policy::from_toml(&policy.to_toml()), Ok(policy));
    }

    #[test]
    fn any_text_is_read_or_refused_with_a_line(text in "\\PC{0,60}|[a-z_= 0-9\\n]{0,60}") {
        if let Err(error) = Policy::from_toml(&text) {
            prop_assert!((1..=text.lines().count().max(1) + 1).contains(&error.line));
        }
    }
}
