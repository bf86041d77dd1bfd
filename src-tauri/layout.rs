//! The layout of the page, so that it opens like that again: the columns of the list, and the width
//! of the panel beside it.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde_json::Value;

use crate::kept;
use crate::views::LayoutView;

const FILE: &str = "layout.json";

/// The layout as it is now, and the file it is kept in.
pub struct Layout {
    file: PathBuf,
    now: Mutex<LayoutView>,
}

impl Layout {
    /// Reads how the page was laid out. What cannot be read is as good as nothing.
    #[must_use]
    pub fn read(folder: &Path) -> Self {
        let file = folder.join(FILE);
        let before =
            kept::read(&file).and_then(|layout| Ok(serde_json::from_value(renamed(layout))?));
        let before = before.inspect_err(|error| tracing::info!(%error, "no layout"));
        Self { file, now: Mutex::new(before.unwrap_or_default()) }
    }

    /// How the page is laid out.
    pub fn now(&self) -> LayoutView {
        self.now.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Keeps it for the next start.
    pub fn keep(&self, layout: LayoutView) {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        // Locked until it is written, so that the later of two layouts stays.
        if let Err(error) = kept::write(&self.file, &layout) {
            tracing::warn!(%error, "the layout is not kept");
        }
        *now = layout;
    }
}

/// The layout of an earlier version, which called the column of the project `place`.
fn renamed(mut layout: Value) -> Value {
    let columns = layout.get_mut("columns").and_then(Value::as_array_mut).into_iter().flatten();
    for name in columns.filter_map(|column| column.get_mut("name")) {
        if name == "place" {
            *name = "project".into();
        }
    }
    layout
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::{ColumnName, ColumnView};

    #[test]
    fn it_is_kept_and_a_broken_file_is_as_good_as_none() {
        let folder = tempfile::tempdir().unwrap();
        let read = || Layout::read(folder.path()).now();
        assert_eq!(read(), LayoutView::default());
        let column = |name, shown, width| ColumnView { name, shown, width };
        let layout = LayoutView {
            columns: vec![
                column(ColumnName::CreatedBy, Some(true), Some(180)),
                column(ColumnName::Project, None, None),
            ],
            panel: Some(420),
        };
        Layout::read(folder.path()).keep(layout.clone());
        assert_eq!(read(), layout);
        Layout::read(folder.path()).keep(LayoutView::default());
        assert_eq!(read(), LayoutView::default(), "a shorter one leaves nothing of the longer one");
        let earlier = r#"{"columns":[{"name":"place","shown":true,"width":90}],"panel":null}"#;
        std::fs::write(folder.path().join(FILE), earlier).unwrap();
        assert_eq!(read().columns, [column(ColumnName::Project, Some(true), Some(90))]);
        for broken in ["", "{\"columns\":", "[]", r#"{"columns":[{"name":"smell"}]}"#, "\0\u{1}"] {
            std::fs::write(folder.path().join(FILE), broken).unwrap();
            assert_eq!(read(), LayoutView::default(), "{broken:?}");
        }
    }
}
