//! Cookies that servers set, and where they are sent.

use super::*;

#[test]
fn a_cookie_is_sent_as_it_came() {
    let table = [
        // docs/entri-api.md#examples.
        (
            "__Secure-better-auth.session_token=s3ss10n.c2lnbmF0dXJl%3D; Max-Age=604800; Path=/; HttpOnly; Secure; SameSite=Lax",
            "__Secure-better-auth.session_token=s3ss10n.c2lnbmF0dXJl%3D",
        ),
        ("better-auth.session_token=a.b; Path=/", "better-auth.session_token=a.b"),
        ("entri.session_token=a.b;path=/", "entri.session_token=a.b"),
        ("x-session_token = a.b=c ; PATH=/api ;", "x-session_token=a.b=c"),
        ("better-auth.session_token=\"a.b\"; Path=/", "better-auth.session_token=\"a.b\""),
        ("better-auth.session_token=a%2Bb%2fc.d; Path=/", "better-auth.session_token=a%2Bb%2fc.d"),
        // Cookies for another path, cookies that are no part of a sign-in, and text that is no cookie.
        ("better-auth.session_token=a.b; Path=/api/auth", ""),
        ("better-auth.session_token=a.b", ""),
        ("better-auth.session_token=a.b; Path=/api/organizations/o-1/tok", ""),
        ("better-auth.session_token_multi-x=a.b; Path=/", ""),
        ("_ga=GA1.2.3; Path=/", ""),
        ("better-auth.session_token", ""),
        ("better-auth.session_token=a b; Path=/", ""),
        ("=a.b; Path=/", ""),
        ("", ""),
    ];
    for (line, expected) in table {
        assert_eq!(sent(&jar(&[line]), TOKENS), expected, "{line}");
    }
    // Without a path it belongs to the folder of the request.
    assert_eq!(sent(&jar(&["x.session_token=a.b"]), "/api/auth/sign-in"), "x.session_token=a.b");
    let long = format!("x.session_token={}; Path=/", "a".repeat(4096));
    assert_eq!(sent(&jar(&[&long]), TOKENS), "");
}

#[test]
fn several_lines_make_one_header() {
    let jar = jar(&[
        "p.session_token=a.b; Path=/",
        "p.session_data.0=one; Path=/",
        "p.session_data.1=two; Path=/",
        "p.dont_remember=true.c; Path=/",
        "p.two_factor=d.e; Path=/",
        "p.trust_device=f.g; Path=/",
        "p.session_data.x=no; Path=/",
    ]);
    let all = "p.session_token=a.b; p.session_data.0=one; p.session_data.1=two; \
               p.dont_remember=true.c; p.two_factor=d.e; p.trust_device=f.g";
    assert_eq!(sent(&jar, TOKENS), all);
    let checked = jar.cookie_header(TOKENS, true).unwrap();
    assert!(!checked.to_str().unwrap().contains("session_data"), "{all}");
    assert!(checked.is_sensitive() && !format!("{checked:?} {jar:?}").contains("a.b"));
}

#[test]
fn what_the_server_takes_back_is_gone() {
    let gone = [
        "x.session_token=; Max-Age=0; Path=/",
        "x.session_token=a.b; Max-Age=0; Path=/",
        "x.session_token=a.b; max-age=-1; Path=/",
        "x.session_token=a.b; Max-Age=00",
        "x.session_token=; Path=/",
        "x.session_token=a.b; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        "x.session_token=a.b; Expires=Thu, 01-Jan-1970 00:00:00 GMT",
        "x.session_token=a.b; Expires=Tue, 24 Nov 2026 10:00:00 GMT",
    ];
    for line in gone {
        assert!(!jar(&["x.session_token=a.b; Path=/", line]).is_signed_in(), "{line}");
    }
    let stays = [
        "x.session_token=a.b; Max-Age=604800; Path=/",
        "x.session_token=a.b; Max-Age=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/",
        "x.session_token=a.b; Max-Age=99999999999999999999; Path=/",
        "x.session_token=a.b; Max-Age=soon; Path=/",
        "x.session_token=a.b; Expires=Tue, 24 Nov 2026 10:00:01 GMT; Path=/",
        "x.session_token=a.b; Expires=whenever; Path=/",
        "y.session_token=; Max-Age=0; Path=/",
    ];
    for line in stays {
        assert!(jar(&["x.session_token=a.b; Path=/", line]).is_signed_in(), "{line}");
    }
}

