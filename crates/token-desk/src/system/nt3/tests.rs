use super::*;
use std::fs;

fn places(variable: Option<&str>) -> (tempfile::TempDir, CliPlaces) {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir(home.path().join(".nt3")).unwrap();
    let places = CliPlaces {
        variable: variable.map(|text| Secret::new(text.to_owned())),
        folder: home.path().to_owned(),
        home: Some(home.path().to_owned()),
    };
    (home, places)
}

#[test]
fn every_place_is_named_and_the_first_is_the_one_in_use() {
    let (home, places) = places(Some("entri_variable1111"));
    let global = r#"{"token":"entri_global2222","api_url":"https://entri.example"}"#;
    fs::write(home.path().join(".nt3/config.json"), global).unwrap();
    fs::write(home.path().join(".nt3.local.json"), r#"{"x":"entri_local3333"}"#).unwrap();
    let found = places.tokens();
    let told: Vec<_> = found.iter().map(|it| (it.place, it.used, &*it.address)).collect();
    let cloud = "https://app.nt3.io";
    let expected = [
        (CliPlace::Variable, true, cloud),
        (CliPlace::LocalFile, false, cloud),
        (CliPlace::GlobalFile, false, "https://entri.example"),
    ];
    assert_eq!(told, expected);
    assert!(found.iter().all(|it| !format!("{it:?}").contains("entri_variable1111")));
    let (secret, _) = places.read(CliPlace::GlobalFile).unwrap();
    assert_eq!(secret.expose(), "entri_global2222");
}

#[test]
fn what_is_no_token_is_not_found() {
    let (home, places) = places(Some("sk_live"));
    for text in ["", "[]", "{", r#"{"token":"sk_live"}"#, r#"{"token":7}"#] {
        fs::write(home.path().join(".nt3/config.json"), text).unwrap();
        assert_eq!(places.tokens(), [], "{text}");
    }
    let error = places.read(CliPlace::GlobalFile).unwrap_err().to_string();
    assert!(error.contains("config.json"), "{error}");
}

/// A repository can contain such a file, because the folder is the one the app was started in.
#[cfg(unix)]
#[test]
fn what_never_ends_or_never_begins_is_not_read() {
    let (home, places) = places(None);
    let local = home.path().join(".nt3.local.json");
    std::os::unix::fs::symlink("/dev/zero", &local).unwrap();
    assert_eq!(places.tokens(), []);
    fs::remove_file(&local).unwrap();
    let (pipe, mode) = (rustix::fs::FileType::Fifo, rustix::fs::Mode::RWXU);
    rustix::fs::mknodat(rustix::fs::CWD, &local, pipe, mode, 0).unwrap();
    assert_eq!(places.tokens(), []);
    fs::remove_file(&local).unwrap();
    let address = "https://entri_EXAMPLEONLY7h2Kq9ZpVw.example";
    fs::write(&local, format!(r#"{{"token":"entri_local3333","url":"{address}"}}"#)).unwrap();
    assert_eq!(places.tokens(), [], "a value is no address");
    fs::write(&local, r#"{"token":"entri_local3333"}"#).unwrap();
    assert_eq!(places.tokens().len(), 1, "the control");
}

#[test]
fn a_file_that_begins_with_a_byte_order_mark_is_read() {
    let (home, places) = places(None);
    let text = "\u{FEFF}{\"token\":\"entri_global2222\"}";
    fs::write(home.path().join(".nt3/config.json"), text).unwrap();
    assert_eq!(places.tokens().len(), 1);
}
