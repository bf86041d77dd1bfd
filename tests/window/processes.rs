//! The processes of the app, according to Linux.

use std::collections::HashMap;
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

/// `root` and everything it started, directly or indirectly. Each process is asked for its parent:
/// the system's lists of children may lack some while others end.
fn below(root: u32) -> Vec<Process> {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = processes.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let mut children: HashMap<u32, Vec<u32>> = HashMap::new();
    for id in ids {
        if let Some(parent) = parent(id) {
            children.entry(parent).or_default().push(id);
        }
    }
    let (mut found, mut open) = (Vec::new(), vec![root]);
    while let Some(id) = open.pop() {
        found.extend(Process::with(id));
        open.extend(children.remove(&id).unwrap_or_default());
    }
    found
}

fn parent(id: u32) -> Option<u32> {
    stat(id).split_whitespace().nth(1)?.parse().ok()
}

/// The system's figures for a process after its name, which may have spaces: the state comes first.
fn stat(id: u32) -> String {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    stat.rsplit_once(") ").map(|(_, rest)| rest.to_owned()).unwrap_or_default()
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
        let stat = stat(self.id);
        !stat.is_empty() && !stat.starts_with(['Z', 'X'])
    }

    /// A file the system keeps about it.
    pub fn told(&self, file: &str) -> Vec<u8> {
        fs::read(format!("/proc/{}/{file}", self.id))
            .unwrap_or_else(|error| panic!("{file} of {}: {error}", self.name))
    }
}
