//! Asks outside the page what the page must not decide alone.
//!
//! Script in the page can call every command the page can. So connecting to a new server, running a program,
//! saving a file and revoking many tokens wait for an answer in a native window, which no page can draw,
//! read or press. If a single press is enough, the shell must have seen it itself a moment ago; otherwise it
//! asks, too.

mod choose;
mod credential;
#[cfg(target_os = "linux")]
mod dialog;
#[cfg(not(target_os = "linux"))]
#[path = "elsewhere.rs"]
mod dialog;
#[cfg(target_os = "linux")]
mod file_manager;
mod guide;
mod held;
mod presses;
mod question;
mod show;
mod weaker;

use std::time::{Duration, Instant};

use tauri::{AppHandle, Manager};
use token_desk::{BaseUrl, Desk, FileRequest, Secret, TokenKey};
use tokio::sync::Mutex;
use tokio::time::sleep;

use crate::error::{ErrorCode, ErrorView};
use crate::settings;
use choose::{Agreed, By};
pub use choose::{Choose, Chosen, choose_file, propose};
pub use credential::Credential;
use credential::{KEPT_FOR, Typed};
pub use guide::open_guide;
use held::{Held, Stopped};
pub use presses::watch;
use presses::{Last, Presses};
pub use question::Question;
use show::Saved;
pub use show::{saved, show_file, show_found};

/// The message on systems where nothing can be typed outside the page.
const NO_FIELD: &str = "This system has no field yet that keeps what you type out of the page. \
    Nothing was sent. Sign in with the browser, or use the token of the nt3 command-line tool.";

/// How long script can't ask again after a no. Otherwise it could keep asking until somebody says
/// yes.
const NO_HOLDS: Duration = Duration::from_secs(10);
/// How long a press isn't enough for another revoke. Otherwise script could use each of a person's
/// presses.
const BETWEEN_REVOKES: Duration = Duration::from_secs(10);

/// The open question, and the presses that were seen.
#[derive(Default)]
pub struct Outside {
    presses: Presses,
    typed: Typed,
    declined: Last,
    revoked: Last,
    held: Held,
    saved: Saved,
    agreed: Agreed,
    /// Held while a question is open, since another one would cover it.
    open: Mutex<()>,
}

impl Outside {
    fn never_was(&self, claimed: Option<Instant>) {
        if let Some(claimed) = claimed {
            self.revoked.never_was(claimed);
        }
    }
}

/// Asks, regardless of earlier presses.
///
/// # Errors
/// [`ErrorCode::Declined`] unless the answer is yes.
pub async fn confirm(app: &AppHandle, question: Question) -> Result<(), ErrorView> {
    let outside = app.state::<Outside>();
    can_be_shown(&question)?;
    let Ok(_open) = outside.open.try_lock() else { return Err(busy()) };
    if !outside.presses.take() && outside.declined.is_within(NO_HOLDS) {
        return Err(declined());
    }
    if dialog::confirm(app, question).await {
        return Ok(());
    }
    outside.declined.is_now();
    Err(declined())
}

/// Allows one act for each press that the shell saw recently; asks if there was none.
///
/// # Errors
/// Like [`confirm`].
pub async fn pressed(app: &AppHandle, question: Question) -> Result<(), ErrorView> {
    if app.state::<Outside>().presses.take() { Ok(()) } else { confirm(app, question).await }
}

/// Allows a revoke like [`pressed`]. For a while after another revoke, it needs a confirmation: from the moment
/// that one was allowed, since a server may be slow. A revoke that failed no longer counts. If it was `held`, it was
/// allowed by [`hold_revoke`].
///
/// # Errors
/// Like [`confirm`], and those of `revoke`. [`ErrorCode::Declined`] if it was to be held, and was stopped.
pub async fn revoke<T>(
    app: &AppHandle,
    question: Question,
    held: Option<&TokenKey>,
    revoke: impl Future<Output = Result<T, ErrorView>>,
) -> Result<T, ErrorView> {
    let outside = app.state::<Outside>();
    let claimed = match held {
        Some(key) => outside.held.take(key, Instant::now()).map_err(|Stopped| stopped())?,
        None => may_revoke(app, question).await?,
    };
    revoke.await.inspect_err(|_| outside.never_was(claimed))
}

/// Allows a revoke like [`revoke`], which is sent in some seconds, unless it is stopped before that.
///
/// # Errors
/// Like [`confirm`].
pub async fn hold_revoke(
    app: &AppHandle,
    question: Question,
    key: TokenKey,
) -> Result<(), ErrorView> {
    stop_revoke(app);
    let claimed = may_revoke(app, question).await?;
    let stoppable_for = Duration::from_secs(settings::now(app).countdown.into());
    app.state::<Outside>().held.hold(key, stoppable_for, claimed, Instant::now());
    Ok(())
}

/// Stops the revoke that is held.
pub fn stop_revoke(app: &AppHandle) {
    if let Some(outside) = app.try_state::<Outside>() {
        outside.never_was(outside.held.stop());
    }
}

