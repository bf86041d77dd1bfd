//! Lists a page at a time (docs/entri-api.md#lists).

use entri_sandbox::Variant;
use serde_json::json;

use crate::support::{As, Bench, ORGANIZATION};

async fn bench() -> (Bench, usize) {
    let bench = Bench::with(1_000, &Variant::default()).await;
    let truth = bench.sandbox.truth().unwrap();
    let own = truth.iter().filter(|token| token.project_id.is_none()).count();
    assert!(own > 200, "more than the largest page: {own}");
    (bench, own)
}

#[tokio::test]
async fn a_page_has_50_entries_unless_asked_and_200_at_most() {
    let (bench, own) = bench().await;
    for (query, page, limit) in [
        ("", 1, 50),
        ("?page=0", 1, 50),
        ("?page=2", 2, 50),
        ("?limit=1", 1, 1),
        ("?limit=200", 1, 200),
        ("?page=2&limit=200", 2, 200),
    ] {
        let answer = bench.get(&format!("{ORGANIZATION}{query}"), As::Admin).await.json();
        let entries = answer["data"].as_array().unwrap().len();
        assert_eq!(entries, (own - (page - 1) * limit).min(limit), "{query}");
        let meta = json!({
            "page": page,
            "limit": limit,
            "total": own,
            "totalPages": own.div_ceil(limit),
        });
        assert_eq!(answer["meta"], meta, "{query}");
    }
}

#[tokio::test]
async fn other_sizes_are_refused() {
    let (bench, _) = bench().await;
    for query in ["limit=201", "limit=0", "limit=-1", "limit=many", "page=x", "limit=4294967296"] {
        let path = format!("{ORGANIZATION}?{query}");
        assert_eq!(bench.get(&path, As::Admin).await.status, 400, "{query}");
    }
    let answer = bench.get(&format!("{ORGANIZATION}?limit=201"), As::Admin).await.json();
    assert_eq!(answer["message"], json!(["limit must be between 1 and 200"]));
}

#[tokio::test]
async fn pages_put_together_are_the_whole_list() {
    let (bench, _) = bench().await;
    let mut seen = Vec::new();
    for page in 1.. {
        let path = format!("{ORGANIZATION}?page={page}&limit=7");
        let answer = bench.get(&path, As::Admin).await.json();
        let entries = answer["data"].as_array().unwrap();
        if entries.is_empty() {
            break;
        }
        seen.extend(entries.iter().map(|entry| entry["_id"].as_str().unwrap().to_owned()));
    }
    let truth = bench.sandbox.truth().unwrap();
    let own = truth.into_iter().filter(|it| it.project_id.is_none()).map(|it| it.id);
    assert_eq!(seen, own.collect::<Vec<_>>());
}

#[tokio::test]
async fn the_other_lists_have_pages_too() {
    let bench = Bench::new().await;
    let activity = ORGANIZATION.replace("tokens", "activity");
    for (path, total) in
        [("/api/projects", 3), ("/api/organizations/current/members", 6), (&activity, 60)]
    {
        let answer = bench.get(&format!("{path}?page=2&limit=2"), As::Admin).await.json();
        let entries = answer["data"].as_array().unwrap().len();
        assert_eq!(
            (entries, &answer["meta"]["total"]),
            (2.min(total - 2), &json!(total)),
            "{path}"
        );
        assert_eq!(bench.get(&format!("{path}?limit=201"), As::Admin).await.status, 400);
    }
}
