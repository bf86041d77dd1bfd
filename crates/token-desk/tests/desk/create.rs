//! Making a token: what is refused unsent, and what becomes of the value.

use entri_sandbox::{CreateShape, Variant};
use token_desk::{Code, CreateRequest, Error, Expiry, Notes};

use crate::support::{Bench, FIRST, alone, connect, ids, key, named, now, row, synced};

#[test]
fn a_form_with_an_error_sends_nothing() {
    alone(async {
        let bench = Bench::loaded().await;
        let sent = bench.sandbox.requests().len();
        let date = |text: &str| Expiry::Date(text.to_owned());
        let expiring = |expiry| CreateRequest { expiry, ..named("fine") };
        let scoped =
            |scope: &str| CreateRequest { scopes: vec![scope.to_owned()], ..named("fine") };
        let table = [
            (named(""), "name"),
            (named(" \t\n"), "name"),
            (named(&"x".repeat(10_000)), "10000 of 200 characters"),
            (named(&"x".repeat(201)), "201 of 200 characters"),
            (expiring(date("2026-11-23")), "has passed"),
            (expiring(date("1969-12-31")), "has passed"),
            (expiring(date("2027-02-30")), "Enter a date"),
            (expiring(date("tomorrow")), "Enter a date"),
            (expiring(date("")), "Enter a date"),
            (scoped("translations: read"), "spaces"),
            (scoped(""), "isn’t a scope"),
            (named("deploy\u{200B}bot"), "⟨U+200B⟩"),
            (named("deploy \u{202E}bot"), "⟨U+202E⟩"),
            (named("\u{2060}"), "⟨U+2060⟩"),
            (scoped("translations:read\u{200B}"), "“translations:read⟨U+200B⟩”"),
        ];
        for (form, said) in table {
            let error = bench.desk.create(form.clone(), now()).await.unwrap_err();
            assert_eq!(error.code(), Code::Invalid, "{form:?}: {error}");
            assert!(error.to_string().contains(said), "{error}");
            if let Expiry::Date(_) = form.expiry {
                let check = bench.desk.check_create(&form, now());
                let said = format!("{} {}", check.summary, check.warnings.concat());
                assert!(
                    said.ends_with("the whole organization. "),
                    "no date, and no “never”: {said}"
                );
            }
        }
        assert_eq!(bench.sandbox.requests().len(), sent);
    });
}

#[test]
fn a_name_may_hold_what_emoji_and_persian_words_are_made_with() {
    alone(async {
        let bench = Bench::loaded().await;
        for name in ["deploy \u{2764}\u{FE0F}", "\u{1F469}\u{200D}\u{1F4BB}", "می\u{200C}خواهم"]
        {
            assert_eq!(bench.desk.check_create(&named(name), now()).name_error, None, "{name}");
        }
    });
}

