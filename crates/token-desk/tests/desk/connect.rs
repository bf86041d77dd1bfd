//! Connecting: what is refused before anything is sent, and what the server refuses.

use entri_sandbox::{FaultAnswer, TokenRoutes, Variant};
use token_desk::{Code, CredentialStorage, Error, Persistence};

use crate::support::{
    Bench, alone, confirmed, connect, connected, connections, ids, named, now, request, synced,
};

#[test]
fn an_address_is_checked_before_anything_is_sent() {
    alone(async {
        let bench = Bench::new().await;
        let key = &bench.sandbox.ready().admin_token;
        let port = bench.sandbox.ready().base_url.rsplit_once(':').unwrap().1;
        let foreign = format!("http://127.0.0.1.nip.example:{port}");
        for address in
            ["", "not an address", "ftp://entri.example", "http://entri.example", &foreign]
        {
            let error = connect(&bench.desk, address, key).await.unwrap_err();
            assert_eq!(error.code(), Code::Address, "{address}: {error}");
            assert!(error.to_string().contains("https://"), "{address}: {error}");
        }
        assert_eq!(bench.sandbox.requests(), []);
        assert_eq!(connections(&bench.desk), []);
    });
}

#[test]
fn what_is_no_key_is_not_sent() {
    alone(async {
        let bench = Bench::new().await;
        for key in ["", "ghp_abcdefgh", "entri_", "entri_two words"] {
            let error =
                connect(&bench.desk, &bench.sandbox.ready().base_url, key).await.unwrap_err();
            assert_eq!(error.code(), Code::Credential, "{key}: {error}");
        }
        assert_eq!(bench.sandbox.requests(), []);
    });
}

#[test]
fn a_wrong_key_and_a_revoked_key_are_refused() {
    alone(async {
        let bench = Bench::loaded().await;
        let address = &bench.sandbox.ready().base_url;
        let created = bench.desk.create(named("short-lived"), now()).await.unwrap();
        let value = bench.desk.reveal_secret(created.handle).unwrap();
        let key = created.key.unwrap();
        let revoke = confirmed(&bench.desk, key);
        bench.desk.revoke(revoke, now()).await.unwrap();
        for (key, said) in [("entri_nobodyhasthis", "Invalid"), (value.expose(), "revoked")] {
            let error = connect(&bench.desk, address, key).await.unwrap_err();
            assert_eq!(error.code(), Code::Unauthorized, "{error}");
            assert!(error.to_string().contains(said), "{error}");
            assert!(!error.to_string().contains(key), "{error}");
        }
    });
}

#[test]
fn a_good_key_that_may_not_manage_tokens_is_explain_unauthorized_from_a_bad_one() {
    alone(async {
        let bench = Bench::new().await;
        let ready = bench.sandbox.ready();
        let error = connect(&bench.desk, &ready.base_url, &ready.viewer_token).await.unwrap_err();
        assert!(matches!(error, Error::CannotManage), "{error}");
        let routes = TokenRoutes::CookieOnly;
        bench.sandbox.set_variant(Variant { routes, ..Variant::default() });
        let error = bench.connect().await.unwrap_err();
        assert!(matches!(error, Error::CannotManage), "{error}");
        assert_eq!(connections(&bench.desk), []);
    });
}

#[test]
fn an_organization_the_server_does_not_name_is_typed() {
    alone(async {
        let bench = Bench::new().await;
        let ready = bench.sandbox.ready();
        bench.sandbox.set_variant(Variant { organization_known: false, ..Variant::default() });
        let typed = async |id| {
            let request = request(&ready.base_url, &ready.admin_token, id);
            connected(bench.desk.connect(request, Persistence::Remember, now()).await)
        };
        for id in [None, Some(""), Some("  ")] {
            let error = typed(id).await.unwrap_err();
            assert_eq!(error.code(), Code::OrganizationNeeded, "{id:?}: {error}");
        }
        assert_eq!(typed(Some("somebody-else")).await.unwrap_err().code(), Code::NotFound);
        assert_eq!(connections(&bench.desk), []);

        let connection = typed(Some(&ready.org_id)).await.unwrap();
        assert_eq!(connection.organization_id.0, ready.org_id);
        assert!(synced(&bench.desk).await.complete);
        assert_eq!(ids(&bench.desk).len(), 48);
    });
}

#[test]
fn the_address_of_a_page_is_taken_for_one_and_the_servers_own_is_offered() {
    alone(async {
        let bench = Bench::new().await;
        let ready = bench.sandbox.ready();
        let page = format!("{}/organizations/o1/settings/tokens", ready.base_url);
        let error = connect(&bench.desk, &page, &ready.admin_token).await.unwrap_err();
        let offered = format!("use {} instead", ready.base_url);
        assert!(error.to_string().contains(&offered), "{error}");

        bench.sandbox.set_variant(Variant { organization_known: false, ..Variant::default() });
        let error = bench.connect().await.unwrap_err();
        assert!(!error.to_string().contains("address of a page"), "{error}");
    });
}

#[test]
fn a_server_that_is_gone_was_sent_nothing() {
    alone(async {
        let Bench { sandbox, folder: _folder, desk } = Bench::new().await;
        let ready = sandbox.ready().clone();
        sandbox.stop().await;
        let error = connect(&desk, &ready.base_url, &ready.admin_token).await.unwrap_err();
        assert_eq!(error.code(), Code::Unreachable);
        assert!(error.to_string().contains("Nothing was sent"), "{error}");
    });
}

#[test]
fn a_web_page_is_not_an_api() {
    alone(async {
        let bench = Bench::new().await;
        // The client looks under the versioned path before it gives up.
        for _ in 0..2 {
            let page = FaultAnswer::status(200, "text/html", "<title>Sign in</title>");
            bench.fail("GET", "/organizations/current", false, page);
        }
        let error = bench.connect().await.unwrap_err();
        assert_eq!(error.code(), Code::Server);
        assert!(error.to_string().contains("text/html"), "{error}");
        assert!(!error.to_string().contains("Sign in"), "{error}");
    });
}

#[test]
fn a_failed_connect_leaves_the_connections_there_are() {
    alone(async {
        let bench = Bench::loaded().await;
        let (before, shown) = (connections(&bench.desk), ids(&bench.desk));
        let ready = bench.sandbox.ready();
        let attempts = [
            ("https://", &*ready.admin_token),
            (&ready.base_url, "no key"),
            (&ready.base_url, "entri_nobodyhasthis"),
            (&ready.base_url, &ready.viewer_token),
            ("http://127.0.0.1:9", &ready.admin_token),
        ];
        for (address, key) in attempts {
            assert!(connect(&bench.desk, address, key).await.is_err(), "{address}");
            assert_eq!(connections(&bench.desk), before, "{address}");
            assert_eq!(ids(&bench.desk), shown, "{address}");
        }
        let status = synced(&bench.desk).await;
        assert_eq!((status.complete, status.problems), (true, vec![]));
        assert_eq!(connections(&bench.reopened()), before);
    });
}

#[test]
fn without_a_keychain_the_key_is_kept_for_this_session_only() {
    alone(async {
        let bench = Bench::new().await;
        let connection = bench.connect().await.unwrap();
        assert_eq!(connection.storage, CredentialStorage::Memory);
        assert!(!connection.sandbox);
        // That isn't a failure: the connection says where the credential is kept.
        let summary = bench.desk.status().summary();
        assert_eq!((summary.problems, summary.signed_out), (vec![], None));
    });
}
