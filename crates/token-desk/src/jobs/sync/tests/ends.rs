//! Loads that end early, and lists of connections that are gone.

use super::*;
use crate::desk::status::Phase;

/// A load that panics or is dropped doesn't still count as running.
#[tokio::test]
async fn a_load_that_breaks_off_leaves_the_connection_idle() {
    let (_folder, desk) = desk();
    use_connection(&desk, 1);
    let status = |desk: &Desk| desk.state().connection(ConnectionId(1)).unwrap().status.clone();
    for panics in [false, true] {
        let ending = {
            let mut state = desk.state();
            let held = state.connection_mut(ConnectionId(1)).unwrap();
            let running = Running::new(&desk, held);
            let mut load = running.loading();
            let ending = load.ending();
            let task = tokio::spawn(async move {
                let _running = running;
                assert!(!panics, "a fault of ours");
                std::future::pending::<()>().await;
            });
            load.runs_in(task.abort_handle());
            assert_eq!(held.status.phase, Phase::Syncing);
            held.load = Some(load);
            ending
        };
        if !panics {
            desk.state().connection(ConnectionId(1)).unwrap().end_load();
        }
        assert!(!ending.reached().await);
        assert_eq!(
            (status(&desk).phase, status(&desk).problems.len()),
            (Phase::Idle, panics.into())
        );
    }
}

/// Disconnecting removes the connection from the disk before it disappears from the window.
#[tokio::test]
async fn a_list_is_not_written_down_once_its_connection_is_forgotten() {
    let (_folder, desk) = desk();
    let epoch = use_connection(&desk, 1);
    keep(&desk, epoch, &loaded(1, "first"));
    desk.inner.store.forget(ConnectionId(1)).unwrap();
    for name in ["first", "changed"] {
        keep(&desk, epoch, &loaded(1, name));
        assert_eq!(on_disk(&desk, 1), [""; 0], "{name}");
        assert!(desk.inner.store.connections().unwrap().is_empty(), "{name}");
    }
}
