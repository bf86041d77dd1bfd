//! The journal's last seal in the keychain reveals a file that was cut off or sealed again.

use rusqlite::Connection as Database;
use token_desk::{Anchored, Desk};

use crate::support::keychain::with_keychain;
use crate::support::{Bench, alone, connect, named, now};

/// Creates so many tokens, and quits the app so that the keychain receives the last seal.
async fn quit_after(creates: usize) -> Bench {
    let bench = Bench::loaded().await;
    for number in 0..creates {
        bench.desk.create(named(&format!("token-{number}")), now()).await.unwrap();
    }
    let desk = bench.desk.clone();
    tokio::task::spawn_blocking(move || desk.quit()).await.unwrap();
    bench
}

async fn anchored(desk: &Desk) -> Anchored {
    let verified = desk.verify_journal().await.unwrap();
    assert_eq!(verified.broken, None);
    verified.anchored
}

fn edit(bench: &Bench, sql: &str) {
    let file = Database::open(bench.folder.path().join("journal.db")).unwrap();
    file.execute_batch(sql).unwrap();
}

#[test]
fn what_was_cut_off_is_told_for_as_long_as_the_keychain_knows() {
    with_keychain(async {
        let bench = quit_after(2).await;
        assert!(matches!(anchored(&bench.desk).await, Anchored::Holds(it) if it.entries == 4));
        // A crash happens before the keychain receives the seal.
        bench.desk.create(named("later"), now()).await.unwrap();
        assert!(matches!(anchored(&bench.desk).await, Anchored::Holds(it) if it.entries == 4));
        edit(&bench, "DELETE FROM entry WHERE id > 2");
        let desk = bench.reopened();
        for _ in 0..2 {
            assert!(matches!(anchored(&desk).await, Anchored::CutOff(it) if it.entries == 4));
            desk.keep_journal().await.unwrap();
        }
        let ready = bench.sandbox.ready();
        connect(&desk, &ready.base_url, &ready.admin_token).await.unwrap();
        desk.create(named("over it"), now()).await.unwrap();
        desk.keep_journal().await.unwrap();
        let over_it = anchored(&desk).await;
        assert!(matches!(&over_it, Anchored::SealedAnew(it) if it.entries == 4), "{over_it:?}");
    });
}

#[test]
fn what_somebody_sealed_anew_is_told() {
    with_keychain(async {
        let bench = quit_after(1).await;
        let Bench { folder: forged, .. } = quit_after(3).await;
        let forged = forged.path().join("journal.db").display().to_string();
        edit(
            &bench,
            &format!(
                "ATTACH '{forged}' AS forged; DELETE FROM entry;
                 INSERT INTO entry SELECT * FROM forged.entry;"
            ),
        );
        assert!(matches!(anchored(&bench.reopened()).await, Anchored::SealedAnew(_)));
    });
}

#[test]
fn without_a_keychain_only_the_chain_is_checked() {
    alone(async {
        let bench = quit_after(1).await;
        assert!(matches!(anchored(&bench.desk).await, Anchored::Unavailable(_)));
    });
}

#[test]
fn a_keychain_that_knows_nothing_of_it_says_so() {
    with_keychain(async {
        let bench = Bench::loaded().await;
        bench.desk.create(named("first"), now()).await.unwrap();
        assert_eq!(anchored(&bench.desk).await, Anchored::Unknown);
    });
}
