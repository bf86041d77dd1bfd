//! Compares the creators of tokens with the members.
//!
//! Servers identify people by id, email address or name, and may name a creator differently than a
//! member (docs/entri-api.md#list, #members). So nobody counts as gone unless the list of members
//! would certainly have named them; otherwise the creator counts as unknown.

use std::collections::HashMap;

use entri_api::{Incomplete, Member, Role};
use token_audit::Standing;

use super::Reading;
use super::inventory::{Creator, Index, Inventory};
use super::parts::Part;
use crate::model::connection::ConnectionId;
use crate::model::gaps::Things;

/// Why the creators couldn't be compared with certainty. Reported once for a whole list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unchecked {
    /// The list of members couldn't be loaded.
    Unread,
    /// The signed-in user may not read the list of members.
    Closed,
    /// The list of members is incomplete, for this reason.
    Part(Incomplete),
    /// The list of members is empty.
    Empty,
    /// The list of members is from an earlier load, because the last one failed.
    Earlier,
    /// The server names no creator for any token.
    NoCreators,
    /// The server names creators and members differently.
    OtherNames,
    /// The server reports nobody's role.
    NoRoles,
}

/// The state of each token's creator.
pub struct Creators {
    standings: Vec<Standing>,
    unchecked: Vec<(ConnectionId, Unchecked)>,
}

impl Creators {
    /// Compares the creators of every token with the members of its organization.
    #[must_use]
    pub fn of(list: &Inventory) -> Self {
        let mut creators =
            Self { standings: Vec::with_capacity(list.len()), unchecked: Vec::new() };
        for (at, part) in list.parts.iter().enumerate() {
            let end = list.parts.get(at + 1).map_or(list.indices().end, |next| next.from);
            let numbers = &list.creator[part.from as usize..end as usize];
            let (standings, unchecked) = compared(list, part, numbers);
            creators.standings.extend(numbers.iter().map(|&at| standings[at as usize]));
            creators.unchecked.extend(unchecked.map(|why| (part.connection, why)));
        }
        creators
    }

    /// The state of the creator of one token.
    #[must_use]
    pub fn standing(&self, index: Index) -> Standing {
        self.standings[index as usize]
    }

    /// Whether the creator of any token is no longer a member.
    #[must_use]
    pub fn anybody_is_gone(&self) -> bool {
        self.standings.contains(&Standing::Gone)
    }

    /// What couldn't be checked, for each connection.
    #[must_use]
    pub fn unchecked(&self) -> &[(ConnectionId, Unchecked)] {
        &self.unchecked
    }
}

impl Unchecked {
    /// The notice for people, in sentences.
    #[must_use]
    pub fn told(self) -> String {
        let said = match self {
            Self::Unread => "Creators weren’t checked: couldn’t load members.",
            Self::Closed => "Creators weren’t checked: you can’t view members.",
            Self::Part(reason) => {
                let why = Things::new("member", "members").incomplete(reason);
                return format!("{why} Creators not found there count as unknown.");
            }
            Self::Empty => "The server lists no members, not even you. Creators count as unknown.",
            Self::Earlier => {
                "Couldn’t load members, so the previous list is used. Creators not found there count as unknown."
            }
            Self::NoCreators => "Creators weren’t checked: the server doesn’t report them.",
            Self::OtherNames => "Creators weren’t checked: the server names them differently.",
            Self::NoRoles => {
                "Creator permissions weren’t checked: the server doesn’t report roles."
            }
        };
        said.to_owned()
    }
}

/// The state of each creator in the list of one connection, by number.
pub(super) fn of_only_part(list: &Inventory) -> Vec<Standing> {
    list.parts.last().map(|part| compared(list, part, &list.creator).0).unwrap_or_default()
}

/// The state of each of these creators, by number, and the notices about all of them.
fn compared(list: &Inventory, part: &Part, numbers: &[u32]) -> (Vec<Standing>, Option<Unchecked>) {
    let mut standings = vec![Standing::NotCompared; list.creators.len()];
    let mut seen = vec![false; list.creators.len()];
    for &at in numbers {
        seen[at as usize] = true;
    }
    let distinct: Vec<_> = (0..).zip(seen).filter(|(_, seen)| *seen).map(|(at, _)| at).collect();
    let named: Vec<_> =
        distinct.iter().map(|&at| list.creator(at)).filter(|it| it.shown.is_some()).collect();
    let unchecked = match part.members.reading {
        _ if numbers.is_empty() => return (standings, None),
        Reading::Unread => return (standings, Some(Unchecked::Unread)),
        Reading::Closed => return (standings, Some(Unchecked::Closed)),
        _ if named.is_empty() => return (standings, Some(Unchecked::NoCreators)),
        Reading::Part(reason) => Some(Unchecked::Part(reason)),
        Reading::Empty => Some(Unchecked::Empty),
        Reading::Earlier => Some(Unchecked::Earlier),
        Reading::Whole => None,
    };
    let people = People::of(&part.members.all, &named);
    if named.iter().all(|creator| people.find(creator) == Found::Unclear) {
        return (standings, Some(Unchecked::OtherNames));
    }
    // Somebody who isn't in a part of the members, or in an earlier list, may be a member anyway.
    let whole = part.members.reading == Reading::Whole;
    for at in distinct {
        standings[at as usize] = people.standing(&list.creator(at), whole);
    }
    (standings, unchecked.or((!people.roles_told).then_some(Unchecked::NoRoles)))
}

