//! A scripted proxy: it passes everything on, except for the requests it was given a fault for.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What happens to the next request with a certain method.
#[derive(Debug, Clone)]
pub enum Fault {
    /// The connection is reset before a byte is passed on.
    ResetAtOnce,
    /// So many bytes of the request are passed on, then both sides are reset.
    CutRequest(usize),
    /// The whole request is passed on and so many bytes of the response come back, then an end or a
    /// reset.
    CutAnswer {
        /// How many bytes come back.
        at: usize,
        /// Whether a reset follows.
        reset: bool,
    },
    /// The whole request is passed on, and these bytes come back instead of the response.
    Replace(Vec<u8>),
    /// The response comes back after a delay.
    Delay(Duration),
    /// The response comes back in small pieces.
    Drip {
        /// The bytes of a piece.
        piece: usize,
        /// The pause after each.
        every: Duration,
    },
    /// Nothing is passed on, and there is no response.
    Silence,
    /// The whole request is passed on and so many bytes of the response come back, then nothing more; the connection
    /// stays open.
    StallAnswer(usize),
}

/// The proxy, which runs until this is dropped.
pub struct Proxy {
    address: SocketAddr,
    next: Next,
    last: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

/// A method, what happens to its requests, and to how many of them.
type Next = Arc<Mutex<Option<(&'static str, Fault, usize)>>>;

impl Proxy {
    /// Starts a proxy before the server with this address.
    pub async fn before(server: &str) -> Self {
        let server = server.strip_prefix("http://").unwrap().to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let next = Next::default();
        let (planned, last) = (Arc::clone(&next), Arc::<AtomicUsize>::default());
        let length = Arc::clone(&last);
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let way = Way {
                    server: server.clone(),
                    next: Arc::clone(&planned),
                    last: Arc::clone(&length),
                };
                // It ends when either side goes away.
                tokio::spawn(async move { drop(way.serve(client).await) });
            }
        });
        Self { address, next, last, task }
    }

    /// The address at which the proxy is reached.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The next request of this method meets the fault.
    pub fn plan(&self, method: &'static str, fault: Fault) {
        *self.next.lock().unwrap() = Some((method, fault, 1));
    }

    /// Every request of this method meets the fault.
    pub fn plan_always(&self, method: &'static str, fault: Fault) {
        *self.next.lock().unwrap() = Some((method, fault, usize::MAX));
    }

    /// How many bytes the server's last response had.
    pub fn last_answer(&self) -> usize {
        self.last.load(Ordering::SeqCst)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// One connection of a client, and the server it is passed on to.
struct Way {
    server: String,
    next: Next,
    last: Arc<AtomicUsize>,
}

impl Way {
    /// One request for each connection, so that a fault meets exactly one.
    async fn serve(&self, mut client: TcpStream) -> std::io::Result<()> {
        let request = read_request(&mut client).await?;
        match self.fault(&request) {
            None => client.write_all(&self.exchange(&request).await?).await,
            Some(Fault::ResetAtOnce) => reset(client),
            Some(Fault::Silence) => wait_for_end(&mut client).await,
            Some(Fault::CutRequest(at)) => {
                self.cut(&request[..at.min(request.len())]).await?;
                reset(client)
            }
            Some(Fault::CutAnswer { at, reset: hard }) => {
                let answer = self.exchange(&request).await?;
                client.write_all(&answer[..at.min(answer.len())]).await?;
                // The bytes arrive before the reset if the other side reads them at once.
                client.flush().await?;
                if hard { reset(client) } else { client.shutdown().await }
            }
            Some(Fault::Replace(bytes)) => {
                self.exchange(&request).await?;
                client.write_all(&bytes).await
            }
            Some(Fault::Delay(delay)) => {
                let answer = self.exchange(&request).await?;
                tokio::time::sleep(delay).await;
                client.write_all(&answer).await
            }
            Some(Fault::Drip { piece, every }) => {
                for piece in self.exchange(&request).await?.chunks(piece) {
                    client.write_all(piece).await?;
                    tokio::time::sleep(every).await;
                }
                Ok(())
            }
            Some(Fault::StallAnswer(at)) => {
                let answer = self.exchange(&request).await?;
                client.write_all(&answer[..at.min(answer.len())]).await?;
                wait_for_end(&mut client).await
            }
        }
    }

    fn fault(&self, request: &[u8]) -> Option<Fault> {
        let mut next = self.next.lock().unwrap();
        let (method, fault, left) = next.as_mut()?;
        if *left == 0 || !request.starts_with(method.as_bytes()) {
            return None;
        }
        *left -= 1;
        Some(fault.clone())
    }

    /// Sends the server the beginning of a request, and nothing more.
    async fn cut(&self, beginning: &[u8]) -> std::io::Result<()> {
        let mut server = TcpStream::connect(&self.server).await?;
        server.write_all(beginning).await?;
        reset(server)
    }

    /// The complete response of the server, which then closes the connection.
    async fn exchange(&self, request: &[u8]) -> std::io::Result<Vec<u8>> {
        let mut server = TcpStream::connect(&self.server).await?;
        server.write_all(request).await?;
        let mut answer = Vec::new();
        server.read_to_end(&mut answer).await?;
        self.last.store(answer.len(), Ordering::SeqCst);
        Ok(answer)
    }
}

/// The request as it came, with the wish that the connection be closed after it.
async fn read_request(client: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at;
        }
        if client.read_buf(&mut bytes).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    };
    let text = String::from_utf8_lossy(&bytes[..head]).to_lowercase();
    let length = text.lines().find_map(|line| line.strip_prefix("content-length: "));
    let end = head + 4 + length.and_then(|length| length.parse().ok()).unwrap_or(0);
    while bytes.len() < end {
        if client.read_buf(&mut bytes).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
    bytes.splice(head..head, *b"\r\nConnection: close");
    Ok(bytes)
}

/// Until the client gives up.
async fn wait_for_end(client: &mut TcpStream) -> std::io::Result<()> {
    client.read_to_end(&mut Vec::new()).await.map(drop)
}

/// Ends a connection so that the other side sees an error, not an end.
fn reset(stream: TcpStream) -> std::io::Result<()> {
    stream.set_zero_linger()?;
    drop(stream);
    Ok(())
}
