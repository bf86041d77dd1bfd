//! Answers as large as any that is read, of every nesting and repetition that JSON allows: each is read in a
//! process of its own, in bounded memory, and in a time that grows with its length.
//!
//! In full, and optimized: `HOSTILE_BYTES=8388608 cargo test --profile drawn -p entri-api --test hostile -- --nocapture`.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::print_stdout, reason = "its parent listens, and whoever asks with --nocapture")]

use std::process::Command;
use std::{env, fs};

use entri_api::{BaseUrl, LogEntry, Member, Organization, Project, Token, answers};
use reqwest::header::HeaderMap;
use serde_json::Value;

/// How long the answers are that are read with the other tests, in bytes; and how long they may be.
const SHORT: usize = 512 * 1024;
const LARGEST: usize = 8 * 1024 * 1024;
/// The most memory, in bytes, that reading the largest response may take on top of the process's
/// own.
const MOST_MEMORY: usize = 300_000_000;
/// The most time of the processor that any answer may take, in ticks of 10 ms.
const MOST_TICKS: u64 = 500;
const MB: usize = 1_000_000;
/// Differences too small to be measured: of memory in bytes, and of time in ticks.
const COARSE: usize = 16 * 1024 * 1024;
const COARSE_TICKS: u64 = 30;
/// Says to a process what it is to do: `kinds`, or the number of a control; the number of a shape; a length.
const CHILD: &str = "HOSTILE_CHILD";
/// What builds two whole trees in memory, and what takes so many ticks, an eighth for half the length; for one
/// shape.
const CONTROLLED: &str = "objects of one field";
const ALL_KINDS: &str = "kinds";
const CONTROL_TICKS: u64 = 200;
const CONTROLS: [&str; 2] = ["control: two trees", "control: eight times as long"];

/// Repeats a piece between a beginning and an end.
fn repeated(begin: &str, piece: &str, end: &str, length: usize) -> Vec<u8> {
    let times = (length.saturating_sub(begin.len() + end.len()) / piece.len()).max(1);
    format!("{begin}{}{end}", piece.repeat(times)).into_bytes()
}

/// An opening as often as a closing.
fn nested(open: &str, close: &str, length: usize) -> Vec<u8> {
    let times = length / (open.len() + close.len());
    format!("{}1{}", open.repeat(times), close.repeat(times)).into_bytes()
}

/// Each piece with a number of its own.
fn counted(begin: &str, piece: impl Fn(usize) -> String, end: &str, length: usize) -> Vec<u8> {
    let mut text = begin.to_owned();
    for number in 0.. {
        if text.len() + 64 > length {
            break;
        }
        text.push_str(&piece(number));
    }
    text.push_str(end);
    text.into_bytes()
}

