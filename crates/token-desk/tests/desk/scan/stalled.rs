//! A drive that never answers, as one in a network that is gone: the scan waits for it, and whoever waits for the scan
//! need not.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::ends::{CLEAN, is_no_all_clear};
use super::{Made, ended};
use crate::support::{Bench, alone, now};

/// A file system of which nobody answers any question.
struct Stalled {
    at: PathBuf,
    holder: Child,
}

impl Stalled {
    /// Nothing where that can't be had: it takes root and FUSE.
    fn mount(at: &Path) -> Option<Self> {
        let script = "exec 3<>/dev/fuse \
            && mount -i -t fuse -o fd=3,rootmode=40000,user_id=0,group_id=0 stalled \"$0\" \
            && echo mounted && exec cat";
        let mut command = Command::new("sh");
        command.args(["-c", script]).arg(at).stderr(Stdio::null());
        let mut holder = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (mut said, out) = (String::new(), holder.stdout.take().unwrap());
        BufReader::new(out).read_line(&mut said).unwrap();
        let stalled = Self { at: at.to_owned(), holder };
        (said == "mounted\n").then_some(stalled)
    }
}

impl Drop for Stalled {
    fn drop(&mut self) {
        // Without its holder, every question is answered with an error.
        drop(self.holder.stdin.take());
        let _ = self.holder.wait();
        let _ = Command::new("umount").arg("--lazy").arg(&self.at).stderr(Stdio::null()).status();
    }
}

#[test]
fn a_scan_that_waits_for_a_drive_can_be_canceled() {
    let made = Made::new();
    let drive = made.path().join("drive");
    std::fs::create_dir(&drive).unwrap();
    let Some(stalled) = Stalled::mount(&drive) else {
        return println!("Left out: a drive that never answers takes root and FUSE.");
    };
    alone(async {
        let bench = Bench::loaded().await;
        // The folder with the drive in it, and the drive itself.
        for path in [made.path(), &drive] {
            bench.desk.scan_folder(&path.to_string_lossy(), None, now()).await.unwrap();
            let waiting = bench.desk.scan(None, now()).await.unwrap().unwrap();
            assert!(waiting.progress.is_some(), "{waiting:?}");
            bench.desk.cancel_scan();
            let canceled = bench.desk.scan(None, now()).await.unwrap().unwrap();
            assert!(canceled.progress.is_none(), "{canceled:?}");
            is_no_all_clear(&canceled);
        }
        let other = Made::new();
        other.write("a.txt", "nothing");
        assert_eq!(other.scanned(&bench.desk).await.title, CLEAN);
        // The threads that wait are told that the drive is gone.
        drop(stalled);
        assert_eq!(ended(&bench.desk).await.title, CLEAN);
    });
}
