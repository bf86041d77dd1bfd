//! What pipelines demand of the reports that they read, checked strictly: no field too many, none missing.

use std::collections::{HashMap, HashSet};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::Value;

/// An object with these fields, of which those with a `?` may be missing.
#[track_caller]
fn object(value: &Value, fields: &[&str]) {
    let object = value.as_object().unwrap_or_else(|| panic!("no object: {value}"));
    let known: Vec<_> = fields.iter().map(|it| it.trim_end_matches('?')).collect();
    for field in object.keys() {
        assert!(known.contains(&field.as_str()), "{field} isn’t in the schema: {value}");
    }
    for field in fields.iter().filter(|it| !it.ends_with('?')) {
        assert!(object.contains_key(*field), "{field} is missing: {value}");
    }
}

#[track_caller]
fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("no array: {value}"))
}

#[track_caller]
fn text(value: &Value) -> &str {
    value.as_str().filter(|it| !it.is_empty()).unwrap_or_else(|| panic!("no text: {value}"))
}

#[track_caller]
fn message(value: &Value) {
    object(value, &["text"]);
    text(&value["text"]);
}

/// SARIF 2.1.0, and what GitHub demands beyond it.
#[track_caller]
pub fn sarif(log: &Value) {
    object(log, &["$schema", "version", "runs"]);
    assert_eq!(log["version"], "2.1.0");
    for run in list(&log["runs"]) {
        object(run, &["tool", "invocations", "results"]);
        object(&run["tool"], &["driver"]);
        let driver = &run["tool"]["driver"];
        object(driver, &["name", "version", "rules"]);
        let rules = list(&driver["rules"]);
        rules.iter().for_each(rule);
        for invocation in list(&run["invocations"]) {
            object(invocation, &["executionSuccessful", "toolExecutionNotifications"]);
            assert!(invocation["executionSuccessful"].is_boolean());
            for notification in list(&invocation["toolExecutionNotifications"]) {
                object(notification, &["level", "message"]);
                message(&notification["message"]);
            }
        }
        let mut seen = HashSet::new();
        for result in list(&run["results"]) {
            let index = result["ruleIndex"].as_u64().expect("an index");
            let of = rules.get(usize::try_from(index).expect("a small index")).expect("its rule");
            assert_eq!(result["ruleId"], of["id"]);
            assert!(seen.insert(self::result(result)), "two are taken for one: {result}");
        }
    }
}

#[track_caller]
fn rule(rule: &Value) {
    let fields = ["id", "name", "shortDescription", "fullDescription", "help"];
    object(rule, &[&fields[..], &["defaultConfiguration", "properties"]].concat());
    fields[2..].iter().for_each(|field| message(&rule[field]));
    object(&rule["defaultConfiguration"], &["level"]);
    object(&rule["properties"], &["security-severity", "tags"]);
    let severity: f64 = text(&rule["properties"]["security-severity"]).parse().expect("a number");
    assert!((0.0..=10.0).contains(&severity));
}

/// Checks a result; returns its fingerprint.
#[track_caller]
fn result(result: &Value) -> &str {
    let fields = ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"];
    object(result, &fields);
    assert!(["error", "warning", "note", "none"].contains(&text(&result["level"])));
    message(&result["message"]);
    let [location] = list(&result["locations"]) else { panic!("GitHub wants one: {result}") };
    object(location, &["physicalLocation"]);
    let physical = &location["physicalLocation"];
    object(physical, &["artifactLocation", "region?"]);
    let place = &physical["artifactLocation"];
    object(place, &["uri", "uriBaseId?"]);
    let uri = text(&place["uri"]);
    assert!(uri.bytes().all(|it| it.is_ascii_graphic() && !b"<>\"\\^`{|}".contains(&it)), "{uri}");
    assert_eq!(place.get("uriBaseId").is_none(), uri.starts_with("file:///"), "{place}");
    if let Some(region) = physical.get("region") {
        object(region, &["startLine"]);
        assert!(region["startLine"].as_u64().is_some_and(|line| line > 0));
    }
    object(&result["partialFingerprints"], &["entokLeak/v1"]);
    text(&result["partialFingerprints"]["entokLeak/v1"])
}

/// GitLab’s Code Quality report.
#[track_caller]
pub fn code_quality(report: &Value) {
    let mut seen = HashSet::new();
    for issue in list(report) {
        let fields = ["type", "check_name", "description", "categories", "severity", "fingerprint"];
        object(issue, &[&fields[..], &["location"]].concat());
        let severities = ["info", "minor", "major", "critical", "blocker"];
        assert!(severities.contains(&text(&issue["severity"])));
        text(&issue["description"]);
        text(&issue["check_name"]);
        assert!(seen.insert(text(&issue["fingerprint"])), "GitLab shows one of two: {issue}");
        object(&issue["location"], &["path", "lines"]);
        assert!(!text(&issue["location"]["path"]).starts_with("./"));
        object(&issue["location"]["lines"], &["begin"]);
        assert!(issue["location"]["lines"]["begin"].as_u64().is_some_and(|line| line > 0));
    }
}

/// JUnit’s XML with the attributes that the strictest readers demand; the counts are those of its cases.
#[track_caller]
pub fn junit(xml: &str) {
    let mut reader = Reader::from_str(xml);
    let (mut path, mut counts, mut told) = (Vec::new(), HashMap::<_, u64>::new(), HashMap::new());
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(tag) => {
                let name = element(&tag, &path, &mut told);
                *counts.entry(name.clone()).or_default() += 1;
                path.push(name);
            }
            Event::Empty(tag) => {
                *counts.entry(element(&tag, &path, &mut told)).or_default() += 1;
            }
            Event::End(_) => drop(path.pop()),
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(path.is_empty(), "{path:?} isn’t closed");
    for (attribute, of) in [("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped")]
    {
        let count = counts.get(of).copied().unwrap_or_default().to_string();
        assert_eq!(told.get(attribute), Some(&count), "{attribute}");
    }
}

#[track_caller]
fn element(tag: &BytesStart<'_>, path: &[String], told: &mut HashMap<String, String>) -> String {
    let name = tag.name().as_ref().to_owned();
    let (parent, attributes): (_, &[&str]) = match &*name {
        "testsuites" => (None, &[]),
        "testsuite" => {
            (Some("testsuites"), &["name", "tests", "failures", "errors", "skipped", "time"])
        }
        "testcase" => (Some("testsuite"), &["classname", "name", "time"]),
        "failure" => (Some("testcase"), &["type", "message"]),
        "skipped" => (Some("testcase"), &["message"]),
        other => panic!("{other} isn’t in the schema"),
    };
    assert_eq!(path.last().map(String::as_str), parent, "{name}");
    let all = tag.attributes().map(|it| it.expect("an attribute"));
    let all: Vec<_> = all.map(|it| (it.key.as_ref().to_owned(), it.value.into_owned())).collect();
    let names: Vec<_> = all.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, attributes, "{name}");
    if name == "testsuite" {
        told.extend(all);
    }
    name
}
