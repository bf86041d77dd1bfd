//! The desktop shell of Entri Tokens: the only place that knows Tauri.
//!
//! [`bindings`] is the table of contents: every command the page may call, every event it hears.

pub mod commands;
pub mod error;
pub mod gate;
mod instance;
mod kept;
pub mod layout;
mod outside;
mod places;
mod process;
pub mod sandbox;
mod settings;
pub mod start;
pub mod views;
pub mod watch;
mod window;

use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

use chrono::Utc;
use tauri::{App, AppHandle, ExitRequestApi, Manager, RunEvent, Wry};
use tauri_specta::{Builder, ErrorHandlingMode, Event as _, collect_commands, collect_events};
use token_desk::{Claim, Desk, Event, SettingsFile, claim, data_folder, forbid_core_files};
use tokio::time::sleep;
use tracing_subscriber::EnvFilter;

use layout::Layout;
use outside::Outside;
use sandbox::EmbeddedSandbox;
use settings::AtStart;
use start::{Arguments, Start, USAGE};
use views::{BulkRevokeProgressView, ClipboardView, StatusView, WatchOpenedView, ZoomedView};
use watch::Watcher;
use window::GoesOn;
use window::size::WindowSize;

include!("commands/table.rs");

macro_rules! collected {
    ($($noun:ident: $($command:ident)*;)*) => {
        collect_commands![$($(commands::$noun::$command),*),*]
    };
}

const MINUTE: Duration = Duration::from_secs(60);

/// The commands that the page may call, and the events it receives.
#[must_use]
pub fn bindings() -> Builder<Wry> {
    Builder::new()
        .commands(command_table!(collected))
        .events(collect_events![
            StatusView,
            ClipboardView,
            BulkRevokeProgressView,
            WatchOpenedView,
            ZoomedView
        ])
        .error_handling(ErrorHandlingMode::Result)
        // No view goes both ways, so a type has one form.
        .disable_serde_phases()
}

/// Runs the app until its window is closed.
#[must_use]
pub fn run() -> ExitCode {
    let since = Instant::now();
    let forbidden = forbid_core_files();
    let arguments = match Arguments::parse(std::env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(error) => return refuse(&error),
    };
    log();
    if let Err(error) = forbidden {
        tracing::warn!(%error, "a crash may leave a file of this app's memory");
    }
    let folder = data_folder();
    let window_folder = folder.clone();
    let Claim::Ours(_lock) = claim(&folder) else { return instance::give_way() };
    // The list is read while the window system starts; both take about as long.
    let settings = SettingsFile::read(&folder);
    let at_start = AtStart(settings.now());
    let desk = thread::spawn(move || Desk::open_as_set(&folder, settings, Utc::now()));
    let start = Start::new(since, &arguments);
    let bindings = bindings();
    let app = tauri::Builder::default()
        .plugin(instance::plugin())
        .invoke_handler(gate::guarded(bindings.invoke_handler()))
        .setup(move |app| {
            bindings.mount_events(app);
            app.manage(Layout::read(&window_folder));
            app.manage(WindowSize::read(&window_folder));
            app.manage(at_start);
            // The page loads while the last of the list is read, and is heard once both are there.
            window::open(app.handle(), arguments.minimized)?;
            let desk = desk.join().map_err(|_| "the data folder could not be read")??;
            serve(app, desk, start, arguments.sandbox)
        })
        .build(tauri::generate_context!());
    match app {
        Ok(app) => {
            app.run(|app, event| ended(app, &event));
            ExitCode::SUCCESS
        }
        Err(error) => refuse(&error.to_string()),
    }
}

/// The app is asked to end, or ends: what the window and the desk hold is kept first.
fn ended(app: &AppHandle, event: &RunEvent) {
    match event {
        RunEvent::ExitRequested { code: None, api, .. } => closed(app, api),
        RunEvent::Exit => {
            token_desk::stop_programs();
            app.state::<WindowSize>().keep();
            app.state::<Desk>().quit();
            places::erase_again(app);
        }
        _ => {}
    }
}

/// Gives the commands what they work on.
fn serve(
    app: &App,
    desk: Desk,
    start: Start,
    sandbox: bool,
) -> Result<(), Box<dyn std::error::Error>> {
    let embedded = EmbeddedSandbox::default();
    if sandbox {
        tauri::async_runtime::block_on(async {
            embedded.connect(&desk, Utc::now()).await?;
            desk.sync_shown(Utc::now()).await;
            Ok::<_, token_desk::Error>(())
        })?;
    }
    tauri::async_runtime::spawn(end_when_asked(app.handle().clone()));
    let page = app.handle().clone();
    desk.listen(move |event| tell(&page, event));
    app.manage(desk);
    app.manage(embedded);
    app.manage(start);
    app.manage(Watcher::default());
    app.manage(GoesOn(|app| app.state::<Watcher>().in_tray()));
    app.manage(Outside::default());
    tauri::async_runtime::spawn(watch::run(app.handle().clone()));
    tauri::async_runtime::spawn(tell_each_minute(app.handle().clone()));
    Ok(())
}

/// The last window was closed. In the tray the app goes on; what waited in the window, or was on its way
/// there, does not, and nothing is scanned any longer.
fn closed(app: &AppHandle, exit: &ExitRequestApi) {
    if app.state::<Watcher>().in_tray() {
        exit.prevent_exit();
        let desk = app.state::<Desk>();
        desk.wipe_secrets();
        desk.cancel_scan();
    }
}

/// As if the window were closed, so that the clipboard is left clean.
async fn end_when_asked(app: AppHandle) {
    match process::asked_to_end().await {
        Ok(()) => app.exit(0),
        Err(error) => tracing::warn!(%error, "signals end the app at once"),
    }
}

/// In a window that nobody touches times pass too: “3 hours ago”, a plan that comes due.
async fn tell_each_minute(page: AppHandle) {
    loop {
        sleep(MINUTE).await;
        let desk = page.state::<Desk>();
        if let Err(error) = desk.keep_journal().await {
            tracing::warn!(%error, "the journal could not be kept");
        }
        tell(&page, Event::Changed(Box::new(desk.status())));
    }
}

fn tell(page: &AppHandle, event: Event) {
    let told = match event {
        Event::Changed(status) => StatusView::new(*status, Utc::now()).emit(page),
        Event::BulkRevoke(progress) => BulkRevokeProgressView::from(progress).emit(page),
        Event::Clipboard(handle, state) => ClipboardView::new(handle, state).emit(page),
    };
    if let Err(error) = told {
        tracing::warn!(%error, "the page could not be told");
    }
}

/// Logs go to standard error, and only what `ENTRI_TOKENS_LOG` asks for.
fn log() {
    let filter = EnvFilter::try_from_env("ENTRI_TOKENS_LOG").unwrap_or_else(|_| "warn".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}

#[expect(clippy::print_stderr, reason = "there is no window to say it in")]
fn refuse(error: &str) -> ExitCode {
    eprintln!("entri-tokens: {error}\n{USAGE}");
    ExitCode::from(2)
}
