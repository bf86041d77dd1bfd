//! Loading a list if a part of it fails: what is shown then, and what is reported.

use token_desk::{Code, Query, Summary};

use crate::support::{Bench, FIRST, alone, ids, named, now, rows, synced};

const PROJECT: &str = "/projects/6660aa11/tokens";
const ORGANIZATION: &str = "/organizations/665f1c0a9b3e4d0012ab34cd/tokens";

/// The requests for a list that is shorter than the server says: one page, one more to look for the
/// rest, and the same again, since the list may have moved.
const TWICE_READ: usize = 4;

/// Loads the list again after a token was added elsewhere.
async fn changed_and_loaded(bench: &Bench) -> Summary {
    bench.sandbox.add_token("fresh").unwrap();
    synced(&bench.desk).await
}

fn assert_partial(status: &Summary, part: &str) {
    assert!(!status.complete, "{:?}", status.problems);
    let [problem] = &status.problems[..] else { panic!("{:?}", status.problems) };
    assert!(problem.message.contains(part), "{}", problem.message);
}

#[test]
fn a_project_that_refuses_keeps_its_tokens_and_is_named() {
    alone(async {
        let bench = Bench::loaded().await;
        let before = ids(&bench.desk);
        bench.answer("GET", PROJECT, 403, r#"{"message":"not yours"}"#);
        let status = changed_and_loaded(&bench).await;
        assert_partial(&status, "Mobile App");
        let after = ids(&bench.desk);
        assert!(before.iter().all(|id| after.contains(id)));
        assert!(after.contains(&bench.id_of("fresh")), "the rest is new");
        assert_eq!(status.synced_at, Some(now()));

        let whole = synced(&bench.desk).await;
        assert_eq!((whole.complete, whole.problems), (true, vec![]));
    });
}

#[test]
fn a_project_that_fails_keeps_its_tokens_and_is_named() {
    alone(async {
        let bench = Bench::loaded().await;
        let before = ids(&bench.desk).len();
        // A GET is tried three times.
        (0..3).for_each(|_| bench.answer("GET", PROJECT, 500, "{}"));
        assert_partial(&changed_and_loaded(&bench).await, "Mobile App");
        assert_eq!(ids(&bench.desk).len(), before + 1);
    });
}

#[test]
fn a_project_never_seen_before_is_missing_and_named() {
    alone(async {
        let bench = Bench::new().await;
        bench.connect().await.unwrap();
        bench.answer("GET", PROJECT, 403, "{}");
        assert_partial(&synced(&bench.desk).await, "Mobile App");
        let in_project = bench.token(|token| token.project_id.as_deref() == Some("6660aa11"));
        assert!(!ids(&bench.desk).contains(&in_project));
    });
}

#[test]
fn a_row_without_findings_in_an_incomplete_list_is_not_said_to_have_none() {
    alone(async {
        let bench = Bench::loaded().await;
        let found = || {
            let rows = bench.desk.query_with_findings(&Query::default(), 0, 60, None, now()).rows;
            let none = rows.iter().filter(|row| row.findings.as_ref().is_some_and(Vec::is_empty));
            (none.count(), rows.iter().filter(|row| row.findings.is_none()).count())
        };
        let (none, unknown) = found();
        assert!(none > 0 && unknown == 0, "{none} {unknown}");
        bench.answer("GET", PROJECT, 403, "{}");
        synced(&bench.desk).await;
        assert_eq!(found(), (0, none));
    });
}

#[test]
fn an_entry_that_cannot_be_read_makes_a_list_incomplete() {
    alone(async {
        let bench = Bench::loaded().await;
        bench.answer("GET", PROJECT, 200, r#"[{"_id":"t-1","name":"one"},{"name":"no id"},7]"#);
        let status = synced(&bench.desk).await;
        assert_partial(
            &status,
            "2 entries in the list of tokens of “Mobile App” could not be read",
        );
        assert!(ids(&bench.desk).contains(&"t-1".to_owned()));
    });
}

#[test]
fn a_list_shorter_than_the_server_says_is_incomplete() {
    alone(async {
        let bench = Bench::loaded().await;
        let page = r#"{"data":[{"_id":"t-1","name":"one"}],
                       "meta":{"page":1,"limit":200,"total":9,"totalPages":1}}"#;
        bench.lists(TWICE_READ, ORGANIZATION, page);
        let said = "The server says there are 9 tokens of the organization and gave 1.";
        assert_partial(&synced(&bench.desk).await, said);
    });
}

/// A missing token may be gone, or may only not have arrived.
#[test]
fn a_part_that_is_not_whole_keeps_what_was_known_of_it() {
    alone(async {
        let bench = Bench::loaded().await;
        let before = ids(&bench.desk);
        let short = r#"{"data":[{"_id":"t-1","name":"one"}],
                        "meta":{"page":1,"limit":200,"total":99,"totalPages":1}}"#;
        let unreadable = r#"[{"_id":"t-1","name":"one"},{"name":"no id"}]"#;
        for path in [ORGANIZATION, PROJECT] {
            for (times, body) in [(TWICE_READ, short), (2, unreadable)] {
                bench.lists(times, path, body);
                assert!(!synced(&bench.desk).await.complete);
                let after = ids(&bench.desk);
                assert!(before.iter().all(|id| after.contains(id)), "{path} {body}");
                assert!(after.contains(&"t-1".to_owned()));
            }
        }
        assert!(synced(&bench.desk).await.complete);
        assert_eq!(ids(&bench.desk), before, "a whole list has the last word");
    });
}

