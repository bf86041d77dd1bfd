//! A server that answers exactly as told, and records its requests.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A request that the server received.
#[derive(Debug, Clone)]
pub struct Request {
    /// The method, in capital letters.
    pub method: String,
    /// The path, with the query.
    pub path: String,
    /// The header lines, lower-cased names, as they came.
    pub headers: Vec<(String, String)>,
    /// The body, as text; what isn't text in it is replaced.
    pub body: String,
}

impl Request {
    /// The value of a header, given its lower-cased name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(known, _)| known == name);
        let value = found.next().map(|(_, value)| value.as_str());
        assert!(found.next().is_none(), "{name} came twice");
        value
    }
}

/// How the server reacts to a request. The connection is closed afterwards.
pub enum Reply {
    /// Sends these bytes and closes the connection.
    Bytes(Vec<u8>),
    /// Sends nothing and keeps the connection open.
    Silence,
    /// Sends these bytes, then a space every 20 ms.
    Drip(Vec<u8>),
}

/// An answer whose body is JSON.
pub fn json(status: u16, body: &str) -> Reply {
    with_headers(status, "Content-Type: application/json\r\n", body)
}

/// An answer with these headers. `headers` are complete lines, each with its line end.
pub fn with_headers(status: u16, headers: &str, body: &str) -> Reply {
    let length = body.len();
    let head = format!("HTTP/1.1 {status} x\r\nConnection: close\r\nContent-Length: {length}\r\n");
    Reply::Bytes(format!("{head}{headers}\r\n{body}").into_bytes())
}

/// The server, which runs until this is dropped.
pub struct Server {
    /// The address and port that it listens on.
    pub address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
    task: JoinHandle<()>,
}

impl Server {
    /// Starts the server. `answer` is given each request and how many there were before it.
    pub async fn start(answer: impl Fn(&Request, usize) -> Reply + Send + Sync + 'static) -> Self {
        Self::listen(answer, |stream| std::future::ready(Some(stream))).await
    }

    /// Like [`Self::start`], at `https://localhost`, for clients that trust this identity.
    #[cfg(target_os = "linux")]
    pub async fn start_tls(
        identity: &crate::identity::Identity,
        answer: impl Fn(&Request, usize) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let acceptor = identity.acceptor();
        Self::listen(answer, move |stream| {
            let accepted = acceptor.accept(stream);
            async { accepted.await.ok() }
        })
        .await
    }

    async fn listen<S, O>(
        answer: impl Fn(&Request, usize) -> Reply + Send + Sync + 'static,
        open: impl Fn(TcpStream) -> O + Send + Sync + 'static,
    ) -> Self
    where
        S: AsyncRead + AsyncWrite + Unpin + Send,
        O: Future<Output = Option<S>> + Send,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (seen, answer, open) = (Arc::clone(&requests), Arc::new(answer), Arc::new(open));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (seen, answer, open) =
                    (Arc::clone(&seen), Arc::clone(&answer), Arc::clone(&open));
                tokio::spawn(async move {
                    if let Some(stream) = open(stream).await {
                        serve(stream, &seen, &*answer).await;
                    }
                });
            }
        });
        Self { address, requests, task }
    }

    /// The address at which the server is reached.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests so far.
    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    seen: &Mutex<Vec<Request>>,
    answer: &(dyn Fn(&Request, usize) -> Reply + Send + Sync),
) {
    let Some(request) = read(&mut stream).await else { return };
    let before = {
        let mut seen = seen.lock().unwrap();
        seen.push(request.clone());
        seen.len() - 1
    };
    match answer(&request, before) {
        // A client that has gone away is none of the server's business.
        Reply::Bytes(bytes) => {
            drop(stream.write_all(&bytes).await);
            drop(stream.shutdown().await);
        }
        Reply::Silence => drop(stream.read_to_end(&mut Vec::new()).await),
        Reply::Drip(bytes) => {
            let mut next = stream.write_all(&bytes).await;
            while next.is_ok() {
                tokio::time::sleep(Duration::from_millis(20)).await;
                next = stream.write_all(b" ").await;
            }
        }
    }
}

/// `None` when the client hung up first.
async fn read(stream: &mut (impl AsyncRead + Unpin)) -> Option<Request> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let mut lines = head.lines();
    let mut start = lines.next().unwrap().split(' ');
    let mut request = Request {
        method: start.next().unwrap().to_owned(),
        path: start.next().unwrap().to_owned(),
        headers: lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect(),
        body: String::new(),
    };
    let length = request.header("content-length").map_or(0, |length| length.parse().unwrap());
    while bytes.len() < end + 4 + length {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    request.body = String::from_utf8_lossy(&bytes[end + 4..]).into_owned();
    Some(request)
}
