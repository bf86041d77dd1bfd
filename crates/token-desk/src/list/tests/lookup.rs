//! A token is found by its id and nothing else, and comes out as it went in.

use proptest::prelude::*;

use super::{Sample, inventory, key, sample_of, samples, text};

fn named(id: &str, name: &str) -> Sample {
    Sample { name: name.to_owned(), project: Some(2), ..sample_of(id) }
}

/// Names that hold an id, ids that begin or continue one another, and a name that ends in what
/// its id begins with.
#[test]
fn no_name_hides_a_token() {
    let table = [
        ("t-1", "t-1"),
        ("t-12", "t-1"),
        ("t-", "t-1t-12"),
        ("aa", "a"),
        ("111", "x11"),
        ("abab", "ab"),
        ("2", ""),
        ("日", "日"),
    ];
    let samples = table.map(|(id, name)| named(id, name));
    let list = inventory(&samples);
    for (position, (id, name)) in table.into_iter().enumerate() {
        let index = list.find(&key(id)).unwrap_or_else(|| panic!("{id} is not found"));
        assert_eq!((index as usize, list.id(index).0, list.name(index)), (position, id, name));
    }
    for id in ["", "t", "t-1t-12", "a", "11", "x11", "ab", "1", "t-123"] {
        assert_eq!(list.find(&key(id)), None, "{id}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn exactly_the_token_with_the_id_is_found(samples in samples(), other in text(0)) {
        let list = inventory(&samples);
        for (position, sample) in samples.iter().enumerate() {
            prop_assert_eq!(list.find(&key(&sample.id)).map(|index| index as usize), Some(position));
        }
        let known = samples.iter().any(|sample| sample.id == other);
        prop_assert_eq!(list.find(&key(&other)).is_some(), known);
    }

    #[test]
    fn every_token_comes_out_as_it_went_in(samples in samples()) {
        let list = inventory(&samples);
        prop_assert_eq!(list.len(), samples.len());
        let reported = samples.iter().any(|sample| sample.last_used_reported);
        for (came, went) in list.records().zip(&samples) {
            let mut expected = went.record();
            expected.last_used_reported = reported;
            prop_assert_eq!(came, expected);
        }
    }

    #[test]
    fn a_name_is_known_only_as_it_is_written(samples in samples(), other in text(1)) {
        let known = samples.iter().any(|sample| sample.name == other);
        prop_assert_eq!(inventory(&samples).has_name(&other), known);
    }
}
