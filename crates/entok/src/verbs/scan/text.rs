//! A scan in words, for people.

use std::fmt::Write as _;

use token_desk::{
    PlaceTold, ScanNow,
    text::{counted, visible},
};

use super::life;

pub fn told(scan: &ScanNow) -> String {
    let mut text = format!("{}\n", scan.title);
    for found in &scan.tokens {
        let owner = match &found.owner {
            Some(owner) => {
                format!("{} ({}, {})", visible(&owner.name), visible(&owner.key.id.0), owner.how)
            }
            None => "unknown owner".to_owned(),
        };
        let _ = writeln!(text, "\n{}  {}  {owner}", visible(&found.mask), life(found.life));
        for place in &found.places {
            let _ = writeln!(text, "  {}  {}", visible(&place.path), about(place));
        }
        let above = found.count.saturating_sub(found.places.len() as u64);
        if above > 0 {
            let _ = writeln!(text, "  and {}, listed above", counted(above, "place"));
        }
    }
    if scan.unlisted > 0 {
        let _ = writeln!(text, "\nNot listed: {}", counted(scan.unlisted, "more place"));
    }
    if let Some(ledger) = &scan.ledger {
        let _ = writeln!(text, "\nRead: {}.", ledger.read);
        for unread in &ledger.faults {
            let places = unread.places.iter().map(|it| visible(it)).collect::<Vec<_>>().join(", ");
            let _ = writeln!(text, "Not read: {} ({}): {places}", unread.why, unread.count);
        }
    }
    text
}

fn about(place: &PlaceTold) -> String {
    let parts = [&place.about, &place.reach];
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .map(|part| visible(part))
        .collect::<Vec<_>>()
        .join(" · ")
}