/// The members, by everything that may identify them.
struct People<'a> {
    by_id: HashMap<&'a str, &'a Member>,
    by_email: HashMap<String, &'a Member>,
    /// `None` if several members have the name, so that it proves nothing.
    by_name: HashMap<String, Option<&'a Member>>,
    /// Whether an id that isn't among them belongs to nobody.
    ids_tell: bool,
    /// The same for a single text, which may be an id or a name.
    texts_tell: bool,
    /// While there are members without one, an unknown email address or name may be theirs.
    without_email: usize,
    without_name: usize,
    roles_told: bool,
}

#[derive(PartialEq)]
enum Found<'a> {
    Member(&'a Member),
    Nobody,
    Unclear,
}

impl<'a> People<'a> {
    fn of(members: &'a [Member], creators: &[Creator<'_>]) -> Self {
        let mut people = Self {
            by_id: HashMap::new(),
            by_email: HashMap::new(),
            by_name: HashMap::new(),
            ids_tell: members.iter().any(|it| it.membership_id.is_some()),
            texts_tell: false,
            without_email: members.iter().filter(|it| it.email.is_none()).count(),
            without_name: members.iter().filter(|it| name(it).is_none()).count(),
            roles_told: members.iter().any(|it| it.role.is_some()),
        };
        for member in once(members) {
            let ids = [Some(&member.id), member.membership_id.as_ref()];
            people.by_id.extend(ids.into_iter().flatten().map(|id| (id.as_str(), member)));
            people.by_email.extend(member.email.as_deref().map(|it| (folded(it), member)));
            if let Some(name) = name(member) {
                let only = |it: &mut Option<&'a Member>| *it = None;
                people.by_name.entry(folded(name)).and_modify(only).or_insert(Some(member));
            }
        }
        // Members' ids may be those of users or of memberships; one that matches shows which.
        people.ids_tell |= creators.iter().any(|it| people.with_id(it).is_some());
        let by_name = |it: &&str| matches!(people.by_name.get(&folded(it)), Some(Some(_)));
        people.texts_tell =
            people.ids_tell || creators.iter().filter_map(Creator::text).any(|it| by_name(&it));
        people
    }

    fn with_id(&self, creator: &Creator<'_>) -> Option<&'a Member> {
        self.by_id.get(creator.id?).copied()
    }

    fn find(&self, creator: &Creator<'_>) -> Found<'a> {
        let text = creator.text();
        let email = creator.email.or(text.filter(|it| it.contains('@')));
        let with_email = || self.by_email.get(&folded(email?)).copied();
        if let Some(member) = self.with_id(creator).or_else(with_email) {
            return Found::Member(member);
        }
        if creator.id.is_some() && text.is_none() && self.ids_tell {
            // Even if somebody else has the same name.
            return Found::Nobody;
        }
        let not_by_email = email.is_some() && self.without_email == 0;
        match creator.name.or(text).map(|it| self.by_name.get(&folded(it))) {
            Some(Some(Some(member))) if !not_by_email => Found::Member(member),
            Some(Some(_)) => Found::Unclear,
            _ if not_by_email => Found::Nobody,
            Some(None) if text.is_none() && self.without_name == 0 => Found::Nobody,
            _ if text.is_some() && email.is_none() && self.texts_tell => Found::Nobody,
            _ => Found::Unclear,
        }
    }

    fn standing(&self, creator: &Creator<'_>, whole: bool) -> Standing {
        match self.find(creator) {
            Found::Member(member) => match &member.role {
                Some(role) if Role::manages_tokens(role) => Standing::Manages,
                Some(_) => Standing::Demoted,
                None if self.roles_told => Standing::Unknown,
                None => Standing::NotCompared,
            },
            Found::Nobody if whole => Standing::Gone,
            Found::Nobody | Found::Unclear => Standing::Unknown,
        }
    }
}

/// Each member once. Somebody listed twice isn't two people, and of several roles the one that can manage
/// tokens counts.
fn once(members: &[Member]) -> Vec<&Member> {
    let manages = |member: &Member| member.role.as_ref().is_some_and(Role::manages_tokens);
    let mut places = HashMap::new();
    let mut all: Vec<&Member> = Vec::with_capacity(members.len());
    for member in members {
        let place = *places.entry(member.id.as_str()).or_insert(all.len());
        match all.get_mut(place) {
            Some(first) if manages(member) && !manages(first) => *first = member,
            Some(_) => {}
            None => all.push(member),
        }
    }
    all
}

/// The placeholder for a member without a name isn't a name.
fn name(member: &Member) -> Option<&str> {
    let name = member.name.as_str();
    (name != member.id && Some(name) != member.email.as_deref()).then_some(name)
}

fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}
