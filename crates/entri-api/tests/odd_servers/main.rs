//! Servers drawn at random, read by the client, and compared with the sandbox's truth
//! (docs/entri-api.md#tokens, #lists): what is told as whole is whole, what can be proven whole is told so,
//! and ids and dates are what the server said. `SERVERS=10000` draws more than the 300 of every run,
//! `FIRST=4711` begins elsewhere.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod drawn;
mod read;

use drawn::Drawn;
use test_support::many;

#[tokio::test(flavor = "multi_thread")]
async fn what_drawn_servers_say_is_told_and_nothing_else() {
    many::run(async |seed| {
        let mut drawn = Drawn::new(seed).await;
        drawn.check().await;
        drawn.stop().await
    })
    .await;
}
