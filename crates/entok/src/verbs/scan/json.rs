//! A scan as JSON: an object for each token, then the ledger.

use serde_json::{Value, json};
use token_desk::{FoundToken, ScanNow, Sureness};

use super::{Searched, life};

/// The tokens that no earlier path has all places of, and the ledger.
pub fn searched(of: &Searched) -> Vec<Value> {
    let name = of.path.to_string_lossy();
    match &of.outcome {
        Ok(scan) => {
            let listed = scan.tokens.iter().filter(|it| !it.places.is_empty());
            let tokens = listed.map(|it| token(it, scan.is_kept));
            tokens.chain([ledger(scan, &name)]).collect()
        }
        Err(why) => vec![json!({
            "ledger": name,
            "complete": false,
            "why": why,
            "read": null,
            "skipped": null,
            "unread": [],
            "unlisted": 0,
        })],
    }
}

fn token(found: &FoundToken, is_kept: bool) -> Value {
    let places = found
        .places
        .iter()
        .map(|place| json!({"path": place.path, "about": place.about, "reach": place.reach}));
    json!({
        "token": found.mask,
        // Another run would have another one.
        "fingerprint": is_kept.then_some(&found.fingerprint),
        "life": life(found.life),
        "id": found.owner.as_ref().map(|owner| &owner.key.id.0),
        "name": found.owner.as_ref().map(|owner| &owner.name),
        "sure": found.owner.as_ref().map(|owner| owner.sureness == Sureness::Certain),
        "places": places.collect::<Vec<_>>(),
        "count": found.places.len(),
    })
}

fn ledger(scan: &ScanNow, name: &str) -> Value {
    let unread =
        scan.ledger.iter().flat_map(|ledger| &ledger.faults).map(
            |unread| json!({"why": unread.why, "count": unread.count, "places": unread.places}),
        );
    json!({
        "ledger": name,
        "complete": !scan.partial,
        "why": scan.ledger.is_none().then_some(&scan.title),
        "read": scan.ledger.as_ref().map(|ledger| &ledger.read),
        "skipped": scan.ledger.as_ref().map(|ledger| ledger.skipped),
        "unread": unread.collect::<Vec<_>>(),
        "unlisted": scan.unlisted,
    })
}
