//! The odd ways by name: for the command line, for tests, and to draw from.

mod deeds;
mod entries;
mod lists;

use crate::seed::Random;
use crate::variant::Variant;

/// One odd way of a server.
#[derive(Clone, Copy)]
pub struct Way {
    /// Its name.
    pub name: &'static str,
    /// What the server does.
    pub says: &'static str,
    /// How often it is drawn, beside the others; 0 for never.
    pub(super) weight: u32,
    /// Makes a server so; what the name leaves open is drawn.
    pub(super) apply: fn(&mut Variant, &mut Random),
}

/// A name that no odd way has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no odd way is called {0}")]
pub struct Unknown(pub String);

/// Every odd way that has a name.
#[must_use]
pub fn ways() -> Vec<Way> {
    [lists::WAYS, entries::WAYS, deeds::WAYS].concat()
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
