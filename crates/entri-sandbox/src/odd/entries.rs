//! What is wrong with the entries of a page.

use serde_json::{Value, json};

use super::body::NOT_UTF8;
use crate::asked::Asked;
use crate::pages::List;
use crate::shared::{Shared, lock};
use crate::variant::Variant;

/// What is wrong with the entries of a list of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Damage {
    /// Nothing.
    #[default]
    None,
    /// The first load is whole; later ones hold no entries, and say how many there are.
    LaterEmpty,
    /// The first load is whole; in later ones each so-manieth entry cannot be read.
    LaterUnreadable(u32),
    /// In every load each so-manieth entry cannot be read.
    Unreadable(u32),
    /// Other tokens stand there, without end and 8 MB a page.
    Endless,
}

/// Which entries come twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Twins {
    /// The second of a page, just after itself.
    Same,
    /// The second of a page, as a record with the same id and another name.
    Renamed,
    /// The first of the first page, at the end of each other page.
    AcrossPages,
}

/// The form of tokens' names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NameForm {
    /// As they are.
    #[default]
    Plain,
    /// Three spaces in place of every third.
    Blank,
    /// With two spaces in the middle.
    DoubleBlank,
    /// With a byte at the end that is not UTF-8.
    NotUtf8,
}

/// What is wrong with the list of members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Members {
    /// Nothing.
    #[default]
    Whole,
    /// Every second one is left out; the number is that of all.
    Partial,
    /// Every second one cannot be read.
    Unreadable,
    /// The person is an object of its own, under `user`.
    Nested,
}

/// Makes the entries of a page odd; `whose` is the list, the request and the page.
pub fn change(
    shared: &Shared,
    variant: &Variant,
    (list, asked, page): (List, &Asked, u32),
    entries: &mut Vec<Value>,
) {
    match list {
        List::Tokens => damage(shared, variant.odd.damage, (asked, page), entries),
        List::Members => members(variant.odd.members, entries),
        List::Projects | List::Activity => {}
    }
    if let Some(twins) = variant.odd.twins {
        double(shared, twins, (asked, page), entries);
    }
}

/// A token's name as it is told.
pub fn name(form: NameForm, name: &str) -> String {
    let third = || name.bytes().map(u32::from).sum::<u32>().is_multiple_of(3);
    match form {
        NameForm::Blank if third() => "   ".to_owned(),
        NameForm::Plain | NameForm::Blank => name.to_owned(),
        NameForm::DoubleBlank => {
            let middle = name.chars().count() / 2;
            let (start, end) = (name.chars().take(middle), name.chars().skip(middle));
            start.chain("  ".chars()).chain(end).collect()
        }
        NameForm::NotUtf8 => format!("{name}{NOT_UTF8}"),
    }
}

fn damage(shared: &Shared, damage: Damage, (asked, page): (&Asked, u32), entries: &mut Vec<Value>) {
    let later = |shared: &Shared| {
        let mut memory = lock(&shared.memory);
        let loads = memory.loads.entry(asked.path.clone()).or_default();
        *loads += u32::from(page == 1);
        *loads > 1
    };
    match damage {
        Damage::LaterEmpty if later(shared) => entries.clear(),
        Damage::LaterUnreadable(every) if later(shared) => spoil(every, entries),
        Damage::Unreadable(every) => spoil(every, entries),
        Damage::None | Damage::LaterEmpty | Damage::LaterUnreadable(_) | Damage::Endless => {}
    }
}

/// The last of each `every` entries becomes something else.
fn spoil(every: u32, entries: &mut [Value]) {
    let forms = [json!({"name": "no id"}), json!(7), json!("entry"), Value::Null, json!([])];
    let spoiled = entries.iter_mut().skip(every.max(1) as usize - 1).step_by(every.max(1) as usize);
    spoiled.zip(forms.iter().cycle()).for_each(|(entry, form)| *entry = form.clone());
}

fn members(odd: Members, entries: &mut Vec<Value>) {
    let mut number = 0;
    match odd {
        Members::Whole => {}
        Members::Partial => entries.retain(|_| {
            number += 1;
            number % 2 == 1
        }),
        Members::Unreadable => spoil(2, entries),
        Members::Nested => {
            for entry in entries {
                let role = entry["role"].take();
                let user =
                    json!({"id": entry["_id"], "name": entry["name"], "email": entry["email"]});
                *entry = json!({"user": user, "role": role});
            }
        }
    }
}

fn double(shared: &Shared, twins: Twins, (asked, page): (&Asked, u32), entries: &mut Vec<Value>) {
    match twins {
        Twins::Same | Twins::Renamed => {
            let Some(mut twin) = entries.get(1).cloned() else { return };
            if twins == Twins::Renamed && twin["name"].is_string() {
                twin["name"] = json!("another record");
            }
            entries.insert(2, twin);
        }
        Twins::AcrossPages => {
            let mut memory = lock(&shared.memory);
            if page == 1 {
                if let Some(first) = entries.first() {
                    memory.first.insert(asked.path.clone(), first.clone());
                }
            } else if !entries.is_empty() {
                entries.extend(memory.first.get(&asked.path).cloned());
            }
        }
    }
}
