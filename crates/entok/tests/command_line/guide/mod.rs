//! Each command of the guide does what the guide says. A block that can’t be run has a line with the reason before it; a
//! command that ends with a status other than 0 says so behind it.

mod page;
mod pipeline;

use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::symlink;
use std::process::{Command, Stdio};

use self::page::{Block, blocks, is_shown, named, pages};
use crate::desktop::Desktop;
use crate::golden::masked;
use crate::shell::{Ended, Shell};

/// The server of the guide.
pub const SERVER: &str = "https://app.nt3.io";

/// A person’s computer, with the app’s connection.
struct Reader {
    shell: Shell,
    desktop: Desktop,
}

impl Reader {
    async fn new() -> Self {
        let shell = Shell::new().await;
        let desktop = Desktop::new(shell.home.path());
        desktop.connect(&shell);
        for folder in ["bin", "work"] {
            fs::create_dir(shell.home.path().join(folder)).expect("a folder");
        }
        symlink(env!("CARGO_BIN_EXE_entok"), shell.home.path().join("bin/entok")).expect("a link");
        fs::write(shell.home.path().join("work/key"), &shell.sandbox.ready().admin_token)
            .expect("a key");
        Self { shell, desktop }
    }

    /// Runs all commands in one shell, so that what one sets is there for the next.
    fn run(&self, blocks: &[Block]) {
        let home = self.shell.home.path();
        let mut script = String::new();
        for (at, block) in blocks.iter().enumerate() {
            for (line, (command, _)) in block.lines.iter().enumerate() {
                let command = command.replace(SERVER, &self.shell.sandbox.ready().base_url);
                let to = format!(">>../{at}.out 2>>../{at}.err\necho $? >../{at}.{line}");
                writeln!(script, "{{ {command}\n}} {to}").expect("a text grows");
            }
        }
        let mut bash = self.shell.at_home(Command::new("bash"));
        self.desktop.give(&mut bash);
        bash.env("PATH", format!("{}/bin:/usr/bin:/bin", home.display())).env("TZ", "UTC");
        bash.current_dir(home.join("work")).args(["-c", &script]).stdin(Stdio::null());
        assert_eq!(Ended::of(bash.output()).code, 0);
    }

    fn printed(&self, name: &str) -> String {
        fs::read_to_string(self.shell.home.path().join(name)).unwrap_or_default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_command_of_the_guide_does_what_the_guide_shows() {
    let mut run = 0;
    for (name, page) in pages() {
        let (blocks, left_out): (Vec<_>, Vec<_>) =
            blocks(&page).into_iter().partition(|block| block.not_run.is_none());
        let reasons: Vec<_> =
            left_out.iter().filter_map(|block| block.not_run.as_deref()).collect();
        let known = if name == "shell.md" { &["needs an account at GitHub"][..] } else { &[] };
        assert_eq!(reasons, known, "{name}");
        if blocks.is_empty() {
            continue;
        }
        let reader = Reader::new().await;
        reader.run(&blocks);
        for (at, block) in blocks.iter().enumerate() {
            let (out, err) = ["out", "err"].map(|of| reader.printed(&format!("{at}.{of}"))).into();
            for (line, (command, status)) in block.lines.iter().enumerate() {
                let ended = reader.printed(&format!("{at}.{line}"));
                assert_eq!(ended.trim(), status.to_string(), "{name}: {command}\n{out}{err}");
                run += 1;
            }
            if let Some(shown) = &block.shown {
                let both = [shown, &out].map(|text| masked(&reader.shell, text));
                assert!(
                    is_shown(&both[0], &both[1]),
                    "{name} shows\n{}\nnot\n{}",
                    both[0],
                    both[1]
                );
            }
        }
    }
    assert!(run > 10, "the control: {run} commands");
}

#[test]
fn every_command_that_the_guide_names_is_one() {
    let mut found = 0;
    for (name, page) in pages() {
        for command in named(&page) {
            let arguments: Vec<_> =
                command.split(' ').filter(|it| it.starts_with("--") || !it.contains('-')).collect();
            let mut verb = &entok::command();
            let mut rest = &arguments[1..];
            while let [name, others @ ..] = rest
                && let Some(part) = verb.find_subcommand(name)
            {
                (verb, rest) = (part, others);
            }
            found += usize::from(verb.get_name() != "entok");
            assert!(verb.get_name() != "entok" || command == "entok help", "{name}: {command}");
            for option in rest.iter().filter_map(|it| it.strip_prefix("--")) {
                let all = entok::command();
                let mut known = verb.get_arguments().chain(all.get_arguments());
                assert!(known.any(|it| it.get_long() == Some(option)), "{name}: {command}");
            }
        }
    }
    assert!(found > 8, "the control: {found} commands");
}

#[test]
fn what_is_shown_may_leave_out_lines_and_ends_of_lines() {
    assert!(is_shown("a\n…\nd …", "a\nb\nc\nd e\n"));
    assert!(is_shown("a\n…", "a\n") && !is_shown("a", "a\nb\n") && !is_shown("…\nb", "a\n"));
}
