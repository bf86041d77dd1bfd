//! What is wrong with the entries of a page.

use serde_json::{Value, json};

use crate::lock::lock;
use crate::model::{Asked, List};
use crate::oddities::{Damage, Members, Twins};
use crate::state::Shared;
use crate::variant::Variant;

/// Changes the entries of a page as the variant says.
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

/// Replaces the last of each `every` entries with something else.
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
