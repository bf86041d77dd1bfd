//! Stands between a client and its server: it can hold back what the client says, and lose what
//! the server answers.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub struct Proxy {
    address: SocketAddr,
    open: watch::Sender<bool>,
    held: watch::Receiver<bool>,
    cut: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Proxy {
    /// An open proxy in front of the server at this address.
    pub async fn before(server: &str) -> Self {
        let server = server.strip_prefix("http://").unwrap().to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (open, opened) = watch::channel(true);
        let (holding, held) = watch::channel(false);
        let (cut, cutting) = watch::channel(false);
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = TcpStream::connect(&server).await.unwrap();
                let (from_client, to_client) = client.into_split();
                let (from_server, to_server) = server.into_split();
                tokio::spawn(back(from_server, to_client, cutting.clone()));
                tokio::spawn(forth(from_client, to_server, opened.clone(), holding.clone()));
            }
        });
        Self { address, open, held, cut, task }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn shut(&self) {
        self.open.send_replace(false);
    }

    /// Waits until a request stands before the proxy.
    pub async fn holds_one(&self) {
        self.held.clone().wait_for(|held| *held).await.unwrap();
    }

    pub fn open(&self) {
        self.open.send_replace(true);
    }

    /// From now on an answer closes the connection instead of arriving.
    pub fn lose_answers(&self) {
        self.cut.send_replace(true);
    }

    /// From now on answers arrive again.
    pub fn find_answers(&self) {
        self.cut.send_replace(false);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn back(mut server: OwnedReadHalf, mut client: OwnedWriteHalf, cut: watch::Receiver<bool>) {
    let mut bytes = vec![0; 16 * 1024];
    // A side that has gone away ends it.
    while let Ok(length @ 1..) = server.read(&mut bytes).await {
        if *cut.borrow() || client.write_all(&bytes[..length]).await.is_err() {
            return;
        }
    }
}

async fn forth(
    mut from_client: OwnedReadHalf,
    mut to_server: OwnedWriteHalf,
    mut open: watch::Receiver<bool>,
    holding: watch::Sender<bool>,
) {
    let mut bytes = vec![0; 16 * 1024];
    while let Ok(length @ 1..) = from_client.read(&mut bytes).await {
        if !*open.borrow() {
            holding.send_replace(true);
            if open.wait_for(|open| *open).await.is_err() {
                return;
            }
        }
        if to_server.write_all(&bytes[..length]).await.is_err() {
            return;
        }
    }
}
