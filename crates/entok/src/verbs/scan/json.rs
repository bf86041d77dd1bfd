//! A scan as JSON: an object for each token, then the ledger.

use std::path::Path;

use serde_json::{Value, json};
use token_desk::{FoundToken, ScanNow, Sureness};

use super::life;

pub fn token(found: &FoundToken) -> Value {
    let places = found
        .places
        .iter()
        .map(|place| json!({"path": place.path, "about": place.about, "reach": place.reach}));
    json!({
        "token": found.mask,
        "fingerprint": found.fingerprint,
        "life": life(found.life),
        "id": found.owner.as_ref().map(|owner| &owner.key.id.0),
        "name": found.owner.as_ref().map(|owner| &owner.name),
        "sure": found.owner.as_ref().map(|owner| owner.sureness == Sureness::Certain),
        "places": places.collect::<Vec<_>>(),
        "count": found.count,
    })
}

pub fn ledger(scan: &ScanNow, path: &Path) -> Value {
    let unread =
        scan.ledger.iter().flat_map(|ledger| &ledger.faults).map(
            |unread| json!({"why": unread.why, "count": unread.count, "places": unread.places}),
        );
    json!({
        "ledger": path.to_string_lossy(),
        "complete": !scan.partial,
        "read": scan.ledger.as_ref().map(|ledger| &ledger.read),
        "skipped": scan.ledger.as_ref().map(|ledger| ledger.skipped),
        "unread": unread.collect::<Vec<_>>(),
        "unlisted": scan.unlisted,
    })
}
