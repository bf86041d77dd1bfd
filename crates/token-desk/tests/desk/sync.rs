//! Loading a complete list.

use std::sync::{Arc, Mutex};

use token_desk::{Date, Event, Phase};

use crate::support::{
    Bench, alone, connect, connections, ids, key, now, row, rows, sandbox, synced,
};

#[test]
fn every_token_of_the_organization_and_its_projects_is_there_once() {
    alone(async {
        let bench = Bench::new().await;
        // Several pages for each owner.
        let large = sandbox(3, 1_000).await;
        let ready = large.ready();
        connect(&bench.desk, &ready.base_url, &ready.admin_token).await.unwrap();
        let status = synced(&bench.desk).await;
        assert_eq!((status.phase, status.complete, status.problems), (Phase::Idle, true, vec![]));
        assert_eq!((status.synced_at, status.last_used_reported), (Some(now()), true));

        let mut truth = large.truth().unwrap();
        truth.sort_by(|a, b| a.id.cmp(&b.id));
        let shown = rows(&bench.desk);
        assert_eq!(shown.len(), 1_000);
        for (row, token) in shown.iter().zip(&truth) {
            assert_eq!((&row.key.id.0, &row.name), (&token.id, &token.name));
            assert_eq!(row.project.is_some(), token.project_id.is_some(), "{}", row.key.id.0);
            assert_eq!(
                (row.created, row.expires, row.last_used),
                (Date::At(token.created), token.expires.into(), token.last_used.into()),
                "{}",
                row.key.id.0
            );
        }
        let id = &truth.iter().find(|token| token.project_id.is_some()).unwrap().id;
        let details = bench.desk.details(&key(id), now()).unwrap();
        assert_eq!(details.preview.map(|preview| preview.len()), Some(4));
        assert!(details.created_by.is_some());
    });
}

#[test]
fn a_token_listed_by_the_organization_and_its_project_keeps_the_project() {
    alone(async {
        let bench = Bench::new().await;
        bench.connect().await.unwrap();
        let in_project = bench.id_of("gitlab-ci");
        let both = format!(
            r#"[{{"_id":"{in_project}","name":"gitlab-ci"}},{{"_id":"t-own","name":"own"}}]"#
        );
        bench.list("/organizations/665f1c0a9b3e4d0012ab34cd/tokens", &both);
        assert!(synced(&bench.desk).await.complete);
        let all = ids(&bench.desk);
        assert_eq!(all.iter().filter(|id| **id == in_project).count(), 1);
        assert_eq!(row(&bench.desk, &in_project).project.as_deref(), Some("Mobile App"));
        assert_eq!(row(&bench.desk, "t-own").project, None);
    });
}

#[test]
fn an_empty_organization_is_whole() {
    alone(async {
        let bench = Bench::new().await;
        let empty = sandbox(1, 0).await;
        connect(&bench.desk, &empty.ready().base_url, &empty.ready().admin_token).await.unwrap();
        let status = synced(&bench.desk).await;
        assert_eq!((status.complete, status.problems), (true, vec![]));
        assert_eq!(bench.desk.status().connections[0].projects.len(), 3);
        assert_eq!(ids(&bench.desk), [""; 0]);
    });
}

#[test]
fn the_page_hears_of_each_change() {
    alone(async {
        let bench = Bench::new().await;
        let heard = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&heard);
        // A listener may call the desk, so nothing may be locked while it runs.
        let asked = bench.desk.clone();
        bench.desk.listen(move |event| {
            let _ = (connections(&asked), asked.status(), ids(&asked));
            if let Event::Changed(status) = event {
                log.lock().unwrap().push((status.generation, status.summary().phase));
            }
        });
        bench.connect().await.unwrap();
        synced(&bench.desk).await;
        let heard = heard.lock().unwrap();
        assert!(heard.contains(&(1, Phase::Syncing)), "{heard:?}");
        assert_eq!(heard.last(), Some(&(2, Phase::Idle)), "{heard:?}");
        assert!(heard.is_sorted_by_key(|(generation, _)| *generation), "{heard:?}");
    });
}
