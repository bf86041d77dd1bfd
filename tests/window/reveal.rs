//! A revealed value is in the page, whose memory can't be wiped. That is its price, and why
//! revealing is a separate act.

use crate::canary::{in_memory, made_and_copied};
use crate::hand::Hand;
use crate::world::World;

/// Holds the button until the value is shown.
async fn held(world: &World) -> Hand<'_> {
    let hand = Hand::on(world).await;
    hand.hold(".secret .hold").await;
    let shown = "return !document.querySelector('.secret .value').innerText.includes('•')";
    world.app.until("the value is shown", shown).await;
    hand
}

/// Tells which processes have the value in memory while it is shown.
pub async fn looked_at(world: &World, secret: &str) -> Vec<String> {
    let hand = held(world).await;
    let held = in_memory(world, secret);
    hand.let_go().await;
    held
}

pub fn in_page(places: &[String]) -> bool {
    places.iter().any(|place| place.starts_with("WebKitWebProces"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_is_in_the_page_only_once_it_is_looked_at() {
    let world = World::connected().await;
    let secret = made_and_copied(&world, "looked at").await;
    assert!(!in_page(&in_memory(&world, &secret)), "not before");
    assert!(in_page(&looked_at(&world, &secret).await), "while it is held");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_of_the_documented_length_is_shown_on_one_line() {
    let world = World::connected().await;
    made_and_copied(&world, "one line").await;
    let hand = held(&world).await;
    let lines = "const shown = document.createRange();
        shown.selectNodeContents(document.querySelector('.secret .value'));
        return new Set([...shown.getClientRects()].map((line) => Math.round(line.top))).size";
    assert_eq!(world.app.eval(lines).await, 1);
    hand.let_go().await;
}
