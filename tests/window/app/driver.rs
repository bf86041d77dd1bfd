//! The `WebDriver` server that starts the app.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command};

/// The driver, its browser and the app: an app whose driver ends while it closes would stay.
pub(super) fn end(driver: &mut Child) {
    if driver.try_wait().is_ok_and(|status| status.is_none()) {
        let group = format!("-{}", driver.id());
        let _ = Command::new("kill").args(["-TERM", "--", &group]).status();
        let _ = driver.wait();
    }
}

pub(super) fn tauri_driver() -> PathBuf {
    let tools = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/tools/bin/tauri-driver");
    if tools.exists() { tools } else { PathBuf::from("tauri-driver") }
}

pub(super) fn free_ports() -> [u16; 2] {
    // Both are held until both are known, so that they differ.
    let held = [(); 2].map(|()| TcpListener::bind("127.0.0.1:0").expect("a free port"));
    held.each_ref().map(|listener| listener.local_addr().expect("its address").port())
}
