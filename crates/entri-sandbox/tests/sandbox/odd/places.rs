//! Organizations and their members.

use entri_sandbox::odd::{ActiveOrganization, Members, Organizations};
use serde_json::json;

use super::{entries, ids};
use crate::support::{As, Bench, ORGANIZATION};

const CURRENT: &str = "/api/organizations/current";
const MEMBERS: &str = "/api/organizations/current/members";

#[tokio::test]
async fn somebody_switches_the_organization() {
    let bench = Bench::new().await;
    let cookie = bench.sandbox.session_cookie();
    let by = As::Cookie(&cookie);
    bench.set(|it| it.odd.active = ActiveOrganization::OtherAfter(1));
    assert_eq!(bench.get(CURRENT, by).await.json()["name"], "Nordlys Apps");
    let other = bench.get(CURRENT, by).await.json();
    assert_eq!(
        (&other["name"], &other["_id"]),
        (&"Fjord Studio".into(), &"665f1c0a9b3e4d0012ab99ff".into())
    );
    let projects = bench.get("/api/projects", by).await.json();
    assert_eq!(ids(&projects), ["6660bb20", "6660bb21"]);
    assert_eq!(entries(&bench.get(MEMBERS, by).await.json()).len(), 1);
    let session = bench.get("/api/auth/get-session", by).await.json();
    assert_eq!(session["session"]["activeOrganizationId"], other["_id"]);
    assert_eq!(bench.get(ORGANIZATION, by).await.status, 200, "its tokens are listed by id");
    assert_eq!(bench.get("/api/projects/6660bb20/tokens", by).await.json()["meta"]["total"], 0);
    assert_eq!(
        bench.get(CURRENT, As::Admin).await.json()["name"],
        "Nordlys Apps",
        "a key has its own"
    );
    let ours = json!({"organizationId": bench.sandbox.ready().org_id}).to_string();
    assert_eq!(bench.post("/api/auth/organization/set-active", by, &ours).await.status, 200);
    assert_eq!(bench.get(CURRENT, by).await.json()["name"], "Nordlys Apps");
}

#[tokio::test]
async fn organizations_are_listed_up_to_a_cap() {
    let bench = Bench::new().await;
    let cookie = bench.sandbox.session_cookie();
    for (cap, listed, ours) in [(None, 30, true), (Some(10), 10, false)] {
        bench.set(|it| it.odd.organizations = Organizations { others: 29, cap });
        let list = bench.get("/api/auth/organization/list", As::Cookie(&cookie)).await.json();
        let names: Vec<_> = list.as_array().unwrap().iter().map(|it| &it["name"]).collect();
        assert_eq!((names.len(), names.contains(&&"Nordlys Apps".into())), (listed, ours));
    }
}

#[tokio::test]
async fn members_are_missing_unreadable_or_nested() {
    let bench = Bench::new().await;
    let table = [
        (
            Members::Partial,
            json!({"_id": "u-12", "name": "Ada Lind", "email": "ada@example.test", "role": "developer"}),
            3,
        ),
        (Members::Unreadable, json!({"name": "no id"}), 6),
        (
            Members::Nested,
            json!({"user": {"id": "u-9", "name": "Ole Dahl", "email": "ole@example.test"}, "role": "admin"}),
            6,
        ),
    ];
    for (members, second, count) in table {
        bench.set(|it| it.odd.members = members);
        let body = bench.get(MEMBERS, As::Admin).await.json();
        assert_eq!((&body["data"][1], entries(&body).len()), (&second, count), "{members:?}");
        assert_eq!(body["meta"]["total"], 6);
    }
}
