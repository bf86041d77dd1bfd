use proptest::prelude::*;

use super::*;
use crate::model::connection::ConnectionId;

const BULK: &str = "clean up";
const OF_NONE: EntryId = EntryId { connection: ConnectionId(1), number: 0 };

/// An entry of connection 1, with its number for a time.
fn entry(number: i64, attempt: Option<(i64, &str)>, what: &str, ids: &[&str]) -> Entry {
    Entry {
        id: EntryId { connection: ConnectionId(1), number },
        at: DateTime::from_timestamp(number, 0).unwrap(),
        attempt: attempt.map(|(number, _)| number),
        act: attempt.map(|(_, act)| act.to_owned().into()),
        what: what.to_owned().into(),
        name: ids.first().map(|id| format!("name of {id}")),
        token_ids: ids.iter().map(|&id| id.into()).collect(),
        detail: None,
        until: None,
        by: None,
        part_of: None,
    }
}

fn numbers(acts: &[Act]) -> Vec<Vec<i64>> {
    acts.iter().map(|act| act.steps.iter().map(|step| step.id.number).collect()).collect()
}

fn says(act: &Act) -> (String, String) {
    let Sentence { before, name, after } = act.sentence();
    let outcome = act.outcome().map_or_else(String::new, |outcome| outcome.says);
    (format!("{before} {name} {after}").trim().to_owned(), outcome)
}

/// A bulk revoke of two tokens, as it is written.
fn bulk() -> Vec<Entry> {
    vec![
        entry(1, None, BULK, &["a", "b"]),
        entry(2, None, "revoke", &["a"]),
        entry(3, Some((2, "revoke")), "revoked", &["a"]),
        entry(4, Some((1, BULK)), "token revoked", &["a"]),
        entry(5, None, "revoke", &["b"]),
        entry(6, Some((5, "revoke")), "refused", &["b"]),
        entry(7, None, "revoke", &["b"]),
        entry(8, Some((7, "revoke")), "revoked", &["b"]),
        entry(9, Some((1, BULK)), "token revoked", &["b"]),
        // A step without tokens of its own takes those of its act.
        entry(10, Some((1, BULK)), "clean-up finished", &["a", "b"]),
    ]
}

#[test]
fn a_bulk_revoke_is_one_act_with_the_revokes_that_it_tried() {
    let mut entries = bulk();
    entries.push(entry(11, None, "keep until", &["c"]));
    entries.reverse();
    let acts = Act::of(entries);
    assert_eq!(numbers(&acts), [(1..=10).collect(), vec![11]]);
    assert_eq!(says(&acts[0]), ("Bulk revoke of 2 tokens".to_owned(), "Done".to_owned()));
    assert!(!acts[0].is_open());
}

#[test]
fn what_became_of_a_part_of_a_bulk_revoke_is_told() {
    for (cut, told, open) in [
        (1, "Not known", true),
        (4, "1 revoked · 1 not known", true),
        (9, "2 revoked", true),
        (10, "Done", false),
    ] {
        let entries = bulk().into_iter().take(cut).collect();
        let act = &Act::of(entries)[0];
        assert_eq!((says(act).1.as_str(), act.is_open()), (told, open), "{cut}");
    }
    let mut canceled = bulk();
    canceled.drain(4..9);
    canceled[4].what = Written::Deed(Deed::BulkLeft);
    assert_eq!(says(&Act::of(canceled)[0]).1, "1 revoked · 1 left");
}

#[test]
fn a_token_that_somebody_else_revoked_is_not_counted_as_revoked_here() {
    let mut entries = bulk();
    entries[8].what = Written::Deed(Deed::TokenGone);
    let act = |entries: &[Entry]| {
        let act = &Act::of(entries.to_vec())[0];
        (act.outcome().unwrap().tone, says(act).1)
    };
    assert_eq!(act(&entries), (Tone::Plain, "1 revoked · 1 already revoked".to_owned()));
    entries.pop();
    assert_eq!(act(&entries), (Tone::Warning, "1 revoked · 1 already revoked".to_owned()), "open");
}

/// The order says the opposite: the first revoke lies before its token’s outcome, the second one after.
#[test]
fn a_bulk_revoke_has_the_revokes_that_name_it() {
    let by = |entry: Entry, part_of| Entry { by: Some("Mira".to_owned()), part_of, ..entry };
    let entries = vec![
        by(entry(1, None, BULK, &["a"]), None),
        by(entry(2, None, "revoke", &["a"]), None),
        entry(3, Some((2, "revoke")), "revoked", &["a"]),
        entry(4, Some((1, BULK)), "token revoked", &["a"]),
        by(entry(5, None, "revoke", &["a"]), Some(1)),
        entry(6, Some((5, "revoke")), "gone", &["a"]),
        // One whose bulk revoke is missing stands alone, as does one that names itself.
        by(entry(7, None, "revoke", &["b"]), Some(99)),
        by(entry(8, None, "revoke", &["c"]), Some(8)),
    ];
    let acts = Act::of(entries);
    assert_eq!(numbers(&acts), [vec![1, 4, 5, 6], vec![2, 3], vec![7], vec![8]]);
    assert_eq!(acts[0].by(), Some("Mira"));
}

#[test]
fn a_revoke_of_ones_own_is_no_step_of_a_bulk_revoke_that_waits() {
    let mut begin = entry(1, None, BULK, &["a"]);
    begin.until = DateTime::from_timestamp(4, 0);
    let entries = vec![
        begin,
        entry(2, None, "revoke", &["a"]),
        entry(3, Some((2, "revoke")), "revoked", &["a"]),
        entry(4, Some((1, BULK)), "token gone", &["a"]),
    ];
    assert_eq!(numbers(&Act::of(entries.clone())), [vec![1, 4], vec![2, 3]]);
    // Nor is one that failed before the day had come.
    let mut failed = entries;
    failed[2].what = Written::Deed(Deed::NotRevoked);
    assert_eq!(numbers(&Act::of(failed)), [vec![1, 4], vec![2, 3]]);
}