/// What the server made of the form, and what is said of it.
fn made_otherwise() -> [(String, Vec<&'static str>); 7] {
    let sound = r#""name":"press kit","expiresAt":"2027-02-22T23:59:00Z",
            "scopes":["glossary:read","translations:read"]"#;
    let end = "22 Feb 2027, 23:59 UTC";
    let date = sound.split(',').nth(1).unwrap();
    let renamed = "name “press-kit” instead of “press kit”";
    let wider = "scopes *, translations:read instead of translations:read, glossary:read";
    [
        (sound.to_owned(), vec![]),
        (sound.replace("press kit", "press-kit"), vec![renamed]),
        (sound.replace("press kit", "press\u{202e} kit"), vec!["“press⟨U+202E⟩ kit”"]),
        (
            sound.replace("2027-02-22", "2026-12-01"),
            vec!["expiry 1 Dec 2026, 23:59 UTC instead of", end],
        ),
        (sound.replace(date, r#""expiresAt":null"#), vec!["expiry none instead of", end]),
        (sound.replace("2027-02", "later"), vec!["expiry unreadable instead of", end]),
        (sound.replace(r#""glossary:read",""#, r#""*",""#), vec![wider]),
    ]
}

/// The server's changes to a form are reported before the value is used.
#[test]
fn what_is_made_otherwise_than_it_was_asked_is_said() {
    alone(async {
        let bench = Bench::loaded().await;
        let asked = || CreateRequest {
            expiry: Expiry::Date("2027-02-22".to_owned()),
            scopes: vec!["translations:read".to_owned(), "glossary:read".to_owned()],
            ..named("press kit")
        };
        for (number, (fields, says)) in made_otherwise().into_iter().enumerate() {
            let made = format!(r#"{{"_id":"t-new{number}","token":"entri_new{number}",{fields}}}"#);
            bench.answer("POST", "/tokens", 201, &made);
            let created = bench.desk.create(asked(), now()).await.unwrap();
            let differs = created.differs.unwrap_or_default();
            assert_eq!(differs.is_empty(), says.is_empty(), "{fields}: {differs}");
            let lacking: Vec<_> = says.iter().filter(|it| !differs.contains(**it)).collect();
            assert!(lacking.is_empty(), "{differs} lacks {lacking:?}");
        }
        // Without an expiry, none is requested; without scopes, any will do.
        let ends = r#"{"_id":"t-ends","token":"entri_ends","name":"any","scopes":["*"],
            "expiresAt":"2026-12-01T10:00:00Z"}"#;
        bench.answer("POST", "/tokens", 201, ends);
        let differs = bench.desk.create(named("any"), now()).await.unwrap().differs.unwrap();
        assert!(differs.contains("expiry 1 Dec 2026, 10:00 UTC instead of none"), "{differs}");
        assert!(!differs.contains("scopes"), "{differs}");
    });
}

#[test]
fn a_form_is_sent_as_it_was_meant() {
    alone(async {
        let bench = Bench::loaded().await;
        let form = CreateRequest {
            connection: FIRST,
            name: "  press kit 2  ".to_owned(),
            expiry: Expiry::Date("2027-02-22".to_owned()),
            scopes: vec!["translations:read".to_owned(), "glossary:read".to_owned()],
            project_id: Some("6660aa11".into()),
            notes: Notes::default(),
        };
        assert_eq!(bench.desk.check_create(&form, now()).name_error, None);
        let created = bench.desk.create(form.clone(), now()).await.unwrap();
        let id = created.key.clone().unwrap().id.0;
        let truth = bench.sandbox.truth().unwrap();
        let token = truth.iter().find(|token| token.id == id).unwrap();
        assert_eq!((&*token.name, &token.scopes), ("press kit 2", &form.scopes));
        assert_eq!(token.project_id, form.project_id.map(|id| id.0));
        assert_eq!(token.expires, "2027-02-22T23:59:59Z".parse().ok());
        assert_eq!((created.expires, &created.scopes), (token.expires.into(), &token.scopes));
        let row = row(&bench.desk, &id);
        assert_eq!(
            (row.project.as_deref(), row.expires),
            (Some("Mobile App"), token.expires.into())
        );
        assert_eq!(bench.sent("POST"), 1);
    });
}

#[test]
fn the_value_works_until_it_is_closed_here() {
    alone(async {
        let bench = Bench::loaded().await;
        let created = bench.desk.create(named("handed-over"), now()).await.unwrap();
        let value = bench.desk.reveal_secret(created.handle).unwrap();
        assert!(value.expose().starts_with("entri_") && created.mask.contains("••"));
        assert!(!created.mask.contains(&value.expose()[..20]));
        // It is sent as `X-API-Key` by the client that a connection is made with.
        let address = &bench.sandbox.ready().base_url;
        connect(&bench.desk, address, value.expose()).await.unwrap();

        assert!(matches!(
            bench.desk.close_secret(created.handle, false, now()).await,
            Err(Error::NotCopied)
        ));
        assert!(bench.desk.reveal_secret(created.handle).is_ok());
        bench.desk.close_secret(created.handle, true, now()).await.unwrap();
        let gone = bench.desk.reveal_secret(created.handle);
        assert!(matches!(gone, Err(Error::SecretGone)));
        let gone = bench.desk.copy_secret(created.handle, now()).await;
        assert!(matches!(gone, Err(Error::SecretGone)));
    });
}

#[test]
fn without_a_clipboard_the_value_is_not_copied_and_still_held() {
    alone(async {
        let bench = Bench::loaded().await;
        let created = bench.desk.create(named("no-clipboard"), now()).await.unwrap();
        let copied = bench.desk.copy_secret(created.handle, now()).await;
        assert!(matches!(copied, Err(Error::Clipboard)), "{copied:?}");
        let closed = bench.desk.close_secret(created.handle, false, now()).await;
        assert!(matches!(closed, Err(Error::NotCopied)));
        assert!(bench.desk.reveal_secret(created.handle).is_ok());
    });
}

#[test]
fn an_answer_in_any_known_form_gives_the_value() {
    alone(async {
        let bench = Bench::loaded().await;
        for name in ["data", "token", "apiToken"] {
            let create = CreateShape::Wrapped(name);
            bench.sandbox.set_variant(Variant { create, ..Variant::default() });
            let created = bench.desk.create(named(name), now()).await.unwrap();
            let value = bench.desk.reveal_secret(created.handle).unwrap();
            let last = &value.expose()[value.expose().len() - 4..];
            let truth = bench.sandbox.truth().unwrap();
            let token = truth.iter().find(|token| token.name == name).unwrap();
            assert_eq!((created.key, &*token.last4), (Some(key(&token.id)), last), "{name}");
        }
    });
}

/// A load that ran meanwhile may have brought the new token already.
#[test]
fn a_token_that_is_listed_already_is_not_listed_twice() {
    alone(async {
        let bench = Bench::loaded().await;
        let (before, known) = (ids(&bench.desk), bench.id_of("old-jenkins"));
        let body = format!(r#"{{"_id":"{known}","name":"fresh","token":"entri_EXAMPLEONLYabc"}}"#);
        bench.answer("POST", "/tokens", 201, &body);
        bench.desk.create(named("fresh"), now()).await.unwrap();
        assert_eq!(ids(&bench.desk), before);
        assert_eq!(row(&bench.desk, &known).name, "fresh");
    });
}

#[test]
fn a_form_like_a_token_has_its_settings_and_nothing_unseen() {
    alone(async {
        let bench = Bench::loaded().await;
        let desk = &bench.desk;
        let sound = CreateRequest {
            name: "press kit".to_owned(),
            expiry: Expiry::Days(30),
            scopes: vec!["translations:read".to_owned(), "glossary:read".to_owned()],
            project_id: Some("6660aa11".into()),
            ..named("")
        };
        let notes = Notes { place: "GitLab".to_owned(), note: String::new() };
        let form = CreateRequest { notes, ..sound.clone() };
        let made = desk.create(form, now()).await.unwrap();
        assert_eq!(desk.form_like(&made.key.unwrap()).unwrap(), sound);
        // Made elsewhere: the form takes no such name.
        let hostile = r#"[{"_id":"t-odd","name":"ci\u202Edorp","scopes":["a\u200Bb","c"]}]"#;
        bench.list("/organizations/665f1c0a9b3e4d0012ab34cd/tokens", hostile);
        synced(desk).await;
        let like = desk.form_like(&key("t-odd")).unwrap();
        let kept = CreateRequest { scopes: vec!["c".to_owned()], ..named("cidorp") };
        assert_eq!(like, kept, "one without an end stays without");
        let gone = desk.form_like(&key("t-gone")).unwrap_err();
        assert!(matches!(gone, Error::TokenGone), "{gone}");
    });
}

/// Entri's limits aren't documented.
#[test]
fn a_refusal_that_may_be_a_limit_names_what_makes_room() {
    alone(async {
        let bench = Bench::loaded().await;
        let mut variant = Variant::default();
        variant.odd.creation.most = Some(1);
        bench.sandbox.set_variant(variant);
        let refused = bench.desk.create(named("one-more"), now()).await.unwrap_err();
        assert_eq!(refused.code(), Code::Invalid);
        let said = refused.to_string();
        assert!(said.contains("Token limit reached"), "{said}");
        assert!(said.contains("revoke one that has expired"), "{said}");

        // Nothing had expired by then.
        let early = "2020-01-01T00:00:00Z".parse().unwrap();
        let said = bench.desk.create(named("one-more"), early).await.unwrap_err().to_string();
        assert!(said.contains("Token limit reached") && !said.contains("make room"), "{said}");
    });
}
