//! Servers drawn at random: the same one for the same seed.

use super::ways;
use crate::forms::{ListShape, OrganizationList};
use crate::random::Random;
use crate::variant::Variant;

impl Variant {
    /// A server that the seed draws: a form of lists, and mostly one or two odd ways. None of them
    /// [misleads](Self::misleads).
    #[must_use]
    pub fn drawn(seed: u64) -> Self {
        let mut random = Random(seed);
        loop {
            let mut drawn = any(&mut random);
            shrink(&mut drawn);
            if !drawn.misleads() {
                return drawn;
            }
        }
    }
}

/// Makes pages small, as a small organization needs them to have several: the names of the odd ways
/// stand for hundreds of tokens.
fn shrink(variant: &mut Variant) {
    let cap = &mut variant.odd.pages.cap;
    *cap = cap.map(|cap| (cap / 5).max(4));
}

fn any(random: &mut Random) -> Variant {
    const LISTS: [ListShape; 8] = [
        ListShape::Envelope,
        ListShape::Envelope,
        ListShape::WithoutMeta,
        ListShape::Array,
        ListShape::PagedArray,
        ListShape::Named("tokens"),
        ListShape::Named("items"),
        ListShape::Named("results"),
    ];
    let mut variant = Variant { list: random.pick(&LISTS), ..Variant::default() };
    if random.below(4) == 0 {
        variant.organization_list = OrganizationList::WithProjects;
    }
    variant.revoked_listed = random.below(6) == 0;
    let ways = ways();
    let weights: i64 = ways.iter().map(|way| i64::from(way.weight)).sum();
    for _ in 0..random.pick(&[0, 1, 1, 1, 1, 1, 2, 2, 2, 3, 5]) {
        let mut at = random.below(weights);
        let drawn = ways.iter().find(|way| {
            at -= i64::from(way.weight);
            at < 0
        });
        if let Some(way) = drawn {
            (way.apply)(&mut variant, random);
        }
    }
    variant
}
