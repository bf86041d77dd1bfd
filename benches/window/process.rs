//! Programs the bench starts: each ends with the value that stands for it.

use std::io::{BufRead, BufReader, pipe};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// No program needs longer for anything it is waited for.
const PATIENCE: Duration = Duration::from_secs(600);

pub struct Running {
    child: Child,
    since: Instant,
    said: Receiver<(Instant, String)>,
}

impl Running {
    /// Starts a program and listens to what it prints.
    pub fn start(command: &mut Command) -> Self {
        let (output, out) = pipe().expect("a pipe");
        let err = out.try_clone().expect("its other end");
        let name = command.get_program().display().to_string();
        let since = Instant::now();
        let started = command.stdin(Stdio::null()).stdout(out).stderr(err).spawn();
        let child = started.unwrap_or_else(|error| panic!("{name} does not start: {error}"));
        // The command holds the pipe's ends, and with them the pipe open.
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let (tell, said) = channel();
        // To the end, so that no program ever waits for somebody to read.
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                let _ = tell.send((Instant::now(), line));
            }
        });
        Self { child, since, said }
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits for a line that holds `word`; tells how long after the start it came, in ms.
    pub fn wait_for(&self, word: &str) -> (f64, String) {
        let mut before = Vec::new();
        loop {
            match self.said.recv_timeout(PATIENCE) {
                Ok((at, line)) if line.contains(word) => {
                    return ((at - self.since).as_secs_f64() * 1e3, line);
                }
                Ok((_, line)) => before.push(line),
                Err(error) => panic!("no “{word}”: {error}. Before: {before:#?}"),
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
