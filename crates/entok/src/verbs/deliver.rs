//! Where a new value goes.

use std::path::Path;

use chrono::Utc;
use token_desk::{ClipboardState, Created, Delivered, Desk, Error, FileRequest, SecretHandle};

use crate::arguments::Destination;
use crate::exit::Failed;
use crate::output;
use crate::session::Session;

/// Whether a value can go there: once it exists, it is too late to ask.
pub async fn check(
    desk: &Desk,
    to: &Destination,
    json: bool,
) -> Result<Option<FileRequest>, Failed> {
    let nothing = |error: Error| Failed::usage(format!("{error} Nothing was created."));
    if let Some(file) = &to.to_file {
        let file = file_request(file)?;
        Desk::check_file(&file).map_err(nothing)?;
        return Ok(Some(file));
    }
    if let Some(line) = &to.to_program {
        Desk::check_program(line).map_err(nothing)?;
    } else if to.to_clipboard {
        desk.check_clipboard().await.map_err(nothing)?;
    } else if json {
        return Err(Failed::usage("--reveal prints the value alone: use it without --json."));
    } else if !output::reaches_somebody() {
        return Err(Failed::usage("Nobody reads standard output. Nothing was created."));
    }
    Ok(None)
}

fn file_request(file: &Path) -> Result<FileRequest, Failed> {
    let path = std::path::absolute(file)?;
    let path = path.to_str().filter(|path| path.trim() == *path);
    let path = path.ok_or_else(|| Failed::usage("That name of a file isn’t supported."))?;
    Ok(FileRequest { path: path.to_owned(), home: None, replace: false })
}

/// Brings the value where it goes.
pub async fn to(
    desk: &Desk,
    created: &Created,
    to: &Destination,
    file: Option<FileRequest>,
) -> Result<Delivered, Error> {
    let (handle, now) = (created.handle, Utc::now());
    if created.key.is_none() {
        return Err(Error::Form("The server’s response couldn’t be read.".to_owned()));
    }
    if let Some(file) = file {
        return desk.save_secret(handle, file, now).await;
    }
    if let Some(line) = &to.to_program {
        return desk.send_secret(handle, line.clone(), now).await;
    }
    if to.to_clipboard {
        let copied = desk.copy_secret(handle, now).await?;
        let said = match copied.clears_in_seconds {
            0 => "It is removed when you stop this command.".to_owned(),
            seconds => {
                format!("It is removed in {seconds} seconds, or when you stop this command.")
            }
        };
        return Ok(Delivered { to: "the clipboard".to_owned(), at: copied.at, said });
    }
    let print = |value: &token_desk::Secret| output::print(value.expose().as_bytes());
    desk.give_secret(handle, "standard output", now, print).await
}

/// Waits until the value is no longer on the clipboard, which may hold it only as long as this program runs.
pub async fn cleared(session: &Session, handle: SecretHandle) -> Result<(), Failed> {
    match session.cleared(handle).await {
        ClipboardState::Cleared | ClipboardState::Replaced => Ok(()),
        ClipboardState::Failed => {
            Err(Failed::because("The clipboard couldn’t be cleared, and may still hold the value."))
        }
    }
}
