//! The program in a home of its own, with a server.

use std::process::{Command, Output, Stdio};

use entri_sandbox::{Config, Sandbox};
use serde_json::Value;
use tempfile::TempDir;

/// A server, and the home folder of a person who uses the program.
pub struct Shell {
    pub sandbox: Sandbox,
    pub home: TempDir,
}

/// What a command printed, and how it ended.
pub struct Ended {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Shell {
    pub async fn new() -> Self {
        let sandbox = Sandbox::start(Config::default()).await.expect("a sandbox");
        Self { sandbox, home: tempfile::tempdir().expect("a home") }
    }

    /// The program, in an environment of its own, without any credential.
    pub fn program(&self) -> Command {
        let mut program = self.with_signals();
        program.arg(env!("CARGO_BIN_EXE_entok"));
        program
    }

    /// The program, started by another one.
    pub fn started_by(&self, other: &str) -> Command {
        let mut program = self.with_signals();
        program.args([other, env!("CARGO_BIN_EXE_entok")]);
        program
    }

    /// Whoever started the tests may ignore signals, as a shell does for what runs in the background. What they start
    /// would inherit that.
    fn with_signals(&self) -> Command {
        let mut program = Command::new("env");
        program.arg("--default-signal=HUP,INT,QUIT,TERM");
        self.at_home(program)
    }

    /// A program in the home folder, in an environment of its own.
    pub fn at_home(&self, mut program: Command) -> Command {
        let home = self.home.path();
        program.env_clear().env("HOME", home).env("PATH", "/usr/bin:/bin").current_dir(home);
        program.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        program
    }

    /// Runs it at the sandbox, with the administrator's token in the environment.
    pub fn entok(&self, arguments: &[&str]) -> Ended {
        let ready = self.sandbox.ready();
        let mut program = self.program();
        program.args(["--url", &ready.base_url]).args(arguments);
        Ended::of(program.env("NT3_API_TOKEN", &ready.admin_token).stdin(Stdio::null()).output())
    }

    /// Runs it with this as its standard output.
    pub fn run_with(&self, arguments: &[&str], out: impl Into<Stdio>) -> Ended {
        let ready = self.sandbox.ready();
        let mut program = self.program();
        program.args(["--url", &ready.base_url]).args(arguments).stdout(out).stderr(Stdio::piped());
        let running = program.env("NT3_API_TOKEN", &ready.admin_token).stdin(Stdio::null()).spawn();
        Ended::of(running.expect("it runs").wait_with_output())
    }

    /// Runs it with its output going to a program that has ended.
    pub fn run_into(&self, arguments: &[&str], reader: &str) -> Ended {
        let mut reader = Command::new(reader).stdin(Stdio::piped()).spawn().expect("a reader");
        let pipe = reader.stdin.take().expect("its input");
        reader.wait().expect("it ends");
        self.run_with(arguments, pipe)
    }

    pub fn requests(&self, method: &str) -> usize {
        self.sandbox.requests().iter().filter(|request| request.method == method).count()
    }

    pub fn id_of(&self, name: &str) -> String {
        let tokens = self.sandbox.truth().expect("the truth");
        tokens.into_iter().find(|token| token.name == name).expect("it is there").id
    }

    pub fn is_alive(&self, name: &str) -> bool {
        let tokens = self.sandbox.truth().expect("the truth");
        tokens.into_iter().any(|token| token.name == name && !token.revoked)
    }
}

impl Ended {
    pub fn of(output: std::io::Result<Output>) -> Self {
        let output = output.expect("it runs");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        let code = output.status.code().expect("it ends by itself");
        Self { code, out: text(output.stdout), err: text(output.stderr) }
    }

    pub fn lines(&self) -> Vec<Value> {
        let parsed = self.out.lines().map(serde_json::from_str);
        parsed.collect::<Result<_, _>>().unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }
}
