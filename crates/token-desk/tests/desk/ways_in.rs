//! The ways to sign in other than with a pasted API token.

use std::fs;

use entri_sandbox::{SessionOrganization, TokenRoutes, Variant};
use token_desk::{
    CliPlace, CliPlaces, Code, Connection, CredentialRequest, CredentialStorage, Error, Method,
    OrganizationId, Step, StepRequest,
};

use crate::support::{
    Bench, alone, confirmed, connected, connections, ids, named, now, password, secret, sign_in,
    synced,
};

const LIST: &str = "/api/auth/organization/list";
const TWO: &str = r#"[{"id":"o-2","name":"Harbour Apps"},
                      {"id":"665f1c0a9b3e4d0012ab34cd","name":"Nordlys Apps"}]"#;

impl Bench {
    async fn by(&self, credential: CredentialRequest) -> Result<Step, Error> {
        sign_in(&self.desk, &self.sandbox.ready().base_url, credential).await
    }

    async fn as_admin(&self) -> Result<Step, Error> {
        let ready = self.sandbox.ready();
        self.by(password(&ready.admin_email, &ready.admin_password)).await
    }

    fn variant(&self, session_organization: SessionOrganization) {
        self.sandbox.set_variant(Variant { session_organization, ..Variant::default() });
    }
}

fn facts(connection: &Connection) -> (Method, Option<&str>, Option<&str>) {
    (connection.method, connection.user.as_deref(), connection.role.as_deref())
}

#[test]
fn with_email_and_password() {
    alone(async {
        let bench = Bench::new().await;
        let connection = connected(bench.as_admin().await).unwrap();
        let expected = (Method::Session, Some("mira@example.test"), Some("owner"));
        assert_eq!(facts(&connection), expected);
        assert_eq!(connection.storage, CredentialStorage::Memory);
        assert_eq!(connection.organization_name, "Nordlys Apps");
        let summary = synced(&bench.desk).await;
        assert_eq!((summary.complete, summary.problems), (true, vec![]));
        assert_eq!(ids(&bench.desk).len(), 48);
        assert_eq!(connections(&bench.reopened()), [connection]);
    });
}

#[test]
fn what_is_no_sign_in_is_told_and_connects_nothing() {
    alone(async {
        let bench = Bench::new().await;
        let ready = bench.sandbox.ready().clone();
        let table = [
            (&*ready.admin_email, "wrong", "doesn’t recognize"),
            ("nobody@example.test", &*ready.admin_password, "doesn’t recognize"),
            ("no address", "wrong", "not an email address"),
        ];
        for (email, secret, said) in table {
            let error = bench.by(password(email, secret)).await.unwrap_err();
            assert_eq!(error.code(), Code::Credential, "{email}: {error}");
            assert!(error.to_string().contains(said), "{email}: {error}");
            assert!(!error.to_string().contains(&ready.admin_password), "{error}");
        }
        assert_eq!(connections(&bench.desk), []);
    });
}

/// Signed in, but without the right to manage tokens: no bad password.
#[test]
fn a_role_that_is_too_low_is_explain_unauthorized_from_a_wrong_password() {
    alone(async {
        let bench = Bench::new().await;
        let ready = bench.sandbox.ready().clone();
        for email in ["jonas@example.test", "ada@example.test"] {
            let error = bench.by(password(email, &ready.admin_password)).await.unwrap_err();
            assert!(matches!(error, Error::RoleTooLow), "{email}: {error}");
            assert_eq!(error.code(), Code::Forbidden);
        }
        let second = connected(bench.by(password("ole@example.test", &ready.admin_password)).await);
        assert_eq!(facts(&second.unwrap()).2, Some("admin"));
    });
}

#[test]
fn with_a_pasted_session_cookie() {
    alone(async {
        let bench = Bench::new().await;
        for text in ["", "theme=dark", "better-auth.session_token=unsigned", "entri_EXAMPLEONLY"] {
            let error = bench.by(CredentialRequest::Cookie(secret(text))).await.unwrap_err();
            assert_eq!(error.code(), Code::Credential, "{text}: {error}");
        }
        assert_eq!(bench.sandbox.requests(), [], "nothing of it was sent");
        let foreign = "better-auth.session_token=abc.def";
        let error = bench.by(CredentialRequest::Cookie(secret(foreign))).await.unwrap_err();
        assert_eq!(error.code(), Code::Unauthorized, "{error}");

        let pasted = format!("Cookie: theme=dark; {}", bench.sandbox.session_cookie());
        let step = bench.by(CredentialRequest::Cookie(secret(&pasted))).await;
        let connection = connected(step).unwrap();
        let expected = (Method::Session, Some("mira@example.test"), Some("owner"));
        assert_eq!(facts(&connection), expected);
        assert!(synced(&bench.desk).await.complete);
    });
}

