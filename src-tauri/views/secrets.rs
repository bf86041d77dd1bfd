//! What the page may know about the value of a new token.

use super::KeyView;
use serde::Serialize;
use specta::Type;
use tauri_specta::Event;
use token_desk::{
    ClipboardState, Copied, Created, Date, HandOffs, HandedOver, Preset, Snippet, Waiting, text,
    when,
};

/// A token that exists now; its value stays in Rust.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CreatedView {
    /// Names the value.
    pub handle: u32,
    /// What may be shown of it.
    pub mask: String,
    /// Identifies the token; `None` if the response couldn't be read.
    pub key: Option<KeyView>,
    /// Its name.
    pub name: String,
    /// `Expires 22 Feb 2027`, or that it never expires, or that the date is unreadable.
    pub expires_text: String,
    /// Its scopes, in words.
    pub scopes_text: String,
    /// What the server made otherwise than it was asked.
    pub differs: Option<String>,
    /// `14:02:11`: when the value was last copied; `None` if it never was.
    pub copied_at: Option<String>,
    /// Where else the value is, the last such place.
    pub handed: Option<HandedOverView>,
}

/// A copy that was seen on the clipboard.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CopiedView {
    /// `14:02:11`.
    pub copied_at: String,
    /// The number of seconds after which it is cleared.
    pub clears_in_seconds: u32,
}

/// The ways to deliver it besides the clipboard.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HandOffsView {
    /// Commands that take the value; `<…>` must be filled in.
    pub programs: Vec<LabelledText>,
    /// Lines that refer to the value.
    pub snippets: Vec<LabelledText>,
}

/// A text to begin with.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LabelledText {
    /// What it is for.
    pub label: String,
    /// The text.
    pub text: String,
}

/// A value that somebody has.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HandedOverView {
    /// Where it is.
    pub to: String,
    /// `14:02:11`.
    pub at: String,
    /// The program's output, or a remark about the file; may be empty.
    pub said: String,
}

/// What became of a copy. Sent as the event `clipboard`.
#[derive(Debug, Clone, Serialize, Type, Event)]
#[serde(rename_all = "camelCase")]
#[tauri_specta(event_name = "clipboard")]
pub struct ClipboardView {
    /// Names the value.
    pub handle: u32,
    /// Whether it is gone.
    pub state: ClipboardStateView,
}

/// What became of a copy.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ClipboardStateView {
    /// It was cleared.
    Cleared,
    /// Something else had been copied meanwhile.
    Replaced,
    /// It could not be taken away.
    Failed,
}

impl From<Created> for CreatedView {
    fn from(created: Created) -> Self {
        Self {
            handle: created.handle,
            mask: created.mask,
            key: created.key.map(KeyView::from),
            name: text::visible(&created.name),
            expires_text: match created.expires {
                Date::At(ends) => format!("Expires {}", when::date(ends)),
                Date::None => "Never expires".to_owned(),
                Date::Unreadable => "Expiry unreadable".to_owned(),
            },
            scopes_text: match created.scopes.as_slice() {
                [] => "no scopes listed".to_owned(),
                scopes => text::visible(&scopes.join(", ")),
            },
            differs: created.differs,
            copied_at: None,
            handed: None,
        }
    }
}

impl From<Waiting> for CreatedView {
    fn from(Waiting { created, copied, handed_over }: Waiting) -> Self {
        let said = String::new();
        Self {
            copied_at: copied.map(when::clock_seconds),
            handed: handed_over.map(|(to, at)| HandedOver { to, at, said }.into()),
            ..created.into()
        }
    }
}

impl From<Copied> for CopiedView {
    fn from(copied: Copied) -> Self {
        Self {
            copied_at: when::clock_seconds(copied.at),
            clears_in_seconds: copied.clears_in_seconds,
        }
    }
}

impl From<HandOffs> for HandOffsView {
    fn from(hand_offs: HandOffs) -> Self {
        Self {
            programs: hand_offs.programs.iter().map(LabelledText::from).collect(),
            snippets: hand_offs.snippets.into_iter().map(LabelledText::from).collect(),
        }
    }
}

impl From<&Preset> for LabelledText {
    fn from(preset: &Preset) -> Self {
        Self { label: preset.label.to_owned(), text: preset.command.to_owned() }
    }
}

impl From<Snippet> for LabelledText {
    fn from(snippet: Snippet) -> Self {
        Self { label: snippet.label.to_owned(), text: snippet.text }
    }
}

impl From<HandedOver> for HandedOverView {
    fn from(handed_over: HandedOver) -> Self {
        Self {
            to: text::visible(&handed_over.to),
            at: when::clock_seconds(handed_over.at),
            said: handed_over.said,
        }
    }
}

impl ClipboardView {
    /// What became of the copy of the value `handle`.
    #[must_use]
    pub fn new(handle: u32, state: ClipboardState) -> Self {
        let state = match state {
            ClipboardState::Cleared => ClipboardStateView::Cleared,
            ClipboardState::Replaced => ClipboardStateView::Replaced,
            ClipboardState::Failed => ClipboardStateView::Failed,
        };
        Self { handle, state }
    }
}