#[test]
fn it_never_says_what_it_does_not_know() {
    let create = |what: Option<&str>| {
        let step = what.map(|what| entry(2, Some((1, "create")), what, &["a"]));
        let acts = Act::of([entry(1, None, "create", &["a"])].into_iter().chain(step).collect());
        (says(&acts[0]), acts[0].is_open())
    };
    for (what, said, told, open) in [
        (None, "Creating name of a got no answer", "Not known", true),
        (Some("unclear"), "Creating name of a got no answer", "Not known", true),
        (Some("denied"), "Creating name of a was refused by the server", "Refused", true),
        (Some("not made"), "Tried to create name of a", "Not created", false),
        (Some("found"), "Created name of a", "Value lost", true),
        (Some("made"), "Created name of a", "Not delivered", true),
        (Some("handed over"), "Created name of a", "Done", false),
        (Some("of a later version"), "Creating name of a", "Not known", true),
    ] {
        let ((says, outcome), is_open) = create(what);
        assert_eq!((says.as_str(), outcome.as_str(), is_open), (said, told, open), "{what:?}");
    }
    let later = Act::of(vec![entry(1, None, "of a later version", &["a"])]);
    let said = "Something a newer version of Entri Tokens wrote: “of a later version” name of a";
    assert_eq!(says(&later[0]), (said.to_owned(), String::new()));
}

fn entries() -> impl Strategy<Value = Vec<Entry>> {
    let acts = prop_oneof![
        Just("create"),
        Just("revoke"),
        Just(BULK),
        Just("keep until"),
        Just("something new")
    ];
    let steps = prop_oneof![
        Just("revoked"),
        Just("gone"),
        Just("unclear"),
        Just("handed over"),
        Just("token revoked"),
        Just("token gone"),
        Just("token not revoked"),
        Just("clean-up finished"),
        Just("a new step")
    ];
    let ids = proptest::collection::vec(prop_oneof![Just("a"), Just("b"), Just("c")], 0..3);
    let tags = (proptest::option::of(Just("Mira")), proptest::option::of(0..40_i64));
    let one = (1..3_u32, acts, steps, proptest::option::of(0..40_i64), ids, tags);
    proptest::collection::vec(one, 0..40).prop_map(|all| {
        let all = all.into_iter().enumerate();
        all.map(|(at, (connection, act, step, attempt, ids, (by, part_of)))| {
            let number = i64::try_from(at).unwrap();
            let step_of = attempt.map(|attempt| (attempt, act));
            let what = if attempt.is_some() { step } else { act };
            let mut entry = entry(number, step_of, what, &ids);
            entry.id.connection = ConnectionId(connection);
            entry.by = by.map(str::to_owned);
            entry.part_of = part_of;
            entry
        })
        .collect()
    })
}

proptest! {
    /// Whatever a journal holds, in whichever order it is read, and whatever is missing of it.
    #[test]
    fn each_entry_is_in_one_act(whole in entries(), lacks in any::<u64>(), turn in 0..40_usize) {
        let mut entries = whole;
        let mut at = 0;
        entries.retain(|_| { at += 1; lacks >> (at % 64) & 1 == 0 });
        let turn = turn.min(entries.len());
        entries.rotate_left(turn);
        let acts = Act::of(entries.clone());
        let mut told: Vec<_> = acts.iter().flat_map(|act| act.steps.clone()).collect();
        told.sort_by_key(|step| (step.id.number, step.id.connection));
        entries.sort_by_key(|step| (step.id.number, step.id.connection));
        prop_assert_eq!(told, entries);
        for act in &acts {
            prop_assert!(act.steps.is_sorted_by_key(|step| step.id.number));
            prop_assert!(act.steps.iter().all(|step| step.id.connection == act.id.connection));
            // In words, too, whatever it is.
            let _ = (act.sentence(), act.outcome(), act.name(), act.token_ids(), act.at());
        }
        let firsts: Vec<_> = acts.iter().map(|act| act.steps[0].id.number).collect();
        prop_assert!(firsts.is_sorted());
    }

    /// As an act of its own, and as a step of any act.
    #[test]
    fn what_a_newer_version_wrote_is_under_no_chip(
        code in "[ -~]{0,20}|(token|clean-up|create) ?[a-z]{0,3}",
        whole in entries(),
        of in proptest::option::of(0..40_usize),
    ) {
        prop_assume!(Deed::with_code(&code).is_none());
        let chips = |entries: Vec<Entry>| {
            let acts = Act::of(entries);
            ActFilter::ALL.map(|filter| acts.iter().filter(|act| filter.fits(act)).count())
        };
        let before = chips(whole.clone());
        let act = of.and_then(|at| whole.get(at)).filter(|it| it.attempt.is_none());
        let step_of = act.map(|it| (it.id.number, it.what.code()));
        let newer = Entry {
            id: EntryId { number: 99, ..act.map_or(OF_NONE, |it| it.id) },
            ..entry(99, step_of, &code, &["a"])
        };
        let mut entries = whole.clone();
        entries.push(newer.clone());
        prop_assert_eq!(chips(entries), before);
        let alone = &Act::of(vec![Entry { attempt: None, act: None, ..newer }])[0];
        prop_assert!(alone.kind() == ActKind::Other && alone.sentence().before.contains(&code));
    }
}
