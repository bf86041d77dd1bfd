use super::*;

fn words(body: &str) -> Words {
    Words::read(&Fields::read(body, |_| true).unwrap())
}

#[test]
fn every_word_is_heard_wherever_it_stands() {
    for group in ["meta", "pagination", "links", "_links"] {
        for name in TOTAL {
            for total in ["7", "7.0", r#""7""#] {
                let nested = format!(r#"{{"{group}":{{"{name}":{total}}}}}"#);
                assert_eq!(words(&nested).total, Some(7), "{nested}");
            }
            assert_eq!(words(&format!(r#"{{"{name}":7}}"#)).total, Some(7));
        }
        for name in TOTAL_PAGES {
            assert_eq!(words(&format!(r#"{{"{group}":{{"{name}":5.0}}}}"#)).total_pages, Some(5));
        }
        for name in MORE {
            for (value, more) in
                [("true", true), ("false", false), (r#""true""#, true), ("0", false)]
            {
                let body = format!(r#"{{"{group}":{{"{name}":{value}}}}}"#);
                assert_eq!(words(&body).follows(1), Some(more), "{body}");
            }
        }
    }
}

#[test]
fn the_next_page_is_a_number_a_cursor_or_an_address() {
    let cursor = |name: &str, value: &str| {
        Some(Next::Cursor { name: name.to_owned(), value: value.to_owned() })
    };
    let table = [
        (r#"{"nextPage":2}"#, Some(true), Some(Next::Page(2))),
        (r#"{"next":"3"}"#, Some(true), Some(Next::Page(3))),
        (r#"{"nextCursor":"abc"}"#, Some(true), cursor("nextCursor", "abc")),
        (r#"{"next_cursor":17}"#, Some(true), cursor("next_cursor", "17")),
        (r#"{"cursor":"abc"}"#, None, cursor("cursor", "abc")),
        (r#"{"next":"/api/x?page=2"}"#, Some(true), Some(Next::Url("/api/x?page=2".into()))),
        (
            r#"{"_links":{"next":{"href":"https://a.example/x?page=2"}}}"#,
            Some(true),
            Some(Next::Url("https://a.example/x?page=2".into())),
        ),
        (r#"{"next":null}"#, Some(false), None),
        (r#"{"nextPageToken":""}"#, Some(false), None),
        (r#"{"nextPage":false}"#, Some(false), None),
        (r#"{"cursor":null}"#, None, None),
        (r#"{"lastPage":true,"pages":[1]}"#, None, None),
        (&format!(r#"{{"nextCursor":"{}"}}"#, "a".repeat(5_000)), Some(true), None),
        (&format!(r#"{{"next":"/{}"}}"#, "a".repeat(50_000)), Some(true), None),
        (r#"{"next":"\ud83d"}"#, Some(true), None),
    ];
    for (body, follows, next) in table {
        let words = words(body);
        assert_eq!((words.follows(1), words.next), (follows, next), "{body}");
    }
}

#[test]
fn of_two_words_the_one_for_more_counts() {
    assert_eq!(words(r#"{"hasMore":false,"totalPages":3}"#).follows(1), Some(true));
    assert_eq!(words(r#"{"hasMore":true,"totalPages":1}"#).follows(1), Some(true));
    assert_eq!(words(r#"{"hasMore":false,"totalPages":3}"#).follows(3), Some(false));
    for body in [
        r#"{"hasMore":false,"nextCursor":"b"}"#,
        r#"{"hasMore":false,"meta":{"hasNext":true}}"#,
        r#"{"next":null,"links":{"next":"?page=2"}}"#,
    ] {
        assert_eq!(words(body).follows(1), Some(true), "{body}");
    }
}

#[test]
fn the_link_header_names_the_next_page() {
    let link = |line: &str| {
        let mut headers = HeaderMap::new();
        headers.insert(LINK, line.parse().unwrap());
        Words::link(&headers).next
    };
    let url = |url: &str| Some(Next::Url(url.to_owned()));
    let both =
        r#"<https://a.example/x?page=1>; rel="prev", <https://a.example/x?page=3>; rel="next""#;
    assert_eq!(link(both), url("https://a.example/x?page=3"));
    assert_eq!(link("</x?ids=1,2&page=2>; title=\"a\"; rel=next"), url("/x?ids=1,2&page=2"));
    assert_eq!(link(r#"</x>; rel="last""#), None);
    assert_eq!(link("page 2"), None);
}
