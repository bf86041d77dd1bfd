//! No secret in any file, nor in any log at the most talkative level.

use std::fs;
use std::io;
use std::sync::{Arc, Mutex};

use entri_sandbox::{CreateShape, Variant};
use token_desk::RevokeRequest;
use tracing::level_filters::LevelFilter;

use crate::support::scan::{all_files, forms, found_in, planted};
use crate::support::{Bench, alone, connect, named, now};

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

/// Everything the app does with a secret; gives every secret there was.
async fn a_day_of_work(bench: &Bench) -> Vec<String> {
    let desk = &bench.desk;
    let mut secrets = vec![WRONG.to_owned(), bench.sandbox.ready().admin_token.clone()];
    let address = &bench.sandbox.ready().base_url;
    tracing::trace!("{:?}", connect(desk, address, WRONG).await);
    tracing::trace!("{:?}", bench.connect().await);
    tracing::trace!("{:?}", desk.sync(now()).await);
    for create in [CreateShape::Flat, CreateShape::Wrapped("data"), CreateShape::Unreadable] {
        bench.sandbox.set_variant(Variant { create, ..Variant::default() });
        let created = desk.create(named("of the day"), now()).await.unwrap();
        let value = desk.reveal_secret(created.handle).unwrap();
        let value = value.expose().rsplit(' ').next().unwrap().to_owned();
        tracing::trace!("{created:?} {:?}", desk.copy_secret(created.handle, now()).await);
        if let Some(id) = created.id {
            let request = RevokeRequest { id, seen: None, typed_name: None };
            tracing::trace!("{:?}", desk.revoke(request, now()).await.unwrap());
        }
        let refused = format!(r#"{{"message":"no {value}"}}"#);
        bench.answer("POST", "/tokens", 400, &refused);
        tracing::trace!("{:?}", desk.create(named("refused"), now()).await);
        tracing::trace!("{:?}", connect(desk, address, &value).await);
        let careless = format!(r#"[{{"_id":"t-1","name":"careless","token":"{value}"}}]"#);
        bench.answer("GET", "/organizations/665f1c0a9b3e4d0012ab34cd/tokens", 200, &careless);
        tracing::trace!("{:?}", desk.sync(now()).await);
        desk.close_secret(created.handle, true).unwrap();
        secrets.push(value);
    }
    secrets
}

#[test]
fn no_secret_is_written_down_or_logged() {
    alone(async {
        let log = Log::catch();
        let bench = Bench::new().await;
        let secrets = a_day_of_work(&bench).await;
        assert_eq!(secrets.len(), 5);
        let (files, logged) = (all_files(bench.folder.path()), log.bytes());
        let text = String::from_utf8_lossy(&logged);
        for part in ["hyper", "entri_api", "token_desk", "list loaded", "this session only"] {
            assert!(text.contains(part), "the log is not caught: no {part}");
        }
        assert!(!found_in(&files, "careless").is_empty(), "the files are not those of the desk");
        for secret in &secrets {
            assert!(secret.starts_with("entri_") && secret.len() > 20);
            // All but the prefix, and the end that a mask may show.
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
