//! Memory of a whole process tree: the proportional set size, which counts shared pages once.

use std::collections::HashMap;
use std::fs;
use std::thread;
use std::time::{Duration, Instant};

/// How long nothing may happen before a tree of processes counts as idle, in steps.
const STEP: Duration = Duration::from_millis(300);
const QUIET_STEPS: usize = 4;
/// Processor time and memory that may still come or go in a quiet step.
const QUIET_TICKS: u64 = 1;
const QUIET_SHARE: f64 = 0.005;
const PATIENCE: Duration = Duration::from_secs(180);

/// Waits until the descendants of `root` (and `root`, unless that is this process) neither compute
/// nor change their memory; returns that memory in MB (10^6 bytes).
pub fn settled(root: u32) -> f64 {
    let deadline = Instant::now() + PATIENCE;
    let (mut ticks, mut memory) = state(root);
    let mut quiet = 0;
    while quiet < QUIET_STEPS {
        assert!(Instant::now() < deadline, "the processes do not come to rest");
        thread::sleep(STEP);
        let (ticks_now, memory_now) = state(root);
        let rests = ticks_now.abs_diff(ticks) <= QUIET_TICKS
            && (memory_now - memory).abs() <= memory * QUIET_SHARE;
        quiet = if rests { quiet + 1 } else { 0 };
        (ticks, memory) = (ticks_now, memory_now);
    }
    memory
}

/// The processor time used so far, in ticks of 10 ms, and the memory.
fn state(root: u32) -> (u64, f64) {
    let own = std::process::id();
    let processes: Vec<u32> = tree(root).into_iter().filter(|&process| process != own).collect();
    let ticks = processes.iter().filter_map(|&process| ticks(process)).sum();
    let kilobytes: u32 = processes.iter().filter_map(|&process| pss_kb(process)).sum();
    (ticks, f64::from(kilobytes) * 1024.0 / 1e6)
}

fn pss_kb(process: u32) -> Option<u32> {
    let rollup = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
    let line = rollup.lines().find(|line| line.starts_with("Pss:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

fn tree(root: u32) -> Vec<u32> {
    let parents: HashMap<u32, u32> = fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter_map(|process| Some((process, parent(process)?)))
        .collect();
    let belongs = |mut process: u32| {
        while process != root {
            match parents.get(&process) {
                Some(&parent) if parent > 1 => process = parent,
                _ => return false,
            }
        }
        true
    };
    parents.keys().copied().filter(|&process| belongs(process)).collect()
}

fn parent(process: u32) -> Option<u32> {
    field(process, 1)?.try_into().ok()
}

/// In user mode and in the kernel.
fn ticks(process: u32) -> Option<u64> {
    Some(field(process, 11)? + field(process, 12)?)
}

/// A number of `/proc/…/stat`, counted from the state that follows the name.
fn field(process: u32, number: usize) -> Option<u64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name in brackets may hold anything, so fields are counted from its end.
    stat.rsplit_once(')')?.1.split_whitespace().nth(number)?.parse().ok()
}
