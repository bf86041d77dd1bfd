//! The guide says what is on the screen, and leads to what is there.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use crate::citations::section;
use crate::{root, text, tracked};

/// The pages of the guide, and those that it carries along.
fn pages() -> Vec<String> {
    let pages = tracked(&["docs/guide/*.md", "docs/findings.md", "docs/deliveries.md"]);
    assert!(pages.len() > 10, "the control: {pages:?}");
    pages
}

/// A page without its blocks of code.
fn prose(page: &str) -> String {
    page.split("```").step_by(2).collect()
}

/// What is in italics in a page, without its tables: the labels of what is on the screen.
fn labels(page: &str) -> Vec<String> {
    let page = prose(page);
    let lines: Vec<_> = page.lines().filter(|line| !line.starts_with('|')).map(str::trim).collect();
    let page = lines.join(" ");
    let without_code: String = page.split('`').step_by(2).collect();
    without_code.split('*').skip(1).step_by(2).map(str::to_owned).collect()
}

/// What `[…](…)` leads to in a page.
fn targets(page: &str) -> Vec<&str> {
    page.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect()
}

/// The texts between two marks.
fn marked<'a>(page: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    let parts = page.split(open).skip(1);
    parts.filter_map(|part| part.split_once(close)).map(|(text, _)| text).collect()
}

fn is_picture(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|it| it == "png")
}

/// A path without `..`.
fn resolved(folder: &Path, path: &str) -> PathBuf {
    let mut resolved = PathBuf::new();
    for part in folder.join(path).components() {
        match part {
            Component::ParentDir => drop(resolved.pop()),
            part => resolved.push(part),
        }
    }
    resolved
}

#[test]
fn every_link_leads_to_a_page_of_the_site_and_a_section_of_it() {
    let contents = text("docs/SUMMARY.md");
    let listed: BTreeSet<_> =
        targets(&contents).into_iter().map(|path| format!("docs/{path}")).collect();
    assert_eq!(listed, pages().into_iter().collect());
    // On each page of the site.
    let aside = text("docs/theme/index.hbs");
    let aside: BTreeSet<_> = marked(&aside, "{{ path_to_root }}", "\"").into_iter().collect();
    let sites = listed.iter().map(|path| path.replace("README.md", "index.html"));
    let sites: Vec<_> =
        sites.map(|path| path.replace(".md", ".html").replacen("docs/", "", 1)).collect();
    assert_eq!(aside, sites.iter().map(String::as_str).collect());
    let mut anchors = 0;
    for path in pages() {
        let page = prose(&text(&path));
        for target in targets(&page).into_iter().filter(|it| !it.contains("://")) {
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let folder = Path::new(&path).parent().expect("a folder");
            let to = match file {
                "" => path.clone(),
                file => resolved(folder, file).to_string_lossy().into_owned(),
            };
            let in_site = listed.contains(&to) || to.starts_with("docs/") && is_picture(&to);
            assert!(in_site && root().join(&to).exists(), "{path} links to {target}");
            if !anchor.is_empty() {
                let titles = prose(&text(&to));
                let mut titles = titles.lines().filter(|line| line.starts_with('#'));
                assert!(
                    titles.any(|title| section(title.trim_start_matches('#').trim()) == anchor),
                    "{path} links to {target}"
                );
                anchors += 1;
            }
        }
    }
    assert!(anchors > 2, "the control: {anchors} links to sections");
}

/// Copy them to `docs` after a run of the window tests: they are in `tests/screenshots` then.
#[test]
fn every_picture_is_made_by_the_window_tests() {
    let tests: String = tracked(&["tests/window/*.rs"]).iter().map(|path| text(path)).collect();
    let mut pictures = BTreeSet::new();
    for path in pages() {
        let page = text(&path);
        for target in targets(&page).into_iter().filter(|it| is_picture(it)) {
            let name = Path::new(target).file_stem().expect("a name").to_string_lossy();
            let (name, _theme) = name.rsplit_once('-').expect("a name and a theme");
            assert!(tests.contains(&format!("\"{name}\"")), "{path} shows {target}");
            pictures.insert(name.to_owned());
        }
    }
    assert!(pictures.len() > 8, "the control: {pictures:?}");
}

/// Whether a text is on the screen: in the page's texts or in those of the shell. `…` in the middle stands for a value.
fn is_shown(label: &str, sources: &str) -> bool {
    // A button that opens something may add the dots to the name of the screen.
    let name = label.trim_end_matches('…');
    let whole = [format!("\"{label}\""), format!("`{label}`"), format!("\"{name}\"")];
    if whole.iter().any(|it| sources.contains(it)) {
        return true;
    }
    let Some((before, after)) = label.split_once(" … ") else {
        return label.strip_suffix(" …").is_some_and(|it| sources.contains(&format!("`{it} ${{")));
    };
    sources.contains(&format!("`{before} ${{")) && sources.contains(after)
}

#[test]
fn every_label_is_on_the_screen() {
    let sources = tracked(&["ui/src/**/messages.ts", "ui/src/messages.ts", "src-tauri/*.rs"]);
    let more = tracked(&[
        "crates/token-desk/src/jobs/rotation/words.rs",
        "crates/token-audit/src/rules/*.rs",
    ]);
    let sources: String = sources.iter().chain(&more).map(|path| text(path)).collect();
    let mut found = 0;
    for path in tracked(&["docs/guide/*.md"]) {
        for label in labels(&text(&path)) {
            assert!(is_shown(&label, &sources), "{path}: {label:?} isn’t on the screen");
            found += 1;
        }
    }
    assert!(found > 100, "the control: {found} labels");
}

#[test]
fn every_key_is_one_of_the_app() {
    let keys = ["ui/src/keys.ts", "ui/src/acts.ts", "ui/src/commands/table.ts"].map(text).concat();
    let mut found = 0;
    for path in tracked(&["docs/guide/*.md"]) {
        for key in marked(&text(&path), "<kbd>", "</kbd>") {
            let key = key.replace(' ', "+");
            // The numbers of the connections are counted, not written.
            let is_number = key.strip_prefix("Ctrl+").is_some_and(|it| it.parse::<u8>().is_ok());
            let heard = [format!("\"{key}\""), format!("\"{key} "), format!(" {key}\"")];
            assert!(
                is_number || key == "G" || heard.iter().any(|it| keys.contains(it)),
                "{path}: {key}"
            );
            found += 1;
        }
    }
    assert!(found > 20, "the control: {found} keys");
}
