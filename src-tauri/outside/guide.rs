//! Opens the guide that came with the app, in the browser.

use std::path::{Path, PathBuf};

use tauri::AppHandle;

use super::{Question, pressed};
use crate::error::{ErrorCode, ErrorView};

#[cfg(not(target_os = "linux"))]
use super::dialog::open;
#[cfg(target_os = "linux")]
use super::file_manager::open;

/// Where packages have it, beside the folder of the program (`packaging/tree`).
const INSTALLED: &str = "share/doc/entri-tokens/html/guide/index.html";
/// Where `./x docs` builds it, beside the folder of the program.
const BUILT: &str = "guide/guide/index.html";

/// Opens the guide in the browser. The page has no say in what is opened.
///
/// # Errors
///
/// Like [`confirm`](super::confirm), and also if there is no guide here, or nothing can open it.
pub async fn open_guide(app: &AppHandle) -> Result<(), ErrorView> {
    pressed(app, Question::guide()).await?;
    let Some(guide) = std::env::current_exe().ok().and_then(|program| beside(&program)) else {
        let message = "The guide isn’t installed here. In the source code, ./x docs builds it.";
        return Err(ErrorView { code: ErrorCode::NotFound, message: message.to_owned() });
    };
    if open(&guide).await.unwrap_or(false) {
        return Ok(());
    }
    let message = format!("Couldn’t open a browser. The guide is {}.", guide.display());
    Err(ErrorView { code: ErrorCode::Internal, message })
}

/// The first page of the guide that came with a program.
fn beside(program: &Path) -> Option<PathBuf> {
    let folder = program.parent()?.parent()?;
    // Nobody installs what is built for debugging.
    let places = [INSTALLED].into_iter().chain(cfg!(debug_assertions).then_some(BUILT));
    places.map(|place| folder.join(place)).find(|guide| guide.is_file())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_guide_is_the_one_that_came_with_the_program() {
        let folder = tempfile::tempdir().expect("a folder");
        let program = folder.path().join("bin/entri-tokens");
        assert_eq!(beside(&program), None);
        for place in [BUILT, INSTALLED] {
            let guide = folder.path().join(place);
            fs::create_dir_all(guide.parent().expect("a folder")).expect("it is made");
            fs::write(&guide, "").expect("a page");
            assert_eq!(beside(&program), Some(guide));
        }
    }
}
