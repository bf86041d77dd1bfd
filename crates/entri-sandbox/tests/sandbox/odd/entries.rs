//! Entries that come twice, cannot be read, or have odd ids and names.

use entri_sandbox::odd::{Damage, IdForm, Twins};
use serde_json::{Value, json};

use super::{entries, ids, page};
use crate::support::{As, Bench, ORGANIZATION};

#[tokio::test]
async fn an_entry_comes_twice() {
    let bench = Bench::new().await;
    bench.set(|it| it.odd.twins = Some(Twins::Same));
    let body = page(&bench, "limit=5").await;
    assert_eq!((entries(&body).len(), &body["data"][1]), (6, &body["data"][2]));
    bench.set(|it| it.odd.twins = Some(Twins::Renamed));
    let body = page(&bench, "limit=5").await;
    assert_eq!(
        (ids(&body)[1], &body["data"][2]["name"]),
        (ids(&body)[2], &"another record".into())
    );
    bench.set(|it| it.odd.twins = Some(Twins::AcrossPages));
    let (first, second) = (page(&bench, "limit=5").await, page(&bench, "limit=5&page=2").await);
    assert_eq!((entries(&second).len(), ids(&second)[5]), (6, ids(&first)[0]));
    bench.set(|it| it.odd.twins = Some(Twins::Same));
    let activity = ORGANIZATION.replace("tokens", "activity");
    for path in ["/api/projects", "/api/organizations/current/members", &activity] {
        let body = bench.get(path, As::Admin).await.json();
        assert_eq!(ids(&body)[1], ids(&body)[2], "{path}");
    }
    bench.set(|it| it.odd.scopes_twice = true);
    let body = page(&bench, "").await;
    assert!(
        entries(&body)
            .iter()
            .any(|it| it["scopes"] == json!(["translations:read", "translations:read"]))
    );
}

#[tokio::test]
async fn later_loads_are_empty_or_hold_what_cannot_be_read() {
    let bench = Bench::new().await;
    bench.set(|it| it.odd.damage = Damage::LaterEmpty);
    let (first, later) = (page(&bench, "").await, page(&bench, "").await);
    assert!(!entries(&first).is_empty() && entries(&later).is_empty());
    assert_eq!(first["meta"]["total"], later["meta"]["total"]);
    bench.set(|it| it.odd.damage = Damage::LaterUnreadable(5));
    let odd = |page: &Value| entries(page).iter().filter(|it| it.get("_id").is_none()).count();
    let (first, later) = (page(&bench, "limit=10").await, page(&bench, "limit=10").await);
    assert_eq!((odd(&first), odd(&later)), (0, 2));
    assert_eq!((&later["data"][4], &later["data"][9]), (&json!({"name": "no id"}), &json!(7)));
    bench.set(|it| it.odd.damage = Damage::Unreadable(1));
    assert_eq!(odd(&page(&bench, "limit=10").await), 10);
}

#[tokio::test]
async fn ids_are_numbers_that_can_be_revoked() {
    let bench = Bench::new().await;
    let truth = bench.sandbox.truth().unwrap();
    let own: Vec<_> = truth.iter().filter(|it| it.project_id.is_none()).skip(1).collect();
    for (form, token) in [IdForm::Number, IdForm::Beyond64, IdForm::Digits30].into_iter().zip(own) {
        bench.set(|it| it.odd.ids = form);
        let told = bench.sandbox.told(token).id;
        assert!(told.bytes().all(|byte| byte.is_ascii_digit()), "{told}");
        let body = bench.get(ORGANIZATION, As::Admin).await.text;
        assert!(body.contains(&format!("\"_id\":{told},")), "{body}");
        let path = format!("{ORGANIZATION}/{told}");
        assert_eq!(bench.delete(&path, As::Admin).await.status, 204);
        assert!(bench.truth(&token.id).revoked, "{form:?}");
    }
    let digits = bench.sandbox.told(&truth[0]).id;
    assert_eq!(digits.len(), 30);
}

#[tokio::test]
async fn names_are_blank_doubled_or_not_utf8() {
    let bench = Bench::odd("blank-name").await;
    let body = page(&bench, "").await;
    let blank = entries(&body).iter().filter(|it| it["name"] == "   ").count();
    assert!((1..40).contains(&blank), "{blank}");
    let bench = Bench::odd("double-blank").await;
    assert_eq!(page(&bench, "").await["data"][0]["name"], "Entri To  kens app");
    let bench = Bench::odd("bad-utf8").await;
    let bytes = bench.get(ORGANIZATION, As::Admin).await.bytes;
    assert!(bytes.windows(19).any(|it| it == b"\"Entri Tokens app\xe9\""));
    assert!(str::from_utf8(&bytes).is_err());
}
