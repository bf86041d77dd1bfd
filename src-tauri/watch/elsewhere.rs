//! Systems whose tray and notifications are not used yet: the checks go on while the window is open.

use tauri::AppHandle;
use token_desk::WatchNews;

const NOT_HERE: &str = "not used on this system";

#[derive(Default)]
pub struct Notifier;

pub enum Tray {}

impl Notifier {
    pub async fn tell(&self, _: &AppHandle, _: WatchNews) -> Result<(), &'static str> {
        Err(NOT_HERE)
    }
}

impl Tray {
    pub async fn show(_: &AppHandle) -> Result<Self, &'static str> {
        Err(NOT_HERE)
    }

    pub fn is_shown(&self) -> bool {
        match *self {}
    }
}
