//! What is shown about a token besides its own record: who created it, and whether its project is
//! archived.

use entri_sandbox::{CreatorForm, Fault, FaultAnswer, Variant};
use token_desk::Details;

use crate::support::{Bench, alone, key, now, synced};

async fn details(variant: &Variant, name: &str) -> Details {
    let bench = Bench::new().await;
    bench.sandbox.set_variant(*variant);
    bench.connect().await.unwrap();
    assert_eq!(synced(&bench.desk).await.problems, []);
    bench.desk.details(&key(&bench.id_of(name)), now()).unwrap()
}

#[test]
fn a_creator_has_a_name_also_where_the_server_gives_an_id() {
    alone(async {
        for creators in [CreatorForm::Named, CreatorForm::Id] {
            let variant = Variant { creators, ..Variant::default() };
            let token = details(&variant, "gitlab-ci").await;
            assert_eq!(token.created_by.as_deref(), Some("Ole Dahl"), "{creators:?}");
        }
    });
}

#[test]
fn who_may_not_see_the_members_sees_the_id_and_the_list_is_whole() {
    alone(async {
        let bench = Bench::new().await;
        let variant = Variant { creators: CreatorForm::Id, ..Variant::default() };
        bench.sandbox.set_variant(variant);
        bench.connect().await.unwrap();
        bench.sandbox.fail_next(Fault {
            method: "GET".parse().unwrap(),
            path: "/members".to_owned(),
            with_effect: false,
            answer: FaultAnswer::status(403, "application/json", "{}"),
        });
        let summary = synced(&bench.desk).await;
        assert_eq!((summary.complete, summary.problems), (true, vec![]));
        let token = bench.desk.details(&key(&bench.id_of("gitlab-ci")), now()).unwrap();
        assert_eq!(token.created_by.as_deref(), Some("u-9"));
    });
}

#[test]
fn an_archived_project_says_so() {
    alone(async {
        let variant = Variant { archived: Some("isArchived"), ..Variant::default() };
        let token = details(&variant, "ticket-kiosk").await;
        assert_eq!(token.project.as_deref(), Some("Ferry Timetables (archived)"));
        let token = details(&variant, "gitlab-ci").await;
        assert_eq!(token.project.as_deref(), Some("Mobile App"));
    });
}
