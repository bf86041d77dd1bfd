//! What the page must not decide alone is asked outside it.
//!
//! Script in the page can call every command the page can. So what reaches a new server, runs a program,
//! replaces a file or ends many tokens waits for an answer in a window of the system's own, which no page
//! can draw, read or press. For what a single press is enough for, the shell must have seen that press
//! itself, a moment ago; where it saw none, it asks as well.

mod credential;
#[cfg(target_os = "linux")]
mod dialog;
#[cfg(not(target_os = "linux"))]
#[path = "elsewhere.rs"]
mod dialog;
mod presses;
mod question;

use tauri::{AppHandle, Manager};
use token_desk::{BaseUrl, Desk, FileRequest, Secret};
use tokio::sync::Mutex;

use crate::error::{ErrorCode, ErrorView};
pub use credential::Credential;
use credential::Typed;
use presses::Presses;
pub use presses::watch;
pub use question::Question;

/// Where nothing can be typed outside the page.
const NO_FIELD: &str = "On this system there is no field yet that keeps what is typed out of the page. \
    Nothing was sent. Sign in with the browser, or use the token of the nt3 command-line tool.";

/// What is being asked, and the presses that were seen.
#[derive(Default)]
pub struct Outside {
    presses: Presses,
    typed: Typed,
    /// Held while a question is open: one that is asked meanwhile would cover it.
    open: Mutex<()>,
}

/// Asks, whatever was pressed before.
///
/// # Errors
/// [`ErrorCode::Declined`] unless the answer is yes.
pub async fn confirm(app: &AppHandle, question: Question) -> Result<(), ErrorView> {
    let outside = app.state::<Outside>();
    let Ok(_open) = outside.open.try_lock() else { return Err(busy()) };
    if dialog::confirm(app, question).await { Ok(()) } else { Err(declined()) }
}

/// Lets one thing be done for each press the shell has seen of late; asks where there was none.
///
/// # Errors
/// As [`confirm`].
pub async fn pressed(app: &AppHandle, question: Question) -> Result<(), ErrorView> {
    if app.state::<Outside>().presses.take() { Ok(()) } else { confirm(app, question).await }
}

/// Where a file may be saved: one that is there already is asked about.
///
/// # Errors
/// As [`confirm`].
pub async fn may_save(app: &AppHandle, path: String) -> Result<FileRequest, ErrorView> {
    let request = FileRequest { path, home: dirs::home_dir(), replace: false };
    let replace = request.taken();
    match &replace {
        Some(file) => confirm(app, Question::replace(file)).await?,
        None => pressed(app, Question::save(&request.path)).await?,
    }
    Ok(FileRequest { replace: replace.is_some(), ..request })
}

/// Lets the app turn to a server; asks where it has no connection to it.
///
/// # Errors
/// As [`confirm`].
pub async fn may_reach(app: &AppHandle, base_url: &BaseUrl) -> Result<(), ErrorView> {
    let (desk, origin) = (app.state::<Desk>(), base_url.origin());
    let known =
        desk.status().connections.iter().any(|it| it.connection.base_url.origin() == origin);
    if known { Ok(()) } else { confirm(app, Question::connect(&origin)).await }
}

/// Has a credential typed; `None` where the person canceled. `lead` leads it somewhere; where that fails
/// the next window has it typed already.
///
/// # Errors
/// Those of `lead`; [`ErrorCode::Declined`] while another question is open.
pub async fn credential<T>(
    app: &AppHandle,
    wanted: Credential<'_>,
    lead: impl AsyncFnOnce(Secret) -> Result<T, ErrorView>,
) -> Result<Option<T>, ErrorView> {
    if !dialog::TAKES_CREDENTIALS {
        return Err(ErrorView { code: ErrorCode::Declined, message: NO_FIELD.to_owned() });
    }
    let (outside, label) = (app.state::<Outside>(), wanted.label());
    let typed = {
        let Ok(_open) = outside.open.try_lock() else { return Err(busy()) };
        dialog::credential(app, wanted.question(), label, outside.typed.of(label)).await
    };
    let Some(typed) = typed else { return Ok(None) };
    let outcome = lead(typed.clone()).await;
    if outcome.is_err() {
        outside.typed.keep(label, typed);
    }
    outcome.map(Some)
}

fn declined() -> ErrorView {
    let message = "Canceled. Nothing was done.".to_owned();
    ErrorView { code: ErrorCode::Declined, message }
}

fn busy() -> ErrorView {
    let message = "Another question is open. Answer that one first. Nothing was done.".to_owned();
    ErrorView { code: ErrorCode::Declined, message }
}
