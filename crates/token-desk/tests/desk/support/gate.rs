//! Stands between a client and its server, and can hold back what the client says.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub struct Gate {
    address: SocketAddr,
    open: watch::Sender<bool>,
    held: watch::Receiver<bool>,
    task: JoinHandle<()>,
}

impl Gate {
    /// An open gate in front of the server at this address.
    pub async fn before(server: &str) -> Self {
        let server = server.strip_prefix("http://").unwrap().to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (open, opened) = watch::channel(true);
        let (holding, held) = watch::channel(false);
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = TcpStream::connect(&server).await.unwrap();
                tokio::spawn(pass(client, server, opened.clone(), holding.clone()));
            }
        });
        Self { address, open, held, task }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn shut(&self) {
        self.open.send_replace(false);
    }

    /// Waits until a request stands before the gate.
    pub async fn holds_one(&self) {
        self.held.clone().wait_for(|held| *held).await.unwrap();
    }

    pub fn open(&self) {
        self.open.send_replace(true);
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn pass(
    client: TcpStream,
    server: TcpStream,
    mut open: watch::Receiver<bool>,
    holding: watch::Sender<bool>,
) {
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    tokio::spawn(async move { copy(&mut from_server, &mut to_client).await });
    let mut bytes = vec![0; 16 * 1024];
    // A side that has gone away ends it.
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
