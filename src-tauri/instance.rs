//! One app at a time: a second start raises the window of the first one and ends.
//!
//! The lock on the data folder decides; it needs no session bus and ends with its process. The
//! plugin learns about later starts, and also ends one with a different data folder in the same
//! session. Only the holder of the lock runs the plugin: others could take the name on the bus
//! before it.

use std::process::ExitCode;

use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, Manager, Wry};

use crate::watch::Watcher;
use crate::window;

/// Lets later starts raise the window. What else they say is ignored: anybody on the bus can say it.
pub fn plugin() -> TauriPlugin<Wry> {
    tauri_plugin_single_instance::init(|app, _, _| raise(app))
}

/// Ends this process in favor of the one that has the folder.
#[expect(clippy::print_stderr, reason = "this process has no window to say it in")]
pub fn give_way() -> ExitCode {
    match bus::raise_first() {
        Ok(()) => {
            eprintln!("entri-tokens: already running; its window was asked to come to the front");
        }
        Err(error) => {
            tracing::debug!(%error, "no message to the first app");
            eprintln!("entri-tokens: already running; look for its window");
        }
    }
    ExitCode::SUCCESS
}

fn raise(app: &AppHandle) {
    // A start so early that there is no window yet will see it open.
    if app.try_state::<Watcher>().is_some() {
        window::show(app);
    }
}

#[cfg(target_os = "linux")]
mod bus {
    use zbus::blocking::{Connection, Proxy};

    /// The names that the plugin derives from the identifier in `tauri.conf.json`.
    const NAME: &str = "io.nt3.entri-tokens.SingleInstance";
    const PATH: &str = "/io/nt3/entri_tokens/SingleInstance";
    const INTERFACE: &str = "org.SingleInstance.DBus";

    /// Waits for no answer: the first app may hang, and this process must not.
    pub fn raise_first() -> zbus::Result<()> {
        let first = Proxy::new(&Connection::session()?, NAME, PATH, INTERFACE)?;
        first.call_noreply("ExecuteCallback", &(Vec::<String>::new(), ""))
    }
}

#[cfg(not(target_os = "linux"))]
mod bus {
    /// There the plugin's way to the first app is not open to others.
    pub fn raise_first() -> Result<(), &'static str> {
        Err("this system has no session bus")
    }
}
