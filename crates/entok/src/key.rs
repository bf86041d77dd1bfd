//! The API token to sign in with: from the environment, standard input, or a file descriptor.

use std::env;
use std::fs::File;
use std::io::{self, Read};

use token_desk::Secret;

use crate::arguments::Place;
use crate::exit::Failed;
use crate::hidden::Hidden;

/// The variable that Entri's own command-line tool reads.
pub const VARIABLE: &str = "NT3_API_TOKEN";
/// Longer than any token, and short enough to be no mistake.
const LONGEST: u64 = 4096;
/// Longer than what somebody pastes.
const LONGEST_TEXT: u64 = 64 * 1024;

/// Reads it from the place that was named.
pub fn read(place: &Place) -> Result<Secret, Failed> {
    let text = if place.token_stdin {
        let _hidden = Hidden::asked("Paste the API token to sign in with, then Enter and Ctrl D:");
        from(io::stdin().lock(), LONGEST)?
    } else if let Some(number) = place.token_fd {
        from(descriptor(number)?, LONGEST)?
    } else {
        env::var(VARIABLE).map_err(|_| {
            Failed::sign_in(format!(
                "There is nothing to sign in with. Set {VARIABLE}, or use --token-stdin or --token-fd."
            ))
        })?
    };
    Ok(Secret::new(text.trim_end_matches(['\r', '\n']).to_owned()))
}

/// Reads a text with values from standard input or a file descriptor.
pub fn given(number: Option<i32>) -> Result<Secret, Failed> {
    if let Some(number) = number {
        return Ok(Secret::new(from(descriptor(number)?, LONGEST_TEXT)?));
    }
    let _hidden = Hidden::asked("Paste the text with the value, then Enter and Ctrl D:");
    Ok(Secret::new(from(io::stdin().lock(), LONGEST_TEXT)?))
}

fn from(input: impl Read, longest: u64) -> Result<String, Failed> {
    let mut text = String::with_capacity(usize::try_from(longest).unwrap_or_default() + 1);
    let refused = |why: &str| Failed::usage(format!("{why} Nothing was sent."));
    input.take(longest + 1).read_to_string(&mut text).map_err(|_| refused("That isn’t text."))?;
    if text.len() as u64 > longest {
        let most = format!("That is more than {longest} bytes.");
        return Err(refused(&most));
    }
    Ok(text)
}

/// The descriptor with this number, which no program that is started later gets.
#[cfg(unix)]
fn descriptor(number: i32) -> Result<File, Failed> {
    use std::os::fd::BorrowedFd;

    use rustix::io::{FdFlags, fcntl_setfd};

    let folder = if cfg!(target_os = "linux") { "/proc/self/fd" } else { "/dev/fd" };
    let refused = |error| {
        Failed::usage(format!("Nothing can be read from the file descriptor {number}: {error}."))
    };
    let opened = File::open(format!("{folder}/{number}")).map_err(refused)?;
    #[expect(unsafe_code, reason = "a number is all that the caller has")]
    // SAFETY: It was open a moment ago, and nothing here closes it.
    let given = unsafe { BorrowedFd::borrow_raw(number) };
    fcntl_setfd(given, FdFlags::CLOEXEC).map_err(|error| refused(error.into()))?;
    Ok(opened)
}

#[cfg(not(unix))]
fn descriptor(_number: i32) -> Result<File, Failed> {
    Err(Failed::usage("--token-fd isn’t supported on this system. Use --token-stdin."))
}
