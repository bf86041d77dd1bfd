//! A policy file.

use token_audit::{Policy, SETTINGS};

/// Any text is a policy or an error that fits on a line; a policy is within its ranges, and reads as
/// itself.
///
/// # Panics
/// Where that does not hold.
pub fn policy(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match Policy::from_toml(&text) {
        Ok(policy) => {
            for setting in &SETTINGS {
                assert!(setting.range.contains(&setting.get(&policy)), "{}", setting.key);
            }
            assert_eq!(Policy::from_toml(&policy.to_toml()).ok(), Some(policy));
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
