//! Faults between the app and the server during a create: no active token goes unnoticed, and none is
//! created twice.

use std::sync::Arc;
use std::time::Duration;

use entri_sandbox::{FaultAnswer, Method, Sandbox};
use test_support::proxy::{Fault, Proxy};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::Scale;
use crate::bench::{alive, asked_about, desk, folder, look_later, named, sandbox};
use crate::report::{Outcome, Report};

/// How many runs there are at the same time; most of them are waiting.
const AT_ONCE: usize = 60;
const HTML: &str = "<!doctype html><title>Proxy</title>";

/// A failure on the way to the server or in its answer.
#[derive(Clone)]
enum Wrong {
    Way(Fault),
    /// The server answers with this, whether or not it did what was asked.
    Answer {
        status: u16,
        content_type: &'static str,
        body: String,
        with_effect: bool,
    },
    /// A redirect, after the server did what was asked.
    Redirect(u16),
}

/// The outcomes of a run.
struct Run {
    /// Active tokens that the app neither delivered nor asks about.
    lost: Outcome,
    /// More than one token of one create.
    twice: Outcome,
}

/// Answers in the place of the server's: the status, the type, the body, and whether the server did what was
/// asked.
const ANSWERS: [(u16, &str, &str, bool); 20] = [
    (500, "application/json", "{}", true),
    (500, "application/json", "{}", false),
    (502, "text/html", HTML, true),
    (503, "text/plain", "", true),
    (504, "text/html", HTML, true),
    (504, "text/html", HTML, false),
    (201, "text/html", HTML, true),
    (201, "application/json", "", true),
    (201, "application/json", "[]", true),
    (201, "application/json", r#"{"_id":7}"#, true),
    (204, "application/json", "", true),
    (400, "application/json", r#"{"message":["no"]}"#, true),
    (401, "application/json", "{}", true),
    (403, "application/json", "{}", true),
    (404, "application/json", "{}", true),
    (409, "application/json", "{}", true),
    (422, "application/json", r#"{"message":["no"]}"#, true),
    (422, "application/json", r#"{"message":["no"]}"#, false),
    (429, "application/json", "{}", true),
    (429, "application/json", "{}", false),
];

fn faults() -> Vec<Wrong> {
    let answers = ANSWERS.map(|(status, content_type, body, with_effect)| Wrong::Answer {
        status,
        content_type,
        body: body.to_owned(),
        with_effect,
    });
    let huge = Wrong::Answer {
        status: 201,
        content_type: "application/json",
        body: format!(r#"{{"_id":"{}"}}"#, "x".repeat(1 << 20)),
        with_effect: true,
    };
    ways()
        .into_iter()
        .map(Wrong::Way)
        .chain(answers)
        .chain([huge, Wrong::Redirect(303), Wrong::Redirect(307)])
        .collect()
}

/// What can happen to the bytes on their way.
fn ways() -> Vec<Fault> {
    use Fault::{CutAnswer, CutRequest, Delay, Drip, Replace, ResetAtOnce, Silence, StallAnswer};
    let text = |text: &str| text.as_bytes().to_vec();
    let mut ways = vec![
        ResetAtOnce,
        Silence,
        CutRequest(1),
        CutRequest(60),
        CutRequest(200),
        CutRequest(usize::MAX),
        StallAnswer(0),
        StallAnswer(20),
        StallAnswer(200),
        Delay(Duration::from_millis(300)),
        Drip { piece: 9, every: Duration::from_millis(2) },
        Drip { piece: 1, every: Duration::from_millis(100) },
        Replace(Vec::new()),
        Replace(vec![0; 5000]),
        Replace((0..=255).collect()),
        Replace(text("SSH-2.0-OpenSSH_9.9\r\n")),
        Replace(text("HTTP/1.1 201 Created\r\nContent-Length: 900\r\n\r\n{}")),
        Replace(text("HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n{}")),
        Replace(text("HTTP/1.1 100 Continue\r\n\r\n")),
    ];
    let cuts = [0, 1, 9, 40, 120, 300].into_iter();
    let cuts = cuts.flat_map(|at| [true, false].map(|reset| CutAnswer { at, reset }));
    ways.extend(cuts);
    ways
}

impl Wrong {
    /// Whether it ends only when the app no longer waits.
    fn takes_long(&self) -> bool {
        matches!(
            self,
            Self::Way(Fault::Silence | Fault::StallAnswer(_) | Fault::Drip { piece: 1, .. })
        )
    }
}

pub async fn run(Scale { runs, slow, .. }: Scale, report: &mut Report) {
    let faults: Vec<_> = faults().into_iter().filter(|it| slow || !it.takes_long()).collect();
    let at_once = Arc::new(Semaphore::new(AT_ONCE));
    let mut going = JoinSet::new();
    for (number, wrong) in faults.iter().enumerate() {
        for round in 0..runs {
            let (wrong, at_once) = (wrong.clone(), Arc::clone(&at_once));
            going.spawn(async move {
                let _turn = at_once.acquire().await.unwrap();
                one(wrong, &format!("fault-{number}-{round}")).await
            });
        }
    }
    let (lost, twice) = going.join_all().await.into_iter().map(|run| (run.lost, run.twice)).unzip();
    let kinds = faults.len();
    report.add(&format!("{kinds} faults of a create: no active token goes unnoticed"), lost);
    report.add(&format!("{kinds} faults of a create: no token is created twice"), twice);
}

async fn one(wrong: Wrong, name: &str) -> Run {
    let sandbox = sandbox().await;
    let ready = sandbox.ready();
    let proxy = Proxy::before(&ready.base_url).await;
    let folder = folder();
    let path = folder.path().to_str().unwrap();
    let desk_before = desk(path, &proxy.url(), &ready.admin_token).await;
    arm(&wrong, &sandbox, &proxy);
    let created = desk_before.create(named(name), chrono::Utc::now()).await;
    let delivered = match &created {
        Ok(created) => created.key.as_ref().map(|key| key.id.0.clone()),
        Err(_) => None,
    };
    // The value is discarded, as by somebody who closes the dialog; then the app restarts.
    if let (Ok(created), None) = (&created, &delivered) {
        let now = chrono::Utc::now();
        desk_before.close_secret(created.handle, true, now).await.expect("it closes");
    }
    look_later(&desk_before).await;
    let desk_after = desk(path, &proxy.url(), &ready.admin_token).await;
    look_later(&desk_after).await;
    let alive = alive(&sandbox, name);
    let (asked, unsure) = asked_about(&desk_after, name);
    let said = created.map_or_else(|error| error.to_string(), |_| "created".to_owned());
    let accounted = |id: &String| asked.contains(id) || delivered.as_ref() == Some(id);
    let lost = match alive.iter().find(|id| !accounted(id)) {
        Some(id) => Err(format!("{name}: {id} lives and nobody asks about it; {said}")),
        None if unsure > 0 => Err(format!("{name}: still unsure; {said}")),
        None if asked.iter().any(|id| !alive.contains(id)) => {
            Err(format!("{name}: asks about what is not there; {said}"))
        }
        None => Ok(()),
    };
    let twice = if alive.len() > 1 { Err(format!("{name}: {alive:?}")) } else { Ok(()) };
    Run { lost, twice }
}

fn arm(wrong: &Wrong, sandbox: &Sandbox, proxy: &Proxy) {
    let fault = |with_effect, answer| entri_sandbox::Fault {
        method: Method::POST,
        path: "/tokens".to_owned(),
        with_effect,
        answer,
    };
    match wrong.clone() {
        Wrong::Way(fault) => proxy.plan("POST", fault),
        Wrong::Answer { status, content_type, body, with_effect } => {
            sandbox.fail_next(fault(with_effect, FaultAnswer::status(status, content_type, &body)));
        }
        Wrong::Redirect(status) => sandbox.fail_next(fault(
            true,
            FaultAnswer::Answer {
                status,
                content_type: "text/plain",
                headers: vec![("location", "/elsewhere".to_owned())],
                body: String::new(),
            },
        )),
    }
}
