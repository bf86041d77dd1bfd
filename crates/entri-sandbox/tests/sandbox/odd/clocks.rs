//! The time that a response states.

use entri_sandbox::DateHeader;

use crate::support::{As, Bench};

#[tokio::test]
async fn the_header_tells_any_time_or_none() {
    let bench = Bench::new().await;
    let date = async || {
        let answer = bench.get("/api/projects", As::Admin).await;
        let dates: Vec<_> = answer.headers.get_all("date").iter().collect();
        assert!(dates.len() < 2, "{dates:?}");
        dates.first().map(|it| it.to_str().unwrap().to_owned())
    };
    let real = date().await.unwrap();
    assert!(chrono::DateTime::parse_from_rfc2822(&real).is_ok(), "{real}");
    // The sandbox's own time is Tue, 24 Nov 2026 14:02:00.
    for (form, told) in [
        (DateHeader::Own, Some("Tue, 24 Nov 2026 14:02:00 GMT")),
        (DateHeader::Apart(3_600), Some("Tue, 24 Nov 2026 15:02:00 GMT")),
        (DateHeader::Apart(-86_400), Some("Mon, 23 Nov 2026 14:02:00 GMT")),
        (
            DateHeader::Says("Wed, 31 Dec 262142 23:59:59 GMT"),
            Some("Wed, 31 Dec 262142 23:59:59 GMT"),
        ),
        (DateHeader::Says("this evening"), Some("this evening")),
        (DateHeader::Missing, None),
    ] {
        bench.set(|it| it.date = form);
        assert_eq!(date().await.as_deref(), told, "{form:?}");
    }
    bench.set(|it| it.date = DateHeader::Jumps(60));
    let told = [date().await.unwrap(), date().await.unwrap(), date().await.unwrap()];
    let (behind, ahead) = ("Tue, 24 Nov 2026 14:01:00 GMT", "Tue, 24 Nov 2026 14:03:00 GMT");
    assert_eq!(told, [behind, ahead, behind]);
}
