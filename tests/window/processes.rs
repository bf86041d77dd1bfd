//! The processes of the app, as Linux tells of them.

use std::fs;
use std::process::Command;

/// A process, and what it is in the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Process {
    pub id: u32,
    /// As the system cuts it, to 15 characters.
    pub name: String,
}

/// The names of the processes the app consists of.
pub const OF_THE_APP: [&str; 3] = ["WebKitNetworkPr", "WebKitWebProces", "entri-tokens"];

/// The app's processes under `root`, by name.
pub fn of_the_app(root: u32) -> Vec<Process> {
    let mut found = below(root);
    found.retain(|process| OF_THE_APP.contains(&&*process.name));
    found.sort_by(|one, other| one.name.cmp(&other.name));
    found
}

/// `root` and everything it started, directly or not.
fn below(root: u32) -> Vec<Process> {
    let mut found: Vec<_> = Process::with(root).into_iter().collect();
    let children = fs::read_dir(format!("/proc/{root}/task")).into_iter().flatten().flatten();
    for thread in children {
        let list = fs::read_to_string(thread.path().join("children")).unwrap_or_default();
        found.extend(list.split_whitespace().filter_map(|id| id.parse().ok()).flat_map(below));
    }
    found
}

impl Process {
    fn with(id: u32) -> Option<Self> {
        let name = fs::read_to_string(format!("/proc/{id}/comm")).ok()?;
        Some(Self { id, name: name.trim().to_owned() })
    }

    /// Sends a signal, named as `kill` names it.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([name, &self.id.to_string()]).status();
        assert!(sent.is_ok_and(|status| status.success()), "{} gets {name}", self.name);
    }

    /// Whether it still runs: one that ended and that nobody has asked for its outcome does not.
    pub fn runs(&self) -> bool {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.id)).unwrap_or_default();
        stat.rsplit_once(") ").is_some_and(|(_, state)| !state.starts_with(['Z', 'X']))
    }

    /// A file the system keeps about it.
    pub fn told(&self, file: &str) -> Vec<u8> {
        fs::read(format!("/proc/{}/{file}", self.id))
            .unwrap_or_else(|error| panic!("{file} of {}: {error}", self.name))
    }
}
