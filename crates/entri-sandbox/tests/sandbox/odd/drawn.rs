//! Servers drawn at random, and servers by name.

use std::collections::HashSet;

use entri_sandbox::Variant;
use entri_sandbox::odd::{Odd, ways};

#[test]
fn the_same_seed_draws_the_same_server() {
    let drawn: Vec<_> = (0..2_000).map(Variant::drawn).collect();
    assert!((0..2_000).zip(&drawn).all(|(seed, server)| Variant::drawn(seed) == *server));
    let different: HashSet<_> = drawn.iter().map(|it| format!("{it:?}")).collect();
    assert!(different.len() > 1_000, "{}", different.len());
    assert!(drawn.iter().all(|it| !it.misleads()));
    let plain = drawn.iter().filter(|it| it.odd == Odd::default()).count();
    let provable = drawn.iter().filter(|it| it.provable()).count();
    assert!((100..800).contains(&plain), "{plain} without odd ways");
    assert!((800..1_700).contains(&provable), "{provable} that can be proven whole");
}

#[test]
fn every_way_has_a_name_of_its_own_and_does_something() {
    let names: HashSet<_> = ways().iter().map(|way| way.name).collect();
    assert_eq!(names.len(), ways().len());
    for way in ways() {
        assert_ne!(Variant::named(way.name).unwrap(), Variant::default(), "{}", way.name);
    }
    let both = Variant::named("bom,delete-404").unwrap();
    assert!(both.odd.byte_order_mark && both.odd.deletion != Odd::default().deletion);
    assert_eq!(Variant::named("bom,x").unwrap_err().to_string(), "no odd way is called x");
}

#[test]
fn what_nobody_could_tell_misleads() {
    for names in
        ["total-low", "swap", "shift,no-totals", "no-totals,page-ignored", "revoke-empty,no-totals"]
    {
        assert!(Variant::named(names).unwrap().misleads(), "{names}");
    }
    for names in ["bom", "shift", "total-high", "page-ignored", "clamp-cursor"] {
        assert!(!Variant::named(names).unwrap().misleads(), "{names}");
    }
    for names in
        ["bom", "clamp-cursor", "clamp-array", "last-page-404", "no-totals,last-page-repeated"]
    {
        assert!(Variant::named(names).unwrap().provable(), "{names}");
    }
    for names in
        ["clamp-array,last-page-404", "same-id", "total-moves", "unreadable", "page-repeated"]
    {
        assert!(!Variant::named(names).unwrap().provable(), "{names}");
    }
}
