//! Servers that list the same thing twice.

use token_desk::{Error, NotRevoked, RevokeRequest, TokenKey};

use crate::support::{Bench, FIRST, alone, connect, now, synced};

const ORGANIZATION: &str = "/organizations/665f1c0a9b3e4d0012ab34cd/tokens";
const PROJECT: &str = "/projects/6660aa11/tokens";
const ACTIVITY: &str = "/activity";

#[test]
fn a_project_and_a_scope_that_are_listed_twice_are_one() {
    alone(async {
        let bench = Bench::new().await;
        bench.connect().await.unwrap();
        let project = r#"{"_id":"6660aa11","name":"Mobile App"}"#;
        let twice = format!(r#"{{"data":[{project},{project}],"totalPages":1}}"#);
        // A list that has an id twice may have changed, and is read again.
        bench.lists(2, "/projects", &twice);
        let token = r#"{"id":"t-x","name":"ci","scopes":["glossary:read","glossary:read"]}"#;
        bench.list(ORGANIZATION, &format!("[{token}]"));
        synced(&bench.desk).await;
        let status = bench.desk.status();
        let projects = status.connections[0].projects.iter().map(|it| it.name.as_str());
        assert_eq!(projects.collect::<Vec<_>>(), ["Mobile App"]);
        let key = TokenKey { connection: FIRST, id: "t-x".into() };
        assert_eq!(bench.desk.details(&key, now()).unwrap().scopes, ["glossary:read"]);
        assert_eq!(bench.desk.form_like(&key).unwrap().scopes, ["glossary:read"]);
    });
}

#[test]
fn a_token_whose_id_the_list_of_the_organization_has_twice_is_not_revoked() {
    alone(async {
        let bench = Bench::new().await;
        bench.connect().await.unwrap();
        let token = r#"{"id":"t-x","name":"ci","projectId":"6660aa11","lastUsedAt":null}"#;
        // In its project's own list it is alone.
        bench.lists(4, "/projects/6660aa11/tokens", &format!("[{token}]"));
        bench.lists(4, ORGANIZATION, &format!("[{token},{token}]"));
        synced(&bench.desk).await;
        let key = TokenKey { connection: FIRST, id: "t-x".into() };
        let plan = bench.desk.preview_revoke(&key, now()).unwrap();
        let request =
            RevokeRequest { key, seen: plan.seen, typed: Some(plan.to_type.text().to_owned()) };
        let error = bench.desk.revoke(request, now()).await.unwrap_err();
        assert!(matches!(error, Error::NotRevoked(NotRevoked::DuplicateId { .. })), "{error}");
        assert_eq!(bench.sent("DELETE"), 0);
    });
}

fn log_page(ids: std::ops::Range<u32>, total_pages: u32) -> String {
    let entry = |id| format!(r#"{{"_id":"e-{id}","action":"key.created"}}"#);
    let entries: Vec<_> = ids.map(entry).collect();
    format!(r#"{{"data":[{}],"totalPages":{total_pages}}}"#, entries.join(","))
}

#[test]
fn an_entry_that_moves_to_the_next_page_of_a_log_is_shown_once() {
    alone(async {
        let bench = Bench::loaded().await;
        bench.answer("GET", ACTIVITY, 200, &log_page(0..3, 2));
        bench.answer("GET", ACTIVITY, 200, &log_page(2..5, 2));
        let activity = bench.desk.server_activity("", now()).await;
        assert_eq!(activity.entries.len(), 5);
    });
}

#[test]
fn a_log_of_which_only_a_part_was_read_says_so() {
    alone(async {
        let bench = Bench::loaded().await;
        bench.answer("GET", ACTIVITY, 200, &log_page(0..3, 1));
        let whole = bench.desk.server_activity("", now()).await;
        assert_eq!((whole.older, whole.problems.len()), (false, 0));

        bench.answer("GET", ACTIVITY, 200, &log_page(0..3, 3));
        bench.answer("GET", ACTIVITY, 200, &log_page(3..6, 3));
        let part = bench.desk.server_activity("", now()).await;
        assert_eq!((part.older, part.problems.len()), (true, 0));

        bench.answer(
            "GET",
            ACTIVITY,
            200,
            r#"{"data":[{"_id":"e-1","action":"a"},7],"totalPages":1}"#,
        );
        let torn = bench.desk.server_activity("", now()).await;
        assert_eq!(torn.entries.len(), 1);
        let [problem] = &torn.problems[..] else { panic!("{:?}", torn.problems) };
        assert!(
            problem.message.contains("1 entry in the list of log entries"),
            "{}",
            problem.message
        );
    });
}

#[test]
fn two_tokens_of_two_lists_with_one_id_are_said_and_neither_is_revoked() {
    alone(async {
        for (one, another) in [("2026-01-01", "2026-02-01"), ("soon", "later")] {
            let bench = Bench::loaded().await;
            for (path, name, created) in [(PROJECT, "one", one), (ORGANIZATION, "another", another)]
            {
                let token = format!(r#"[{{"_id":"7","name":"{name}","createdAt":"{created}"}}]"#);
                bench.lists(2, path, &token);
            }
            let summary = synced(&bench.desk).await;
            assert!(!summary.complete, "{summary:?}");
            let key = TokenKey { connection: FIRST, id: "7".into() };
            let plan = bench.desk.preview_revoke(&key, now()).unwrap();
            let typed = Some("one".to_owned());
            let request = RevokeRequest { key, seen: plan.seen, typed };
            let error = bench.desk.revoke(request, now()).await.unwrap_err();
            assert!(matches!(error, Error::NotRevoked(NotRevoked::DuplicateId { .. })), "{error}");
            assert_eq!(bench.sent("DELETE"), 0);
        }
    });
}

/// Which ids several tokens have is known again once the list was loaded.
#[test]
fn after_a_restart_nothing_is_revoked_from_a_list_with_doubled_ids_before_that_is_loaded() {
    alone(async {
        let bench = Bench::loaded().await;
        let token = |name: &str, created: &str| {
            format!(r#"[{{"_id":"7","name":"{name}","createdAt":"{created}","lastUsedAt":null}}]"#)
        };
        let one = token("one", "2026-01-01");
        bench.lists(2, PROJECT, &one);
        bench.lists(2, ORGANIZATION, &token("another", "2026-02-01"));
        synced(&bench.desk).await;
        let desk = bench.reopened();
        let ready = bench.sandbox.ready();
        connect(&desk, &ready.base_url, &ready.admin_token).await.unwrap();
        let key = TokenKey { connection: FIRST, id: "7".into() };
        let plan = desk.preview_revoke(&key, now()).unwrap();
        let request = RevokeRequest { key, seen: plan.seen, typed: Some("one".to_owned()) };
        // In its own list it is alone.
        bench.lists(2, PROJECT, &one);
        let error = desk.revoke(request, now()).await.unwrap_err();
        assert!(matches!(error, Error::NotRevoked(NotRevoked::MayBeDoubled)), "{error}");
        assert_eq!(bench.sent("DELETE"), 0);
    });
}
