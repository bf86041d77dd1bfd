//! The clipboard, as another program uses it.

use std::io::Write;
use std::process::Stdio;

use super::Desktop;

impl Desktop {
    /// The text that another program would paste.
    pub fn paste(&self) -> Option<String> {
        self.selection("clipboard", "UTF8_STRING")
    }

    /// The content of a selection in the given form.
    pub fn selection(&self, selection: &str, target: &str) -> Option<String> {
        let output = self
            .command("xclip")
            .args(["-o", "-selection", selection, "-t", target])
            .output()
            .expect("xclip runs");
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Another program copies something.
    pub fn copy(&self, text: &str) {
        let mut xclip = self
            .command("xclip")
            .args(["-i", "-selection", "clipboard"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            // It outlives the screen, and complains about that.
            .stderr(Stdio::null())
            .spawn()
            .expect("xclip runs");
        let mut input = xclip.stdin.take().expect("its input");
        input.write_all(text.as_bytes()).expect("it reads");
        drop(input);
        xclip.wait().expect("it goes to the background");
    }
}