#[test]
fn a_cookie_goes_to_its_own_origin_unless_its_domain_is_wider() {
    let table = [
        // set by, domain, sent to, whether
        ("https://app.nt3.io", "", "https://app.nt3.io/l10n", true),
        ("https://app.nt3.io", "", "https://api.nt3.io", false),
        ("https://app.nt3.io", "; Domain=nt3.io", "https://api.nt3.io", true),
        ("https://app.nt3.io", "; domain=.NT3.io", "https://api.nt3.io", true),
        ("https://app.nt3.io", "; Domain=nt3.io", "https://evil-nt3.io", false),
        ("https://app.nt3.io", "; Domain=nt3.io", "https://nt3.io.evil.example", false),
        ("https://app.nt3.io", "; Domain=api.nt3.io", "https://api.nt3.io", false),
        ("https://app.nt3.io", "; Domain=api.nt3.io", "https://app.nt3.io", true),
        ("https://app.nt3.io", "; Domain=io", "https://evil.io", false),
        ("https://app.nt3.io", "; Domain=", "https://api.nt3.io", false),
        ("https://app.nt3.io", "; Domain=nt3.io", "https://app.nt3.io:8443", true),
        ("https://a.example:8443", "", "https://a.example", false),
        ("http://localhost:3000", "; Domain=localhost", "http://localhost:3001", false),
        ("http://127.0.0.1:3000", "; Domain=127.0.0.1", "http://127.0.0.1:3001", false),
        ("http://127.0.0.1:3000", "; Secure", "http://127.0.0.1:3000", true),
        ("https://localhost", "; Secure", "http://localhost", false),
        ("https://127.0.0.1", "; Domain=127.0.0.1; Secure", "http://127.0.0.1", false),
        ("http://[::1]:3000", "", "http://[::1]:3000", true),
    ];
    for (set_by, domain, to, expected) in table {
        let (set_by, to) = (base(set_by), base(to));
        let mut jar = Jar::new(&set_by);
        receive(&mut jar, &set_by, &[&format!("x.session_token=a.b; Path=/{domain}")]);
        let kept = Session::from_secret(&Session(jar.clone()).to_secret()).unwrap().0;
        for jar in [jar, kept] {
            let sent = jar.for_server(&to).map(|jar| sent(&jar, TOKENS));
            let expected = expected.then_some("x.session_token=a.b");
            assert_eq!(sent.as_deref(), expected, "{set_by} {domain} {to}");
        }
    }
}

#[test]
fn only_a_change_of_what_lasts_is_told() {
    let base_url = base(BaseUrl::DEFAULT);
    let mut jar = jar(&["x.session_token=a.b; Path=/"]);
    let mut told = |line: &str| receive(&mut jar, &base_url, &[line]);
    assert!(!told("x.session_token=a.b; Max-Age=604800; Path=/"), "the same again");
    assert!(!told("x.session_data=cache; Path=/"));
    assert!(!told("x.two_factor=c.d; Path=/"));
    assert!(!told("y.session_token=; Max-Age=0"));
    assert!(told("x.session_token=renewed.b; Path=/"));
    assert!(told("x.trust_device=c.d; Path=/"));
    assert!(told("x.session_token=; Max-Age=0"));
}

#[test]
fn a_bearer_is_taken_only_where_there_is_no_cookie() {
    let base_url = base(BaseUrl::DEFAULT);
    let mut headers = HeaderMap::new();
    headers.insert("set-auth-token", HeaderValue::from_static("s3ss10n.c2ln="));
    let mut without = Jar::new(&base_url);
    assert!(without.receive(&headers, &base_url, SIGN_IN, now()));
    let header = without.bearer_header().unwrap();
    assert_eq!((header.to_str().unwrap(), header.is_sensitive()), ("Bearer s3ss10n.c2ln=", true));
    let kept = Session::from_secret(&Session(without).to_secret()).unwrap().0;
    assert_eq!(kept.bearer_header().unwrap(), header);
    assert!(kept.for_server(&base("https://api.nt3.io")).is_none());

    let mut with = jar(&["x.session_token=a.b; Path=/"]);
    assert!(!with.receive(&headers, &base_url, SIGN_IN, now()));
    assert!(with.bearer_header().is_none());
}
