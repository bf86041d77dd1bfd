//! The manual pages and the completions, for packages.

use std::fs;
use std::path::Path;

use tempfile::tempdir;

#[path = "../../examples/manual/pages.rs"]
mod pages;

#[test]
fn each_verb_has_a_page_and_is_completed() {
    let folder = tempdir().expect("a folder");
    pages::write(folder.path()).expect("they are written");
    let read = |path: &str| {
        let text = fs::read_to_string(folder.path().join(path)).expect(path);
        for placeholder in ["TODO", "FIXME", "XXX", "lorem", "{{", "<none>"] {
            assert!(!text.contains(placeholder), "{path} contains {placeholder}");
        }
        text.replace("\\*(Aq", "'").replace("\\-", "-")
    };
    let page = read("man/entok.1");
    let completions =
        ["entok.bash", "_entok", "entok.fish"].map(|it| read(&format!("completions/{it}")));
    let command = entok::command();
    assert!(command.get_subcommands().count() > 9);
    for verb in command.get_subcommands() {
        let name = verb.get_name();
        let about = verb.get_about().expect("it says what it does").to_string();
        assert!(page.contains(&format!("entok-{name}(1)")), "{name} isn’t in {page}");
        assert!(read(&format!("man/entok-{name}.1")).contains(&about), "{name}");
        for text in &completions {
            assert!(text.contains(name), "{name} isn’t completed: {text}");
        }
        for part in verb.get_subcommands() {
            read(&format!("man/entok-{name}-{}.1", part.get_name()));
        }
    }
    assert_eq!(names(&folder.path().join("completions")), ["_entok", "entok.bash", "entok.fish"]);
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let name = |it: std::io::Result<fs::DirEntry>| {
        it.expect("an entry").file_name().to_string_lossy().into_owned()
    };
    let mut names: Vec<_> = entries.map(name).collect();
    names.sort();
    names
}
