//! The parts of a desktop that show icons of programs, and what programs want to tell.
#![expect(clippy::used_underscore_binding, reason = "a macro passes on what nobody reads")]

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use zbus::zvariant::{OwnedValue, Value};
use zbus::{Connection, Proxy, connection};

use crate::desktop::{Desktop, until};

const TOLD_AT: &str = "/org/freedesktop/Notifications";

/// A desktop panel with one icon, which records its notifications.
pub struct Panel {
    bus: Connection,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Default)]
struct Seen {
    icon: Option<String>,
    told: Vec<Told>,
}

/// A notification that the app sent to the desktop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub number: u32,
    pub title: String,
    pub body: String,
}

type Menu = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

impl Panel {
    pub async fn on(desktop: &Desktop) -> Self {
        let seen = Arc::<Mutex<Seen>>::default();
        let (tray, notifications) = (Tray(Arc::clone(&seen)), Notifications(Arc::clone(&seen)));
        let bus = async {
            connection::Builder::address(desktop.bus())?
                .name("org.kde.StatusNotifierWatcher")?
                .name("org.freedesktop.Notifications")?
                .serve_at("/StatusNotifierWatcher", tray)?
                .serve_at(TOLD_AT, notifications)?
                .build()
                .await
        };
        Self { bus: bus.await.expect("a panel on the bus"), seen }
    }

    /// Whether an icon is there.
    pub async fn has_icon(&self) -> bool {
        let Some(icon) = self.seen().icon.clone() else { return false };
        let bus = zbus::fdo::DBusProxy::new(&self.bus).await.expect("the bus");
        let name = icon.try_into().expect("the name of an icon");
        bus.name_has_owner(name).await.expect("the bus answers")
    }

    /// A click on the icon.
    pub async fn click(&self) {
        let item = self.of_icon("/StatusNotifierItem", "org.kde.StatusNotifierItem").await;
        item.call_method("Activate", &(0, 0)).await.expect("the icon takes a click");
    }

    /// Chooses an entry of the icon's menu.
    pub async fn choose(&self, label: &str) {
        let menu = self.of_icon("/MenuBar", "com.canonical.dbusmenu").await;
        let no_names: &[&str] = &[];
        let (_, (_, _, entries)): (u32, Menu) =
            menu.call("GetLayout", &(0, -1, no_names)).await.expect("the menu");
        let entries = entries.into_iter().map(|entry| Menu::try_from(entry).expect("an entry"));
        let number = entries
            .filter(|(_, words, _)| words.get("label").is_some_and(|it| **it == Value::from(label)))
            .map(|(number, ..)| number)
            .next()
            .unwrap_or_else(|| panic!("no {label} in the menu"));
        let chosen = (number, "clicked", Value::from(0), 0_u32);
        // An app that quits doesn't answer.
        menu.call_noreply("Event", &chosen).await.expect("it can be chosen");
    }

    /// The notifications, once there are this many.
    pub fn told(&self, count: usize) -> Vec<Told> {
        until("it is told", || self.seen().told.len() >= count);
        self.seen().told.clone()
    }

    /// A click on a notification.
    pub async fn open(&self, told: &Told) {
        let signal = (told.number, "default");
        let interface = "org.freedesktop.Notifications";
        let sent = self.bus.emit_signal(None::<&str>, TOLD_AT, interface, "ActionInvoked", &signal);
        sent.await.expect("the click is told");
    }

    async fn of_icon(&self, path: &'static str, interface: &'static str) -> Proxy<'static> {
        let icon = self.seen().icon.clone().expect("an icon");
        Proxy::new(&self.bus, icon, path, interface).await.expect("a part of the icon")
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        lock(&self.seen)
    }
}

struct Tray(Arc<Mutex<Seen>>);

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Tray {
    fn register_status_notifier_item(&self, service: String) {
        lock(&self.0).icon = Some(service);
    }

    #[expect(clippy::unused_self, reason = "a property is of something")]
    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }
}

struct Notifications(Arc<Mutex<Seen>>);

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Notifications {
    #[expect(clippy::too_many_arguments, reason = "the desktop's own method")]
    fn notify(
        &self,
        _app: String,
        _replaces: u32,
        _icon: String,
        title: String,
        body: String,
        _actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _expires: i32,
    ) -> u32 {
        let mut seen = lock(&self.0);
        let number = u32::try_from(seen.told.len()).expect("few") + 1;
        seen.told.push(Told { number, title, body });
        number
    }
}

fn lock(seen: &Mutex<Seen>) -> MutexGuard<'_, Seen> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}
