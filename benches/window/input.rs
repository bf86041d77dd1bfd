//! From an input event to the rows it asks for, measured inside the app's own page, and beside it in a bare window
//! whose page swaps prepared rows for others.
//!
//! `input.js` runs in both, once for each kind of input, and answers with all its samples: a round
//! trip through `WebDriver` for each of them would let the page come to rest in between.

use std::collections::HashMap;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::app::App;
use crate::desktop::Desktop;
use crate::figures::Figure;
use crate::home::Home;
use crate::process::Running;
use crate::report::{Report, say};
use crate::rivals;

/// How long one kind of input may take in all.
const PATIENCE: Duration = Duration::from_secs(300);
const SAMPLES: usize = 240;
const SCRIPT: &str = include_str!("input.js");
const FLOOR: &str = include_str!("floor.js");
const STILL: &str = include_str!("still.js");
/// The script's name for an input, and its description.
const KINDS: [(&str, &str); 5] = [
    ("sort", "click on a column"),
    ("cardFilter", "click on a card"),
    ("scroll", "turn of the wheel"),
    // Last, since they leave a part of the list only.
    ("search", "keystroke in the search"),
    ("terms", "keystroke in a search of 5 terms"),
];
/// The input of another screen.
const DRAG: (&str, &str) = ("drag", "step of the what-if limit");
const WORDS: [&str; 8] =
    ["checkout-prod", "ferry", "mira", "write", "t-00a", "deploy", "mobile", "eu-1 ole"];
/// The value of the last of them is typed.
const TERMS: &str = "unused:>9d -expires:past scope:read project:e name:m*";
/// How many times the floor's time an input may take, at the median and at p95: until the document has the answer,
/// and until the frame after it.
const DOM: [f64; 2] = [2.0, 2.0];
const FRAME: [f64; 2] = [1.25, 1.4];
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
    let list = still(&app).await;
    let mut of_app = HashMap::new();
    for (kind, _) in KINDS {
        of_app.insert(kind, sample(&app, kind).await);
    }
    app.press("Audit report").await;
    app.says("Policy: Standard (90 days)").await;
    let audit = still(&app).await;
    of_app.insert(DRAG.0, sample(&app, DRAG.0).await);
    app.close().await;
    let mut of_floor = floor(&home.desktop, &list, &KINDS.map(|(kind, _)| kind));
    of_floor.extend(floor(&home.desktop, &audit, &[DRAG.0]));
    for (kind, what) in KINDS.into_iter().chain([DRAG]) {
        add(report, (kind, what), &of_app[kind], &of_floor[kind]);
    }
    report.add("domNodes", "nodes of the page", nodes).gate("all", nodes.p50, MOST_NODES);
    list
}

async fn still(app: &App) -> String {
    app.eval(STILL).await.as_str().expect("a document").to_owned()
}

async fn sample(app: &App, kind: &str) -> Samples {
    say(kind);
    let arguments = vec![json!(kind), json!(SAMPLES), json!(WORDS), json!(TERMS)];
    let answer = app.page.execute_async(SCRIPT, arguments).await;
    let answer: Value = answer.expect("the page answers").json().clone();
    serde_json::from_value(answer.clone()).unwrap_or_else(|_| panic!("{kind}: {answer}"))
}

/// The same inputs in a bare window that shows this still.
fn floor(desktop: &Desktop, still: &str, kinds: &[&str]) -> HashMap<String, Samples> {
    say(&format!("the floor of {}", kinds.join(", ")));
    let what = [json!(kinds), json!(SAMPLES), json!(WORDS), json!(TERMS)].map(|it| it.to_string());
    let script =
        format!("function sample() {{ {SCRIPT} }}\n{FLOOR}\nmeasure({});", what.join(", "));
    let running = Running::start(&mut rivals::floor(desktop, still, &script));
    let measured = |kind: &&str| {
        let word = format!("measured {kind} ");
        let (_, said) = running.wait_for(&word);
        let samples = said.trim_start_matches(&word);
        let samples = serde_json::from_str(samples);
        ((*kind).to_owned(), samples.unwrap_or_else(|_| panic!("{said}")))
    };
    kinds.iter().map(measured).collect()
}

fn add(report: &mut Report, (kind, what): (&str, &str), app: &Samples, floor: &Samples) {
    let measures = [
        ("Dom", "DOM", &app.dom, &floor.dom, DOM),
        ("Frame", "frame", &app.frame, &floor.frame, FRAME),
    ];
    for (key, until, app, floor, [p50, p95]) in measures {
        let [app, floor] = [app, floor].map(|samples| Figure::of_ticks(samples.clone()));
        report.add(&format!("inputTo{key}Ms.{kind}"), &format!("{what} → {until}, ms"), app);
        report.add(&format!("floorTo{key}Ms.{kind}"), "… of the floor, ms", floor);
        let ratio = app.beside(floor);
        report
            .add(&format!("inputTo{key}Ratio.{kind}"), "… : floor", ratio)
            .gate("p50", ratio.p50, p50)
            .gate("p95", ratio.p95.unwrap_or(f64::NAN), p95);
    }
}
