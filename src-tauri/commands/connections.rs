//! The connections: add, show, tell apart, leave.

use std::env;

use chrono::Utc;
use tauri::{AppHandle, State};
use token_desk::{
    BaseUrl, CliPlaces, ConnectionId, CredentialRequest, Desk, Error, OrganizationId, Persistence,
    Secret, Shown,
};

use super::Answer;
use crate::layout::Layout;
use crate::outside::{self, Credential, Question};
use crate::sandbox::EmbeddedSandbox;
use crate::start::Start;
use crate::views::{
    CliTokenView, ConnectRequest, LookRequest, StartView, StepAnswer, StepView, WayIn,
};
use crate::watch::Watcher;
use crate::window;

/// Everything that the page's first paint shows.
#[tauri::command]
#[specta::specta]
pub async fn connections_start(
    desk: State<'_, Desk>,
    start: State<'_, Start>,
    watcher: State<'_, Watcher>,
    layout: State<'_, Layout>,
) -> Answer<StartView> {
    let (mut opened, now) = (watcher.take_opened(), Utc::now());
    if let Some(news) = &opened
        && let Err(error) = desk.show(news.shown, now).await
    {
        // The connection was left meanwhile.
        tracing::info!(%error, "the news cannot be shown");
        opened = None;
    }
    Ok(start.view(&desk, opened.as_ref(), layout.now(), now))
}

/// Connects to the server that the admin entered; the list is loaded afterwards. `None` if the
/// admin canceled.
#[tauri::command]
#[specta::specta]
pub async fn connections_connect(
    app: AppHandle,
    desk: State<'_, Desk>,
    request: ConnectRequest,
) -> Answer<Option<StepView>> {
    let ConnectRequest { address, credential: way, organization_id } = request;
    if let WayIn::Cli { place } = way {
        // Read once: whoever answers the question confirms this address, for this token.
        let (token, address) = cli_places().read(place)?;
        outside::may_reach(&app, &BaseUrl::parse(&address).map_err(Error::Address)?).await?;
        let credential = CredentialRequest::ApiToken(token);
        return Ok(Some(enter(&desk, address, credential, organization_id).await?));
    }
    let origin = BaseUrl::parse(&address).map_err(Error::Address)?.origin();
    let wanted = match &way {
        WayIn::Password { email } => Credential::Password { origin: &origin, email },
        WayIn::Cookie => Credential::Cookie { origin: &origin },
        _ => Credential::ApiToken { origin: &origin },
    };
    let lead = async |typed: Secret| {
        let credential = match &way {
            WayIn::Password { email } => {
                CredentialRequest::Password { email: email.clone(), password: typed }
            }
            WayIn::Cookie => CredentialRequest::Cookie(typed),
            _ => CredentialRequest::ApiToken(typed),
        };
        enter(&desk, address.clone(), credential, organization_id.clone()).await
    };
    outside::credential(&app, wanted, lead).await
}

/// Continues a sign-in with its next step.
#[tauri::command]
#[specta::specta]
pub async fn connections_continue(
    desk: State<'_, Desk>,
    attempt: u32,
    answer: StepAnswer,
) -> Answer<StepView> {
    Ok(desk.continue_connect(attempt, answer.into(), Utc::now()).await?.into())
}

/// Asks the server to send a code for the second factor.
#[tauri::command]
#[specta::specta]
pub async fn connections_send_code(desk: State<'_, Desk>, attempt: u32) -> Answer<()> {
    Ok(desk.send_code(attempt).await?)
}

/// Discards a sign-in that isn't complete.
#[tauri::command]
#[specta::specta]
pub async fn connections_give_up(desk: State<'_, Desk>, attempt: u32) -> Answer<()> {
    desk.give_up_attempt(attempt);
    Ok(())
}

/// The API tokens of the `nt3` command-line tool on this computer.
#[tauri::command]
#[specta::specta]
pub async fn connections_cli_tokens() -> Answer<Vec<CliTokenView>> {
    Ok(cli_places().tokens().into_iter().map(CliTokenView::from).collect())
}

/// Connects with a sign-in on the server's own page, in a separate window; `None` if that was
/// closed before anybody signed in.
#[tauri::command]
#[specta::specta]
pub async fn connections_sign_in_in_window(
    app: AppHandle,
    desk: State<'_, Desk>,
    address: String,
    organization_id: Option<String>,
) -> Answer<Option<StepView>> {
    let base_url = BaseUrl::parse(&address).map_err(Error::Address)?;
    outside::may_reach(&app, &base_url).await?;
    let Some(cookies) = window::sign_in::session_cookies(&app, &address).await? else {
        return Ok(None);
    };
    let credential = CredentialRequest::Cookie(cookies);
    Ok(Some(enter(&desk, address, credential, organization_id).await?))
}

/// Connects to the embedded sandbox, and starts it if it isn't running yet.
#[tauri::command]
#[specta::specta]
pub async fn connections_open_sandbox(
    desk: State<'_, Desk>,
    sandbox: State<'_, EmbeddedSandbox>,
) -> Answer<()> {
    Ok(sandbox.connect(&desk, Utc::now()).await?)
}

/// Shows the tokens of one connection, or of all of them.
#[tauri::command]
#[specta::specta]
pub async fn connections_show(desk: State<'_, Desk>, id: Option<u32>) -> Answer<()> {
    let shown = id.map_or(Shown::All, |id| Shown::One(ConnectionId(id)));
    Ok(desk.show(shown, Utc::now()).await?)
}

/// Changes a connection's label, environment, color and position.
#[tauri::command]
#[specta::specta]
pub async fn connections_change(desk: State<'_, Desk>, request: LookRequest) -> Answer<()> {
    let (id, position) = (ConnectionId(request.id), request.position as usize);
    desk.change_appearance(id, request.into(), Utc::now()).await?;
    Ok(desk.move_connection(id, position).await?)
}

/// Disconnects from a server and deletes its data on this computer; with `anyway` even if the
/// keychain doesn't remove the credential.
#[tauri::command]
#[specta::specta]
pub async fn connections_disconnect(
    app: AppHandle,
    desk: State<'_, Desk>,
    embedded: State<'_, EmbeddedSandbox>,
    id: u32,
    anyway: bool,
) -> Answer<()> {
    let (id, connections) = (ConnectionId(id), desk.status().connections);
    let left = connections.into_iter().map(|it| it.connection).find(|it| it.id == id);
    let left = left.ok_or(Error::NotConnected)?;
    outside::pressed(&app, Question::disconnect(&left)).await?;
    desk.disconnect(id, anyway, Utc::now()).await?;
    if left.sandbox {
        embedded.close().await;
    }
    Ok(())
}

async fn enter(
    desk: &Desk,
    address: String,
    credential: CredentialRequest,
    organization_id: Option<String>,
) -> Answer<StepView> {
    let organization_id = organization_id.map(OrganizationId);
    let request = token_desk::ConnectRequest { address, credential, organization_id };
    Ok(desk.connect(request, Persistence::Remember, Utc::now()).await?.into())
}

/// The places where the command-line tool looks (docs/entri-api.md#the-nt3-tool).
fn cli_places() -> CliPlaces {
    CliPlaces {
        variable: env::var("NT3_API_TOKEN").ok().map(Secret::new),
        folder: env::current_dir().unwrap_or_default(),
        home: dirs::home_dir(),
    }
}
