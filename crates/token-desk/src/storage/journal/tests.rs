//! The chain, row by row, and journals of the version before it.

use std::collections::{HashMap, HashSet};

use proptest::prelude::*;
use rusqlite::Connection as Database;

use rusqlite::params;

use super::*;
use crate::model::connection::Connection;

fn at(seconds: i64) -> DateTime<Utc> {
    time(1_764_000_000 + seconds)
}

/// A journal of this many entries: a create, its steps, and decisions in turn.
fn journal(entries: i64) -> Journal {
    let journal = Journal::in_memory().unwrap();
    let connection = Connection::sample();
    for number in 1..=entries {
        let ids = [TokenId(format!("t-{number}"))];
        let create = (number - 1) / 3 * 3 + 1;
        let name = format!("token-{create}");
        let draft = match number % 3 {
            1 => Draft { name: Some(&name), ..Draft::act(Deed::Create, &connection, at(number)) },
            2 => Draft { token_ids: &ids, ..Draft::step(create, Deed::Made, at(number)) },
            _ => Draft {
                token_ids: &ids,
                name: Some(&name),
                detail: Some("used in the yearly audit"),
                until: Some(at(number + 86_400)),
                ..Draft::act(Deed::KeepUntil, &connection, at(number))
            },
        };
        assert_eq!(journal.append(&draft).unwrap(), number);
    }
    journal
}

fn broken_at(journal: &Journal) -> Option<u64> {
    journal.verify().unwrap().broken.map(|broken| broken.entry)
}

/// Every edit of one byte of what an entry holds.
fn edits(journal: &Journal, entry: i64) -> Vec<(String, Vec<u8>)> {
    let database = journal.lock();
    let select = database.prepare("SELECT * FROM entry WHERE id = ?1").unwrap();
    let names: Vec<String> = select.column_names().map(str::to_owned).collect();
    let mut edits = Vec::new();
    for name in names.iter().filter(|name| *name != "id") {
        let text = format!("SELECT CAST({name} AS TEXT) FROM entry WHERE id = ?1");
        let value: Option<String> = database.query_row(&text, [entry], |row| row.get(0)).unwrap();
        let bytes = value.unwrap_or_default().into_bytes();
        for place in 0..bytes.len() {
            let mut edited = bytes.clone();
            edited[place] ^= 1;
            edits.push((name.clone(), edited));
        }
    }
    edits
}

/// Makes each edit in turn; how many there were, and those that were not named.
fn unnoticed(journal: &Journal, entry: i64) -> (usize, Vec<String>) {
    let number = u64::try_from(entry).unwrap();
    let edits = edits(journal, entry);
    let mut missed = Vec::new();
    for (column, edited) in &edits {
        let old = format!("SELECT {column} FROM entry WHERE id = ?1");
        let new = format!("UPDATE entry SET {column} = CAST(?2 AS TEXT) WHERE id = ?1");
        let write = |value: rusqlite::types::Value, sql: &str| {
            journal.lock().execute(sql, params![entry, value]).unwrap();
        };
        let before = journal.lock().query_row(&old, [entry], |row| row.get(0)).unwrap();
        write(edited.clone().into(), &new);
        if broken_at(journal) != Some(number) {
            missed.push(format!("{entry} {column} {}", String::from_utf8_lossy(edited)));
        }
        write(before, &format!("UPDATE entry SET {column} = ?2 WHERE id = ?1"));
    }
    (edits.len(), missed)
}

#[test]
fn a_chain_holds_and_its_seal_is_that_of_the_last_entry() {
    let journal = journal(7);
    let verified = journal.verify().unwrap();
    assert_eq!((verified.entries, verified.broken), (7, None));
    let last: String = journal
        .lock()
        .query_row("SELECT hash FROM entry WHERE id = 7", [], |row| row.get(0))
        .unwrap();
    assert_eq!((verified.seal.len(), verified.seal), (64, last));
    assert_eq!(Journal::in_memory().unwrap().verify().unwrap().seal, "");
}

#[test]
fn every_edit_of_a_byte_is_found_where_it_was_made() {
    let journal = journal(1_000);
    let mut edits = 0;
    for entry in [1, 2, 3, 500, 1_000] {
        let (made, missed) = unnoticed(&journal, entry);
        assert!(missed.is_empty(), "{missed:?}");
        edits += made;
    }
    assert!(edits > 500, "{edits} edits");
    assert_eq!(broken_at(&journal), None, "each was taken back");
}

#[test]
fn what_is_taken_out_inserted_or_swapped_is_found() {
    let break_it = |sql: &str| {
        let journal = journal(9);
        journal.lock().execute_batch(sql).unwrap();
        broken_at(&journal)
    };
    assert_eq!(break_it("DELETE FROM entry WHERE id = 4"), Some(4));
    assert_eq!(break_it("DELETE FROM entry WHERE id = 1"), Some(1));
    assert_eq!(
        break_it(
            "INSERT INTO entry (id, at, what, token_ids, basis) VALUES (10, 0, 'kept', '[]', '[]')"
        ),
        Some(10)
    );
    let swap = "UPDATE entry SET id = 100 WHERE id = 4; UPDATE entry SET id = 4 WHERE id = 7;
                UPDATE entry SET id = 7 WHERE id = 100;";
    assert_eq!(break_it(swap), Some(4));
    // A list that was broken by hand leaves the rest readable.
    let broken = journal(9);
    broken.lock().execute("UPDATE entry SET token_ids = 'x' WHERE id = 2", []).unwrap();
    assert!(broken.token_ids(&Connection::sample()).is_ok());
    assert!(broken.decisions(&Connection::sample()).is_ok());
}

