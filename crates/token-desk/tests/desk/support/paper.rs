//! The report as a browser prints it.

use std::fs;
use std::path::Path;
use std::process::Command;

/// For how long a browser may print, in seconds.
const PATIENCE: &str = "60";

/// The paper that a report is printed on.
#[derive(Debug, Clone, Copy)]
pub enum Paper {
    A4,
    Letter,
}

impl Paper {
    /// The report leaves the size to who prints it.
    fn asked_for(self) -> &'static str {
        match self {
            Self::A4 => "<style>@page { size: A4 }</style>",
            Self::Letter => "<style>@page { size: letter }</style>",
        }
    }

    /// As `pdfinfo` names it.
    pub fn size(self) -> &'static str {
        match self {
            Self::A4 => "(A4)",
            Self::Letter => "(letter)",
        }
    }
}

/// A printed report, as `pdfinfo` and `pdftotext` read it.
pub struct Printed {
    /// The output of `pdfinfo` for it.
    pub info: String,
    /// The lines of each sheet, with one blank for those that only place a word.
    pub sheets: Vec<Vec<String>>,
    /// The letters that lie across each sheet, sorted.
    pub across: Vec<String>,
    /// How far the words reach to the left and to the right of all sheets, as parts of their width.
    pub reach: (f64, f64),
}

impl Printed {
    /// Prints the page with Chromium, and reads the sheets back. They stay in `target/tmp/printed` under
    /// this name, for who wants to look at them.
    pub fn on(paper: Paper, page: &str, name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("printed");
        fs::create_dir_all(&folder).unwrap();
        let (source, file) =
            (folder.join(name).with_extension("html"), folder.join(name).with_extension("pdf"));
        fs::write(&source, page.replacen("</head>", &format!("{}</head>", paper.asked_for()), 1))
            .unwrap();
        let profile = tempfile::tempdir().unwrap();
        told(
            Command::new("timeout")
                .args([PATIENCE, "chromium", "--headless", "--no-sandbox", "--disable-gpu"])
                // A container may share little memory between its processes.
                .args(["--disable-dev-shm-usage", "--no-pdf-header-footer"])
                .arg(format!("--user-data-dir={}", profile.path().display()))
                .arg(format!("--print-to-pdf={}", file.display()))
                .arg(format!("file://{}", source.display()))
                .env("HOME", profile.path()),
        );
        let text = told(Command::new("pdftotext").arg("-layout").arg(&file).arg("-"));
        let info = told(Command::new("pdfinfo").arg(&file));
        let line = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        let lines = |sheet: &str| sheet.lines().map(line).collect();
        let sheets = text.split_terminator('\u{c}').map(lines).collect();
        let boxes = told(Command::new("pdftotext").arg("-bbox").arg(&file).arg("-"));
        let across = boxes.split("<page ").skip(1).map(slanted).collect();
        Self { info, sheets, across, reach: reach(&boxes) }
    }
}

fn reach(boxes: &str) -> (f64, f64) {
    let width = boxes.lines().find(|it| it.contains("<page ")).map(|it| at(it, "width")).unwrap();
    let upright = || boxes.lines().filter(|it| it.contains("<word ")).filter(|it| !is_slanted(it));
    let least = upright().map(|it| at(it, "xMin")).fold(width, f64::min);
    let most = upright().map(|it| at(it, "xMax")).fold(0.0, f64::max);
    (least / width, most / width)
}

/// The letters of what is written across a sheet.
fn slanted(boxes: &str) -> String {
    let words = boxes.lines().filter(|it| it.contains("<word ")).filter(|it| is_slanted(it));
    sorted(&words.map(word).collect::<String>())
}

/// The box of a slanted letter is far wider than any that stands upright.
fn is_slanted(line: &str) -> bool {
    let letters = u32::try_from(word(line).chars().count()).unwrap();
    at(line, "xMax") - at(line, "xMin") > 60.0 * f64::from(letters)
}

fn word(line: &str) -> String {
    line.split(['<', '>']).nth(2).unwrap_or_default().to_owned()
}

/// The letters of a text, sorted, because those of slanted text are found in any order.
pub fn sorted(text: &str) -> String {
    let mut letters: Vec<_> = text.chars().filter(|it| !it.is_whitespace()).collect();
    letters.sort_unstable();
    letters.into_iter().collect()
}

/// An attribute that is a number.
fn at(line: &str, attribute: &str) -> f64 {
    let (_, rest) = line.split_once(&format!("{attribute}=\"")).unwrap();
    rest.split('"').next().unwrap().parse().unwrap()
}

fn told(command: &mut Command) -> String {
    let ended = command.output().unwrap_or_else(|error| {
        panic!("{}: {error}; ./x setup installs it", command.get_program().display())
    });
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    String::from_utf8(ended.stdout).unwrap()
}
