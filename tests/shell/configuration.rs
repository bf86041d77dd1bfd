//! The configuration keeps the page in its place.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::json;

fn configuration() -> Value {
    json("tauri.conf.json")
}

/// The content security policy, by directive.
fn policy(configuration: &Value) -> BTreeMap<String, Vec<String>> {
    let policy = configuration["app"]["security"]["csp"].as_str().expect("a policy as one text");
    let words = |directive: &str| -> Vec<String> {
        directive.split_whitespace().map(str::to_owned).collect()
    };
    policy
        .split(';')
        .map(words)
        .filter_map(|mut words| (!words.is_empty()).then(|| (words.remove(0), words)))
        .collect()
}

#[test]
fn the_page_runs_its_own_code_and_nothing_else() {
    let policy = policy(&configuration());
    assert_eq!(policy["default-src"], ["'none'"], "what is not named is forbidden");
    for directive in ["base-uri", "form-action", "frame-ancestors"] {
        // These do not fall back to `default-src`.
        assert_eq!(policy[directive], ["'none'"], "{directive}");
    }
    for (directive, sources) in &policy {
        for source in sources {
            let allowed = match &**directive {
                "connect-src" => ["ipc:", "http://ipc.localhost"].contains(&&**source),
                "img-src" => ["'self'", "data:"].contains(&&**source),
                _ => ["'self'", "'none'"].contains(&&**source),
            };
            assert!(allowed, "{directive} {source}");
        }
    }
}

#[test]
fn the_security_settings_are_the_strict_ones() {
    let configuration = configuration();
    let security = configuration["app"]["security"].as_object().expect("an object");
    assert_eq!(security["freezePrototype"], true);
    let mut settings: Vec<_> = security.keys().map(String::as_str).collect();
    settings.sort_unstable();
    // Each other one there is weakens something: the asset protocol, a policy for development, the
    // policy's own nonces.
    assert_eq!(settings, ["capabilities", "csp", "freezePrototype"]);
    assert_eq!(configuration["app"].get("withGlobalTauri"), None);
    assert_eq!(configuration.get("plugins"), None);
}

#[test]
fn the_window_is_opened_by_the_app_itself() {
    // A window from the configuration would lack the guard against navigation.
    assert_eq!(configuration()["app"]["windows"], serde_json::json!([]));
}

#[test]
fn the_page_comes_with_the_app() {
    let configuration = configuration();
    assert_eq!(configuration["build"]["frontendDist"], "ui/dist");
    let development = configuration["build"]["devUrl"].as_str().expect("an address");
    assert!(development.starts_with("http://localhost:"), "{development}");
}