#[test]
fn a_journal_of_before_the_chain_is_taken_over_and_sealed() {
    let database = Database::open_in_memory().unwrap();
    file::prepare(&database, &SCHEMA[..1]).unwrap();
    let place = Connection::sample();
    let attempt =
        "INSERT INTO attempt (id, at, act, base_url, organization_id, name, token_id, known)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, '[]')";
    let step =
        "INSERT INTO step (attempt, at, stage, token_ids, detail) VALUES (?1, ?2, ?3, ?4, ?5)";
    let (url, organization) = (place.base_url.as_str(), &place.organization_id.0);
    for (id, at, act, name, token) in [
        (1, 10, "create", "ci", None),
        (2, 10, "revoke", "old", Some("t-9")),
        (3, 30, "create", "cd", None),
    ] {
        database.execute(attempt, params![id, at, act, url, organization, name, token]).unwrap();
    }
    database.execute(step, params![1, 20, "handed over", r#"["t-1"]"#, "gh secret set"]).unwrap();
    database.execute(step, params![3, 31, "made", r#"["t-2"]"#, None::<&str>]).unwrap();
    let journal = Journal::prepare(database).unwrap();
    assert_eq!((journal.verify().unwrap().entries, broken_at(&journal)), (5, None));
    let open = journal.open_attempts(&place).unwrap();
    let told = |it: &Attempt| (it.name.clone(), it.stage, it.token_ids.clone());
    let told: Vec<_> = open.iter().map(told).collect();
    let ids = |id: &str| vec![id.into()];
    assert_eq!(
        told,
        [("old".into(), Deed::Revoke, ids("t-9")), ("cd".into(), Deed::Made, ids("t-2"))]
    );
    assert_eq!(journal.deliveries(&place).unwrap()["t-1"][0].to, "gh secret set");
}

/// A create that made a token, one without an answer, a revoke without one, half of a bulk revoke, and a decision.
fn of_each_kind(place: &Connection) -> Journal {
    let journal = Journal::in_memory().unwrap();
    let ids = ["t-1", "t-2", "t-3"].map(TokenId::from);
    let [first, second, third] = ids.each_ref().map(std::slice::from_ref);
    let evidence = |id: &str| {
        format!(
            r#"{{"id":"{id}","name":"old","project":null,"last_used":null,"reasons":[],"in_use":false}}"#
        )
    };
    let basis = [evidence("t-2"), evidence("t-3")];
    let act = |deed| Draft { name: Some("ci"), ..Draft::act(deed, place, at(0)) };
    let step = |act, deed, token_ids| Draft { token_ids, ..Draft::step(act, deed, at(1)) };
    journal
        .append_all(&[
            act(Deed::Create),
            Draft { detail: Some("gh secret set"), ..step(1, Deed::Delivered, first) },
            act(Deed::Create),
            Draft { token_ids: third, ..act(Deed::Revoke) },
            step(4, Deed::Unclear, third),
            Draft { token_ids: &ids[1..], basis: &basis, ..act(Deed::BulkRevoke) },
            step(6, Deed::TokenRevoked, second),
            Draft { token_ids: first, until: Some(at(9)), ..act(Deed::KeepUntil) },
        ])
        .unwrap();
    journal
}

/// Everything that the journal knows of tokens.
fn knows(journal: &Journal, place: &Connection) -> String {
    let sorted = |ids: HashSet<TokenId>| ids.into_iter().collect::<std::collections::BTreeSet<_>>();
    format!(
        "{:#?}",
        (
            journal.open_attempts(place).unwrap(),
            sorted(journal.token_ids(place).unwrap()),
            sorted(journal.ended_ids(place).unwrap()),
            journal.deliveries(place).unwrap(),
            journal.decisions(place).unwrap(),
            journal.decided_at(place).unwrap(),
            journal.open_bulk_revokes(place).unwrap(),
        )
    )
}

/// Writes what only a newer version knows, as that would.
fn write_newer(journal: &Journal, code: &str, attempt: Option<i64>, id: &str) {
    let (place, ids) = (Connection::sample(), [TokenId::from(id)]);
    let draft = match attempt {
        Some(act) => Draft { token_ids: &ids, ..Draft::step(act, Deed::Kept, at(2)) },
        None => Draft { token_ids: &ids, ..Draft::act(Deed::Create, &place, at(2)) },
    };
    let newer = StoredEntry { what: code.to_owned(), ..StoredEntry::new(0, &draft) };
    chain::append(&mut journal.lock(), std::iter::once(newer), &mut HashMap::new()).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_a_newer_version_wrote_is_kept_and_says_nothing_of_tokens(
        code in "[ -~]{0,20}|(token|clean-up|create) ?[a-z]{0,3}|(re)?voked?\\PC{0,9}",
        attempt in proptest::option::of(proptest::sample::select(vec![1_i64, 3, 4, 6, 8])),
        id in "t-[1-4]",
    ) {
        prop_assume!(Deed::with_code(&code).is_none());
        let place = Connection::sample();
        let journal = of_each_kind(&place);
        let before = knows(&journal, &place);
        write_newer(&journal, &code, attempt, &id);
        prop_assert_eq!(knows(&journal, &place), before);
        let entries = journal.entries(&place).unwrap();
        prop_assert_eq!(entries[0].what.code(), &*code);
        prop_assert_eq!((entries.len(), entries[0].deed()), (9, None));
        prop_assert_eq!((journal.verify().unwrap().entries, broken_at(&journal)), (9, None));
    }
}
