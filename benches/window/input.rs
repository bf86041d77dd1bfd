//! From an input event to the rows it asks for, measured inside the app's own page.
//!
//! `input.js` runs there, once for each kind of input, and answers with all its samples: a round
//! trip through `WebDriver` for each of them would let the page come to rest in between.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::app::App;
use crate::figures::Figure;
use crate::home::Home;
use crate::report::{Report, say};

/// How long one kind of input may take in all.
const PATIENCE: Duration = Duration::from_secs(300);
const SAMPLES: usize = 240;
const SCRIPT: &str = include_str!("input.js");
const STILL: &str = include_str!("still.js");
/// The script's name for an input, its description, and how much longer than on an idle page its
/// next frame may take, in ms.
const KINDS: [(&str, &str, Option<f64>); 6] = [
    ("sort", "click on a column", Some(24.0)),
    ("cardFilter", "click on a card", None),
    ("scroll", "turn of the wheel", Some(33.0)),
    // Last, since they leave a part of the list only.
    ("search", "keystroke in the search", Some(16.0)),
    ("terms", "keystroke in a search of 5 terms", Some(16.0)),
    // On another screen.
    (DRAG, "step of the what-if limit", Some(16.0)),
];
const DRAG: &str = "drag";
const WORDS: [&str; 8] =
    ["checkout-prod", "ferry", "mira", "write", "t-00a", "deploy", "mobile", "eu-1 ole"];
/// The value of the last of them is typed.
const TERMS: &str = "unused:>9d -expires:past scope:read project:e name:m*";
const DOM_WITHIN_MS: f64 = 12.0;
const MOST_NODES: f64 = 799.0;

/// Samples of each measure, in milliseconds.
#[derive(Deserialize)]
struct Samples {
    dom: Vec<f64>,
    frame: Vec<f64>,
}

/// Returns the first screen as a document without scripts.
pub async fn measure(home: &Home, report: &mut Report) -> String {
    let app = home.open().await;
    app.page.set_script_timeout(PATIENCE).await.expect("it can wait");
    let nodes = app
        .eval(
            "const all = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
        let count = 1;
        while (all.nextNode()) count += 1;
        return count",
        )
        .await;
    let nodes = Figure { n: 1, p50: nodes.as_f64().expect("a number"), p95: None };
    let still = app.eval(STILL).await.as_str().expect("a document").to_owned();
    let idle = Figure::of(sample(&app, "idle").await.frame);
    let mut of_kinds = Vec::new();
    for (kind, ..) in KINDS {
        if kind == DRAG {
            app.press("Audit report").await;
            app.says("Policy: Standard (90 days)").await;
        }
        of_kinds.push(sample(&app, kind).await);
    }
    app.close().await;
    add(report, idle, of_kinds);
    report.add("domNodes", "nodes of the page", nodes).gate("all", nodes.p50, MOST_NODES);
    still
}

async fn sample(app: &App, kind: &str) -> Samples {
    say(kind);
    let arguments = vec![json!(kind), json!(SAMPLES), json!(WORDS), json!(TERMS)];
    let answer = app.page.execute_async(SCRIPT, arguments).await;
    let answer: Value = answer.expect("the page answers").json().clone();
    serde_json::from_value(answer.clone()).unwrap_or_else(|_| panic!("{kind}: {answer}"))
}

fn add(report: &mut Report, idle: Figure, of_kinds: Vec<Samples>) {
    let idle_p95 = idle.p95.unwrap_or(f64::NAN);
    report.add("idleFrameP95Ms", "next frame of an idle page, ms", idle);
    let mut all = Samples { dom: Vec::new(), frame: Vec::new() };
    let mut lines = Vec::new();
    for ((kind, what, beyond_idle), samples) in KINDS.into_iter().zip(of_kinds) {
        all.dom.extend(&samples.dom);
        all.frame.extend(&samples.frame);
        lines.push((format!(".{kind}"), what, beyond_idle, samples));
    }
    lines.insert(0, (String::new(), "all inputs", None, all));
    for (key, what, _, samples) in &lines {
        let figure = Figure::of(samples.dom.clone());
        report.add(&format!("inputToDomP95Ms{key}"), &format!("{what} → DOM, ms"), figure).gate(
            "p95",
            figure.p95.unwrap_or(f64::NAN),
            DOM_WITHIN_MS,
        );
    }
    for (key, what, beyond_idle, samples) in lines {
        let figure = Figure::of(samples.frame);
        let line =
            report.add(&format!("inputToFrameP95Ms{key}"), &format!("{what} → frame, ms"), figure);
        if let Some(most) = beyond_idle {
            line.gate("p95 − idle", figure.p95.unwrap_or(f64::NAN) - idle_p95, most);
        }
    }
}
