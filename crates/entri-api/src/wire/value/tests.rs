use super::*;
use serde_json::json;

#[test]
fn ids_come_in_several_forms() {
    let id = |value| id_of(value);
    assert_eq!(id(json!("a")).as_deref(), Some("a"));
    assert_eq!(id(json!(7)).as_deref(), Some("7"));
    assert_eq!(id(json!({"$oid": "a"})).as_deref(), Some("a"));
    assert_eq!(id(json!({"_id": {"$oid": "a"}, "name": "x"})).as_deref(), Some("a"));
    assert_eq!(id(json!({"id": "a"})).as_deref(), Some("a"));
    for none in [json!(""), json!({"$oid": ""}), json!({}), json!(null), json!([1])] {
        assert_eq!(id(none.clone()), None, "{none}");
    }
}

#[test]
fn a_creator_is_named_as_well_as_can_be() {
    let shown = |value| creator(value).map(|it| it.shown().to_owned());
    let all = json!({"id": "u-5", "name": "Mira", "email": "m@x.test"});
    assert_eq!(shown(all.clone()).unwrap(), "Mira");
    let [id, name, email] = ["u-5", "Mira", "m@x.test"].map(|text| Some(text.to_owned()));
    assert_eq!(creator(all), Some(Creator { id, name, email }));
    let nameless = json!({"id": "u-5", "name": "", "email": "m@x.test"});
    assert_eq!(shown(nameless).unwrap(), "m@x.test");
    assert_eq!(shown(json!({"_id": "u-5"})).unwrap(), "u-5");
    assert_eq!(shown(json!("u-5")).unwrap(), "u-5");
    assert_eq!(shown(json!({})), None);
}

#[test]
fn scopes_are_a_list_or_a_text() {
    assert_eq!(scopes(json!(["a", 7, null, "b"])), ["a", "7", "b"]);
    assert_eq!(scopes(json!("a, b c")), ["a", "b", "c"]);
    assert_eq!(scopes(json!(["b", "a", "b"])), ["b", "a"]);
    assert_eq!(scopes(json!("a a,b")), ["a", "b"]);
    assert!(scopes(json!({"a": true})).is_empty());
}

#[test]
fn a_full_value_is_no_preview() {
    assert_eq!(preview(json!("entri_7h2K")).unwrap(), "entri_7h2K");
    assert_eq!(preview(json!("entri_••••1Td6")).unwrap(), "entri_••••1Td6");
    assert_eq!(preview(json!("entri_EXAMPLEONLY7h2Kq9ZpVw3Lm5Xc8Rb1Td6Yf4")), None);
}

fn at_ten(value: &Value) -> Option<bool> {
    says(&said(value)?, "2026-11-24T10:00:00Z".parse().unwrap())
}

#[test]
fn yes_and_no_have_many_forms() {
    for yes in [json!(true), json!(1), json!("True"), json!("2026-11-24T10:00:00Z")] {
        assert_eq!(at_ten(&yes), Some(true), "{yes}");
    }
    assert_eq!(at_ten(&json!({"$date": 1_763_650_980_000_i64})), Some(true));
    for no in [json!(false), json!(0), json!("False"), json!("no")] {
        assert_eq!(at_ten(&no), Some(false), "{no}");
    }
}

#[test]
fn what_is_neither_yes_nor_no_says_nothing() {
    for nothing in [
        json!(null),
        json!(-1),
        json!("-1"),
        json!(7),
        json!("0001-01-01T00:00:00Z"),
        json!("1970-01-01T00:00:00Z"),
        json!("0000-00-00"),
        // Later, it will be so.
        json!("2026-11-24T10:00:00.001Z"),
        json!("2027-06-01"),
        json!("nobody"),
        json!([]),
        json!({}),
    ] {
        assert_eq!(at_ten(&nothing), None, "{nothing}");
    }
}

/// An entry keeps only a small part of a value, whatever arrives.
#[test]
fn what_is_too_long_is_read_in_part() {
    let read = |text: &str| exact(serde_json::from_str(text).unwrap());
    let long = "é".repeat(LONGEST);
    let text = read(&format!(r#""{long}""#)).unwrap();
    let text = text.as_str().unwrap();
    assert!(text.len() <= LONGEST + '…'.len_utf8() && text.ends_with("é…"), "{}", text.len());
    for none in [format!("[{}1]", "1,".repeat(LONGEST)), "1".repeat(LONGEST + 1)] {
        assert_eq!(read(&none), None);
    }
    let user = read(&format!(r#"{{"image":"{long}","name":"{long}","id":7,"role":["a"]}}"#));
    assert_eq!(user, Some(json!({"id": "7", "role": ["a"]})));
    assert_eq!(id(json!("x".repeat(LONGEST_ID))).map(|id| id.len()), Some(LONGEST_ID));
    assert_eq!(id(json!("x".repeat(LONGEST_ID + 1))), None);
}

#[test]
fn numbers_keep_their_digits() {
    let read = |text: &str| exact(serde_json::from_str(text).unwrap());
    let long = "123456789012345678901234567890";
    for number in [long, "7", "-0", "1.50", "1E9"] {
        assert_eq!(read(number), Some(json!(number)));
    }
    let nested = format!(r#"{{"user":{{"_id":{{"$oid":{long}}},"name":"\ud83d","x":1}}}}"#);
    assert_eq!(read(&nested), Some(json!({"user": {"_id": {"$oid": long}}})));
    assert_eq!(read(r#""\ud83d""#), None);
    let deep = format!("{}1{}", r#"{"a":"#.repeat(100), "}".repeat(100));
    assert!(read(&deep).is_some());
}