type Shape = (&'static str, fn(usize) -> Vec<u8>);

const SHAPES: [Shape; 24] = [
    ("arrays, never closed", |length| "[".repeat(length).into_bytes()),
    ("arrays in arrays", |length| nested("[", "]", length)),
    ("envelopes", |length| nested(r#"{"data":"#, "}", length)),
    ("groups in groups", |length| nested(r#"{"meta":"#, "}", length)),
    ("wrapped values", |length| nested(r#"{"token":"#, "}", length)),
    ("links in links", |length| nested(r#"{"next":{"href":"#, "}}", length)),
    ("messages in messages", |length| nested(r#"{"message":["#, "]}", length)),
    ("empty lists", |length| repeated("[[]", ",[]", "]", length)),
    ("objects of one field", |length| repeated(r#"[{"":0}"#, r#",{"":0}"#, "]", length)),
    ("empty objects", |length| repeated("[{}", ",{}", "]", length)),
    ("short ids", |length| counted("[", |id| format!(r#"{{"id":"{id}"}},"#), "0]", length)),
    ("a name", |length| repeated(r#"[{"id":"a","name":""#, "x", r#""}]"#, length)),
    ("an id", |length| repeated(r#"[{"id":""#, "x", r#""}]"#, length)),
    ("NULs in a name", |length| repeated(r#"[{"id":"a","name":""#, r"\u0000", r#""}]"#, length)),
    ("scopes", |length| {
        counted(r#"[{"id":"a","scopes":["#, |id| format!(r#""{id}","#), r#""b"]}]"#, length)
    }),
    ("scopes in small entries", |length| {
        let scopes = repeated("[1", r#","a""#, "]", 8_000);
        let scopes = String::from_utf8(scopes).unwrap();
        counted("[", |id| format!(r#"{{"id":"{id}","scopes":{scopes}}},"#), "0]", length)
    }),
    ("objects in a user", |length| {
        repeated(r#"[{"id":"a","user":{"id":[0"#, r#",{"":0}"#, "]}}]", length)
    }),
    ("nesting in a field", |length| {
        let deep = String::from_utf8(nested(r#"{"name":["#, "]}", length)).unwrap();
        format!(r#"[{{"id":"a","createdBy":{deep}}}]"#).into_bytes()
    }),
    ("the same field", |length| repeated("{", r#""id":"a","#, r#""id":"b"}"#, length)),
    ("fields", |length| counted("{", |id| format!(r#""{id}":0,"#), r#""data":[]}"#, length)),
    ("a number", |length| repeated(r#"[{"id":1"#, "0", "}]", length)),
    ("a total", |length| repeated(r#"{"total":[0"#, r#",{"":0}"#, r#"],"data":[]}"#, length)),
    ("words", |length| repeated(r#"{"message":["a""#, r#","a""#, "]}", length)),
    ("bytes that are no text", |length| vec![0xFF; length]),
];

type Kind = (&'static str, usize, fn(&[u8]));

/// Every kind of answer that is read, each up to the length at which the client stops.
const KINDS: [Kind; 11] = [
    ("tokens", LARGEST, |body| drop(answers::list::<Token>(body))),
    ("projects", LARGEST, |body| drop(answers::list::<Project>(body))),
    ("members", LARGEST, |body| drop(answers::list::<Member>(body))),
    ("activity", LARGEST, |body| drop(answers::list::<LogEntry>(body))),
    ("organizations", LARGEST, |body| drop(answers::list::<Organization>(body))),
    ("pages", LARGEST, |body| {
        drop(answers::pages::<Token>(|_| Some((HeaderMap::new(), body.to_vec()))));
    }),
    ("create", CHANGE, |body| drop(answers::created(body))),
    ("revoke", CHANGE, |body| _ = answers::is_done(body)),
    ("failure", CHANGE, |body| drop(answers::words(body))),
    ("session", CHANGE, |body| drop(answers::session(body))),
    ("sign-in", CHANGE, |body| {
        let server = BaseUrl::parse("https://entri.example").unwrap();
        drop(answers::sign_in(&server, &HeaderMap::new(), body, chrono::DateTime::UNIX_EPOCH));
    }),
];
const CHANGE: usize = 64 * 1024;

/// The cost of reading: additional memory in bytes, and processor time in ticks.
struct Cost {
    kind: String,
    memory: usize,
    ticks: u64,
}

fn field(file: &str, name: &str) -> usize {
    let text = fs::read_to_string(file).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.trim().trim_end_matches(" kB").parse::<usize>().unwrap() * 1024
}

fn ticks() -> u64 {
    let text = fs::read_to_string("/proc/self/stat").unwrap();
    let after = text.rsplit_once(") ").unwrap().1;
    after.split(' ').skip(11).take(2).map(|ticks| ticks.parse::<u64>().unwrap()).sum()
}

fn cost(read: impl FnOnce()) -> (usize, u64) {
    // From here on the peak is counted again.
    fs::write("/proc/self/clear_refs", "5").unwrap();
    let (before, began) = (field("/proc/self/status", "VmRSS:"), ticks());
    read();
    let peak = field("/proc/self/status", "VmHWM:");
    (peak.saturating_sub(before), ticks() - began)
}

fn child(told: &str) {
    let told: Vec<_> = told.split(' ').collect();
    let (shape, length): (usize, usize) = (told[1].parse().unwrap(), told[2].parse().unwrap());
    let body = SHAPES[shape].1(length);
    let say = |kind, (memory, ticks)| println!("cost {memory} {ticks} {kind}");
    match told[0] {
        ALL_KINDS => {
            for (kind, largest, read) in KINDS {
                say(kind, cost(|| read(&body[..body.len().min(largest)])));
            }
        }
        "0" => say(
            CONTROLS[0],
            cost(|| drop([(); 2].map(|()| serde_json::from_slice::<Value>(&body)))),
        ),
        _ => {
            let end = ticks() + CONTROL_TICKS / if length < asked() { 8 } else { 1 };
            say(CONTROLS[1], cost(|| while ticks() < end {}));
        }
    }
}

/// How long the answers are that are asked for, in bytes.
fn asked() -> usize {
    env::var("HOSTILE_BYTES").map_or(SHORT, |bytes| bytes.parse().unwrap())
}

/// What reading a shape cost as each kind, and then each control, for the one that has them. A control has a
/// process of its own: memory that was freed there already would hide what it takes.
fn costs(shape: usize, length: usize) -> Vec<Cost> {
    let mut costs = run(ALL_KINDS, shape, length);
    assert_eq!(costs.len(), KINDS.len());
    if SHAPES[shape].0 == CONTROLLED {
        costs.extend(["0", "1"].into_iter().flat_map(|control| run(control, shape, length)));
    }
    costs
}

fn run(what: &str, shape: usize, length: usize) -> Vec<Cost> {
    let run = Command::new(env::current_exe().unwrap())
        .args(["hostile_answers_cost_no_more_than_their_length", "--exact", "--nocapture"])
        .env(CHILD, format!("{what} {shape} {length}"))
        .output()
        .unwrap();
    assert!(run.status.success(), "{}: {run:?}", SHAPES[shape].0);
    let said = String::from_utf8(run.stdout).unwrap();
    let costs = said.lines().filter_map(|line| {
        let (memory, rest) = line.split_once("cost ")?.1.split_once(' ')?;
        let (ticks, kind) = rest.split_once(' ')?;
        let (memory, ticks) = (memory.parse().unwrap(), ticks.parse().unwrap());
        Some(Cost { kind: kind.to_owned(), memory, ticks })
    });
    costs.collect()
}

fn takes_too_much(cost: &Cost, length: usize) -> bool {
    cost.memory > (MOST_MEMORY / LARGEST * length + COARSE).min(MOST_MEMORY)
}

/// Twice the length may take twice the time, and some more.
fn takes_too_long(half: &Cost, whole: &Cost) -> bool {
    whole.ticks > (half.ticks * 3 + COARSE_TICKS).min(MOST_TICKS)
}

#[test]
fn hostile_answers_cost_no_more_than_their_length() {
    if let Ok(told) = env::var(CHILD) {
        return child(&told);
    }
    let length = asked();
    let (mut found, mut worst) = ([false; 2], (0, 0));
    for (index, (shape, _)) in SHAPES.iter().enumerate() {
        let (half, whole) = (costs(index, length / 2), costs(index, length));
        for (half, whole) in half.iter().zip(&whole) {
            let Cost { kind, memory, ticks } = whole;
            let (much, long) = (takes_too_much(whole, length), takes_too_long(half, whole));
            if let Some(control) = CONTROLS.iter().position(|control| control == kind) {
                found[control] |= [much, long][control];
                continue;
            }
            assert!(!much, "{shape} as {kind}: {memory} bytes of memory");
            assert!(!long, "{shape} as {kind}: {} ticks, then {ticks}", half.ticks);
            println!("{shape} as {kind}: {} MB, {ticks}0 ms", memory / MB);
            worst = (worst.0.max(*memory), worst.1.max(*ticks));
        }
    }
    println!(
        "{length} bytes, {} shapes, {} kinds: {} MB and {}0 ms at most",
        SHAPES.len(),
        KINDS.len(),
        worst.0 / MB,
        worst.1
    );
    assert_eq!(found, [true; 2], "what two trees take, and what grows too fast, is found");
}
