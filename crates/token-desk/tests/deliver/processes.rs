//! Looks for the value where every program of this computer could read it: in the arguments and the environment of
//! running processes.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use test_support::scan::found_in;

/// What was seen of processes so far.
pub struct Processes {
    value: String,
    arguments: Mutex<BTreeSet<String>>,
    holding: Mutex<BTreeSet<String>>,
}

impl Processes {
    pub fn new(value: &str) -> Self {
        Self { value: value.to_owned(), arguments: Mutex::default(), holding: Mutex::default() }
    }

    /// Looks once at every process. A server that does so before it answers sees the program that waits for it.
    pub fn look(&self) {
        for process in fs::read_dir("/proc").unwrap().flatten() {
            // One that is gone by now, or none at all.
            let Ok(arguments) = fs::read(process.path().join("cmdline")) else { continue };
            let environment = fs::read(process.path().join("environ")).unwrap_or_default();
            let shown = String::from_utf8_lossy(&arguments).replace('\0', " ");
            if !found_in(&[arguments, environment].concat(), &self.value).is_empty() {
                self.holding.lock().unwrap().insert(shown.clone());
            }
            self.arguments.lock().unwrap().insert(shown);
        }
    }

    /// Looks again and again, until it is told that that is enough.
    pub fn look_until(&self, enough: &AtomicBool) {
        while !enough.load(Ordering::Relaxed) {
            self.look();
            // The program that is looked for needs the processor too.
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Whether a process with these words among its arguments was seen.
    pub fn saw(&self, words: &str) -> bool {
        self.arguments.lock().unwrap().iter().any(|arguments| arguments.contains(words))
    }

    /// The arguments of the processes that had the value.
    pub fn holding(&self) -> Vec<String> {
        self.holding.lock().unwrap().iter().cloned().collect()
    }
}

#[test]
fn a_value_in_an_argument_or_in_the_environment_is_seen() {
    const VALUE: &str = "entri_EXAMPLEONLYseen7h2Kq9ZpVw3Lm5Xc8Rb";
    let processes = Processes::new(VALUE);
    processes.look();
    assert_eq!(processes.holding(), [""; 0]);
    let mut argument = Command::new("sleep");
    argument.args(["600"]).arg0(VALUE);
    let mut environment = Command::new("sleep");
    environment.arg("610").env("ANY", VALUE);
    for (mut command, seen) in [(argument, "600"), (environment, "610")] {
        let mut child = command.spawn().unwrap();
        let processes = Processes::new(VALUE);
        let is_seen = || processes.holding().iter().any(|it| it.contains(seen));
        // The child is there a moment before its arguments are.
        let begun = Instant::now();
        while !is_seen() && begun.elapsed() < Duration::from_secs(60) {
            processes.look();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(is_seen(), "{seen}");
    }
}
