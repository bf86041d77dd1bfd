//! The underlying HTTP client: where it may connect, through which proxy, and its timeouts.

use std::sync::Once;
use std::time::Duration;

use reqwest::{Client, redirect, retry};

use super::failure::reason;
use crate::address::BaseUrl;
use crate::error::Error;

/// How long the steps of a request may take.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    /// Time to open a connection.
    pub(crate) connect: Duration,
    /// Time without a byte of the response.
    pub(crate) read: Duration,
    /// Time for a request and its whole response.
    pub(crate) total: Duration,
    /// Wait before a GET is sent again; doubled each time.
    pub(crate) backoff: Duration,
}

impl Limits {
    pub(crate) const STANDARD: Self = Self {
        connect: Duration::from_secs(5),
        read: Duration::from_secs(15),
        total: Duration::from_secs(30),
        backoff: Duration::from_secs(1),
    };

    /// For a question that has to be answered soon to mean anything.
    pub(crate) const IMPATIENT: Self =
        Self { read: Duration::from_secs(8), total: Duration::from_secs(8), ..Self::STANDARD };
}

/// Shorter than the 5 s after which a Node.js server closes an idle connection by default: a
/// create sent into a closing connection would have no known outcome.
const IDLE: Duration = Duration::from_secs(4);

pub(super) fn client(base_url: &BaseUrl, limits: Limits) -> Result<Client, Error> {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        // Fails only if the process has already chosen one, which works, too.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    let mut builder = Client::builder()
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .https_only(base_url.is_encrypted())
        .connect_timeout(limits.connect)
        .read_timeout(limits.read)
        .timeout(limits.total)
        .pool_idle_timeout(IDLE)
        .user_agent(concat!("entri-tokens/", env!("CARGO_PKG_VERSION")));
    if !base_url.is_encrypted() {
        // A proxy would see the key in the clear. No TLS either, so the system's certificates
        // need not be loaded.
        builder = builder.no_proxy().tls_certs_only([]);
    }
    builder.build().map_err(|error| Error::Setup(reason(&error)))
}
