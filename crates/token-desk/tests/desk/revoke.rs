//! Revoking a token that is as the admin saw it.

use entri_sandbox::RevokeAnswer::{Accepted, Empty, EmptyObject, Message, NoContent};
use entri_sandbox::Variant;
use token_audit::RevokeGrade;
use token_desk::{Code, Error, RevokeOutcome, RevokeRequest};

use crate::support::{Bench, alone, connect, ids, key, named, now, synced};

/// The confirmation as the page gives it.
fn confirmed(bench: &Bench, id: &str) -> RevokeRequest {
    let plan = bench.desk.preview_revoke(&key(id), now()).unwrap();
    RevokeRequest { key: key(id), seen: plan.seen, typed: Some(plan.to_type.text().to_owned()) }
}

#[test]
fn the_more_a_token_is_used_the_more_it_takes() {
    alone(async {
        let bench = Bench::loaded().await;
        let table = [
            ("contractor-import", RevokeGrade::OneClick),
            ("figma-export", RevokeGrade::Confirm),
            ("staging-server", RevokeGrade::Confirm),
            ("docs-preview", RevokeGrade::Confirm),
            ("gitlab-ci", RevokeGrade::TypeName),
        ];
        for (name, grade) in table {
            let plan = bench.desk.preview_revoke(&key(&bench.id_of(name)), now()).unwrap();
            assert_eq!((plan.grade, &*plan.token.name), (grade, name));
            assert_eq!(plan.seen.last_used, plan.token.last_used);
        }
    });
}

#[test]
fn a_name_that_does_not_match_revokes_nothing() {
    alone(async {
        let bench = Bench::loaded().await;
        let id = bench.id_of("gitlab-ci");
        let sent = bench.sandbox.requests().len();
        for typed in [None, Some(""), Some("gitlab-c"), Some("GITLAB-CI"), Some("gitlab- ci")] {
            let request =
                RevokeRequest { typed: typed.map(str::to_owned), ..confirmed(&bench, &id) };
            let error = bench.desk.revoke(request, now()).await.unwrap_err();
            assert_eq!(error.code(), Code::NameMismatch, "{typed:?}");
        }
        assert_eq!(bench.sandbox.requests().len(), sent);
        bench.desk.revoke(confirmed(&bench, &id), now()).await.unwrap();
    });
}

/// Whoever names a token must not be able to make it hard to revoke, or to bypass the confirmation.
#[test]
fn any_name_can_be_confirmed_by_what_a_person_can_type() {
    alone(async {
        let long = "x".repeat(61);
        let composed = "cafe\u{301}";
        for (name, typed, refused) in [
            ("double  blank", "double blank", "doubleblank"),
            (composed, "caf\u{e9}", "cafe"),
            ("a\u{202E}b", "t-x", "ab"),
            ("x\u{A0}prod", "t-x", "x prod"),
            (" ", "t-x", ""),
            (&long, "t-x", &long),
        ] {
            let bench = Bench::new().await;
            bench.connect().await.unwrap();
            let used = "2026-11-24T13:00:00Z";
            let token = serde_json::json!([{"id": "t-x", "name": name, "lastUsedAt": used}]);
            bench.lists(
                9,
                &format!("/{}/tokens", bench.sandbox.ready().org_id),
                &token.to_string(),
            );
            synced(&bench.desk).await;
            bench.answer("DELETE", "/tokens/t-x", 200, "{}");
            let plan = bench.desk.preview_revoke(&key("t-x"), now()).unwrap();
            assert_eq!(plan.grade, RevokeGrade::TypeName);
            let request = |typed: &str| RevokeRequest {
                key: key("t-x"),
                seen: plan.seen.clone(),
                typed: Some(typed.to_owned()),
            };
            let error = bench.desk.revoke(request(refused), now()).await.unwrap_err();
            assert_eq!((error.code(), bench.sent("DELETE")), (Code::NameMismatch, 0), "{name:?}");
            let revoked = bench.desk.revoke(request(typed), now()).await.unwrap();
            assert_eq!(revoked.outcome, RevokeOutcome::Revoked, "{name:?}");
        }
    });
}

#[test]
fn a_token_goes_by_the_route_of_its_owner() {
    alone(async {
        let bench = Bench::loaded().await;
        let organization = format!("/api/organizations/{}", bench.sandbox.ready().org_id);
        let routes = [("old-jenkins", &*organization), ("figma-export", "/api/projects/6660aa10")];
        for (name, route) in routes {
            let id = bench.id_of(name);
            let revoked = bench.desk.revoke(confirmed(&bench, &id), now()).await.unwrap();
            assert_eq!((&*revoked.name, revoked.outcome), (name, RevokeOutcome::Revoked));
            let last = bench.sandbox.requests().pop().unwrap();
            assert_eq!(
                (last.method.as_str(), last.path),
                ("DELETE", format!("{route}/tokens/{id}"))
            );
            assert!(!ids(&bench.desk).contains(&id));
            let truth = bench.sandbox.truth().unwrap();
            assert!(truth.iter().find(|token| token.id == id).unwrap().revoked);
        }
        assert_eq!(bench.sent("DELETE"), 2);
    });
}

#[test]
fn the_value_of_a_revoked_token_is_refused_at_once() {
    alone(async {
        let bench = Bench::loaded().await;
        let created = bench.desk.create(named("leaked"), now()).await.unwrap();
        let value = bench.desk.reveal_secret(created.handle).unwrap();
        let id = created.key.unwrap().id.0;
        bench.desk.revoke(confirmed(&bench, &id), now()).await.unwrap();
        let address = &bench.sandbox.ready().base_url;
        let error = connect(&bench.desk, address, value.expose()).await.unwrap_err();
        assert_eq!(error.code(), Code::Unauthorized);
    });
}

#[test]
fn every_answer_to_a_revoke_counts() {
    alone(async {
        let bench = Bench::loaded().await;
        for (number, revoke) in
            [NoContent, Empty, EmptyObject, Message, Accepted].iter().enumerate()
        {
            bench.sandbox.set_variant(Variant { revoke: *revoke, ..Variant::default() });
            let id = bench.token(|token| token.last_used.is_none() && !token.revoked);
            let revoked = bench.desk.revoke(confirmed(&bench, &id), now()).await.unwrap();
            assert_eq!(revoked.outcome, RevokeOutcome::Revoked, "{revoke:?}");
            assert_eq!(ids(&bench.desk).len(), 47 - number);
        }
    });
}

#[test]
fn a_token_that_is_not_in_the_list_cannot_be_planned() {
    alone(async {
        let bench = Bench::loaded().await;
        let sent = bench.sandbox.requests().len();
        let request =
            RevokeRequest { key: key("t-no"), ..confirmed(&bench, &bench.id_of("old-jenkins")) };
        let error = bench.desk.revoke(request, now()).await.unwrap_err();
        assert!(matches!(error, Error::TokenGone), "{error}");
        assert_eq!(bench.sandbox.requests().len(), sent);
    });
}
