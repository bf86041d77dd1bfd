//! Sessions from the keychain, and cookies that people paste.

use super::*;
use crate::session::SessionError;

const NAME: &str = "better-auth.session_token";

#[test]
fn what_is_kept_is_read_again() {
    let jar = jar(&[
        "__Secure-p.session_token=a.b%3D; Domain=nt3.io; Path=/; Secure; HttpOnly",
        "__Secure-p.trust_device=f.g; Path=/; Secure",
        "__Secure-p.session_data=cache; Path=/; Secure",
        "__Secure-p.two_factor=c.d; Path=/; Secure",
    ]);
    let kept = Session(jar).to_secret();
    let expected = "https://app.nt3.io\n\
                    __Secure-p.session_token=a.b%3D; Path=/; Domain=nt3.io\n\
                    __Secure-p.trust_device=f.g; Path=/";
    assert_eq!(kept.expose(), expected);
    let read = Session::from_secret(&kept).unwrap();
    assert_eq!(read.to_secret().expose(), expected);
    assert!(!format!("{read:?}").contains("a.b"));
    for odd in [
        "",
        "entri_abc",
        "https://app.nt3.io",
        "https://app.nt3.io\n",
        "https://app.nt3.io\nx.session_data=a; Path=/",
        "https://app.nt3.io\nx.session_token=; Path=/",
        "https://app.nt3.io/\nx.session_token=a.b; Path=/",
        "http://app.nt3.io\nx.session_token=a.b; Path=/",
    ] {
        let read = Session::from_secret(&Secret::new(odd.to_owned()));
        assert_eq!(read.err(), Some(SessionError::Kept), "{odd}");
    }
}

#[test]
fn a_pasted_cookie_is_taken_in_every_form() {
    let (https, http) = (BaseUrl::DEFAULT, "http://localhost:3000");
    let table = [
        (https, "tok.c2ln%3D", format!("{SECURE}=tok.c2ln%3D")),
        (http, " tok.c2ln%3D\n", format!("{NAME}=tok.c2ln%3D")),
        (https, "tok.a+b/c=", format!("{SECURE}=tok.a%2Bb%2Fc%3D")),
        (https, "tok.c2ln==", format!("{SECURE}=tok.c2ln%3D%3D")),
        (https, "tok.abc", format!("{SECURE}=tok.abc")),
        (http, "entri.session_token=tok.c2ln%3D", "entri.session_token=tok.c2ln%3D".into()),
        (http, "better-auth.session_token=tok.a+b/c=", format!("{NAME}=tok.a%2Bb%2Fc%3D")),
        (
            https,
            "Cookie: _ga=GA1.2; x.session_token=tok.c2ln%3D; x.session_data=abc; b=c",
            "x.session_token=tok.c2ln%3D".into(),
        ),
        (
            https,
            "cookie:x.session_token=tok.a; x.dont_remember=true.b",
            "x.session_token=tok.a; x.dont_remember=true.b".into(),
        ),
        (
            https,
            "Set-Cookie: x.session_token=tok.a; Max-Age=604800; Path=/; HttpOnly",
            "x.session_token=tok.a".into(),
        ),
    ];
    for (url, pasted, expected) in table {
        let session = Session::parse(&base(url), &Secret::new(pasted.to_owned()));
        assert_eq!(sent(&session.unwrap().0, TOKENS), expected, "{pasted}");
    }
}

#[test]
fn what_is_no_session_cookie_is_refused() {
    let table = [
        ("", SessionError::Empty),
        (" \n", SessionError::Empty),
        ("Cookie:", SessionError::Empty),
        ("entri_abc", SessionError::ApiToken),
        ("s3ss10n", SessionError::Unsigned),
        ("s3ss10n.", SessionError::Unsigned),
        (".c2ln", SessionError::Unsigned),
        ("x.session_token=s3ss10n", SessionError::Unsigned),
        ("tok.c2 ln", SessionError::Blank),
        ("tok.c2\nln", SessionError::Blank),
        ("tök.c2ln", SessionError::Blank),
        ("_ga=GA1.2.3", SessionError::OtherCookie),
        ("_ga=GA1.2.3; x.session_data=a.b", SessionError::OtherCookie),
        ("a;b", SessionError::OtherCookie),
    ];
    for (pasted, error) in table {
        let parsed = Session::parse(&base(BaseUrl::DEFAULT), &Secret::new(pasted.to_owned()));
        assert_eq!(parsed.err(), Some(error), "{pasted}");
    }
}