/// What is claimed so that the next revoke needs a confirmation; `None` if this one needed it.
async fn may_revoke(app: &AppHandle, question: Question) -> Result<Option<Instant>, ErrorView> {
    let outside = app.state::<Outside>();
    let claimed = outside.revoked.claim(BETWEEN_REVOKES);
    match claimed {
        Some(_) => pressed(app, question).await.inspect_err(|_| outside.never_was(claimed))?,
        None => confirm(app, question).await?,
    }
    Ok(claimed)
}

/// Asks whether a value may be saved to a file: always.
///
/// # Errors
/// Like [`confirm`].
pub async fn may_save_value(app: &AppHandle, path: String) -> Result<FileRequest, ErrorView> {
    let (request, question) = saving(path);
    confirm(app, question).await?;
    Ok(request)
}

/// Asks whether a file without a value may be saved, since its name decides which programs read it.
/// It isn't asked again if a person just chose the file in the system's window, and a press is
/// enough if the app itself proposed it.
///
/// # Errors
///
/// Like [`confirm`].
pub async fn may_save(app: &AppHandle, path: String) -> Result<FileRequest, ErrorView> {
    let (request, question) = saving(path);
    match app.state::<Outside>().agreed.take(&request.path, request.replace) {
        Some(By::Person { .. }) => {}
        Some(By::App) => pressed(app, question).await?,
        None => confirm(app, question).await?,
    }
    Ok(request)
}

/// The file to save, and the question about it.
fn saving(path: String) -> (FileRequest, Question) {
    let request = FileRequest { path, home: dirs::home_dir(), replace: false };
    let replace = request.taken();
    let question =
        replace.as_deref().map_or_else(|| Question::save(&request.path), Question::replace);
    (FileRequest { replace: replace.is_some(), ..request }, question)
}

/// Asks a question of the shell's own. An earlier no to the page doesn't count for it, and it waits
/// while another question is open.
pub async fn confirm_own(app: &AppHandle, question: Question) -> bool {
    let outside = app.state::<Outside>();
    let _open = outside.open.lock().await;
    dialog::confirm(app, question).await
}

/// Allows signing in to a server; always asks if there is no connection to it.
///
/// # Errors
/// Like [`confirm`].
pub async fn may_reach(app: &AppHandle, base_url: &BaseUrl) -> Result<(), ErrorView> {
    let (desk, origin) = (app.state::<Desk>(), base_url.origin());
    let known =
        desk.status().connections.iter().any(|it| it.connection.base_url.origin() == origin);
    let question = Question::connect(&origin);
    if known { pressed(app, question).await } else { confirm(app, question).await }
}

/// Asks for a credential; `None` if the person canceled. `lead` uses it; if that fails, the next window has it
/// filled in.
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
    can_be_shown(&wanted.question())?;
    pressed(app, Question::connect(wanted.origin())).await?;
    let (outside, label) = (app.state::<Outside>(), wanted.label());
    let typed = {
        let Ok(_open) = outside.open.try_lock() else { return Err(busy()) };
        let before = outside.typed.of(label, wanted.origin());
        dialog::credential(app, wanted.question(), label, before).await
    };
    let Some(typed) = typed else { return Ok(None) };
    let outcome = lead(typed.clone()).await;
    if outcome.is_err() {
        outside.typed.keep(label, wanted.origin(), typed);
        let app = app.clone();
        tauri::async_runtime::spawn(async move {
            sleep(KEPT_FOR).await;
            app.state::<Outside>().typed.forget_old(Instant::now());
        });
    }
    outcome.map(Some)
}

/// Asks for a text that was found somewhere; `None` if the person canceled.
///
/// # Errors
/// [`ErrorCode::Declined`] while another question is open.
pub async fn found(app: &AppHandle) -> Result<Option<Secret>, ErrorView> {
    pasted(app, Question::found(), "Text with the value").await
}

/// Asks for a text that may hold values; `None` if the person canceled.
///
/// # Errors
/// Like [`found`].
pub async fn to_scan(app: &AppHandle) -> Result<Option<Secret>, ErrorView> {
    pasted(app, Question::scan_text(), "Text to search").await
}

async fn pasted(
    app: &AppHandle,
    question: Question,
    label: &'static str,
) -> Result<Option<Secret>, ErrorView> {
    if !dialog::TAKES_CREDENTIALS {
        return Err(ErrorView { code: ErrorCode::Declined, message: NO_FIELD.to_owned() });
    }
    pressed(app, question.clone()).await?;
    let outside = app.state::<Outside>();
    let Ok(_open) = outside.open.try_lock() else { return Err(busy()) };
    Ok(dialog::credential(app, question, label, None).await)
}

fn can_be_shown(question: &Question) -> Result<(), ErrorView> {
    if question.can_be_shown() {
        return Ok(());
    }
    let message =
        "That is too long to show in a question. Nothing was done. Shorten it.".to_owned();
    Err(ErrorView { code: ErrorCode::Declined, message })
}

fn declined() -> ErrorView {
    let message = "Canceled. Nothing was done.".to_owned();
    ErrorView { code: ErrorCode::Declined, message }
}

fn stopped() -> ErrorView {
    let message = "Stopped. The token was not revoked.".to_owned();
    ErrorView { code: ErrorCode::Declined, message }
}

fn busy() -> ErrorView {
    let message = "Another question is open. Answer that one first. Nothing was done.".to_owned();
    ErrorView { code: ErrorCode::Declined, message }
}
