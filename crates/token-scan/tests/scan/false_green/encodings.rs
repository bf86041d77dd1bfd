//! Values written in ways that are usual somewhere.

use token_scan::{Key, Options, Report, Silent, scan_text};

use super::finds;
use crate::KEY;
use crate::coverage::{base64, wide};
use crate::random::Random;

fn pasted(text: &[u8]) -> Report {
    scan_text(text, &Options::new(Key::new(KEY)), &Silent)
}

/// The report has this value and no other.
#[track_caller]
fn is_the_one(text: &[u8], token: &str) {
    let report = pasted(text);
    finds(&report, token);
    let print = pasted(token.as_bytes()).hits[0].fingerprint;
    assert!(report.hits.iter().all(|hit| hit.fingerprint == print), "{}", text.escape_ascii());
}

#[test]
fn a_command_of_powershell_is_read() {
    let token = Random::new(240).token();
    for before in ["", "$", "$t", "$t=", "$t='", "$env:X='"] {
        for order in [u16::to_le_bytes, u16::to_be_bytes] {
            let once = base64(&wide(&format!("{before}{token}'; irm"), order));
            is_the_one(format!("powershell -EncodedCommand {once}").as_bytes(), &token);
            is_the_one(base64(once.as_bytes()).as_bytes(), &token);
        }
    }
}

#[test]
fn base64_in_a_string_of_json_or_of_a_shell_is_read() {
    let token = Random::new(241).token();
    let once = base64(format!("user:{token}").as_bytes());
    for line_end in ["\\n", "\\r\\n", "\\\\n", "\\\n  ", "\\n    "] {
        for at in [16, 20, 24, 40] {
            let broken = format!("\"{}{line_end}{}\"", &once[..at], &once[at..]);
            is_the_one(broken.as_bytes(), &token);
        }
    }
}

#[test]
fn four_bytes_for_each_character_are_read() {
    let token = Random::new(242).token();
    for order in [u32::to_le_bytes, u32::to_be_bytes] {
        let text = format!("a {token}\n");
        let text: Vec<u8> = text.chars().flat_map(|it| order(u32::from(it))).collect();
        is_the_one(&text, &token);
    }
}

#[test]
fn a_value_in_a_mail_goes_on_in_the_next_line() {
    let token = Random::new(243).token();
    for line_end in ["\n", "\r\n"] {
        for at in 6..token.len() {
            let before = "x".repeat(73 - at);
            let text = format!("\n{before} {}={line_end}{} next", &token[..at], &token[at..]);
            is_the_one(text.as_bytes(), &token);
        }
    }
    is_the_one(format!("A={token}=\nB=1").as_bytes(), &token);
}

#[test]
fn what_only_begins_like_a_value_hides_none() {
    let token = Random::new(244).token();
    let needles = ["ZW50cmlf", "VudHJpX", "lbnRyaV"];
    for (text, needle) in ["", "x", "xy"].iter().zip(needles) {
        let once = base64(format!("{text}{token}").as_bytes());
        let at = once.find(needle).unwrap();
        for before in needles {
            for length in 1..before.len() {
                let text = format!("{}{}", &before[..length], &once[at..]);
                finds(&pasted(text.as_bytes()), &token);
            }
        }
    }
}
