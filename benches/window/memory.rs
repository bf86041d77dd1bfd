//! Memory of a whole process tree: the proportional set size, which counts shared pages once.

use std::collections::HashMap;
use std::fs;

/// The sum over `root` and all its descendants, in MB (10^6 bytes).
pub fn pss_mb(root: u32) -> f64 {
    let kilobytes: u64 = tree(root).into_iter().filter_map(pss_kb).sum();
    kilobytes as f64 * 1024.0 / 1e6
}

fn pss_kb(process: u32) -> Option<u64> {
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
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name in brackets may hold anything, so fields are counted from its end.
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}
