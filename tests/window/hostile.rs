//! 500 names that somebody might give a token to deceive or to attack whoever reads it: every payload
//! in every place of a name. They are kept in a file, so that other tests begin with the same ones.

use std::fmt::Write;
use std::fs;
use std::path::Path;

pub const COUNT: usize = 500;

const FILE: &str = "tests/window/hostile-names.json";

const PAYLOADS: [&str; 50] = [
    // Markup and script. Each sets `window.hacked` if it runs.
    "<img src=x onerror=\"window.hacked=1\">",
    "<script>window.hacked=1</script>",
    "\"><svg/onload=window.hacked=1>",
    "'><iframe srcdoc='<script>parent.hacked=1</script>'>",
    "</bdi></script><script>window.hacked=1</script>",
    "<style>*{display:none}</style>",
    "<base href=http://127.0.0.1:1/>",
    "<a href=javascript:window.hacked=1>click</a>",
    "<!--<bdi>-->",
    "<math><mi//xlink:href=\"data:x,<script>window.hacked=1</script>\">",
    "{{constructor.constructor('window.hacked=1')()}}",
    "${window.hacked=1}",
    "{@html '<img src=x onerror=window.hacked=1>'}",
    "javascript:window.hacked=1",
    "\";window.hacked=1;//",
    "\\u003cscript\\u003ewindow.hacked=1\\u003c/script\\u003e",
    "&lt;script&gt;window.hacked=1&lt;/script&gt;&#x3c;img src=x&#x3e;",
    "%3Cscript%3Ewindow.hacked=1%3C/script%3E",
    // Order: what comes after is read the other way round.
    "\u{202E}gnp.exe",
    "\u{202D}forced\u{202C}",
    "\u{2066}isolated\u{2069}",
    "\u{2067}turned",
    "\u{2068}left open",
    "\u{200F}\u{200E}",
    "\u{061C}arabic mark",
    "متر طويل שלום",
    // Characters that nobody can see.
    "\u{200B}",
    "\u{200C}\u{200D}",
    "\u{2060}\u{FEFF}",
    "\u{00AD}soft",
    "\u{115F}\u{1160}\u{3164}\u{FFA0}",
    "\u{FE0F}\u{FE00}",
    "\u{E0041}\u{E007F}",
    "\u{E000}\u{F8FF}",
    "\u{2028}\u{2029}",
    "\u{FFF9}a\u{FFFA}b\u{FFFB}",
    // Control characters.
    "\u{0007}\u{0008}\u{001B}[31mred\u{001B}[0m",
    "\u{0000}\u{0001}\u{007F}\u{009B}",
    "two\r\nlines\tand a tab",
    // Looks like another one.
    "аdmin",
    "ａｄｍｉｎ",
    "a\u{0301}\u{0302}\u{0303}\u{0304}\u{0305}\u{0306}\u{0307}\u{0308}\u{0309}\u{030A}",
    "rn\u{2215}m\u{2044}n\u{29F8}",
    "𝐚𝐝𝐦𝐢𝐧 👩\u{200D}👩\u{200D}👧",
    // Formulas, paths and commands.
    "=HYPERLINK(\"http://127.0.0.1:1/\",\"x\")",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "＝1+1",
    "../../../../etc/passwd",
    "$(reboot);`reboot`|reboot",
    "'; DROP TABLE tokens;--",
];

/// Each puts a payload into its place of a name.
const PLACES: [fn(&str) -> String; 10] = [
    str::to_owned,
    |payload| format!("ci-deploy {payload}"),
    |payload| format!("{payload} ci-deploy"),
    |payload| format!("before{payload}after"),
    |payload| payload.repeat(3),
    |payload| format!("{}{payload}", "w".repeat(400)),
    |payload| format!("{payload}{}", "w".repeat(350)),
    |payload| format!("שם {payload} name"),
    |payload| format!("\u{202E}{payload}\u{202C}"),
    |payload| format!("t-000000000000 · Organization {payload}"),
];

/// All names, as in the file.
pub fn names() -> Vec<String> {
    let file = fs::read_to_string(path()).expect("the names are there");
    serde_json::from_str(&file).expect("a list of names")
}

fn path() -> impl AsRef<Path> {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE)
}

/// Where the file differs it is written again, so that the second run passes.
#[test]
fn the_file_holds_what_the_table_says() {
    let made: Vec<_> =
        PAYLOADS.iter().flat_map(|payload| PLACES.map(|place| place(payload))).collect();
    assert_eq!(made.len(), COUNT);
    let file = readable(&serde_json::to_string_pretty(&made).expect("JSON")) + "\n";
    if fs::read_to_string(path()).ok().as_ref() != Some(&file) {
        fs::write(path(), file).expect("it can be written");
        panic!("{FILE} is written anew: look at the change, commit it.");
    }
}

/// JSON whose reader sees each character: only its texts hold any that are not ASCII.
fn readable(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for unit in json.encode_utf16() {
        match u8::try_from(unit).ok().filter(u8::is_ascii) {
            Some(byte) => text.push(byte.into()),
            None => write!(text, "\\u{unit:04x}").expect("a text takes everything"),
        }
    }
    text
}
