//! The repository and the tree of files that any machine can measure: made once, and the same everywhere.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};

use crate::measure::Subject;
use crate::random::Random;
use crate::say;

/// Each commit has a version of a file, its folder and the root as objects.
const COMMITS: usize = 13_000;
const FILES: usize = 20_000;
/// So many bytes are in a large file or object. They are zeros, which take hardly any room.
const LARGE: u64 = 1_000_000_000;

/// A made folder of this name stays until what is made changes.
fn folder(name: &str, make: impl Fn(&Path)) -> PathBuf {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/bench").join(name);
    if !path.exists() {
        say(&format!("Making {name}: this takes a minute, once"));
        let unfinished = path.with_extension("unfinished");
        let _ = fs::remove_dir_all(&unfinished);
        fs::create_dir_all(&unfinished).expect("a folder");
        make(&unfinished);
        fs::rename(&unfinished, &path).expect("it is there now");
    }
    path
}

/// A repository of more than 50,000 objects, whose files change a little in each commit.
pub fn repository() -> Subject {
    Subject::Repository(folder("scan-repository-2", |path| {
        import(path, commits);
        let repack = ["repack", "-adfq", "--depth=50", "--window=10"];
        assert!(git(path).args(repack).status().expect("git runs").success());
    }))
}

/// A repository with one large object.
pub fn large_object() -> Subject {
    Subject::Large(folder("scan-large-object-1", |path| {
        import(path, |git| {
            writeln!(git, "commit refs/heads/main\ncommitter A <a@example.com> 0 +0000")?;
            writeln!(git, "data 9\ncommit it\nM 644 inline large\ndata {LARGE}")?;
            let token = Random::new(3).token();
            io::copy(&mut io::repeat(0).take(LARGE - token.len() as u64), git)?;
            writeln!(git, "{token}")
        });
    }))
}

/// A folder with one large file.
pub fn large_file() -> Subject {
    Subject::Large(folder("scan-large-file-1", |path| {
        let mut file = fs::File::create(path.join("large")).expect("a file");
        let token = Random::new(4).token();
        file.set_len(LARGE).expect("a file with a hole");
        file.seek(SeekFrom::End(-46)).expect("it is longer");
        file.write_all(token.as_bytes()).expect("a value");
    }))
}

/// Makes a bare repository of what Git is told.
fn import(path: &Path, tell: impl Fn(&mut BufWriter<ChildStdin>) -> io::Result<()>) {
    git(path).args(["init", "--quiet", "--bare"]).status().expect("git runs");
    let mut import = git(path);
    let import = import.args(["fast-import", "--quiet"]).stdin(Stdio::piped());
    let mut import = import.spawn().expect("git runs");
    tell(&mut BufWriter::new(import.stdin.take().expect("a pipe"))).expect("Git takes all");
    assert!(import.wait().expect("it ends").success());
}

fn git(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder);
    command
}

fn commits(git: &mut impl Write) -> io::Result<()> {
    let mut random = Random::new(1);
    let mut files: Vec<Vec<String>> =
        (0..300).map(|_| (0..600).map(|_| line(&mut random)).collect()).collect();
    for commit in 0..COMMITS {
        let at = random.below(files.len());
        let lines = &mut files[at];
        for _ in 0..12 {
            let place = random.below(lines.len());
            lines[place] = line(&mut random);
        }
        // A value now and then, so that there is something to find.
        if commit % 2000 == 0 {
            lines[0] = format!("key = \"{}\"\n", random.token());
        }
        let text = lines.concat();
        writeln!(git, "commit refs/heads/main\ncommitter A <a@example.com> {commit} +0000")?;
        writeln!(git, "data 9\ncommit it\nM 644 inline src/part{}/file{at}.rs", at % 20)?;
        writeln!(git, "data {}\n{text}", text.len())?;
    }
    Ok(())
}

/// Something like a line of source code.
fn line(random: &mut Random) -> String {
    const WORDS: [&str; 12] = [
        "let",
        "value",
        "self.entries",
        "match",
        "path",
        "return",
        "if",
        "entry",
        "&str",
        "=",
        "=>",
        "None",
    ];
    let mut line = "    ".to_owned();
    for _ in 0..3 + random.below(6) {
        write!(line, "{} ", WORDS[random.below(WORDS.len())]).expect("a string");
    }
    writeln!(line, "{:x};", random.next()).expect("a string");
    line
}

/// A folder of many small files in many folders, some of them larger.
pub fn tree() -> Subject {
    Subject::Tree(folder("scan-tree-1", |path| {
        let mut random = Random::new(2);
        for file in 0..FILES {
            let folder = path.join(format!("{}/{}", file % 40, file % 400));
            fs::create_dir_all(&folder).expect("a folder");
            let lines = if file % 100 == 0 { 20_000 } else { random.below(400) };
            let mut text: String = (0..lines).map(|_| line(&mut random)).collect();
            if file % 2000 == 0 {
                text += &random.token();
            }
            fs::write(folder.join(format!("{file}.rs")), text).expect("a file");
        }
    }))
}
