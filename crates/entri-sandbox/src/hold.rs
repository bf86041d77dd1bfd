//! Answers that wait: a test acts while the client holds its breath.

use axum::http::{Method, Uri};
use tokio::sync::{oneshot, watch};

use crate::shared::{Shared, lock};

/// An answer on order that is held back. Dropping it lets the answer go.
pub struct Held {
    reached: watch::Receiver<bool>,
    _go: oneshot::Sender<()>,
}

/// The request whose answer is held back, and how its test learns of it.
pub struct Hold {
    method: Method,
    path: String,
    reached: watch::Sender<bool>,
    go: oneshot::Receiver<()>,
}

impl Held {
    /// Orders that the next answer to this method and a path that contains `path` waits. The path
    /// is compared with its query.
    pub(crate) fn order(shared: &Shared, method: Method, path: &str) -> Self {
        let (reaching, reached) = watch::channel(false);
        let (letting_go, go) = oneshot::channel();
        let hold = Hold { method, path: path.to_owned(), reached: reaching, go };
        lock(&shared.holds).push(hold);
        Self { reached, _go: letting_go }
    }

    /// Waits until the answer is made and held back: what changes at the server from here on is
    /// not in it.
    pub fn reached(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut reached = self.reached.clone();
        async move {
            // The request that ended without an answer was held back too.
            let _ = reached.wait_for(|reached| *reached).await;
        }
    }

    /// Whether the answer is made and held back.
    #[must_use]
    pub fn is_reached(&self) -> bool {
        *self.reached.borrow()
    }

    /// Waits until nobody waits for the answer: the client has given up its request.
    pub async fn given_up(&self) {
        let mut reached = self.reached.clone();
        while reached.changed().await.is_ok() {}
    }
}

/// Waits while the answer to this request is held back.
pub async fn wait(shared: &Shared, method: &Method, uri: &Uri) {
    let hold = {
        let mut holds = lock(&shared.holds);
        // An order that its test gave up before it was met holds nothing.
        holds.retain(|it| !it.reached.is_closed());
        let fits = |it: &Hold| it.method == *method && uri.to_string().contains(&it.path);
        holds.iter().position(fits).map(|at| holds.remove(at))
    };
    if let Some(hold) = hold {
        hold.reached.send_replace(true);
        // The test lets go by dropping its end.
        let _ = hold.go.await;
    }
}
