//! What the page may know about the value of a new token.

use super::{KeyView, RotationIdView};
use serde::Serialize;
use specta::Type;
use tauri_specta::Event;
use token_desk::{
    ClipboardState, Copied, Created, Date, Delivered, DeliveryChoices, Preset, RotationId, Snippet,
    Waiting, text, when,
};

/// A token that was just created; its value stays in Rust.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CreatedView {
    /// The number that identifies the value while the app holds it.
    pub handle: u32,
    /// The masked value, which may be shown.
    pub mask: String,
    /// Identifies the token; `None` if the response couldn't be read.
    pub key: Option<KeyView>,
    /// The token's name, with hidden characters shown.
    pub name: String,
    /// `Expires 22 Feb 2027`, or that it never expires, or that the date is unreadable.
    pub expires_text: String,
    /// The token's scopes, in words.
    pub scopes_text: String,
    /// How the token differs from the one requested, as a sentence.
    pub differs: Option<String>,
    /// The rotation it was created for.
    pub rotation: Option<RotationIdView>,
    /// `14:02:11`: when the value was last copied; `None` if it never was.
    pub copied_at: Option<String>,
    /// The last place besides the clipboard that has the value.
    pub delivered: Option<DeliveredView>,
}

/// A copy that was seen on the clipboard.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CopiedView {
    /// `14:02:11`: when it was copied.
    pub copied_at: String,
    /// Seconds until the clipboard is cleared; 0 if it isn't until the app quits.
    pub clears_in_seconds: u16,
}

/// The ways to deliver a value besides the clipboard.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DeliveryChoicesView {
    /// Commands that take the value on standard input; `<…>` must be filled in.
    pub programs: Vec<LabelledText>,
    /// Lines of code or configuration that refer to the value.
    pub snippets: Vec<LabelledText>,
}

/// A text that can be copied or edited.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LabelledText {
    /// What the text is for.
    pub label: String,
    /// The text itself, without the value.
    pub text: String,
}

/// Where a value was delivered.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DeliveredView {
    /// The file or program that has the value.
    pub to: String,
    /// `14:02:11`: when it was delivered.
    pub at: String,
    /// The program's output, or a remark about the file; may be empty.
    pub said: String,
}

/// What happened to a copied value. Sent as the event `clipboard`.
#[derive(Debug, Clone, Serialize, Type, Event)]
#[serde(rename_all = "camelCase")]
#[tauri_specta(event_name = "clipboard")]
pub struct ClipboardView {
    /// The number that identifies the value while the app holds it.
    pub handle: u32,
    /// Whether the value is gone from the clipboard.
    pub state: ClipboardStateView,
}

/// What happened to a copied value.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ClipboardStateView {
    /// The value was removed from the clipboard.
    Cleared,
    /// Something else had been copied before the value was to be removed.
    Replaced,
    /// The value couldn't be removed and may still be on the clipboard.
    Failed,
}

impl From<Created> for CreatedView {
    fn from(created: Created) -> Self {
        let rotation = created.key.as_ref().zip(created.rotation);
        Self {
            rotation: rotation
                .map(|(key, number)| RotationId { connection: key.connection, number }.into()),
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
            delivered: None,
        }
    }
}

impl From<Waiting> for CreatedView {
    fn from(Waiting { created, copied, delivered }: Waiting) -> Self {
        let said = String::new();
        Self {
            copied_at: copied.map(when::clock_seconds),
            delivered: delivered.map(|(to, at)| Delivered { to, at, said }.into()),
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

impl From<DeliveryChoices> for DeliveryChoicesView {
    fn from(delivery_choices: DeliveryChoices) -> Self {
        Self {
            programs: delivery_choices.programs.iter().map(LabelledText::from).collect(),
            snippets: delivery_choices.snippets.into_iter().map(LabelledText::from).collect(),
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

impl From<Delivered> for DeliveredView {
    fn from(delivered: Delivered) -> Self {
        Self {
            to: text::visible(&delivered.to),
            at: when::clock_seconds(delivered.at),
            said: delivered.said,
        }
    }
}

impl ClipboardView {
    /// What happened to the copy of the value `handle`.
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