/// A token that was created here is known, too.
#[test]
fn a_created_token_stays_until_a_whole_list_lacks_it() {
    alone(async {
        let bench = Bench::loaded().await;
        let created = bench.desk.create(named("fresh"), now()).await.unwrap().key.unwrap();
        let short = r#"{"data":[{"_id":"t-1","name":"one"}],
                        "meta":{"page":1,"limit":200,"total":99,"totalPages":1}}"#;
        bench.lists(TWICE_READ, ORGANIZATION, short);
        assert!(!synced(&bench.desk).await.complete);
        assert!(ids(&bench.desk).contains(&created.id.0));
        bench.answer("GET", ORGANIZATION, 200, "[]");
        assert!(synced(&bench.desk).await.complete);
        assert!(!ids(&bench.desk).contains(&created.id.0));
    });
}

#[test]
fn projects_that_cannot_be_listed_keep_their_tokens() {
    alone(async {
        let bench = Bench::loaded().await;
        let before = ids(&bench.desk);
        bench.answer("GET", "/api/projects", 403, "{}");
        assert_partial(&synced(&bench.desk).await, "Couldn’t load the projects");
        assert_eq!(ids(&bench.desk), before);
    });
}

/// A project missing from its own list must not take its tokens out of sight unsaid.
#[test]
fn a_list_of_projects_that_is_not_whole_loses_no_token() {
    alone(async {
        let bench = Bench::loaded().await;
        let before = ids(&bench.desk);
        let unreadable = r#"[{"_id":"6660aa10","name":"Marketing Website"},{"name":"no id"}]"#;
        let short = r#"{"data":[{"_id":"6660aa10","name":"Marketing Website"}],
                        "meta":{"page":1,"limit":200,"total":3,"totalPages":1}}"#;
        for (times, body) in [(2, unreadable), (TWICE_READ, short)] {
            bench.lists(times, "/api/projects", body);
            assert_partial(&synced(&bench.desk).await, "projects");
            assert_eq!(ids(&bench.desk), before);
        }
    });
}

