//! The file manager of a Linux desktop, by the service that freedesktop.org names for it.

use std::fmt::Write;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use tauri::async_runtime::spawn_blocking;
use tokio::time::timeout;
use zbus::Connection;

/// A file manager may have to be started first.
const ANSWERS_WITHIN: Duration = Duration::from_secs(20);
/// A program that opens folders reports a failure by then; some keep running for as long as the
/// folder is open.
const FAILS_WITHIN: Duration = Duration::from_secs(3);

#[zbus::proxy(
    interface = "org.freedesktop.FileManager1",
    default_service = "org.freedesktop.FileManager1",
    default_path = "/org/freedesktop/FileManager1",
    gen_blocking = false
)]
trait FileManager {
    fn show_items(&self, files: &[&str], startup: &str) -> zbus::Result<()>;
}

/// Shows a file in its folder, or the folder if no file manager can do that. Returns whether either
/// worked.
pub async fn reveal(file: &Path) -> bool {
    let shown = timeout(ANSWERS_WITHIN, show(file)).await;
    if let Ok(Ok(())) = shown {
        return true;
    }
    tracing::debug!(?shown, "no file manager shows a file");
    let Some(folder) = file.parent() else { return false };
    open(folder).await.unwrap_or(false)
}

async fn show(file: &Path) -> zbus::Result<()> {
    let manager = FileManagerProxy::new(&Connection::session().await?).await?;
    manager.show_items(&[&address(file)], "").await
}

/// Opens a file or folder with what the person uses for such ones. Returns whether that worked.
pub async fn open(path: &Path) -> io::Result<bool> {
    let mut opening = Command::new("xdg-open")
        .arg(path)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let ended = timeout(FAILS_WITHIN, spawn_blocking(move || opening.wait())).await;
    Ok(!matches!(ended, Ok(Ok(Ok(status))) if !status.success()))
}

/// The address of a file, such as `file:///home/a%20b`.
fn address(file: &Path) -> String {
    let mut address = "file://".to_owned();
    for &byte in file.as_os_str().as_bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            address.push(char::from(byte));
        } else {
            // Writing to a `String` can't fail.
            let _ = write!(address, "%{byte:02X}");
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_every_byte_of_its_path() {
        assert_eq!(address(Path::new("/a b/é#?%.html")), "file:///a%20b/%C3%A9%23%3F%25.html");
    }
}
