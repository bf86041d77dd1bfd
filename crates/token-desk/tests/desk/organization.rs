//! A session works in one organization at a time, and whoever shares it can switch it to another.

use entri_sandbox::{SessionOrganization, Variant};
use token_desk::{Code, Phase};

use crate::support::{Bench, alone, connected, ids, key, now, password, sign_in, synced};

const CURRENT: &str = "/organizations/current";
const LIST: &str = "/api/auth/organization/list";
const OTHER: &str = r#"{"_id":"o-2","name":"Harbour Apps"}"#;

/// A desk signed in with email and password, with a complete list.
async fn signed_in() -> Bench {
    let bench = Bench::new().await;
    let ready = bench.sandbox.ready().clone();
    let credential = password(&ready.admin_email, &ready.admin_password);
    connected(sign_in(&bench.desk, &ready.base_url, credential).await).unwrap();
    assert_eq!(synced(&bench.desk).await.problems, []);
    bench
}

fn asked(bench: &Bench, path: &str) -> usize {
    bench.sandbox.requests().iter().filter(|it| it.path.contains(path)).count()
}

#[test]
fn a_session_that_was_switched_elsewhere_loads_nothing() {
    alone(async {
        let bench = signed_in().await;
        let before = (ids(&bench.desk), asked(&bench, "/projects"), asked(&bench, "/tokens"));
        bench.answer("GET", CURRENT, 200, OTHER);
        let summary = bench.desk.sync_shown(now() + chrono::TimeDelta::hours(1)).await.summary();
        assert_eq!((summary.phase, summary.synced_at), (Phase::Idle, Some(now())));
        let [problem] = &summary.problems[..] else { panic!("{:?}", summary.problems) };
        for said in ["switched", "Harbour Apps", "Nordlys Apps", "Sign in again"] {
            assert!(problem.message.contains(said), "{}", problem.message);
        }
        assert_eq!(summary.signed_out, None, "nobody refused the sign-in");
        let after = (ids(&bench.desk), asked(&bench, "/projects"), asked(&bench, "/tokens"));
        assert_eq!(after, before);
        assert_eq!(synced(&bench.desk).await.problems, [], "switched back");
    });
}

#[test]
fn an_organization_that_the_list_lacks_is_chosen_all_the_same_or_nothing_is_loaded() {
    alone(async {
        let bench = signed_in().await;
        let before = (ids(&bench.desk), asked(&bench, "/projects"));
        let lacks = || {
            bench.answer("GET", CURRENT, 404, r#"{"message":"none"}"#);
            (0..2).for_each(|_| bench.answer("GET", LIST, 200, &format!("[{OTHER},{OTHER}]")));
        };
        lacks();
        bench.answer("POST", "/organization/set-active", 403, r#"{"message":"not yours"}"#);
        assert_ne!(synced(&bench.desk).await.problems, []);
        assert_eq!((ids(&bench.desk), asked(&bench, "/projects")), before);
        lacks();
        let chosen = asked(&bench, "/set-active");
        assert_eq!(synced(&bench.desk).await.problems, []);
        assert_eq!((ids(&bench.desk), asked(&bench, "/set-active")), (before.0, chosen + 1));
    });
}

/// The lists of projects and members may belong to another organization by then.
#[test]
fn a_session_that_is_switched_during_a_load_keeps_nothing_of_it() {
    alone(async {
        let bench = signed_in().await;
        let before = ids(&bench.desk);
        let members = bench.sandbox.hold_next(&entri_sandbox::Method::GET, "/current/members");
        let desk = bench.desk.clone();
        let load = tokio::spawn(async move { synced(&desk).await });
        members.reached().await;
        bench.answer("GET", CURRENT, 200, OTHER);
        drop(members);
        let problems = load.await.unwrap().problems;
        assert!(problems[0].message.contains("switched"), "{problems:?}");
        assert_eq!(ids(&bench.desk), before);
    });
}

/// Nobody switched a session that has no organization any longer: it is given its own again.
#[test]
fn a_session_that_lost_its_organization_is_put_to_work_in_it_again() {
    alone(async {
        let bench = signed_in().await;
        let two = r#"[{"id":"o-2","name":"Harbour Apps"},
                      {"id":"665f1c0a9b3e4d0012ab34cd","name":"Nordlys Apps"}]"#;
        bench.answer("GET", CURRENT, 404, "{}");
        (0..2).for_each(|_| bench.answer("GET", LIST, 200, two));
        assert_eq!(synced(&bench.desk).await.problems, []);
        assert_eq!(asked(&bench, "/organization/set-active"), 1);
    });
}

#[test]
fn a_bulk_revoke_touches_nothing_where_the_session_was_switched() {
    alone(async {
        let bench = signed_in().await;
        let id = bench.id_of("old-jenkins");
        bench.desk.select([key(&id)], true);
        let plan = bench.desk.plan_bulk_revoke(now()).await.unwrap();
        (0..3).for_each(|_| bench.answer("GET", CURRENT, 200, OTHER));
        let result = bench.desk.run_bulk_revoke(plan.id, "1", now).await.unwrap();
        assert!(result.stopped.unwrap().contains("switched"));
        assert_eq!(bench.sent("DELETE"), 0);
        assert!(ids(&bench.desk).contains(&id));
    });
}

#[test]
fn organizations_that_cannot_be_listed_are_no_missing_organization() {
    alone(async {
        for status in [500, 403] {
            let bench = Bench::new().await;
            let ready = bench.sandbox.ready().clone();
            let session_organization = SessionOrganization::Unset;
            bench.sandbox.set_variant(Variant { session_organization, ..Variant::default() });
            // A GET is tried three times.
            (0..6).for_each(|_| bench.answer("GET", LIST, status, "{}"));
            let credential = password(&ready.admin_email, &ready.admin_password);
            let error = sign_in(&bench.desk, &ready.base_url, credential).await.unwrap_err();
            assert_ne!(error.code(), Code::OrganizationNeeded, "{error}");
        }
    });
}
