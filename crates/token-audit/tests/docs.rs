//! `docs/findings.md` is written from the rules.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use token_audit::{Policy, Rule, SETTINGS};

fn page() -> String {
    let policy = Policy::default();
    let mut page = "# What the audit finds\n\nWritten from the rules in `crates/token-audit/src/rules`, with the default policy.\n\n\
        | Finding | Id | Severity | Recommended action | Standards |\n|---|---|---|---|---|\n"
        .to_owned();
    for rule in Rule::ALL {
        let (title, severity) = (rule.title(Some(&policy)), rule.severity());
        let (remedy, standards) = (rule.remedy(), rule.standards());
        let id = rule.id();
        writeln!(page, "| {title} | `{id}` | {severity:?} | {remedy} | {standards} |")
            .expect("a text takes it");
    }
    page.push_str(
        "\nA token that has expired breaks only the last of them, and one that was revoked none. The token \
         that the app itself signs in with is never called unused.\n\n## The policy\n\n\
         | Setting | Default | Range | What it does |\n|---|---|---|---|\n",
    );
    for setting in &SETTINGS {
        let (least, most) = (setting.range.start(), setting.range.end());
        let (key, default) = (setting.key, setting.get(&policy));
        let about = setting.about;
        writeln!(page, "| `{key}` | {default} days | {least} to {most} | {about} |")
            .expect("a text takes it");
    }
    page
}

/// If the page differs, it is rewritten, and the test fails so that somebody reviews the change.
#[test]
fn the_page_is_that_of_the_rules() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/findings.md");
    if fs::read_to_string(&file).unwrap_or_default() != page() {
        fs::write(&file, page()).unwrap();
        panic!("{} was out of date; look at it again", file.display());
    }
}
