//! Loads that end early, and lists of connections that are gone.

use std::sync::mpsc;
use std::thread;

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
            desk.state().connection_mut(ConnectionId(1)).unwrap().end_load();
        }
        assert!(!ending.reached().await);
        assert_eq!(
            (status(&desk).phase, status(&desk).problems.len()),
            (Phase::Idle, panics.into())
        );
    }
}

/// As when the app ends while a load begins: what a runtime is given then is dropped at once.
#[test]
fn a_load_that_begins_while_the_runtime_ends_waits_for_nothing() {
    let (_folder, desk) = desk();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let (begun, is_begun) = mpsc::channel();
    let (ended, is_ended) = mpsc::channel();
    runtime.spawn(async move {
        use_connection(&desk, 1);
        begun.send(()).unwrap();
        while !tokio::spawn(std::future::pending::<()>()).is_finished() {
            thread::yield_now();
        }
        let ending = desk.begin(ConnectionId(1), now(), false).unwrap();
        let phase = desk.state().connection(ConnectionId(1)).unwrap().status.phase;
        ended.send((ending.is_reached(), phase)).unwrap();
    });
    is_begun.recv().unwrap();
    runtime.shutdown_background();
    assert_eq!(is_ended.recv_timeout(Duration::from_secs(60)), Ok((true, Phase::Idle)));
}

/// Between the start of a load and the moment its task is known, it may already be ended.
#[tokio::test]
async fn a_load_that_is_ended_before_its_task_is_known_ends() {
    let (_folder, desk) = desk();
    use_connection(&desk, 1);
    for is_replaced in [false, true] {
        let (number, ending, task) = {
            let mut state = desk.state();
            let held = state.connection_mut(ConnectionId(1)).unwrap();
            let running = Running::new(&desk, held);
            let (number, load) = (running.number, running.loading());
            let ending = load.ending();
            held.load = Some(load);
            let task = tokio::spawn(async move {
                let _running = running;
                std::future::pending::<()>().await;
            });
            (number, ending, task.abort_handle())
        };
        {
            let mut state = desk.state();
            let held = state.connection_mut(ConnectionId(1)).unwrap();
            held.end_load();
            held.load = held.load.take().filter(|_| !is_replaced);
        }
        desk.runs_in(ConnectionId(1), number, task);
        let reached = tokio::time::timeout(Duration::from_secs(60), ending.reached()).await;
        assert_eq!(reached, Ok(false), "replaced: {is_replaced}");
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
