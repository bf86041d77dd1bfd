//! The second step of a sign-in.

use token_desk::{Code, Error, Method, SecondFactor, Step, StepRequest};

use crate::support::{
    Bench, alone, connected, connections, named, now, password, secret, sign_in, synced,
};

async fn begin(bench: &Bench) -> u32 {
    let ready = bench.sandbox.ready();
    let account = password(&ready.two_factor_email, &ready.two_factor_password);
    let step = sign_in(&bench.desk, &ready.base_url, account).await.unwrap();
    let Step::SecondFactor { attempt, methods } = step else { panic!("{step:?}") };
    assert_eq!(methods, [SecondFactor::Totp, SecondFactor::SentCode]);
    assert_eq!(connections(&bench.desk), []);
    attempt
}

async fn answer(bench: &Bench, attempt: u32, request: StepRequest) -> Result<Step, Error> {
    bench.desk.continue_connect(attempt, request, now()).await
}

async fn assert_in(bench: &Bench, step: Result<Step, Error>) {
    let connection = connected(step).unwrap();
    assert_eq!(connection.method, Method::Session);
    assert_eq!(connection.user.as_deref(), Some("eva@example.test"));
    assert_eq!(connection.role.as_deref(), Some("admin"));
    assert_eq!(synced(&bench.desk).await.problems, []);
    bench.desk.disconnect(connection.id, false, now()).await.unwrap();
}

#[test]
fn each_kind_of_code_is_taken() {
    alone(async {
        let bench = Bench::new().await;
        let attempt = begin(&bench).await;
        let code = StepRequest::Totp(secret(&bench.sandbox.totp_code()));
        assert_in(&bench, answer(&bench, attempt, code).await).await;

        let attempt = begin(&bench).await;
        bench.desk.send_code(attempt).await.unwrap();
        let code = bench.sandbox.last_one_time_code().unwrap();
        let code = StepRequest::SentCode(secret(&code));
        assert_in(&bench, answer(&bench, attempt, code).await).await;

        let attempt = begin(&bench).await;
        let code = bench.sandbox.backup_codes().remove(0);
        let code = StepRequest::BackupCode(secret(&code));
        assert_in(&bench, answer(&bench, attempt, code).await).await;
    });
}

#[test]
fn a_wrong_code_can_be_corrected() {
    alone(async {
        let bench = Bench::new().await;
        let attempt = begin(&bench).await;
        let wrong = [
            StepRequest::Totp(secret("000000")),
            StepRequest::SentCode(secret("000000")),
            StepRequest::BackupCode(secret("wrong-codes")),
        ];
        for wrong in wrong {
            let error = answer(&bench, attempt, wrong).await.unwrap_err();
            assert_eq!(error.code(), Code::Credential, "{error}");
        }
        assert_eq!(connections(&bench.desk), []);
        let code = StepRequest::Totp(secret(&bench.sandbox.totp_code()));
        assert_in(&bench, answer(&bench, attempt, code).await).await;
    });
}

/// A page that comes later goes on with it.
#[test]
fn what_an_attempt_waits_for_can_be_asked_for_until_it_is_over() {
    alone(async {
        let bench = Bench::new().await;
        let waits = || match bench.desk.waiting_step() {
            None => None,
            Some((base_url, Step::SecondFactor { attempt, methods })) => {
                assert_eq!(base_url.as_str(), bench.sandbox.ready().base_url);
                assert_eq!(methods, [SecondFactor::Totp, SecondFactor::SentCode]);
                Some(attempt)
            }
            Some((_, step)) => panic!("{step:?}"),
        };
        let code = |code: &str| StepRequest::Totp(secret(code));
        assert_eq!(waits(), None);
        let attempt = begin(&bench).await;
        assert_eq!(waits(), Some(attempt));
        answer(&bench, attempt, code("000000")).await.unwrap_err();
        assert_eq!(waits(), Some(attempt), "a wrong code can be corrected");
        assert_in(&bench, answer(&bench, attempt, code(&bench.sandbox.totp_code())).await).await;
        assert_eq!(waits(), None);

        let given_up = begin(&bench).await;
        bench.desk.give_up_attempt(attempt);
        assert_eq!(waits(), Some(given_up), "another one was meant");
        bench.desk.give_up_attempt(given_up);
        assert_eq!(waits(), None);
        let error = answer(&bench, given_up, code(&bench.sandbox.totp_code())).await.unwrap_err();
        assert_eq!(error.code(), Code::StartOver, "{error}");

        begin(&bench).await;
        bench.connect().await.unwrap();
        assert_eq!(waits(), None, "another way in was taken");
    });
}

#[test]
fn only_the_newest_attempt_goes_on_and_only_once() {
    alone(async {
        let bench = Bench::new().await;
        let (earlier, newest) = (begin(&bench).await, begin(&bench).await);
        let code = || StepRequest::Totp(secret(&bench.sandbox.totp_code()));
        let sent = bench.sandbox.requests().len();
        for attempt in [earlier, 0, newest + 1] {
            let error = answer(&bench, attempt, code()).await.unwrap_err();
            assert_eq!(error.code(), Code::StartOver, "{error}");
            assert_eq!(bench.desk.send_code(attempt).await.unwrap_err().code(), Code::StartOver);
        }
        // It waits for a code, not for an organization.
        assert_eq!(bench.sandbox.requests().len(), sent);
        assert_in(&bench, answer(&bench, newest, code()).await).await;
        let error = answer(&bench, newest, code()).await.unwrap_err();
        assert_eq!(error.code(), Code::StartOver, "{error}");
    });
}

/// A code is typed in the page, and a backup code has any form: the value of a new token is none.
#[test]
fn a_new_value_is_sent_to_no_other_server_as_a_code() {
    alone(async {
        let (bench, other) = (Bench::loaded().await, Bench::new().await);
        let created = bench.desk.create(named("new"), now()).await.unwrap();
        let value = bench.desk.reveal_secret(created.handle).unwrap();
        let ready = other.sandbox.ready();
        let account = password(&ready.two_factor_email, &ready.two_factor_password);
        let step = sign_in(&bench.desk, &ready.base_url, account).await.unwrap();
        let Step::SecondFactor { attempt, .. } = step else { panic!("{step:?}") };
        let sent = other.sandbox.requests().len();
        for code in [StepRequest::Totp, StepRequest::SentCode, StepRequest::BackupCode] {
            let error = answer(&bench, attempt, code(value.clone())).await.unwrap_err();
            assert!(matches!(error, Error::ValueElsewhere { .. }), "{error}");
        }
        assert_eq!(other.sandbox.requests().len(), sent);
        let code = StepRequest::Totp(secret(&other.sandbox.totp_code()));
        connected(answer(&bench, attempt, code).await).expect("the attempt goes on");
    });
}