#[test]
fn with_the_token_of_the_command_line_tool() {
    alone(async {
        let bench = Bench::new().await;
        let ready = bench.sandbox.ready().clone();
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join(".nt3.local.json");
        let (variable, folder) = (None, home.path().to_owned());
        let places = CliPlaces { variable, folder, home: None };
        let text = format!(r#"{{"token":"{}","api_url":"{}"}}"#, ready.admin_token, ready.base_url);
        fs::write(&file, &text).unwrap();
        let (token, address) = places.read(CliPlace::LocalFile).unwrap();
        let step = sign_in(&bench.desk, &address, CredentialRequest::ApiToken(token)).await;
        let connection = connected(step).unwrap();
        assert_eq!(connection.base_url.as_str(), ready.base_url);
        assert_eq!(facts(&connection), (Method::ApiToken, None, None));
        assert_eq!(fs::read_to_string(&file).unwrap(), text, "it is only read");

        fs::remove_file(&file).unwrap();
        for place in [CliPlace::LocalFile, CliPlace::GlobalFile, CliPlace::Variable] {
            let error = places.read(place).unwrap_err();
            assert!(matches!(error, Error::CliTokenGone { .. }), "{place:?}: {error}");
        }
    });
}

#[test]
fn a_session_without_an_organization_works_in_its_only_one() {
    alone(async {
        let bench = Bench::new().await;
        for organization in [SessionOrganization::Unset, SessionOrganization::WithoutRoutes] {
            bench.variant(organization);
            let connection = connected(bench.as_admin().await).unwrap();
            assert_eq!(connection.organization_id.0, bench.sandbox.ready().org_id);
            assert_eq!(synced(&bench.desk).await.problems, [], "{organization:?}");
        }
    });
}

#[test]
fn organizations_that_cannot_all_be_listed_are_said_to_be_that() {
    alone(async {
        let bench = Bench::new().await;
        bench.variant(SessionOrganization::Unset);
        let odd = TWO.replacen('[', r#"[{"name":"no id"},"#, 1);
        (0..2).for_each(|_| bench.answer("GET", LIST, 200, &odd));
        let step = bench.as_admin().await.unwrap();
        let Step::Organization { choices, .. } = step else { panic!("{step:?}") };
        assert_eq!(choices.organizations.len(), 2);
        let lacks = choices.lacks.unwrap();
        assert!(lacks.starts_with("1 entry in the list of organizations could not"), "{lacks}");
    });
}

#[test]
fn of_several_organizations_one_is_chosen() {
    alone(async {
        let bench = Bench::new().await;
        bench.variant(SessionOrganization::Unset);
        (0..2).for_each(|_| bench.answer("GET", LIST, 200, TWO));
        let step = bench.as_admin().await.unwrap();
        let Step::Organization { attempt, choices } = step else { panic!("{step:?}") };
        let names: Vec<_> = choices.organizations.iter().map(|it| &*it.name).collect();
        assert_eq!((&names[..], choices.lacks), (&["Harbour Apps", "Nordlys Apps"][..], None));
        assert_eq!(connections(&bench.desk), [], "nothing is connected yet");
        let waits = || match bench.desk.waiting_step() {
            Some((_, Step::Organization { attempt, choices })) => {
                Some((attempt, choices.organizations.len()))
            }
            _ => None,
        };
        assert_eq!(waits(), Some((attempt, 2)));

        (0..2).for_each(|_| bench.answer("GET", LIST, 200, TWO));
        let choose = |attempt| {
            let chosen =
                StepRequest::Organization(OrganizationId(bench.sandbox.ready().org_id.clone()));
            bench.desk.continue_connect(attempt, chosen, now())
        };
        bench.answer("GET", "/tokens", 403, "{}");
        choose(attempt).await.unwrap_err();
        assert_eq!(waits(), Some((attempt, 2)), "after one that refuses another can be chosen");
        (0..2).for_each(|_| bench.answer("GET", LIST, 200, TWO));
        let connection = connected(choose(attempt).await).unwrap();
        assert_eq!(waits(), None);
        assert_eq!(connection.organization_name, "Nordlys Apps");
        assert_eq!(facts(&connection).1, Some("mira@example.test"));
        assert_eq!(synced(&bench.desk).await.problems, []);
        let again = choose(attempt).await.unwrap_err();
        assert_eq!(again.code(), Code::StartOver, "an attempt is good once");
    });
}

/// No role that is too low: the session is fine, and an API token is wanted.
#[test]
fn where_a_session_cannot_manage_tokens_a_key_can() {
    alone(async {
        let bench = Bench::new().await;
        let routes = TokenRoutes::KeyOnly;
        bench.sandbox.set_variant(Variant { routes, ..Variant::default() });
        let error = bench.as_admin().await.unwrap_err();
        assert_eq!(error.code(), Code::Credential, "{error}");
        assert!(error.to_string().contains("Connect with an API token"), "{error}");
        bench.connect().await.unwrap();
        assert!(synced(&bench.desk).await.complete);
    });
}

/// Entri's own documentation shows the token routes with a session (docs/entri-api.md#credentials).
#[test]
fn where_a_key_cannot_manage_tokens_a_session_can() {
    alone(async {
        let bench = Bench::new().await;
        let routes = TokenRoutes::CookieOnly;
        bench.sandbox.set_variant(Variant { routes, ..Variant::default() });
        let error = bench.connect().await.unwrap_err();
        assert!(matches!(error, Error::CannotManage) && error.to_string().contains("sign in"));
        connected(bench.as_admin().await).unwrap();
        assert!(synced(&bench.desk).await.complete);
        let created = bench.desk.create(named("by a session"), now()).await.unwrap();
        let key = created.key.unwrap();
        let revoke = confirmed(&bench.desk, key);
        bench.desk.revoke(revoke, now()).await.unwrap();
        assert_eq!(ids(&bench.desk).len(), 48);
    });
}
