//! Notifications of the desktop, by the service that freedesktop.org names for them.

use std::collections::HashMap;

use futures_util::StreamExt;
use tauri::{AppHandle, Manager};
use token_desk::WatchNews;
use tokio::sync::{Mutex, OnceCell};
use zbus::Connection;
use zbus::proxy::SignalStream;
use zbus::zvariant::Value;

use super::Watcher;

/// The action name for a click on the notification itself.
const CLICK: &str = "default";
const FOR_AS_LONG_AS_THE_DESKTOP_LIKES: i32 = -1;

#[zbus::proxy(
    interface = "org.freedesktop.Notifications",
    default_service = "org.freedesktop.Notifications",
    default_path = "/org/freedesktop/Notifications",
    gen_blocking = false
)]
trait Notifications {
    #[expect(clippy::too_many_arguments, reason = "the desktop's own method")]
    fn notify(
        &self,
        app_name: &str,
        replaces: u32,
        icon: &str,
        title: &str,
        body: &str,
        actions: &[&str],
        hints: HashMap<&str, Value<'_>>,
        expires: i32,
    ) -> zbus::Result<u32>;
}

#[derive(Default)]
pub struct Notifier {
    desktop: OnceCell<NotificationsProxy<'static>>,
    /// The notifications that can be clicked, by the number the desktop gave them.
    shown: Mutex<HashMap<u32, WatchNews>>,
}

impl Notifier {
    /// Shows a notification; a click on it opens its tokens.
    pub async fn tell(&self, app: &AppHandle, news: WatchNews) -> zbus::Result<()> {
        let desktop = self.desktop.get_or_try_init(|| reached(app)).await?;
        // Held until the number is known: a click may come before it.
        let mut shown = self.shown.lock().await;
        // Desktops may read a body as markup, a title never; both have names that others wrote.
        let body = plain(&news.body);
        let number = desktop.notify(
            "Entri Tokens",
            0,
            "entri-tokens",
            &news.title,
            &body,
            &[CLICK, "Show tokens"],
            HashMap::new(),
            FOR_AS_LONG_AS_THE_DESKTOP_LIKES,
        );
        shown.insert(number.await?, news);
        Ok(())
    }

    async fn heard(&self, app: &AppHandle, signal: &zbus::Message) -> zbus::Result<()> {
        match signal.header().member().map(ToString::to_string).as_deref() {
            Some("ActionInvoked") => {
                let (number, action): (u32, String) = signal.body().deserialize()?;
                let clicked = self.shown.lock().await.remove(&number);
                if let Some(news) = clicked.filter(|_| action == CLICK) {
                    super::open(app, news);
                }
            }
            Some("NotificationClosed") => {
                let (number, _why): (u32, u32) = signal.body().deserialize()?;
                self.shown.lock().await.remove(&number);
            }
            _ => {}
        }
        Ok(())
    }
}

/// Escapes a text so that nothing in it is markup.
fn plain(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Listens for clicks and closings, from before the first notification.
async fn reached(app: &AppHandle) -> zbus::Result<NotificationsProxy<'static>> {
    let desktop = NotificationsProxy::new(&Connection::session().await?).await?;
    let signals = desktop.inner().receive_all_signals().await?;
    tauri::async_runtime::spawn(listen(app.clone(), signals));
    Ok(desktop)
}

async fn listen(app: AppHandle, mut signals: SignalStream<'static>) {
    while let Some(signal) = signals.next().await {
        let heard = app.state::<Watcher>().notifier.heard(&app, &signal).await;
        if let Err(error) = heard {
            tracing::debug!(%error, "a signal that makes no sense");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_name_is_no_markup() {
        assert_eq!(plain("In <b>A & B</b>."), "In &lt;b&gt;A &amp; B&lt;/b&gt;.");
    }
}
