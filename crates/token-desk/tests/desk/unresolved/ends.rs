//! Tokens that were revoked before anybody decided about them.

use entri_sandbox::{FaultAnswer, Variant};
use token_desk::{Desk, RevokeOutcome, RevokeRequest, UnresolvedKind};

use super::{bench_that_lost, later, loose, revoke, the_only_one};
use crate::support::{Bench, FIRST, alone, connect, connect_to, key, named, now, says};

#[test]
fn one_that_was_revoked_elsewhere_is_not_asked_about() {
    alone(async {
        let bench = Bench::loaded().await;
        let created = bench.desk.create(named("orphan"), now()).await.unwrap();
        let desk = bench.reopened();
        let ready = bench.sandbox.ready();
        connect(&desk, &ready.base_url, &ready.admin_token).await.unwrap();
        let end = &the_only_one(&desk);
        assert_eq!(end.tokens, [created.key.unwrap()]);

        let folder = tempfile::tempdir().unwrap();
        let elsewhere = Desk::open(folder.path(), now()).unwrap();
        connect_to(&elsewhere, &bench.sandbox).await;
        revoke(&elsewhere, end).await;
        desk.sync(FIRST, later()).await;
        assert_eq!(loose(&desk), []);
    });
}

#[test]
fn a_lost_revoke_whose_token_is_listed_as_revoked_is_not_still_there() {
    alone(async {
        let bench = Bench::loaded().await;
        bench.sandbox.set_variant(Variant { revoked_listed: true, ..Variant::default() });
        let id = bench.id_of("old-jenkins");
        let answer = FaultAnswer::status(502, "text/html", "<h1>Bad gateway</h1>");
        bench.fail("DELETE", "/tokens", true, answer);
        let plan = bench.desk.preview_revoke(&key(&id), now()).unwrap();
        let typed = Some(plan.to_type.text().to_owned());
        let request = RevokeRequest { key: key(&id), seen: plan.seen, typed };
        bench.desk.revoke(request, now()).await.unwrap_err();
        bench.desk.sync(FIRST, later()).await;
        let said = says(&bench.desk).await;
        assert!(said.iter().any(|it| it == "Removed"), "{said:?}");
        assert!(said.iter().all(|it| it != "Revocation failed"), "{said:?}");
    });
}

#[test]
fn a_unresolved_that_was_gone_is_not_told_as_revoked_here() {
    alone(async {
        let bench = bench_that_lost("lost", true).await;
        bench.desk.sync(FIRST, now()).await;
        let end = &the_only_one(&bench.desk);
        assert!(bench.sandbox.revoke_elsewhere(&bench.id_of("lost")).unwrap());
        assert_eq!(revoke(&bench.desk, end).await, RevokeOutcome::AlreadyGone);
        assert_eq!((loose(&bench.desk), bench.sent("DELETE")), (vec![], 0));
        let said = says(&bench.desk).await;
        assert!(said.iter().all(|it| it != "Revoked"), "{said:?}");
    });
}

#[test]
fn one_that_is_not_known_to_exist_can_be_dismissed_and_is_not_looked_for_again() {
    alone(async {
        let bench = bench_that_lost("mine", false).await;
        let end = the_only_one(&bench.desk);
        assert_eq!((end.kind, &end.tokens[..]), (UnresolvedKind::Unclear, &[][..]), "the control");
        bench.desk.keep_unresolved(end.id, now()).await.unwrap();
        assert_eq!((loose(&bench.desk), loose(&bench.reopened())), (vec![], vec![]));
        bench.sandbox.add_token("mine").unwrap();
        bench.desk.sync(FIRST, later()).await;
        assert_eq!(loose(&bench.desk), []);
    });
}
