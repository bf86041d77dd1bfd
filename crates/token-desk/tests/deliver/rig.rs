//! A new token whose value waits in the app, and a folder from which programs are run.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::{env, fs, io, thread};

use chrono::{DateTime, TimeDelta, Utc};
use entri_sandbox::{Config, Sandbox};
use test_support::scan::{all_files, found_in};
use token_desk::{
    ConnectRequest, ConnectionId, CreateRequest, Created, CredentialRequest, Delivered, Desk,
    Error, Expiry, Notes, Persistence, PlaceSays, RotateRequest, RotationId, Secret,
};

use crate::processes::Processes;
use crate::programs;

/// Says to a process that it was started for one test, and in which folder.
const FOLDER: &str = "TOKEN_DESK_FOLDER";

/// Runs a test of the first of these programs in a process of its own, without a session bus or a display, and with a
/// PATH that begins with a folder of the test's. Where one of them was left out, it says so and does nothing.
#[expect(clippy::print_stdout, reason = "what a test prints is for who asks with --nocapture")]
pub fn alone(needed: &[&str], test: impl AsyncFnOnce(&Rig)) {
    let found: Option<Vec<_>> = needed.iter().map(|program| programs::find(program)).collect();
    let Some([real, ..]) = found.as_deref() else {
        println!("Left out, since one of these is not here: {}", needed.join(", "));
        return;
    };
    if let Some(folder) = env::var_os(FOLDER) {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        return runtime.block_on(async {
            let rig = Rig::new(folder.into(), real.clone()).await;
            test(&rig).await;
            rig.leaves_nothing();
        });
    }
    let folder = tempfile::tempdir().unwrap();
    let path = format!("{}/bin:{}", folder.path().display(), env::var("PATH").unwrap());
    let name = thread::current().name().unwrap().to_owned();
    let ended = Command::new(env::current_exe().unwrap())
        .args([&name, "--exact", "--nocapture"])
        // Nothing of the person who runs the tests, such as a login.
        .env_clear()
        .env(FOLDER, folder.path())
        .env("HOME", folder.path().join("home"))
        .env("PATH", path)
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = [ended.stdout, ended.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(ended.status.success() && said.contains("1 passed"), "{name}:\n{said}");
    print!("{said}");
}

pub struct Rig {
    pub folder: PathBuf,
    pub value: String,
    pub processes: Arc<Processes>,
    real: PathBuf,
    desk: Desk,
    created: Created,
    log: Log,
    _sandbox: Sandbox,
}

impl Rig {
    async fn new(folder: PathBuf, real: PathBuf) -> Self {
        let log = Log::catch();
        for name in ["bin", "data", "home"] {
            fs::create_dir(folder.join(name)).unwrap();
        }
        let config = Config { tokens: 3, clock: Arc::new(now), ..Config::default() };
        let sandbox = Sandbox::start(config).await.unwrap();
        let ready = sandbox.ready();
        let desk = Desk::open(&folder.join("data"), now()).unwrap();
        let request = ConnectRequest {
            address: ready.base_url.clone(),
            credential: CredentialRequest::ApiToken(Secret::new(ready.admin_token.clone())),
            organization_id: None,
        };
        desk.connect(request, Persistence::Remember, now()).await.unwrap();
        desk.sync_shown(now()).await;
        let created = desk.create(form(), now()).await.unwrap();
        let value = desk.reveal_secret(created.handle).unwrap().expose().to_owned();
        let processes = Arc::new(Processes::new(core(&value)));
        Self { folder, value, processes, real, desk, created, log, _sandbox: sandbox }
    }

    /// Makes the program callable by this name, with these settings.
    pub fn install(&self, name: &str, settings: &[(&str, &str)], first: &str) {
        self.install_as(name, &self.real, settings, first);
    }

    pub fn install_as(&self, name: &str, program: &Path, settings: &[(&str, &str)], first: &str) {
        programs::wrap(&self.folder.join("bin").join(name), program, settings, first);
    }

    pub fn home(&self) -> PathBuf {
        self.folder.join("home")
    }

    /// The command that the app proposes under this label, filled in.
    pub fn proposed(&self, label: &str, filled: &[(&str, &str)]) -> String {
        let choices = self.desk.delivery_choices(self.created.handle).unwrap();
        let preset = choices.programs.iter().find(|preset| preset.label == label).unwrap();
        filled.iter().fold(preset.command.to_owned(), |line, (placeholder, text)| {
            line.replace(placeholder, text)
        })
    }

    /// Sends the value, and looks at all processes meanwhile.
    pub async fn send(&self, line: &str) -> Result<Delivered, Error> {
        let enough = Arc::new(AtomicBool::new(false));
        let looking = thread::spawn({
            let (processes, enough) = (Arc::clone(&self.processes), Arc::clone(&enough));
            move || processes.look_until(&enough)
        });
        let sent = self.desk.send_secret(self.created.handle, line.to_owned(), now()).await;
        enough.store(true, Ordering::Relaxed);
        looking.join().unwrap();
        sent
    }

    /// Sends it, and returns what the admin reads then.
    #[expect(clippy::print_stdout, reason = "what the admin reads, for who asks with --nocapture")]
    pub async fn arrives(&self, line: &str) -> String {
        let said = self.send(line).await.unwrap().said;
        println!("{line}\n  {said}");
        self.is_clean(&said);
        // The server looked before it answered.
        let last = line.trim_end_matches('\'').rsplit(' ').next().unwrap();
        assert!(self.processes.saw(last), "the control: {last}");
        said
    }

    /// Sends the value, rotates its token, and delivers the new value there, too; returns what the place says of that.
    pub async fn rotated(&self, line: &str) -> Option<PlaceSays> {
        self.arrives(line).await;
        let (desk, key) = (&self.desk, self.created.key.clone().unwrap());
        desk.close_secret(self.created.handle, false, now()).await.unwrap();
        let form = desk.plan_rotation(&key, now()).unwrap().form;
        let request = RotateRequest {
            key,
            name: form.name,
            expiry: form.expiry,
            left_out: vec![],
            by_hand: vec![],
            quiet: TimeDelta::hours(24),
            longest_job: TimeDelta::zero(),
        };
        let created = desk.rotate(request, now()).await.unwrap();
        let id = RotationId { connection: ConnectionId(1), number: created.rotation.unwrap() };
        let place = async || desk.rotations(now()).await.unwrap()[0].places().next().unwrap();
        let places = [place().await.id];
        let results = desk.deliver_to_places(id, created.handle, &places, None, now());
        let outcome = results.await.unwrap().remove(0).outcome;
        outcome.unwrap();
        let about = place().await.about(now());
        assert!(about.contains("updated"), "{about}");
        place().await.says
    }

    /// Fails to send it. The admin reads all of this, in this order, and the app still holds the value.
    #[expect(clippy::print_stdout, reason = "what the admin reads, for who asks with --nocapture")]
    pub async fn fails(&self, line: &str, reads: &[&str]) {
        let error = self.send(line).await.unwrap_err().to_string();
        println!("{line}\n  {error}");
        self.is_clean(&error);
        let mut rest = error.as_str();
        for part in reads {
            let found = rest.find(part);
            rest = &rest[found.unwrap_or_else(|| panic!("no “{part}”:\n{error}"))..];
        }
        assert_eq!(self.desk.reveal_secret(self.created.handle).unwrap().expose(), self.value);
    }

    /// The value is nowhere in a text, in whatever form.
    fn is_clean(&self, text: &str) {
        let joined: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
        let core = core(&self.value);
        assert_eq!(found_in(joined.as_bytes(), core), [""; 0], "{text}");
        // Nor is a part of it left where a program breaks lines.
        let holds = |start: usize| text.contains(&core[start..start + 8]);
        assert!(!(0..=core.len() - 8).any(holds), "{text}");
    }

    /// Neither the app's log and files nor the program's, nor the arguments or the environment of any process.
    fn leaves_nothing(&self) {
        let log = self.log.0.lock().unwrap().clone();
        assert!(!log.is_empty(), "the control");
        for bytes in [log, all_files(&self.folder)] {
            assert_eq!(found_in(&bytes, core(&self.value)), [""; 0]);
        }
        assert_eq!(self.processes.holding(), [""; 0]);
    }
}

/// What is of this value alone: all begin the same, and a mask shows the end.
fn core(value: &str) -> &str {
    &value[6..value.len() - 4]
}

/// The time of the app and of its sandbox.
fn now() -> DateTime<Utc> {
    "2026-11-24T14:02:00Z".parse().unwrap()
}

fn form() -> CreateRequest {
    CreateRequest {
        connection: ConnectionId(1),
        name: "to deliver".to_owned(),
        expiry: Expiry::Never,
        scopes: vec![],
        project_id: None,
        notes: Notes::default(),
    }
}

/// The app's log at its most verbose, of all threads: the test is alone in its process.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn catch() -> Self {
        let log = Self::default();
        let writer = log.clone();
        tracing_subscriber::fmt()
            .with_max_level(tracing::level_filters::LevelFilter::TRACE)
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .init();
        log
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
