//! Windows of the system's own, in front of the app's.

use std::cell::Cell;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::{Duration, Instant};

use gtk::glib::{ControlFlow, Propagation, timeout_add_local};
use gtk::prelude::*;
use gtk::{
    ButtonsType, DialogFlags, FileChooserAction, FileChooserNative, MessageDialog, MessageType,
    PolicyType, ResponseType,
};
use tauri::{AppHandle, Manager};
use token_desk::Secret;
use tokio::sync::oneshot;

use super::choose::{Choose, Chosen};
use super::question::Question;

/// Whether a credential can be typed outside the page.
pub const TAKES_CREDENTIALS: bool = true;

/// How long the window must be open without a press before it can be confirmed, so that somebody who was typing
/// or clicking doesn't confirm it by accident.
const TAKEN_AFTER: Duration = Duration::from_secs(1);
/// The largest size at which the subject is shown, in pixels; a longer one scrolls, with a visible
/// scroll bar.
const WIDTH: i32 = 460;
const HEIGHT: i32 = 150;
/// The height of a line of the subject, and how many letters certainly fit into one.
const LINE: i32 = 20;
const LETTERS: usize = 48;
/// The room around the words, in pixels.
const MARGIN: i32 = 12;

/// Whether the answer is yes.
pub async fn confirm(app: &AppHandle, question: Question) -> bool {
    let answer = ask(app, move |window, answer| {
        let dialog = dialog(window, MessageType::Question, &question);
        let default = if question.cancels { ResponseType::Cancel } else { ResponseType::Accept };
        dialog.set_default_response(default);
        dialog.connect_response(move |dialog, response| {
            answer.give(response == ResponseType::Accept);
            dialog.close();
        });
        dialog.show_all();
        // Drawn from the start: a person at the keyboard sees what Enter would press.
        if let Some(cancel) = dialog.widget_for_response(ResponseType::Cancel) {
            cancel.grab_focus();
        }
        dialog.set_focus_visible(true);
    });
    answer.await.unwrap_or(false)
}

/// The text entered in place of `typed`; `None` if the window was closed.
pub async fn credential(
    app: &AppHandle,
    question: Question,
    label: &'static str,
    typed: Option<Secret>,
) -> Option<Secret> {
    let answer = ask(app, move |window, answer| {
        let dialog = dialog(window, MessageType::Other, &question);
        dialog.set_default_response(ResponseType::Accept);
        let entry = entry(&dialog, label, typed.as_ref());
        add(&dialog, &unmask(&entry));
        dialog.connect_response(move |dialog, response| {
            let typed = Secret::new(entry.text().to_string());
            answer.give((response == ResponseType::Accept).then_some(typed));
            dialog.close();
        });
        dialog.show_all();
    });
    answer.await.flatten()
}

/// The file that was chosen; `None` if the window was closed.
pub async fn choose(app: &AppHandle, choose: Choose) -> Option<PathBuf> {
    let answer = ask(app, move |window, answer| {
        let (title, accept) = choose.words();
        let action = match choose.what {
            Chosen::File => FileChooserAction::Open,
            Chosen::NewFile => FileChooserAction::Save,
            Chosen::Folder => FileChooserAction::SelectFolder,
        };
        let chooser =
            FileChooserNative::new(Some(title), Some(window), action, Some(accept), Some("Cancel"));
        chooser.set_modal(true);
        // Saving what is chosen here asks nothing more.
        chooser.set_do_overwrite_confirmation(true);
        chooser.set_local_only(true);
        if let Some(folder) = &choose.folder {
            chooser.set_current_folder(folder);
        }
        if choose.what == Chosen::NewFile {
            chooser.set_current_name(&choose.name);
        }
        gtk::glib::MainContext::default().spawn_local(async move {
            let chosen = chooser.run_future().await == ResponseType::Accept;
            answer.give(chosen.then(|| chooser.filename()).flatten());
        });
    });
    answer.await.flatten()
}

/// Shows a window on the main thread, where all windows live; `None` if there is no window to put
/// it in front of, or it closed without an answer.
async fn ask<T: Send + 'static>(
    app: &AppHandle,
    show: impl FnOnce(&gtk::ApplicationWindow, Answer<T>) + Send + 'static,
) -> Option<T> {
    let (sender, receiver) = oneshot::channel();
    let on_main = app.clone();
    app.run_on_main_thread(move || {
        let window = on_main.get_webview_window("main").and_then(|window| window.gtk_window().ok());
        if let Some(window) = window {
            show(&window, Answer(Rc::new(Cell::new(Some(sender)))));
        }
    })
    .ok()?;
    receiver.await.ok()
}

/// Where the answer is sent, once.
struct Answer<T>(Rc<Cell<Option<oneshot::Sender<T>>>>);

impl<T> Answer<T> {
    fn give(&self, answer: T) {
        if let Some(sender) = self.0.take() {
            // Whoever asked may be gone.
            let _ = sender.send(answer);
        }
    }
}

fn dialog(
    window: &gtk::ApplicationWindow,
    kind: MessageType,
    question: &Question,
) -> MessageDialog {
    let flags = DialogFlags::MODAL | DialogFlags::DESTROY_WITH_PARENT;
    let dialog = MessageDialog::new(Some(window), flags, kind, ButtonsType::None, &question.title);
    dialog.set_title(&question.title);
    dialog.set_secondary_text(Some(&question.text));
    dialog.set_skip_taskbar_hint(true);
    dialog.message_area().set_margin_top(MARGIN);
    if question.cancels {
        dialog.add_button("Cancel", ResponseType::Cancel);
    }
    // Alt and its first letter press it; Escape is for the other one.
    dialog.add_button(&format!("_{}", question.yes), ResponseType::Accept);
    if let Some(detail) = &question.detail {
        add(&dialog, &shown(detail));
    }
    dialog.set_response_sensitive(ResponseType::Accept, false);
    take_yes_later(&dialog);
    dialog
}

