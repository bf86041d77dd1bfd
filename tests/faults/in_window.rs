//! The real window: the rounds of its tests, as many as it takes to say how often they go wrong.

use std::thread;
use std::time::Duration;

use tokio::runtime::Runtime;

use crate::hangs::{self, Answers};
use crate::report::{Outcome, Report};
use crate::rounds::expect;
use crate::window::rotation;
use crate::{canary, clipboard, found, hostile_names, looks, window};

/// Desktops at the same time: more, and they have to wait for the computer rather than for the app.
const DESKTOPS: usize = 5;
/// Secrets that are searched for, one desktop after the other, since a search takes all there is.
const SECRETS: usize = 20;
/// How long an incident may take, without what a person does.
const INCIDENT: Duration = Duration::from_secs(10);
const INPUTS: usize = 240;
/// How often the app is started, and a silent keychain asked by each.
const STARTS: usize = 3;
const ASKED: usize = 4;
const LIMIT_MS: f64 = 100.0;

pub fn run(report: &mut Report) {
    let runtime = Runtime::new().expect("a runtime");
    runtime.block_on(async {
        secrets(report).await;
        incidents(report).await;
        rotated(report).await;
        let names = hostile_names::rounds().await;
        report.add("hostile names: no script ran or was tried, and the id is visible", names);
        let keychain = hangs::keychain(STARTS, ASKED, INPUTS / STARTS / ASKED).await;
        answers("the keychain hangs", keychain, report);
        answers("the network hangs", hangs::network(INPUTS).await, report);
        answers("the disk hangs", hangs::disk(INPUTS).await, report);
        answers("a list without end", hangs::flood(INPUTS).await, report);
    });
    report.add("a crash leaves no core file, and couldn’t", window::crash::rounds());
    looks::tell(&at_once(DESKTOPS, async || looks::rounds(2).await), report);
    let copies = at_once(DESKTOPS, async || clipboard::rounds(10).await);
    report.add(
        "a copy: marked as private, gone after 30 s ± 1 s, and what others copied is kept",
        copies,
    );
}

async fn secrets(report: &mut Report) {
    let canary::Searched { memory, starts, files } = canary::rounds(SECRETS).await;
    report.add("a value whose dialog was closed: in no memory of the app within 1 s", memory);
    report.add("a value whose dialog was closed: in no argument and no environment", starts);
    report.add("a value whose dialog was closed: in no file, database or log at TRACE", files);
}

/// Values that were found, from the button to the proof.
async fn incidents(report: &mut Report) {
    let rounds = found::rounds(SECRETS).await;
    let mut took: Vec<_> = rounds.iter().map(|it| it.took).collect();
    took.sort_unstable();
    let (middle, most) = (took[took.len() / 2].as_secs_f64(), took[took.len() - 1].as_secs_f64());
    let n = took.len();
    report.tell(format!(
        "From pasted to proven dead, by keyboard, of {n}: median {middle:.1} s, at most {most:.1} s"
    ));
    let in_time = |took: &Duration| expect(*took <= INCIDENT, || format!("it took {took:?}"));
    let goal = format!("a found value: proven dead by keyboard within {} s", INCIDENT.as_secs());
    report.add(&goal, took.iter().map(in_time).collect());
    let (mut shown, mut memory, mut starts, mut files) = (vec![], vec![], vec![], vec![]);
    for round in rounds {
        shown.push(round.shown);
        memory.push(round.memory);
        starts.push(round.starts);
        files.push(round.files);
    }
    report.add("a found value: never in the page", shown);
    report.add("a found value that was forgotten: in no memory of the app within 1 s", memory);
    report.add("a found value: in no argument and no environment", starts);
    report.add("a found value: in no file, record, database or log at TRACE", files);
}

/// Both values of tokens that were rotated.
async fn rotated(report: &mut Report) {
    let canary::Searched { memory, starts, files } = rotation::rounds(SECRETS / 2).await;
    report.add("both values of a rotation: in no memory of the app within 1 s", memory);
    report.add("both values of a rotation: in no argument and no environment", starts);
    report.add("both values of a rotation: in no file, database or log at TRACE", files);
}

fn answers(what: &str, answers: Answers, report: &mut Report) {
    if let Ok(times) = &answers {
        let mut times = times.clone();
        times.sort_unstable_by(f64::total_cmp);
        let [middle, late] = [50, 99].map(|of_100| times[(times.len() * of_100).div_ceil(100) - 1]);
        let took = format!("input → frame, p50 {middle:.0} ms, p99 {late:.0} ms");
        report.tell(format!("{what}: {took}"));
    }
    let goal = format!("{what}: the window responds within {LIMIT_MS} ms, p99");
    report.add(&goal, within(LIMIT_MS, answers));
}

/// Whether the window was quick, an outcome for each input: of a hundred, one may be late.
fn within(limit: f64, answers: Answers) -> Vec<Outcome> {
    let answers = match answers {
        Ok(answers) => answers,
        Err(error) => return vec![Err(error)],
    };
    let late = answers.iter().filter(|time| **time > limit).count();
    let forgiven = if late <= answers.len() / 100 { f64::INFINITY } else { limit };
    let outcome = |time: f64| {
        if time <= forgiven { Ok(()) } else { Err(format!("answered after {time:.0} ms")) }
    };
    answers.into_iter().map(outcome).collect()
}

/// Runs rounds on so many desktops at the same time, since most of a round is waiting. Each has its
/// own runtime, so that blocking one doesn't delay the others.
fn at_once<T: Send>(desktops: usize, rounds: impl AsyncFn() -> Vec<T> + Sync) -> Vec<T> {
    let on_one = || Runtime::new().expect("a runtime").block_on(rounds());
    thread::scope(|scope| {
        let going: Vec<_> = (0..desktops).map(|_| scope.spawn(on_one)).collect();
        going.into_iter().flat_map(|it| it.join().expect("the rounds come to an end")).collect()
    })
}
