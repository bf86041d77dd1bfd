//! A credential from the keychain is taken into use once, however many ask for it first.

use std::collections::HashMap;
use std::sync::OnceLock;

use entri_api::{Credential, Secret, Session};
use keyring_core::{CredentialStore, mock};

use super::*;
use crate::desk::live::LiveConnection;
use crate::model::connection::CredentialStorage;
use crate::model::token::leak::Leaked;
use crate::storage::cache::Remembered;
use crate::system::threads::blocking;

fn keychain() -> keyring_core::Result<Arc<CredentialStore>> {
    static KEPT: OnceLock<Arc<mock::Store>> = OnceLock::new();
    if KEPT.get().is_none() {
        let store = mock::Store::new()?;
        KEPT.get_or_init(|| store);
    }
    KEPT.get().map(|kept| Arc::clone(kept) as _).ok_or(keyring_core::Error::NoDefaultStore)
}

#[tokio::test]
async fn two_that_ask_first_get_one_client() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut desk = Desk::open(folder.path(), DateTime::UNIX_EPOCH).expect("a desk");
    let inner = Arc::get_mut(&mut desk.inner).expect("the only one");
    inner.keychain = Keychain::of(keychain);
    let connection =
        Connection { storage: CredentialStorage::Keychain, sandbox: false, ..Connection::sample() };
    let cookie = Secret::new("x.session_token=a.b".to_owned());
    let session = Session::parse(&connection.base_url, &cookie).expect("a session");
    let credential = Credential::from(session).to_secret();
    let key = connection.keychain_key();
    let keychain = desk.inner.keychain.clone();
    blocking(move || keychain.save(&key, &credential))
        .await
        .expect("a thread")
        .expect("it is kept");
    let id = connection.id;
    let remembered = Remembered { connection, synced_at: None, gaps: Vec::new() };
    desk.state().add_remembered(
        remembered,
        Inventory::default(),
        HashMap::new(),
        Leaked::default(),
    );
    let (one, other) = tokio::join!(desk.live(id), desk.live(id));
    let changes = |live: Result<LiveConnection, Error>| {
        live.expect("a client").client.session_changes().expect("a session")
    };
    assert!(changes(one).same_channel(&changes(other)), "a renewed session of either is kept");
}
