//! Questions about files and what opens them.

use std::path::Path;

use super::Question;

impl Question {
    /// Before an existing file is replaced.
    #[must_use]
    pub fn replace(file: &Path) -> Self {
        let text = "Its current contents will be lost.";
        Self::new("Replace this file?", text, "Replace").about(&file.to_string_lossy())
    }

    /// Before a new file is written.
    #[must_use]
    pub fn save(path: &str) -> Self {
        Self::new("Save this file?", "Readable only by you.", "Save").about(path)
    }

    /// Before a file is shown in its folder.
    #[must_use]
    pub fn show(file: &Path) -> Self {
        let text = "Its folder opens in the file manager.";
        Self::new("Show this file?", text, "Show").about(&file.to_string_lossy())
    }

    /// Before the guide is opened.
    #[must_use]
    pub fn guide() -> Self {
        Self::new("Open the guide?", "It opens in your browser, from this computer.", "Open")
    }

    /// Before a file is read.
    #[must_use]
    pub fn open(path: &str) -> Self {
        let text = "Its policy takes effect immediately.";
        Self::new("Open this file?", text, "Open").about(path)
    }
}
