//! Servers over TLS: one with a valid certificate, and six whose certificates each have one fault.

use std::sync::{Arc, Mutex};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, date_time_ymd,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// An authority, which signs the certificates of servers.
pub type Authority = CertifiedIssuer<'static, KeyPair>;

/// A body that reads as an organization, and also as an empty list.
const BODY: &str = r#"{"_id":"o-1","name":"Nordlys","data":[]}"#;

/// The certificate and key by which a server identifies itself.
pub struct Identity {
    /// What is special about it.
    pub what: &'static str,
    config: Arc<ServerConfig>,
}

/// An authority with this name.
pub fn authority(name: &str) -> Authority {
    CertifiedIssuer::self_signed(signing(name), KeyPair::generate().unwrap()).unwrap()
}

fn signing(name: &str) -> CertificateParams {
    let mut parameters = CertificateParams::new(Vec::new()).unwrap();
    parameters.distinguished_name.push(DnType::CommonName, name);
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    parameters
}

/// A valid certificate for this computer, signed by this authority.
pub fn proven(trusted: &Authority) -> Identity {
    signed("proven", &localhost(), trusted)
}

/// Certificates that each have one fault, with words that the client must give as the reason.
pub fn unproven(trusted: &Authority) -> [(Identity, &'static str); 6] {
    const NOBODY: &str = "untrusted certificate authority";
    let [mut expired, mut early, mut client] = [(); 3].map(|()| localhost());
    expired.not_after = date_time_ymd(2020, 1, 1);
    early.not_before = date_time_ymd(4000, 1, 1);
    client.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    let elsewhere = CertificateParams::new(vec!["other.example".to_owned()]).unwrap();
    let key = KeyPair::generate().unwrap();
    let own = localhost().self_signed(&key).unwrap();
    [
        (signed("expired", &expired, trusted), "expired"),
        (signed("not valid yet", &early, trusted), "not valid yet"),
        (signed("of another host", &elsewhere, trusted), "not valid for name"),
        (signed("for clients only", &client, trusted), "had invalid extensions"),
        (signed("of an unknown authority", &localhost(), &authority("unknown")), NOBODY),
        (Identity::new("signed by itself", own.der().clone(), &key), NOBODY),
    ]
}

fn localhost() -> CertificateParams {
    CertificateParams::new(vec!["localhost".to_owned()]).unwrap()
}

fn signed(what: &'static str, parameters: &CertificateParams, by: &Authority) -> Identity {
    let key = KeyPair::generate().unwrap();
    Identity::new(what, parameters.signed_by(&key, by).unwrap().der().clone(), &key)
}

/// A server that shows an [`Identity`] and answers whoever trusts it.
pub struct Server {
    /// The address at which the server is reached.
    pub url: String,
    sent: Arc<Mutex<Vec<u8>>>,
    task: JoinHandle<()>,
}

impl Server {
    /// Everything it was sent after a client trusted it.
    pub fn sent(&self) -> String {
        String::from_utf8_lossy(&self.sent.lock().unwrap()).into_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Identity {
    fn new(what: &'static str, certificate: CertificateDer<'static>, key: &KeyPair) -> Self {
        let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
        let config = ServerConfig::builder().with_no_client_auth();
        let config = config.with_single_cert(vec![certificate], key).unwrap();
        Self { what, config: Arc::new(config) }
    }

    pub(crate) fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(Arc::clone(&self.config))
    }

    /// Starts a server with this identity.
    pub async fn serve(&self) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
        let acceptor = self.acceptor();
        let sent = Arc::<Mutex<Vec<u8>>>::default();
        let heard = Arc::clone(&sent);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // A client may go away at any time.
                drop(answer(&acceptor, stream, &heard).await);
            }
        });
        Server { url, sent, task }
    }
}

async fn answer(
    acceptor: &TlsAcceptor,
    stream: TcpStream,
    sent: &Mutex<Vec<u8>>,
) -> std::io::Result<()> {
    let mut stream = acceptor.accept(stream).await?;
    let mut request = [0; 4096];
    let length = stream.read(&mut request).await?;
    sent.lock().unwrap().extend_from_slice(&request[..length]);
    let length = BODY.len();
    let head = format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {length}");
    stream.write_all(format!("{head}\r\n\r\n{BODY}").as_bytes()).await?;
    stream.shutdown().await
}
