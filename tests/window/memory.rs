//! Looks for a secret in all memory a process can write to, as its owner could.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::ops::Range;
use std::os::unix::fs::FileExt;

use test_support::scan::{forms, found_in, planted};

use crate::processes::Process;

const PAGE: u64 = 4096;
/// The bit of an entry of `/proc/PID/pagemap` that says that the page is there, or swapped out.
const IN_USE: u64 = 0b11 << 62;

/// A process that is stopped while it is examined.
pub struct Still<'a> {
    process: &'a Process,
    memory: File,
    /// Where there is memory that the process can write to; the stack comes last.
    written: Vec<Range<u64>>,
}

impl<'a> Still<'a> {
    pub fn hold(process: &'a Process) -> Self {
        process.signal("-STOP");
        let path = format!("/proc/{}/mem", process.id);
        let memory = OpenOptions::new().read(true).write(true).open(path).expect("its memory");
        Self { process, memory, written: written(process) }
    }

    pub fn name(&self) -> &'a str {
        &self.process.name
    }

    /// In which forms the memory holds the text. Another one, as long, is planted there before, and
    /// the same search has to find it in every form.
    pub fn holds(&self, text: &str) -> Vec<&'static str> {
        let control: String = text.chars().rev().collect();
        let (planted, place) = (planted(&control), self.written.last().expect("a stack").start);
        let mut before = vec![0; planted.len()];
        self.memory.read_exact_at(&mut before, place).expect("memory to plant it in");
        self.memory.write_all_at(&planted, place).expect("it can be planted");
        let (mut found, mut controls) = (BTreeSet::new(), BTreeSet::new());
        for bytes in self.written.iter().map(|range| self.read(range)) {
            found.extend(found_in(&bytes, text));
            controls.extend(found_in(&bytes, &control));
        }
        self.memory.write_all_at(&before, place).expect("it can be taken away");
        let every = forms(text).into_iter().map(|(name, _)| name).collect();
        assert_eq!(controls, every, "what is planted in {} is found", self.process.name);
        found.into_iter().collect()
    }

    fn read(&self, range: &Range<u64>) -> Vec<u8> {
        let length = usize::try_from(range.end - range.start).expect("it fits in memory");
        let mut bytes = vec![0; length];
        // Memory of a device can't be read this way, and nobody can have written a text there.
        if self.memory.read_exact_at(&mut bytes, range.start).is_err() {
            bytes.clear();
        }
        bytes
    }
}

impl Drop for Still<'_> {
    fn drop(&mut self) {
        self.process.signal("-CONT");
    }
}

/// The memory the process can write to and has used, as ranges of neighbouring pages.
fn written(process: &Process) -> Vec<Range<u64>> {
    let maps = String::from_utf8_lossy(&process.told("maps")).into_owned();
    let pages = File::open(format!("/proc/{}/pagemap", process.id)).expect("its pages");
    let mut ranges: Vec<Range<u64>> = Vec::new();
    // The stack is the last mapping above the heap and the libraries.
    for line in
        maps.lines().filter(|line| line.split(' ').nth(1).is_some_and(|it| &it[1..2] == "w"))
    {
        let (start, rest) = line.split_once('-').expect("a range");
        let (end, _) = rest.split_once(' ').expect("its end");
        let address = |text| u64::from_str_radix(text, 16).expect("an address");
        for page in used(&pages, address(start)..address(end)) {
            match ranges.last_mut() {
                Some(range) if range.end == page => range.end += PAGE,
                _ => ranges.push(page..page + PAGE),
            }
        }
    }
    ranges
}

/// The pages of a mapping that are in use: browsers reserve far more than there is.
fn used(pages: &File, mapping: Range<u64>) -> Vec<u64> {
    let count = usize::try_from((mapping.end - mapping.start) / PAGE).expect("a number of pages");
    let mut entries = vec![0; count * 8];
    pages.read_exact_at(&mut entries, mapping.start / PAGE * 8).unwrap_or_default();
    let entries = entries.as_chunks::<8>().0.iter().map(|entry| u64::from_ne_bytes(*entry));
    let numbered = (mapping.start..).step_by(4096).zip(entries);
    numbered.filter(|(_, entry)| entry & IN_USE != 0).map(|(page, _)| page).collect()
}
