//! What is missing in a report that lists places alone, in sentences.

use token_desk::text::visible;

use super::Searched;
use crate::exit::Exit;
use crate::session::Session;

/// What the lists lack that tell whose a value is. `loaded` is how complete they are.
pub fn of_lists(session: &Session, loaded: Exit) -> Vec<String> {
    if loaded == Exit::Fine {
        return Vec::new();
    }
    let status = session.desk.status();
    let of_one = |source: &token_desk::ConnectionStatus| {
        let label = visible(&source.connection.appearance.label);
        let said = source.problems().map(|it| format!("{label}: {}", visible(&it.message)));
        said.collect::<Vec<_>>()
    };
    let mut missing: Vec<_> =
        session.meant.iter().filter_map(|id| status.of(*id)).flat_map(of_one).collect();
    missing.push(
        "The list of tokens is incomplete, so whose a value is and whether it works may be unknown."
            .to_owned(),
    );
    missing
}

/// What the search of a path lacks.
pub fn of_path(searched: &Searched) -> Vec<String> {
    let path = visible(&searched.path.to_string_lossy());
    let scan = match &searched.outcome {
        Ok(scan) => scan,
        Err(why) => return vec![format!("{path}: {why}")],
    };
    let mut missing = Vec::new();
    for unread in scan.ledger.iter().flat_map(|ledger| &ledger.faults) {
        let places = unread.places.iter().map(|it| visible(it)).collect::<Vec<_>>().join(", ");
        missing.push(format!("{path}: not read: {} ({}): {places}", unread.why, unread.count));
    }
    if scan.unlisted > 0 {
        missing.push(format!("{path}: {} more places aren’t listed.", scan.unlisted));
    }
    if scan.partial && missing.is_empty() {
        missing.push(format!("{path}: {}.", scan.title));
    }
    missing
}