/// The gaps belong to the list, not to the load.
#[test]
fn what_a_list_lacks_is_said_for_as_long_as_it_is_shown() {
    alone(async {
        let bench = Bench::loaded().await;
        let short = r#"{"data":[{"_id":"t-1","name":"one"}],
                        "meta":{"page":1,"limit":200,"total":450,"totalPages":1}}"#;
        bench.lists(TWICE_READ, ORGANIZATION, short);
        bench.answer("GET", PROJECT, 403, r#"{"message":"not yours"}"#);
        let told = synced(&bench.desk).await.problems;
        let messages: Vec<_> = told.iter().map(|it| it.message.as_str()).collect();
        let [project, organization] = messages[..] else { panic!("{messages:?}") };
        let starts = "Couldn’t load the tokens of “Mobile App”. Showing them as last known.";
        assert!(project.starts_with(starts) && project.contains("not yours"), "{project}");
        let counts = "The server says there are 450 tokens of the organization and gave 1.";
        assert_eq!(organization, counts);

        let again = bench.reopened().status().summary();
        assert_eq!((again.complete, &again.problems), (false, &told));

        // A failed load leaves this list and its gaps.
        bench.answer("GET", ORGANIZATION, 401, "{}");
        let failed = synced(&bench.desk).await;
        assert_eq!(failed.problems[..2], told);
        assert_eq!(failed.problems[2].code, Code::Unauthorized);
        assert!(!failed.complete);

        // A new credential brings no list.
        bench.connect().await.unwrap();
        assert_eq!(bench.desk.status().summary().problems, told);

        assert_eq!(synced(&bench.desk).await.problems, []);
        assert_eq!(bench.reopened().status().summary().problems, []);
    });
}

#[test]
fn an_id_that_is_listed_twice_is_said() {
    alone(async {
        let bench = Bench::loaded().await;
        let twice = r#"{"data":[{"_id":"t-1","name":"one"},{"_id":"t-1","name":"other"}],
                        "totalPages":1}"#;
        bench.lists(2, ORGANIZATION, twice);
        let said = "Several tokens of the organization share an ID.";
        assert_partial(&synced(&bench.desk).await, said);
        assert_eq!(bench.reopened().status().summary().problems.len(), 1);
    });
}

#[test]
fn a_list_that_cannot_be_loaded_at_all_leaves_the_one_before() {
    alone(async {
        let bench = Bench::loaded().await;
        let before = ids(&bench.desk);
        let table = [
            (ORGANIZATION, 403, Code::Forbidden),
            (ORGANIZATION, 401, Code::Unauthorized),
            (PROJECT, 401, Code::Unauthorized),
            ("/api/projects", 401, Code::Unauthorized),
        ];
        for (path, status, code) in table {
            bench.answer("GET", path, status, "{}");
            bench.desk.sync(FIRST, now() + chrono::TimeDelta::hours(1)).await;
            let status = bench.desk.status().summary();
            assert_eq!(status.problems[0].code, code, "{path}");
            assert_eq!(status.synced_at, Some(now()), "{path}: the age stays that of the list");
            assert_eq!(ids(&bench.desk), before, "{path}");
        }
    });
}

/// This server lists no archived projects; that of the test was archived.
#[test]
fn a_project_that_is_not_listed_any_more_is_asked_for_its_tokens() {
    alone(async {
        let bench = Bench::loaded().await;
        let before = ids(&bench.desk);
        let without = |id: &&String| id.as_str() != "6660aa11";
        let listed = bench.sandbox.ready().project_ids.iter().filter(without);
        let listed: Vec<_> =
            listed.map(|id| format!(r#"{{"_id":"{id}","name":"{id}"}}"#)).collect();
        let listed = format!("[{}]", listed.join(","));
        bench.list("/projects", &listed);
        let status = synced(&bench.desk).await;
        assert_eq!((status.complete, ids(&bench.desk)), (true, before));

        bench.list("/projects", &listed);
        bench.answer("GET", PROJECT, 404, r#"{"message":"no such project"}"#);
        bench.list(ORGANIZATION, "[]");
        let status = synced(&bench.desk).await;
        assert!(status.complete, "{:?}", status.problems);
        let gone = |row: &token_desk::Row| row.project.as_deref() == Some("Mobile App");
        assert!(!rows(&bench.desk).iter().any(gone));
    });
}
