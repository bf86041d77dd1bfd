//! What revealing a value leaves in memory. Nothing is promised about it, so it is reported but not
//! judged.

use std::time::Duration;

use crate::canary::{close, in_memory, made_and_copied};
use crate::processes::OF_THE_APP;
use crate::report::Report;
use crate::reveal::{in_page, looked_at};
use crate::world::World;

/// How long after closing it is searched for again.
const LATER: Duration = Duration::from_secs(10);

/// The places a value was left in: right after it was closed, and later.
pub type Left = [Vec<String>; 2];

/// Reveals so many values in one window, one after the other.
pub async fn rounds(count: usize) -> Vec<Left> {
    let world = World::connected().await;
    let mut left = Vec::new();
    for round in 0..count {
        let secret = made_and_copied(&world, &format!("looked at {round}")).await;
        assert!(in_page(&looked_at(&world, &secret).await), "the control: while it is held");
        close(&world).await;
        let at_once = in_memory(&world, &secret);
        tokio::time::sleep(LATER).await;
        left.push([at_once, in_memory(&world, &secret)]);
    }
    left
}

pub fn tell(left: &[Left], report: &mut Report) {
    for (index, when) in ["right after", "10 s after"].into_iter().enumerate() {
        let found = OF_THE_APP.map(|name| {
            let has = |left: &&Left| left[index].iter().any(|place| place.starts_with(name));
            format!("{name} {}", left.iter().filter(has).count())
        });
        let (found, n) = (found.join(", "), left.len());
        report.tell(format!("Reveal, then closed; in memory {when}, of {n}: {found}"));
    }
}
