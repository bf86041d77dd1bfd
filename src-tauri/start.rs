//! How the app is started: its arguments, and what its page begins with.

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use token_desk::{Desk, Query, WatchNews, holds_value};

use crate::views::{LayoutView, OpenedView, QueryView, StartView, StatusView};

/// The rows a window of the usual height shows at once, and a few more.
const FIRST_ROWS: usize = 30;

/// The settings the app was started with.
pub struct Start {
    since: Instant,
    address: String,
}

/// The arguments of the command line.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Arguments {
    /// Begin in the embedded sandbox.
    pub sandbox: bool,
    /// The address to begin the connect screen with.
    pub url: Option<String>,
    /// Begin with the window minimized, as at a sign-in to this computer.
    pub minimized: bool,
}

/// Shown for arguments that make no sense.
pub const USAGE: &str = "usage: entri-tokens [--minimized] [--sandbox | --url ADDRESS]";

impl Arguments {
    /// Reads the command line, without the program's name.
    pub fn parse(given: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut arguments = Self::default();
        let mut given = given.map(without_value);
        while let Some(argument) = given.next().transpose()? {
            match argument.as_str() {
                "--sandbox" => arguments.sandbox = true,
                "--minimized" => arguments.minimized = true,
                "--url" => {
                    let address = given.next().transpose()?.ok_or("--url needs an address")?;
                    arguments.url = Some(address);
                }
                other => return Err(format!("unknown argument {other}")),
            }
        }
        match arguments {
            Self { sandbox: true, url: Some(_), .. } => {
                Err("--sandbox and --url can’t be used together".to_owned())
            }
            arguments => Ok(arguments),
        }
    }
}

/// Refuses an argument that contains a token value: other programs can read command lines.
fn without_value(argument: String) -> Result<String, String> {
    if holds_value(&argument) {
        return Err("an argument looks like the value of a token. Nothing was sent or saved, but other \
                    programs can read a command line, and a shell keeps it: revoke that token, and paste a \
                    new one into the window"
            .to_owned());
    }
    Ok(argument)
}

impl Start {
    /// A start that began at `since`.
    #[must_use]
    pub fn new(since: Instant, arguments: &Arguments) -> Self {
        let address = arguments.url.as_deref().unwrap_or(token_desk::BaseUrl::DEFAULT);
        Self { since, address: address.to_owned() }
    }

    /// How long ago the process began its work.
    #[must_use]
    pub fn running_for(&self) -> Duration {
        self.since.elapsed()
    }

    /// Everything that the page's first paint shows.
    #[must_use]
    pub fn view(
        &self,
        desk: &Desk,
        opened: Option<&WatchNews>,
        layout: LayoutView,
        now: DateTime<Utc>,
    ) -> StartView {
        let status = desk.status();
        let query = opened.map_or_else(Query::default, |news| news.query.clone());
        let connected = !status.connections.is_empty();
        let list = connected.then(|| {
            let listing = desk.query(&query, 0, FIRST_ROWS, None, now);
            QueryView::new(listing, &query.text, 0, &desk.clocks(now))
        });
        let (address, step) = desk.waiting_step().map_or_else(
            || (self.address.clone(), None),
            |(base_url, step)| (base_url.as_str().to_owned(), Some(step.into())),
        );
        StartView {
            address,
            list,
            status: StatusView::new(status, now),
            step,
            opened: opened.map(OpenedView::from),
            layout,
            settings: desk.settings(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> Result<Arguments, String> {
        Arguments::parse(words.iter().map(|&word| word.to_owned()))
    }

    #[test]
    fn arguments_are_read() {
        assert_eq!(parse(&[]), Ok(Arguments::default()));
        let sandbox = Arguments { sandbox: true, ..Arguments::default() };
        assert_eq!(parse(&["--sandbox"]), Ok(sandbox));
        let minimized = Arguments { minimized: true, ..Arguments::default() };
        assert_eq!(parse(&["--minimized"]), Ok(minimized));
        let url = Some("https://entri.example".to_owned());
        assert_eq!(
            parse(&["--url", "https://entri.example"]),
            Ok(Arguments { url, ..Arguments::default() })
        );
    }

    #[test]
    fn senseless_arguments_are_refused() {
        for words in [&["--url"][..], &["--what"], &["--sandbox", "--url", "https://a.example"]] {
            assert!(parse(words).is_err(), "{words:?}");
        }
    }

    #[test]
    fn the_value_of_a_token_is_no_argument() {
        let value = "entri_EXAMPLEONLY7h2Kq9ZpVw3Lm5Xc8Rb1Td6";
        let address = format!("https://{value}.example");
        for words in [&["--url", value][..], &["--url", &address], &[value], &["--sandbox", value]]
        {
            let refused = parse(words).unwrap_err();
            assert!(refused.contains("revoke that token") && !refused.contains("EXAMPLEONLY"));
        }
    }

    #[test]
    fn an_unconnected_start_has_an_address_and_no_list() {
        let folder = tempfile::tempdir().unwrap();
        let now = DateTime::UNIX_EPOCH;
        let desk = Desk::open(folder.path(), now).unwrap();
        let view = |words: &[&str]| {
            let view = Start::new(Instant::now(), &parse(words).unwrap()).view(
                &desk,
                None,
                LayoutView::default(),
                now,
            );
            assert!(view.status.connections.is_empty() && view.list.is_none(), "{view:?}");
            view.address
        };
        assert_eq!(view(&[]), "https://app.nt3.io");
        assert_eq!(view(&["--url", "https://entri.example"]), "https://entri.example");
    }
}
