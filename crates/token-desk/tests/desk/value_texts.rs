//! Text that looks like a token value is recognized wherever it is typed, and a waiting value in
//! every form.

use token_desk::{Error, holds_value};

use crate::support::{Bench, FIRST, alone, key, named, now};

const VALUE: &str = "entri_EXAMPLEONLY7h2Kq9ZpVw3Lm5Xc8Rb1Td6";

#[test]
fn a_form_with_a_value_is_not_sent() {
    alone(async {
        let bench = Bench::loaded().await;
        let desk = &bench.desk;
        let mut scoped = named("x");
        scoped.scopes = vec![VALUE.to_owned()];
        for (request, field) in [(named(&format!("ci {VALUE}")), "name"), (scoped, "scopes")] {
            let check = desk.check_create(&request, now());
            let said = if field == "name" { check.name_error } else { check.scopes_error };
            let said = said.expect("it is said beside the field");
            assert!(said.contains(&format!("The {field} contains")) && !said.contains("EXAMPLE"));
            let error = desk.create(request, now()).await.unwrap_err();
            assert!(matches!(error, Error::Form(_)), "{error}");
        }
        assert_eq!(bench.sent("POST"), 0);
        // The control: a name that begins like one is sent.
        desk.create(named("entri_ci"), now()).await.unwrap();
        assert_eq!(bench.sent("POST"), 1);
    });
}

#[test]
fn a_value_that_waits_here_is_known_in_every_form() {
    alone(async {
        let bench = Bench::loaded().await;
        let desk = &bench.desk;
        let created = desk.create(named("new"), now()).await.unwrap();
        let value = desk.reveal_secret(created.handle).unwrap().expose().to_owned();
        let hex = value.bytes().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
        let half = &value[value.len() - 12..];
        for text in [&*value, &hex, half, &format!("at https://x.example/{half}")] {
            assert!(desk.holds_value(text), "{text}");
        }
        assert!(!holds_value(&hex) && !holds_value(half), "nothing else tells");
        assert!(!desk.holds_value("new") && !desk.holds_value("entri_"));
        desk.close_secret(created.handle, true, now()).await.unwrap();
        assert!(!desk.holds_value(&hex), "it is no longer held");
    });
}

#[test]
fn a_token_is_listed_by_its_connection_and_id() {
    alone(async {
        let bench = Bench::loaded().await;
        let listed = key(&bench.token(|_| true));
        assert!(bench.desk.is_listed(&listed) && !bench.desk.is_listed(&key(VALUE)));
        let elsewhere = token_desk::TokenKey { connection: token_desk::ConnectionId(9), ..listed };
        assert!(FIRST != elsewhere.connection && !bench.desk.is_listed(&elsewhere));
    });
}
