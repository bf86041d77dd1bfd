//! A clipboard that misbehaves.

use std::sync::mpsc::{Receiver, channel};

use super::board::Refused;
use super::*;

/// However long a loaded computer takes: it only ends a failure.
const BOUND: Duration = Duration::from_secs(60);

/// Holds what is put there, and does not tell it the first few times.
struct Mute {
    held: Arc<Mutex<Option<String>>>,
    silent: u32,
}

impl Board for Mute {
    fn put_secret(&mut self, text: &str) -> Result<(), Refused> {
        *self.held.lock().unwrap() = Some(text.to_owned());
        Ok(())
    }

    fn put(&mut self, text: String) -> Result<(), Refused> {
        self.put_secret(&text)
    }

    fn held(&mut self) -> Result<Held, Refused> {
        if self.silent > 0 {
            self.silent -= 1;
            return Err(Refused);
        }
        let held = self.held.lock().unwrap().clone();
        Ok(held.map_or(Held::Nothing, |text| Held::Text(Secret::new(text))))
    }

    fn empty(&mut self) -> Result<(), Refused> {
        *self.held.lock().unwrap() = None;
        Ok(())
    }
}

type Text = Arc<Mutex<Option<String>>>;

fn clipboard(silent: u32) -> (Clipboard, Text, Receiver<ClipboardState>) {
    let (held, (told, hears)) = (Text::default(), channel());
    let told = Mutex::new(told);
    let clipboard = Clipboard::new(move |_, state| {
        let _ = told.lock().unwrap().send(state);
    });
    clipboard.clear_after(Some(Duration::ZERO));
    let board = Mute { held: Arc::clone(&held), silent };
    clipboard.lock().system = Some(Box::new(board));
    (clipboard, held, hears)
}

#[test]
fn a_copy_that_could_not_be_seen_is_taken_away_too() {
    let (clipboard, held, hears) = clipboard(1);
    let copied = clipboard.copy(1, &Secret::new("entri_value".to_owned()));
    assert!(copied.is_err());
    assert_eq!(hears.recv_timeout(BOUND), Ok(ClipboardState::Cleared));
    assert_eq!(*held.lock().unwrap(), None);
}

#[test]
fn a_copy_is_taken_away_when_its_time_is_over() {
    let (clipboard, held, hears) = clipboard(0);
    clipboard.copy(1, &Secret::new("entri_value".to_owned())).unwrap();
    assert_eq!(hears.recv_timeout(BOUND), Ok(ClipboardState::Cleared));
    assert_eq!(*held.lock().unwrap(), None);
}

#[test]
fn a_copy_stays_until_it_is_to_be_cleared() {
    let (clipboard, held, hears) = clipboard(0);
    clipboard.clear_after(None);
    clipboard.copy(1, &Secret::new("entri_value".to_owned())).unwrap();
    assert!(hears.recv_timeout(3 * LOOK_EVERY).is_err(), "it isn't cleared");
    assert!(held.lock().unwrap().is_some());
    clipboard.clear_after(Some(Duration::ZERO));
    assert_eq!(hears.recv_timeout(BOUND), Ok(ClipboardState::Cleared));
}

#[test]
fn it_holds_a_copy_until_something_else_is_copied() {
    let held = Text::default();
    let clipboard = Clipboard::new(|_, _| ());
    clipboard.lock().system = Some(Box::new(Mute { held: Arc::clone(&held), silent: 0 }));
    assert_eq!(clipboard.holds(), None);
    clipboard.copy(7, &Secret::new("entri_value".to_owned())).unwrap();
    assert_eq!(clipboard.holds(), Some(7));
    clipboard.copy_text("something else".to_owned()).unwrap();
    assert_eq!(clipboard.holds(), None);
}
