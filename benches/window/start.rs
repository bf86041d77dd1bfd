//! From the start of a process to its first rows on screen, and the memory it then rests at.
//!
//! All are started in turn, so that what else the computer does meets all of them alike. The clock
//! starts before the process does, and stops at the line that the process prints after its page
//! has been painted: for the app as for the others that is two frames after the rows were there,
//! and one message from the page's process to the window's.

use std::process::Command;

use tempfile::TempDir;

use crate::figures::Figure;
use crate::home::Home;
use crate::memory;
use crate::process::Running;
use crate::report::{Report, say};
use crate::rivals::{PAINTED, Rivals};

/// Starts of each. The first one of each fills the system's caches and does not count.
const ROUNDS: usize = 11;

/// The measured starts of one program.
struct Starts {
    ready: Figure,
    memory: Figure,
}

pub fn measure(few: &Home, many: &Home, rivals: &Rivals, report: &mut Report) {
    let profiles = TempDir::new().expect("a folder for profiles");
    let mut profile = 0;
    let mut next_profile = || {
        profile += 1;
        profiles.path().join(profile.to_string())
    };
    let mut samples: [Vec<(f64, f64)>; 4] = Default::default();
    for round in 0..ROUNDS {
        say(&format!("starts, round {round} of {}", ROUNDS - 1));
        let commands = [
            Some(app(few)),
            Some(app(many)),
            Some(rivals.floor(&many.desktop)),
            rivals.chromium(&many.desktop, &next_profile()),
        ];
        for (samples, command) in samples.iter_mut().zip(commands) {
            let sample = command.map(one);
            samples.extend(sample.filter(|_| round > 0));
        }
    }
    let [few, many, floor, chromium] = samples.map(Starts::of);
    add(report, &few, &many);
    add_floor(report, &few, &many, &floor);
    if chromium.ready.n > 0 {
        add_chromium(report, &few, &many, &chromium);
    }
}

fn app(home: &Home) -> Command {
    let mut command = home.desktop.command(env!("CARGO_BIN_EXE_entri-tokens"));
    command.env("ENTRI_TOKENS_LOG", "info").env("GDK_BACKEND", "x11");
    command
}

fn one(mut command: Command) -> (f64, f64) {
    let running = Running::start(&mut command);
    let (ready, _) = running.wait_for(PAINTED);
    (ready, memory::settled(running.id()))
}

impl Starts {
    fn of(samples: Vec<(f64, f64)>) -> Self {
        let (ready, memory) = samples.into_iter().unzip();
        Self { ready: Figure::of(ready), memory: Figure::of(memory) }
    }
}

fn add(report: &mut Report, few: &Starts, many: &Starts) {
    report.add("firstRowsMs", "first rows painted, 100,000 tokens, ms", many.ready);
    report.add("firstRows48Ms", "first rows painted, 48 tokens, ms", few.ready);
    let ratio = many.ready.over(few.ready);
    report.add("startRatio100kTo48", "… 100,000 : 48", ratio).gate("p50", ratio.p50, 1.10);
    report.add("pssMb", "memory at rest, 100,000 tokens, MB", many.memory);
    report.add("pss48Mb", "memory at rest, 48 tokens, MB", few.memory);
    let more = many.memory.above(few.memory);
    report.add("pssDifferenceMb", "… 100,000 above 48, MB", more).gate("p50", more.p50, 14.0);
}

fn add_floor(report: &mut Report, few: &Starts, many: &Starts, floor: &Starts) {
    report.add("floorReadyMs", "bare window painted, ms", floor.ready);
    report.add("floorPssMb", "bare window's memory at rest, MB", floor.memory);
    for (app, key, tokens) in [(many, "", "100,000"), (few, "48", "48")] {
        let (ready, memory) = (app.ready.over(floor.ready), app.memory.over(floor.memory));
        let name = |what| format!("{what}, {tokens} tokens : bare window");
        report
            .add(&format!("readyRatioToFloor{key}"), &name("painted"), ready)
            .gate("p50", ready.p50, 1.06);
        report
            .add(&format!("pssRatioToFloor{key}"), &name("memory"), memory)
            .gate("p50", memory.p50, 1.1);
    }
}

fn add_chromium(report: &mut Report, few: &Starts, many: &Starts, chromium: &Starts) {
    report.add("chromiumReadyMs", "Chromium painted, ms", chromium.ready);
    report.add("chromiumPssMb", "Chromium's memory at rest, MB", chromium.memory);
    for (app, key, tokens) in [(many, "", "100,000"), (few, "48", "48")] {
        let (ready, memory) = (app.ready.over(chromium.ready), app.memory.over(chromium.memory));
        let name = |what| format!("{what}, {tokens} tokens : Chromium");
        report.add(&format!("readyRatioToChromium{key}"), &name("painted"), ready);
        report.add(&format!("pssRatioToChromium{key}"), &name("memory"), memory);
    }
}
