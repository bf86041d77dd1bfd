//! Every place where the text of a secret is accessible. A new one needs a reason here.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::root;

/// The file, and why it must.
const ALLOWED: [(&str, &str); 29] = [
    ("crates/entok/src/verbs/deliver.rs", "prints it for `--reveal`"),
    ("crates/entri-api/examples/tokens/main.rs", "a program whose purpose is to print it"),
    ("crates/entri-api/src/auth/challenge.rs", "sends the code of the second factor"),
    ("crates/entri-api/src/auth/mod.rs", "sends the password, once"),
    ("crates/entri-api/src/client/found.rs", "takes the values out of a text that was pasted"),
    ("crates/entri-api/src/client/mod.rs", "asks whether an answer holds anything at all"),
    ("crates/entri-api/src/credential.rs", "checks the form of a key and puts it in its header"),
    ("crates/entri-api/src/message.rs", "takes it out of what a server says"),
    ("crates/entri-api/src/secret.rs", "the type itself: the way out, and the mask"),
    ("crates/entri-api/src/session/cookie.rs", "writes a cookie as it came"),
    ("crates/entri-api/src/session/jar.rs", "puts the cookies into their header"),
    ("crates/entri-api/src/session/mod.rs", "reads what a person pasted"),
    ("crates/entri-api/src/session/stored.rs", "writes a session for the keychain"),
    ("crates/fuzz-targets/src/server/create.rs", "looks whether an invented one was found"),
    (
        "crates/fuzz-targets/src/server/sign_in.rs",
        "looks whether an invented session is kept as it was",
    ),
    ("crates/token-desk/src/desk/vault/fingerprints.rs", "makes the keyed hash of it"),
    ("crates/token-desk/src/jobs/connect/window.rs", "knows the cookies that a server refused"),
    ("crates/token-desk/src/jobs/deliver/file.rs", "writes the file that was asked for"),
    ("crates/token-desk/src/jobs/deliver/program.rs", "gives it to a program's standard input"),
    ("crates/token-desk/src/jobs/scan/mod.rs", "gives a pasted text to the scanner"),
    ("crates/token-desk/src/jobs/secrets.rs", "lends it to the one who holds the reveal button"),
    ("crates/token-desk/src/redact/forms.rs", "writes it in the forms it is known by"),
    ("crates/token-desk/src/redact/mod.rs", "takes it out of what a program says"),
    ("crates/token-desk/src/storage/journal/anchor.rs", "reads what the keychain keeps of it"),
    ("crates/token-desk/src/system/clipboard/mod.rs", "hands it over and reads it back"),
    ("crates/token-desk/src/system/keychain/mod.rs", "the keychain takes text"),
    ("crates/token-desk/src/system/nt3/mod.rs", "reads the command-line tool's file"),
    ("src-tauri/commands/secrets.rs", "the only way a value reaches the page"),
    ("src-tauri/outside/dialog.rs", "puts what was typed before into the field again"),
];

/// Whether the file's own code, without its tests, exposes a secret.
fn exposes(path: &Path) -> bool {
    let text = fs::read_to_string(path).expect("a source file");
    // Not at the attribute alone: `mod tests;` of a module in its own file stands at the top.
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let mut lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.any(|line| line.contains("expose(") || line.contains("expose_secret("))
}

fn collect(folder: &Path, looked_at: &mut usize, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && name != "tests" {
            collect(&path, looked_at, found);
        } else if path.extension().is_some_and(|it| it == "rs") && name != "tests.rs" {
            *looked_at += 1;
            if exposes(&path) {
                let relative = path.strip_prefix(root()).expect("inside the repository");
                found.insert(relative.to_string_lossy().replace('\\', "/"));
            }
        }
    }
}

#[test]
fn only_these_files_can_read_a_secret() {
    let (mut looked_at, mut found) = (0, BTreeSet::new());
    for folder in ["crates", "src-tauri"] {
        collect(&root().join(folder), &mut looked_at, &mut found);
    }
    assert!(looked_at > 60, "the sources are there");
    assert_eq!(found, ALLOWED.map(|(path, _)| path.to_owned()).into(), "found, and allowed here");
}
