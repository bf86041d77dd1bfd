//! Answers that wait: a test acts while the client holds its breath.

use std::sync::Mutex;

use axum::http::{Method, Uri};
use tokio::sync::{oneshot, watch};

use crate::lock::lock;

/// An answer on order that is held back. Dropping it lets the answer go.
pub struct Held {
    reached: watch::Receiver<bool>,
    _go: oneshot::Sender<()>,
}

/// The request whose answer is held back, and how its test learns of it.
struct Hold {
    method: Method,
    path: String,
    reached: watch::Sender<bool>,
    go: oneshot::Receiver<()>,
}

impl Held {
    /// Waits until the response is built and held back: later changes at the server aren't in it.
    pub fn reached(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut reached = self.reached.clone();
        async move {
            // The request that ended without an answer was held back too.
            let _ = reached.wait_for(|reached| *reached).await;
        }
    }

    /// Whether the response is built and held back.
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

/// The answers that are to be held back.
#[derive(Default)]
pub struct Holds(Mutex<Vec<Hold>>);

impl Holds {
    /// Orders that the next answer to this method and a path that contains `path` waits. The path
    /// is compared with its query.
    pub fn order(&self, method: Method, path: &str) -> Held {
        let (reaching, reached) = watch::channel(false);
        let (letting_go, go) = oneshot::channel();
        let hold = Hold { method, path: path.to_owned(), reached: reaching, go };
        lock(&self.0).push(hold);
        Held { reached, _go: letting_go }
    }

    /// Waits while the answer to this request is held back.
    pub async fn wait(&self, method: &Method, uri: &Uri) {
        let hold = {
            let mut holds = lock(&self.0);
            // An order that its test gave up before it was met holds nothing.
            holds.retain(|it| !it.reached.is_closed());
            let fits = |it: &Hold| it.method == *method && uri.to_string().contains(&it.path);
            holds.iter().position(fits).map(|at| holds.remove(at))
        };
        if let Some(hold) = hold {
            hold.reached.send_replace(true);
            // The test releases it by dropping its end.
            let _ = hold.go.await;
        }
    }
}
