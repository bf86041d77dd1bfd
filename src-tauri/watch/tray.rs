//! The icon in the desktop's tray, and its menu.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ksni::menu::StandardItem;
use ksni::{Handle, Icon, MenuItem, OfflineReason, ToolTip, TrayMethods};
use tauri::AppHandle;

use crate::window;

const NAME: &str = "Entri Tokens";

/// The tray icon, which is shown until this is dropped.
pub struct Tray {
    icon: Handle<Item>,
    shown: Arc<AtomicBool>,
}

struct Item {
    app: AppHandle,
    shown: Arc<AtomicBool>,
}

impl Tray {
    /// Shows the icon; fails if the desktop has no tray.
    pub async fn show(app: &AppHandle) -> Result<Self, ksni::Error> {
        let shown = Arc::new(AtomicBool::new(true));
        let item = Item { app: app.clone(), shown: Arc::clone(&shown) };
        Ok(Self { icon: item.spawn().await?, shown })
    }

    /// Whether the tray is still there.
    pub fn is_shown(&self) -> bool {
        self.shown.load(Ordering::Relaxed) && !self.icon.is_closed()
    }
}

impl Drop for Tray {
    fn drop(&mut self) {
        // It is removed at once; nobody has to wait for that.
        drop(self.icon.shutdown());
    }
}

impl ksni::Tray for Item {
    fn id(&self) -> String {
        "entri-tokens".to_owned()
    }

    fn title(&self) -> String {
        NAME.to_owned()
    }

    fn icon_pixmap(&self) -> Vec<Icon> {
        self.app.default_window_icon().map(pixmap).into_iter().collect()
    }

    fn tool_tip(&self) -> ToolTip {
        let description = "Checks tokens in the background".to_owned();
        ToolTip { title: NAME.to_owned(), description, ..ToolTip::default() }
    }

    fn activate(&mut self, _x: i32, _y: i32) {
        window::show(&self.app);
    }

    fn menu(&self) -> Vec<MenuItem<Self>> {
        vec![
            entry("Open Entri Tokens", |item| window::show(&item.app)),
            entry("Check now", |item| {
                let app = item.app.clone();
                tauri::async_runtime::spawn(async move { super::check_now(&app).await });
            }),
            entry("Stop checking", |item| {
                let app = item.app.clone();
                tauri::async_runtime::spawn(async move { super::turn_off(&app).await });
            }),
            MenuItem::Separator,
            entry("Quit", |item| window::quit(&item.app)),
        ]
    }

    fn watcher_online(&self) {
        self.shown.store(true, Ordering::Relaxed);
    }

    fn watcher_offline(&self, _: OfflineReason) -> bool {
        self.shown.store(false, Ordering::Relaxed);
        true
    }
}

fn entry(label: &str, act: impl Fn(&mut Item) + Send + 'static) -> MenuItem<Item> {
    let activate = Box::new(act);
    StandardItem { label: label.to_owned(), activate, ..StandardItem::default() }.into()
}

/// Converts pixels from RGBA to the byte order that trays expect.
fn pixmap(icon: &tauri::image::Image<'_>) -> Icon {
    let argb = |rgba: &[u8]| [rgba[3], rgba[0], rgba[1], rgba[2]];
    let size = |length: u32| i32::try_from(length).unwrap_or_default();
    Icon {
        width: size(icon.width()),
        height: size(icon.height()),
        data: icon.rgba().chunks_exact(4).flat_map(argb).collect(),
    }
}
