//! The API token to sign in with: from the environment, standard input, or a file descriptor.

use std::env;
use std::fs::File;
use std::io::{self, Read};

use token_desk::Secret;

use crate::arguments::Place;
use crate::exit::Failed;

/// The variable that Entri's own command-line tool reads.
pub const VARIABLE: &str = "NT3_API_TOKEN";
/// Longer than any token, and short enough to be no mistake.
const LONGEST: u64 = 4096;

/// Reads it from the place that was named.
pub fn read(place: &Place) -> Result<Secret, Failed> {
    let text = if place.token_stdin {
        from(io::stdin().lock())?
    } else if let Some(number) = place.token_fd {
        from(descriptor(number)?)?
    } else {
        env::var(VARIABLE).map_err(|_| {
            Failed::sign_in(format!(
                "There is nothing to sign in with. Set {VARIABLE}, or use --token-stdin or --token-fd."
            ))
        })?
    };
    Ok(Secret::new(text.trim_end_matches(['\r', '\n']).to_owned()))
}

fn from(input: impl Read) -> Result<String, Failed> {
    let mut text = String::with_capacity(usize::try_from(LONGEST).unwrap_or_default() + 1);
    input.take(LONGEST + 1).read_to_string(&mut text)?;
    if text.len() as u64 > LONGEST {
        return Err(Failed::usage("That is longer than any token. Nothing was sent."));
    }
    Ok(text)
}

#[cfg(target_os = "linux")]
fn descriptor(number: i32) -> Result<File, Failed> {
    let opened = File::open(format!("/proc/self/fd/{number}"));
    opened.map_err(|error| {
        Failed::usage(format!("Nothing can be read from --token-fd {number}: {error}."))
    })
}

#[cfg(not(target_os = "linux"))]
fn descriptor(number: i32) -> Result<File, Failed> {
    let opened = File::open(format!("/dev/fd/{number}"));
    opened.map_err(|error| {
        Failed::usage(format!("Nothing can be read from --token-fd {number}: {error}."))
    })
}
