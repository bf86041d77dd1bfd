use super::*;
use proptest::prelude::*;

#[test]
fn addresses_are_brought_to_one_form() {
    let table = [
        ("https://app.nt3.io", "https://app.nt3.io"),
        (" app.nt3.io/ ", "https://app.nt3.io"),
        ("HTTPS://App.NT3.io/api/v1/", "https://app.nt3.io"),
        ("https://entri.example/api", "https://entri.example"),
        ("https://entri.example:8443/l10n/api", "https://entri.example:8443/l10n"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://localhost:3000/", "http://localhost:3000"),
        ("http://[::1]:9", "http://[::1]:9"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("https://аpp.nt3.io", "https://xn--pp-6kc.nt3.io"),
        ("https://app.nt3.io./", "https://app.nt3.io"),
        ("https://app.nt3.io:443", "https://app.nt3.io"),
        ("https://a.example/api/api/v1", "https://a.example"),
    ];
    for (typed, address) in table {
        assert_eq!(BaseUrl::parse(typed).unwrap().as_str(), address, "{typed}");
    }
}

/// The refusal comes before anything is looked up.
#[test]
fn the_value_of_a_token_is_no_address() {
    let value = "entri_EXAMPLEONLY7h2Kq9ZpVw3Lm5Xc8Rb1Td6";
    for around in [
        "V",
        "https://V",
        "https://V.example",
        "https://V@a.example",
        "https://a:V@b.example",
        "https://a.example/V",
        "https://a.example/?t=V",
        "https://a.example/#V",
        "ftp://V",
    ] {
        for value in [value, &value.to_uppercase(), &value.replace('_', "%5F")] {
            let error = BaseUrl::parse(&around.replace('V', value)).unwrap_err();
            assert_eq!(error, AddressError::HoldsValue, "{around}");
            assert!(!error.to_string().contains("EXAMPLEONLY"));
        }
    }
    assert!(BaseUrl::parse("https://entri-ci.example/entri_ci").is_ok());
}

#[test]
fn addresses_that_would_leak_are_refused() {
    let unencrypted = [
        "http://app.nt3.io",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        "http://localhost.",
        "http://2130706433",
        "http://0x7f.1",
        "http://127.1",
        "http://127.0.0.2",
        "http://[::ffff:127.0.0.1]",
        "http://%6cocalhost",
        "http://ⅼocalhost",
        "http://０x7f.1",
    ];
    for typed in unencrypted {
        let refused = BaseUrl::parse(typed);
        assert!(matches!(refused, Err(AddressError::Unencrypted(_))), "{typed}: {refused:?}");
    }
    let table = [
        ("", AddressError::Empty),
        ("https://", AddressError::Malformed),
        ("https://a b", AddressError::Malformed),
        ("ftp://a.example", AddressError::Scheme("ftp".to_owned())),
        ("https://app.nt3.io@evil.example", AddressError::UserInfo),
        ("https://@evil.example", AddressError::UserInfo),
        ("http://127.0.0.1:80@evil.example", AddressError::UserInfo),
        ("https:/app.nt3.io", AddressError::Malformed),
        ("http://127.0.0.1\\@evil.example", AddressError::Malformed),
        ("https://.", AddressError::Malformed),
        ("https://a..", AddressError::Malformed),
        ("http:127.0.0.1", AddressError::Malformed),
        ("file:///etc/passwd", AddressError::Malformed),
        ("https://a.example?x=1", AddressError::Extra),
        ("https://a.example/#x", AddressError::Extra),
    ];
    for (typed, error) in table {
        assert_eq!(BaseUrl::parse(typed), Err(error), "{typed}");
    }
}

#[test]
fn the_host_is_shown_with_an_unusual_port_only() {
    let host = |typed| BaseUrl::parse(typed).unwrap().host().to_owned();
    assert_eq!(host(BaseUrl::DEFAULT), "app.nt3.io");
    assert_eq!(host("https://app.nt3.io:8443/x/api"), "app.nt3.io:8443");
    assert_eq!(host("http://[::1]:9"), "[::1]:9");
}

#[test]
fn an_origin_has_no_path() {
    let parts = |typed| {
        let base = BaseUrl::parse(typed).unwrap();
        (base.origin(), base.path().to_owned(), base.is_cloud())
    };
    let table = [
        (BaseUrl::DEFAULT, "https://app.nt3.io", "", true),
        ("https://api.nt3.io/api/v1", "https://api.nt3.io", "", true),
        ("https://x.nt3.io:8443/l10n/api", "https://x.nt3.io:8443", "/l10n", false),
        ("http://[::1]:9/a/b", "http://[::1]:9", "/a/b", false),
    ];
    for (typed, origin, path, cloud) in table {
        assert_eq!(parts(typed), (origin.to_owned(), path.to_owned(), cloud), "{typed}");
    }
}

proptest! {
    #[test]
    fn an_accepted_address_reads_the_same_again(text in "(https?://)?[a-z0-9.:@\\[\\]/%-]{1,24}") {
        if let Ok(base) = BaseUrl::parse(&text) {
            prop_assert_eq!(BaseUrl::parse(base.as_str()), Ok(base.clone()));
            prop_assert!(base.is_encrypted() || base.as_str().starts_with("http://127.0.0.1")
                || base.as_str().starts_with("http://localhost") || base.as_str().starts_with("http://[::1]"));
        }
    }
}
