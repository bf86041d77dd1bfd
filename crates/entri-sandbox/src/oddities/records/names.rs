//! How a token's name is written.

/// Stands in a name for the byte that is not UTF-8.
pub const NOT_UTF8: char = '\u{f8ff}';

/// How a token's name is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NameForm {
    /// The name as it is stored.
    #[default]
    Plain,
    /// Three spaces in place of every third name.
    Blank,
    /// The name with two spaces in its middle.
    DoubleBlank,
    /// The name with a byte at its end that isn't UTF-8.
    NotUtf8,
}

/// A token's name as a response has it.
pub fn name(form: NameForm, name: &str) -> String {
    let third = || name.bytes().map(u32::from).sum::<u32>().is_multiple_of(3);
    match form {
        NameForm::Blank if third() => "   ".to_owned(),
        NameForm::Plain | NameForm::Blank => name.to_owned(),
        NameForm::DoubleBlank => {
            let middle = name.chars().count() / 2;
            let (start, end) = (name.chars().take(middle), name.chars().skip(middle));
            start.chain("  ".chars()).chain(end).collect()
        }
        NameForm::NotUtf8 => format!("{name}{NOT_UTF8}"),
    }
}
