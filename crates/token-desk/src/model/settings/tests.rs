//! What is made of a file that a person may have edited.

use super::*;

#[test]
fn what_cannot_be_read_has_its_default_and_is_named() {
    let usual = Settings::default();
    let table: [(&str, Settings, &[&str]); 8] = [
        ("{}", usual.clone(), &[]),
        (r#"{"theme":"dark"}"#, usual.clone().changed(Setting::Theme(Theme::Dark)), &[]),
        (
            r#"{"theme":"pink","zone":"utc"}"#,
            usual.clone().changed(Setting::Zone(Zone::Utc)),
            &["theme"],
        ),
        (
            r#"{"textSize":4000,"countdown":-1}"#,
            usual.clone(),
            &["countdown before revoking", "text size"],
        ),
        (r#"{"clearClipboard":5}"#, usual.clone(), &["clearing the clipboard"]),
        (r#"{"clearClipboard":0}"#, usual.clone().changed(Setting::ClearClipboard(0)), &[]),
        (r#"{"ofLater":true}"#, usual.clone(), &[]),
        (r#"{"theme":"#, usual, &["all of them"]),
    ];
    for (text, settings, wrong) in table {
        assert_eq!(Settings::parse(text), (settings, wrong.to_vec()), "{text}");
    }
    for text in ["", "[]", "null", "\0\u{1}"] {
        assert_eq!(Settings::parse(text), (Settings::default(), vec!["all of them"]), "{text:?}");
    }
}

#[test]
fn each_name_in_the_file_has_words() {
    let Ok(Value::Object(all)) = serde_json::to_value(Settings::default()) else {
        panic!("they are an object")
    };
    let nameless: Vec<_> = all.keys().filter(|name| words(name).is_none()).collect();
    assert_eq!(nameless, Vec::<&String>::new());
}
