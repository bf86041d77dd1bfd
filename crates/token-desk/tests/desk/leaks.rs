//! No secret is in any file, or in any log at the most verbose level.

use std::fs;
use std::io;
use std::sync::{Arc, Mutex};

use entri_sandbox::{CreateShape, Variant};
use test_support::scan::{all_files, forms, found_in, planted};
use token_desk::{CredentialRequest, Desk, Step, StepRequest};
use tracing::level_filters::LevelFilter;

use crate::support::{
    Bench, FIRST, alone, confirmed, connect, named, now, password, secret, sign_in, synced,
};

const CONTROL: &str = "entri_EXAMPLEONLYcontrol7h2Kq9Zp";
const WRONG: &str = "entri_EXAMPLEONLYnobodyHasThis42";

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Everything from here on, of all threads: the test is alone in its process.
    fn catch() -> Self {
        let log = Self::default();
        let writer = log.clone();
        tracing_subscriber::fmt()
            .with_max_level(LevelFilter::TRACE)
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .init();
        log
    }

    fn bytes(&self) -> Vec<u8> {
        self.0.lock().unwrap().clone()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Signs in and out in every way, including wrong ones, at a separate desk with its own files;
/// returns all secrets.
async fn ways_in(bench: &Bench) -> Vec<String> {
    let (desk, ready) =
        (&Desk::open(&bench.folder.path().join("beside"), now()).unwrap(), bench.sandbox.ready());
    let into = async |credential| {
        let step = sign_in(desk, &ready.base_url, credential).await;
        tracing::trace!("{step:?} {:?}", synced(desk).await);
        step
    };
    let cookie = bench.sandbox.session_cookie();
    let _ = into(CredentialRequest::Cookie(secret(&cookie))).await;
    let _ = into(CredentialRequest::Cookie(secret(&cookie[..cookie.len() - 9]))).await;
    let _ = into(password(&ready.admin_email, WRONG)).await;
    let account = || password(&ready.two_factor_email, &ready.two_factor_password);
    let (totp, backup) = (bench.sandbox.totp_code(), bench.sandbox.backup_codes().remove(0));
    for code in [StepRequest::Totp(secret(&totp)), StepRequest::BackupCode(secret(&backup))] {
        let step = into(account()).await.unwrap();
        let Step::SecondFactor { attempt, .. } = step else { panic!("{step:?}") };
        tracing::trace!("{:?}", desk.send_code(attempt).await);
        let wrong = StepRequest::BackupCode(secret(WRONG));
        tracing::trace!("{:?}", desk.continue_connect(attempt, wrong, now()).await);
        tracing::trace!("{:?}", desk.continue_connect(attempt, code, now()).await.unwrap());
        tracing::trace!("{:?}", synced(desk).await);
    }
    into(password(&ready.admin_email, &ready.admin_password)).await.unwrap();
    tracing::trace!("{:?}", desk.disconnect(FIRST, false, now()).await.unwrap());
    // The signature of a cookie is the part that proves anything.
    let signature = cookie.rsplit_once('.').unwrap().1.to_owned();
    vec![ready.admin_password.clone(), backup, signature]
}

/// Everything the app does with a secret; returns every secret there was.
async fn a_day_of_work(bench: &Bench) -> Vec<String> {
    let desk = &bench.desk;
    let mut secrets = vec![WRONG.to_owned(), bench.sandbox.ready().admin_token.clone()];
    let address = &bench.sandbox.ready().base_url;
    tracing::trace!("{:?}", connect(desk, address, WRONG).await);
    tracing::trace!("{:?}", bench.connect().await);
    tracing::trace!("{:?}", synced(desk).await);
    for create in [CreateShape::Flat, CreateShape::Wrapped("data"), CreateShape::Unreadable] {
        bench.sandbox.set_variant(Variant { create, ..Variant::default() });
        let created = desk.create(named("of the day"), now()).await.unwrap();
        let value = desk.reveal_secret(created.handle).unwrap();
        let value = value.expose().rsplit(' ').next().unwrap().to_owned();
        tracing::trace!("{created:?} {:?}", desk.copy_secret(created.handle, now()).await);
        let said = desk.send_secret(created.handle, "cat".to_owned(), now()).await.unwrap();
        assert!(said.said.contains("[secret]"), "the program was given it");
        tracing::trace!("{said:?}");
        if let Some(key) = created.key {
            let request = confirmed(desk, key);
            tracing::trace!("{:?}", desk.revoke(request, now()).await.unwrap());
        }
        let refused = format!(r#"{{"message":"no {value}"}}"#);
        bench.answer("POST", "/tokens", 400, &refused);
        tracing::trace!("{:?}", desk.create(named("refused"), now()).await);
        tracing::trace!("{:?}", connect(desk, address, &value).await);
        let careless = format!(r#"[{{"_id":"t-1","name":"careless","token":"{value}"}}]"#);
        bench.list("/organizations/665f1c0a9b3e4d0012ab34cd/tokens", &careless);
        tracing::trace!("{:?}", synced(desk).await);
        desk.close_secret(created.handle, true, now()).await.unwrap();
        secrets.push(value);
    }
    secrets
}

#[test]
fn no_secret_is_written_down_or_logged() {
    alone(async {
        let log = Log::catch();
        let bench = Bench::new().await;
        let to_sign_in = ways_in(&bench).await;
        let secrets = a_day_of_work(&bench).await;
        assert_eq!((to_sign_in.len(), secrets.len()), (3, 5));
        let (files, logged) = (all_files(bench.folder.path()), log.bytes());
        let text = String::from_utf8_lossy(&logged);
        for part in ["hyper", "entri_api", "token_desk", "list loaded", "this session only"] {
            assert!(text.contains(part), "the log is not caught: no {part}");
        }
        assert!(!found_in(&files, "careless").is_empty(), "the files are not those of the desk");
        for secret in &to_sign_in {
            assert!(secret.len() > 8, "{secret}");
            assert_eq!(found_in(&files, secret), [""; 0], "in a file");
            assert_eq!(found_in(&logged, secret), [""; 0], "in the log");
        }
        for secret in &secrets {
            assert!(secret.starts_with("entri_") && secret.len() > 20);
            // Everything but the prefix and the end that a mask may show.
            let core = &secret[6..secret.len() - 4];
            assert_eq!(found_in(&files, core), [""; 0], "in a file");
            assert_eq!(found_in(&logged, core), [""; 0], "in the log");
        }
    });
}

/// The control: the same scan over the same places finds a secret in every form.
#[test]
fn a_planted_secret_is_found_in_every_form() {
    alone(async {
        let log = Log::catch();
        let bench = Bench::loaded().await;
        fs::write(bench.folder.path().join("planted"), planted(CONTROL)).unwrap();
        for (_, form) in forms(CONTROL) {
            io::Write::write_all(&mut log.clone(), &form).unwrap();
        }
        tracing::trace!("{CONTROL}");
        let every: Vec<_> = forms(CONTROL).into_iter().map(|(name, _)| name).collect();
        assert_eq!(found_in(&all_files(bench.folder.path()), CONTROL), every);
        assert_eq!(found_in(&log.bytes(), CONTROL), every);
        assert_eq!(found_in(&log.bytes(), WRONG), [""; 0]);
    });
}
