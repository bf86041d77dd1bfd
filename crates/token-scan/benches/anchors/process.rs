//! Programs that are run for what they cost.

use std::fs;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A program that takes longer is ended, and counts as one that gave up.
const PATIENCE: Duration = Duration::from_secs(180);

/// Linux counts the time of processes in hundredths of a second, whatever its clock does.
const TICK: f64 = 0.01;

/// What one run cost.
#[derive(Clone, Copy)]
pub struct Cost {
    /// Seconds from its start to its end.
    pub wall: f64,
    /// Seconds of all cores together, with those of the programs that it started.
    pub cpu: f64,
    /// The most memory that it had, in MB.
    pub peak: f64,
    /// The exit code, unless a signal ended it.
    pub code: Option<i32>,
}

/// Runs a program to its end. Nothing if it had to be ended.
pub fn run(command: &mut Command) -> Option<Cost> {
    let (before, since) = (children_cpu(), Instant::now());
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let name = quiet.get_program().display().to_string();
    let mut child = quiet.spawn().unwrap_or_else(|error| panic!("{name} does not start: {error}"));
    let mut peak = 0.0_f64;
    loop {
        peak = peak.max(peak_of(child.id()));
        if let Some(status) = child.try_wait().expect("it is a child") {
            let (wall, cpu) = (since.elapsed().as_secs_f64(), children_cpu() - before);
            return Some(Cost { wall, cpu, peak, code: status.code() });
        }
        if since.elapsed() > PATIENCE {
            child.kill().expect("it is a child");
            child.wait().expect("it was ended");
            return None;
        }
        // The system keeps the highest mark, so that only what comes in the last moment is missed.
        sleep(Duration::from_millis(2));
    }
}

/// The time of all children that have ended, in seconds.
fn children_cpu() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").expect("this bench needs Linux");
    // A program's name may have spaces, and ends with the last parenthesis.
    let (_, numbers) = stat.rsplit_once(')').expect("the name stands in parentheses");
    let ticks = numbers.split_whitespace().skip(13).take(2);
    ticks.map(|ticks| ticks.parse::<f64>().expect("a number") * TICK).sum()
}

fn peak_of(id: u32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.unwrap_or_default() * 1024.0 / 1e6
}

/// How busy the machine is: programs that run or wait to, in the last minute.
pub fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').next().unwrap_or_default().to_owned()
}
