use super::*;

fn saved(folder: &Path, replace: bool) {
    let path = folder.join("token").display().to_string();
    let place = PrivateFile::at(&FileRequest { path, home: None, replace }).expect("a place");
    place.write(&[b"value"]).expect("it is saved");
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let name = |entry: io::Result<fs::DirEntry>| entry.expect("an entry").file_name();
    let mut names: Vec<_> = entries.map(|it| name(it).to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// On Linux it has no name; elsewhere it has one that the next save removes.
#[cfg(target_os = "linux")]
#[test]
fn what_is_not_whole_has_no_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut file = NewFile::make(folder.path()).expect("a file");
    file.fill(&[b"value"]).expect("it is written");
    assert!(matches!(file, NewFile::Unnamed(_)), "this disk has such files");
    assert_eq!(names(folder.path()), [""; 0]);
    drop(file);
    assert_eq!(names(folder.path()), [""; 0]);
}

#[test]
fn what_a_killed_save_left_is_swept_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let left = format!(".entri-tokens-{}.unfinished", "x".repeat(16));
    for name in [&*left, ".entri-tokens", ".entri-tokens-notes", "mine.unfinished"] {
        fs::write(folder.path().join(name), "value").expect("a file");
    }
    saved(folder.path(), false);
    let kept = [".entri-tokens", ".entri-tokens-notes", "mine.unfinished", "token"];
    assert_eq!(names(folder.path()), kept);
    saved(folder.path(), true);
    assert_eq!(names(folder.path()), kept, "replacing leaves nothing either");
}

#[test]
fn a_file_that_is_there_is_not_called_unsaved() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("report.csv").display().to_string();
    let request = FileRequest { path: path.clone(), home: None, replace: false };
    let place = PrivateFile::at(&request).expect("a place");
    let written = place.write_and(&[b"rows"], |_| Err(io::Error::other("no answer")));
    let said = written.expect_err("the disk does not confirm it").to_string();
    assert_eq!(fs::read(path).expect("it is there"), b"rows");
    assert!(said.contains("was saved") && !said.contains("Nothing was saved"), "{said}");
}
