//! Creators of tokens, in all the ways a server may name them.

use std::sync::Arc;

use entri_api::{Incomplete, Member, Role};
use token_audit::Standing::{self, Demoted, Gone, Manages, NotCompared, Unknown};

use super::super::{Builder, Creators, Inventory, Members, Reading, Unchecked};
use super::{CONNECTION, sample_of};
use crate::model::token::TokenRecord;

/// Id, name and address of who created a token; empty for what is not told.
type Named = (&'static str, &'static str, &'static str);

const MIRA: Named = ("u-5", "Mira Holt", "mira@x.test");
const ADA: Named = ("u-12", "Ada Lind", "ada@x.test");
const LEFT: Named = ("u-3", "Nils Aune", "nils@x.test");
const NOBODY: Named = ("", "", "");

fn member((id, name, email): Named, role: &str) -> Member {
    let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Member {
        id: id.to_owned(),
        membership_id: None,
        name: name.to_owned(),
        email: said(email),
        role: said(role).map(Role::from),
    }
}

fn members() -> Members {
    let all = vec![
        member(MIRA, "Owner"),
        member(ADA, "developer"),
        member(("u-20", "Jon Vik", "jon@x.test"), "admin"),
        member(("u-21", "jon vik", "vik@x.test"), "admin"),
    ];
    Members { reading: Reading::Whole, all }
}

fn list(members: Members, creators: &[Named]) -> Inventory {
    let mut builder = Builder::new(CONNECTION, &[]);
    builder.set_members(Arc::new(members));
    let token = sample_of("t");
    for (id, name, email) in creators {
        let said = |text: &'static str| (!text.is_empty()).then_some(text);
        builder.push(&TokenRecord {
            created_by: said(name).or(said(email)).or(said(id)),
            creator_id: said(id),
            creator_email: said(email),
            ..token.record()
        });
    }
    builder.finish()
}

fn standings(members: Members, creators: &[Named]) -> (Vec<Standing>, Option<Unchecked>) {
    let list = list(members, creators);
    let found = Creators::of(&list);
    let all = list.indices().map(|at| found.standing(at)).collect();
    assert!(found.unchecked().iter().all(|(connection, _)| *connection == CONNECTION));
    (all, found.unchecked().first().map(|(_, why)| *why))
}

/// The last of these, where all members are known.
fn last(creators: &[Named]) -> Standing {
    *standings(members(), creators).0.last().unwrap()
}

#[test]
fn a_creator_is_found_by_id_address_or_name() {
    let table = [
        (("u-5", "Mira Once", ""), Manages),
        (("", "", "MIRA@X.test"), Manages),
        (("", "mira holt", ""), Manages),
        (("u-12", "", ""), Demoted),
        (("ada@x.test", "", ""), Demoted),
        (("Ada Lind", "", ""), Demoted),
        (LEFT, Gone),
        (("", "Nils Aune", ""), Gone),
        (("", "Nils Aune", "nils@x.test"), Gone),
        (("", "", "nils@x.test"), Gone),
        (("nils@x.test", "", ""), Gone),
        (NOBODY, Unknown),
    ];
    for (creator, expected) in table {
        // Another token, so that the list reports creators at all.
        assert_eq!(last(&[MIRA, creator]), expected, "{creator:?}");
    }
}

#[test]
fn a_name_is_no_proof_where_it_is_shared_or_something_better_says_no() {
    assert_eq!(last(&[MIRA, ("", "Jon Vik", "")]), Unknown, "two are called that");
    assert_eq!(last(&[MIRA, ("u-20", "Jon Vik", "")]), Manages);
    assert_eq!(last(&[MIRA, ("u-30", "Mira Holt", "")]), Gone, "a namesake stays");
    assert_eq!(last(&[MIRA, ("", "Mira Holt", "m@other.test")]), Unknown, "another address");
}

#[test]
fn a_member_who_is_listed_twice_is_one_member() {
    let twice = |first: &str, second: &str| {
        let mut members = members();
        members.all.extend([member(LEFT, first), member(LEFT, second)]);
        let by = |creator: Named| standings(members.clone(), &[MIRA, creator]).0[1];
        [by(("", LEFT.1, "")), by((LEFT.0, "", "")), by(("", "", LEFT.2))]
    };
    assert_eq!(twice("developer", "developer"), [Demoted; 3]);
    // With several roles one is enough.
    assert_eq!(twice("admin", "developer"), [Manages; 3]);
    assert_eq!(twice("developer", "admin"), [Manages; 3]);
}

/// A list's ids may be those of memberships, which no token refers to (docs/entri-api.md#members).
#[test]
fn an_id_that_is_not_listed_proves_nothing_until_another_one_is() {
    assert_eq!(last(&[("u-900", "", "")]), NotCompared, "said once");
    assert_eq!(standings(members(), &[("u-900", "", "")]).1, Some(Unchecked::OtherNames));
    assert_eq!(last(&[("", "Mira Holt", ""), ("u-900", "", "")]), Unknown);
    assert_eq!(last(&[("u-12", "", ""), ("u-900", "", "")]), Gone);
    assert_eq!(last(&[("Mira Holt", "", ""), ("Nils Aune", "", "")]), Gone, "texts are names");
    let mut with_both = members();
    with_both.all[0].membership_id = Some("m-1".to_owned());
    let (found, _) = standings(with_both, &[("m-1", "", ""), ("u-900", "", "")]);
    assert_eq!(found, [Manages, Gone]);
}

#[test]
fn who_is_not_in_a_part_of_the_members_is_unknown_and_never_gone() {
    let part = Members { reading: Reading::Part(Incomplete::Moved), ..members() };
    let (found, why) = standings(part, &[MIRA, ADA, LEFT]);
    assert_eq!(
        (found, why),
        (vec![Manages, Demoted, Unknown], Some(Unchecked::Part(Incomplete::Moved)))
    );
    let mut earlier = members();
    earlier.make_earlier();
    let (found, why) = standings(earlier, &[MIRA, ADA, LEFT]);
    assert_eq!((found, why), (vec![Manages, Demoted, Unknown], Some(Unchecked::Earlier)));
}

#[test]
fn what_holds_for_every_token_is_said_once() {
    let none = |reading| Members { reading, all: Vec::new() };
    for (members, creators, why) in [
        (none(Reading::Unread), [MIRA, LEFT], Unchecked::Unread),
        (none(Reading::Closed), [MIRA, LEFT], Unchecked::Closed),
        (members(), [NOBODY; 2], Unchecked::NoCreators),
    ] {
        assert_eq!(standings(members, &creators), (vec![NotCompared; 2], Some(why)));
    }
    let mut without_roles = members();
    without_roles.all.iter_mut().for_each(|it| it.role = None);
    let (found, why) = standings(without_roles, &[MIRA, LEFT]);
    assert_eq!((found, why), (vec![NotCompared, Gone], Some(Unchecked::NoRoles)));
    let mut without_one = members();
    without_one.all[0].role = None;
    assert_eq!(standings(without_one, &[MIRA]), (vec![Unknown], None));
    assert_eq!(standings(members(), &[]), (vec![], None), "there is nothing to check");
}

#[test]
fn each_connection_is_compared_with_its_own_members() {
    use crate::model::connection::ConnectionId;
    let here = Arc::new(list(members(), &[MIRA, LEFT]));
    let mut others = members();
    others.all[0] = member(LEFT, "admin");
    let there = Arc::new(list(others, &[LEFT, MIRA]));
    let merged = Builder::merged(&[(ConnectionId(1), here), (ConnectionId(2), there)]);
    let found = Creators::of(&merged);
    let all: Vec<_> = merged.indices().map(|at| found.standing(at)).collect();
    assert_eq!(all, [Manages, Gone, Manages, Gone]);
}
