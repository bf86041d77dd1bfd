//! The odd ways by name: for the command line, for tests, and to draw from.

mod changes;
mod drawn;
mod entries;
mod lists;

use crate::random::Random;
use crate::variant::Variant;

/// One odd way of a server.
#[derive(Clone, Copy)]
pub struct Way {
    /// The name by which it is chosen on the command line.
    pub name: &'static str,
    /// What such a server does, in a sentence.
    pub says: &'static str,
    /// How often it is drawn, relative to the others; 0 for never.
    weight: u32,
    /// Applies it to a variant; details that the name leaves open are drawn at random.
    apply: fn(&mut Variant, &mut Random),
}

/// A name that no odd way has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no odd way is called {0}")]
pub struct Unknown(pub String);

/// Every odd way that has a name.
#[must_use]
pub fn ways() -> Vec<Way> {
    [lists::WAYS, entries::WAYS, changes::WAYS].concat()
}

impl Variant {
    /// The documented server with these odd ways, separated by commas.
    pub fn named(names: &str) -> Result<Self, Unknown> {
        let ways = ways();
        let mut variant = Self::default();
        for name in names.split(',') {
            let way = ways.iter().find(|way| way.name == name);
            let way = way.ok_or_else(|| Unknown(name.to_owned()))?;
            (way.apply)(&mut variant, &mut Random(1));
        }
        Ok(variant)
    }
}
