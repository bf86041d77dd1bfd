//! The server's connections. Its responses have the header `Date` that the variant wants, or none.

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// Serves until it is dropped, which closes every connection.
pub async fn serve(listener: TcpListener, service: Router) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            // A connection that ended leaves nothing behind.
            Some(_) = connections.join_next() => {}
            Ok((stream, _)) = listener.accept() => {
                // Answers are small: none waits to be sent with the next.
                let _ = stream.set_nodelay(true);
                let service = TowerToHyperService::new(service.clone());
                let mut server = http1::Builder::new();
                server.auto_date_header(false);
                connections.spawn(server.serve_connection(TokioIo::new(stream), service));
            }
        }
    }
}
