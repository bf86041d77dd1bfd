//! Delivering a value: the command that somebody types, and the program's output.

use token_desk::{Command, Redactor, Secret};

/// A secret that stands in no seed by itself.
const SECRET: &str = "entri_EXAMPLEONLYq7ZpVw3Lm5Xc8Rb1Td6Yf4";

/// Any line is a command or an error. The words of a command are those that were typed, and what is written
/// down of it are some of them.
///
/// # Panics
/// Where that does not hold.
pub fn command(bytes: &[u8]) {
    let line = String::from_utf8_lossy(bytes);
    let Ok(command) = Command::parse(&line) else { return };
    assert!(!command.program.is_empty());
    let words = [&command.program].into_iter().chain(&command.arguments);
    let length: usize = words.clone().map(String::len).sum();
    assert!(length <= line.len(), "words are made up");
    let place = command.place();
    let all = words.map(String::as_str).collect::<Vec<_>>();
    assert!(place.starts_with(&command.program) && place.len() <= all.join(" ").len());
    // A word with a space in it may come from several words of the place.
    let is_option = |word: &&String| word.starts_with('-') && !word.contains(['=', ' ']);
    for option in command.arguments.iter().filter(is_option) {
        let own = [&command.program].into_iter().chain(&command.arguments);
        let once = own.filter(|word| word.contains(&**option)).count() == 1;
        assert!(!once || !place.contains(&**option), "{option} is written down");
    }
}

/// A zero stands for the secret. It is not in what is shown, and a text without it is shown as it is.
///
/// # Panics
/// Where that does not hold.
pub fn redact(bytes: &[u8]) {
    let secret = Secret::new(SECRET.to_owned());
    let redactor = Redactor::new(&secret);
    let plain: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
    let plain = String::from_utf8_lossy(&plain);
    if !redactor.finds(&plain) {
        assert_eq!(redactor.redact(plain.as_bytes()), plain);
    }
    let pieces: Vec<&[u8]> = bytes.split(|byte| *byte == 0).collect();
    for form in [SECRET.to_owned(), hex(SECRET), SECRET.replace('_', "%5F")] {
        let said = pieces.join(form.as_bytes());
        let shown = redactor.redact(&said);
        assert!(!shown.contains(&form), "{shown:?}");
        assert!(!redactor.finds(&shown) || pieces.len() == 1, "{shown:?}");
    }
}

fn hex(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}
