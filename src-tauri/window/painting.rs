//! How the page is painted.

use std::fs;
use std::path::Path;

use tauri::WebviewWindow;

/// Has the page painted without a compositor where no graphics processor would do the compositing.
/// The web view's compositor then runs on a graphics processor that is emulated: twice the processor time
/// for the same picture, and 60 MB more.
#[cfg(target_os = "linux")]
pub fn fit_to_machine(window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt as _, WebViewExt as _};

    if has_graphics_processor(Path::new("/dev")) {
        return Ok(());
    }
    window.with_webview(|view| {
        if let Some(settings) = view.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    })
}

/// Other systems have one, or decide it themselves.
#[cfg(not(target_os = "linux"))]
pub fn fit_to_machine(_: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

/// Whether programs can draw with a graphics processor: by the kernel's render nodes, by NVIDIA's own
/// driver, or by the host of a Linux inside Windows.
#[cfg(target_os = "linux")]
fn has_graphics_processor(devices: &Path) -> bool {
    let any = |folder: &Path, begins: &str| {
        fs::read_dir(folder).is_ok_and(|entries| {
            entries
                .flatten()
                .any(|entry| entry.file_name().as_encoded_bytes().starts_with(begins.as_bytes()))
        })
    };
    any(&devices.join("dri"), "renderD") || any(devices, "nvidia0") || any(devices, "dxg")
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_graphics_processor_is_known_by_its_device() {
        for (device, is_one) in [
            ("dri/renderD128", true),
            ("nvidia0", true),
            ("dxg", true),
            // The screen of a virtual machine: shows pictures, and makes none.
            ("dri/card0", false),
            ("null", false),
        ] {
            let devices = tempfile::tempdir().expect("a folder");
            let device = devices.path().join(device);
            fs::create_dir_all(device.parent().expect("a parent")).expect("a folder");
            fs::write(&device, "").expect("a file");
            assert_eq!(has_graphics_processor(devices.path()), is_one, "{}", device.display());
        }
    }
}