fn take_yes_later(dialog: &MessageDialog) {
    let quiet_since = Rc::new(Cell::new(Instant::now()));
    let (shown, pressed, clicked) =
        (Rc::clone(&quiet_since), Rc::clone(&quiet_since), Rc::clone(&quiet_since));
    dialog.connect_map_event(move |_, _| {
        shown.set(Instant::now());
        Propagation::Proceed
    });
    let waiting = Rc::new(Waiting { over: Cell::new(false), tabbed: Cell::new(false) });
    let meanwhile = Rc::clone(&waiting);
    dialog.connect_key_press_event(move |dialog, event| {
        pressed.set(Instant::now());
        meanwhile.key(dialog, event)
    });
    // A button that takes no press yet swallows it, so it is seen on its way there.
    let clicks = gtk::GestureMultiPress::new(dialog);
    clicks.set_propagation_phase(gtk::PropagationPhase::Capture);
    clicks.set_button(0);
    clicks.connect_pressed(move |_, _, _, _| clicked.set(Instant::now()));
    let later = dialog.downgrade();
    timeout_add_local(TAKEN_AFTER / 5, move || {
        let Some(dialog) = later.upgrade() else { return ControlFlow::Break };
        // Held for as long as the window is there.
        let _ = &clicks;
        if quiet_since.get().elapsed() < TAKEN_AFTER {
            return ControlFlow::Continue;
        }
        dialog.set_response_sensitive(ResponseType::Accept, true);
        waiting.end(&dialog);
        ControlFlow::Break
    });
}

/// The time in which no yes is taken.
struct Waiting {
    over: Cell<bool>,
    /// Whether the Tab key asked for the other button.
    tabbed: Cell<bool>,
}

impl Waiting {
    /// A key that is meant for the button that isn't on yet doesn't press the one beside it.
    fn key(&self, dialog: &MessageDialog, event: &gtk::gdk::EventKey) -> Propagation {
        use gtk::gdk::keys::constants as key;

        let on_button = dialog.focused_widget().is_some_and(|it| it.is::<gtk::Button>());
        if self.over.get() || !on_button {
            return Propagation::Proceed;
        }
        match event.keyval() {
            key::Tab | key::ISO_Left_Tab => self.tabbed.set(!self.tabbed.get()),
            key::Return | key::KP_Enter | key::space => {}
            _ => return Propagation::Proceed,
        }
        Propagation::Stop
    }

    /// The Tab key counts from now on.
    fn end(&self, dialog: &MessageDialog) {
        self.over.set(true);
        let yes = dialog.widget_for_response(ResponseType::Accept);
        if let Some(yes) = yes.filter(|_| self.tabbed.get()) {
            yes.grab_focus();
        }
    }
}

/// Shows somebody else's text as it is, never as markup, and so that all of it can be read.
fn shown(detail: &str) -> gtk::ScrolledWindow {
    let label = gtk::Label::new(None);
    label.set_text(detail);
    label.set_xalign(0.0);
    label.set_yalign(0.0);
    label.set_line_wrap(true);
    label.set_line_wrap_mode(pango::WrapMode::Char);
    // A hyphen at the end of a line would look like a part of the path.
    let as_it_is = pango::AttrList::new();
    as_it_is.insert(pango::AttrInt::new_insert_hyphens(false));
    label.set_attributes(Some(&as_it_is));
    label.set_max_width_chars(1);
    label.style_context().add_class("monospace");
    label.set_margin(MARGIN / 2);
    let scrolled = gtk::ScrolledWindow::new(gtk::Adjustment::NONE, gtk::Adjustment::NONE);
    scrolled.set_policy(PolicyType::Never, PolicyType::Automatic);
    scrolled.set_overlay_scrolling(false);
    scrolled.set_shadow_type(gtk::ShadowType::In);
    scrolled.set_size_request(WIDTH, height_of(detail));
    scrolled.add(&label);
    scrolled
}

/// The height in which all of it can be seen, up to the largest.
fn height_of(detail: &str) -> i32 {
    let rows: usize = detail.lines().map(|it| it.chars().count().div_ceil(LETTERS).max(1)).sum();
    let rows = i32::try_from(rows).unwrap_or(i32::MAX);
    rows.saturating_mul(LINE).saturating_add(MARGIN + MARGIN / 2).min(HEIGHT)
}

fn entry(dialog: &MessageDialog, label: &str, typed: Option<&Secret>) -> gtk::Entry {
    let entry = gtk::Entry::new();
    entry.set_visibility(false);
    entry.set_input_purpose(gtk::InputPurpose::Password);
    entry.set_activates_default(true);
    entry.set_width_chars(48);
    if let Some(accessible) = entry.accessible() {
        accessible.set_name(label);
    }
    if let Some(typed) = typed {
        entry.set_text(typed.expose());
    }
    add(dialog, &entry);
    entry.grab_focus();
    entry
}

/// Lets the person see what was typed or pasted.
fn unmask(entry: &gtk::Entry) -> gtk::CheckButton {
    let show = gtk::CheckButton::with_label("Show");
    let entry = entry.clone();
    show.connect_toggled(move |show| entry.set_visibility(show.is_active()));
    show
}

fn add(dialog: &MessageDialog, what: &impl IsA<gtk::Widget>) {
    if let Ok(area) = dialog.message_area().downcast::<gtk::Box>() {
        area.pack_start(what, false, true, 0);
    }
}
