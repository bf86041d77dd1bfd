//! The pipelines of the guide, each of their scripts in an environment of its own.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use yaml_rust2::{Yaml, YamlLoader};

use super::SERVER;
use super::page::{code, page};
use crate::schemas;
use crate::shell::{Ended, Shell};

/// A computer that runs a job of a pipeline in a checkout.
struct Runner {
    shell: Shell,
    /// What scripts add to the path of the next ones.
    path: Vec<String>,
}

impl Runner {
    async fn new() -> Self {
        let shell = Shell::new().await;
        let runner = Self { shell, path: Vec::new() };
        for folder in ["checkout", "passing", "stubs"] {
            fs::create_dir(runner.at(folder)).expect("a folder");
        }
        fs::write(runner.at("checkout/policy.toml"), "stale_days = 60\n").expect("a policy");
        // The packages that the job installs are those of the tests.
        symlink("/bin/true", runner.at("stubs/apt-get")).expect("a link");
        runner.git(&["init", "--quiet"]);
        runner.git(&["add", "."]);
        runner.commit();
        runner.package();
        runner
    }

    fn at(&self, path: &str) -> PathBuf {
        self.shell.home.path().join(path)
    }

    fn commit(&self) {
        self.git(
            &["-c", "user.name=A", "-c", "user.email=a@example.test", "commit", "--quiet"]
                .into_iter()
                .chain(["--all", "--message", "x"])
                .collect::<Vec<_>>(),
        );
    }

    fn git(&self, arguments: &[&str]) {
        let mut git = self.shell.at_home(Command::new("git"));
        let ended = Ended::of(git.args(arguments).current_dir(self.at("checkout")).output());
        assert_eq!(ended.code, 0, "{}", ended.err);
    }

    /// A package with the program under test.
    fn package(&self) {
        let tree = self.at("tree");
        fs::create_dir_all(tree.join("DEBIAN")).expect("a folder");
        fs::create_dir_all(tree.join("usr/bin")).expect("a folder");
        let control = "Package: entri-tokens\nVersion: 0\nArchitecture: all\nMaintainer: x <x@example.test>\nDescription: x\n";
        fs::write(tree.join("DEBIAN/control"), control).expect("a file");
        symlink(env!("CARGO_BIN_EXE_entok"), tree.join("usr/bin/entok")).expect("a link");
        let mut build = self.shell.at_home(Command::new("dpkg-deb"));
        let ended = Ended::of(build.args(["-Znone", "--build", "tree", "entri.deb"]).output());
        assert_eq!(ended.code, 0, "{}", ended.err);
    }

    /// What a pipeline fills in.
    fn filled(&self, text: &str) -> String {
        let deb = format!("file://{}", self.at("entri.deb").display());
        text.replace("${{ secrets.ENTRI_AUDIT_TOKEN }}", &self.shell.sandbox.ready().admin_token)
            .replace("$ENTRI_AUDIT_TOKEN", &self.shell.sandbox.ready().admin_token)
            .replace("${{ vars.ENTRI_TOKENS_DEB }}", &deb)
    }

    /// Runs a script as a runner does, with these variables and an empty home.
    fn run(&mut self, script: &str, variables: &[&Yaml]) -> Ended {
        let script = script.replace(SERVER, &self.shell.sandbox.ready().base_url);
        let home = self.at("passing").join("home");
        let _ = fs::create_dir(&home);
        let path = [self.path.clone(), vec![self.at("stubs").display().to_string()]].concat();
        let mut given = vec![
            ("HOME", home.display().to_string()),
            ("PATH", format!("{}:/usr/bin:/bin", path.join(":"))),
            ("TMPDIR", self.at("passing").display().to_string()),
            ("RUNNER_TEMP", self.at("passing").display().to_string()),
            ("GITHUB_PATH", self.at("passing/path").display().to_string()),
            ("GITHUB_STEP_SUMMARY", self.at("passing/summary").display().to_string()),
            ("ENTRI_TOKENS_DEB", format!("file://{}", self.at("entri.deb").display())),
        ];
        for (name, value) in variables.iter().filter_map(|it| it.as_hash()).flatten() {
            given.push((name.as_str().expect("a name"), self.filled(&scalar(value))));
        }
        let given = given.into_iter().map(|(name, value)| format!("{name}={value}"));
        let mut bash = Command::new("env");
        bash.arg("--ignore-environment").args(given).args(["bash", "-e", "-c", &script]);
        let ended = Ended::of(bash.current_dir(self.at("checkout")).stdin(Stdio::null()).output());
        let added = fs::read_to_string(self.at("passing/path")).unwrap_or_default();
        self.path = added.lines().map(str::to_owned).collect();
        ended
    }

    fn written(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }
}

fn scalar(value: &Yaml) -> String {
    match value {
        Yaml::Integer(number) => number.to_string(),
        value => value.as_str().expect("a text").to_owned(),
    }
}

/// The pipeline at this place of the page.
fn pipeline(at: usize) -> Yaml {
    let blocks = code(&page("pipeline.md"), "yaml");
    assert_eq!(blocks.len(), 2);
    YamlLoader::load_from_str(&blocks[at]).expect("YAML").remove(0)
}

/// Puts a value of the server into the checkout.
fn leak(runner: &Runner) {
    let value = &runner.shell.sandbox.ready().admin_token;
    fs::write(runner.at("checkout/policy.toml"), format!("stale_days = 60\n# {value}\n"))
        .expect("a leak");
    runner.commit();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_workflow_of_github_finds_and_tells() {
    for leaks in [false, true] {
        let mut runner = Runner::new().await;
        if leaks {
            leak(&runner);
        }
        let workflow = pipeline(0);
        assert!(!workflow["on"]["schedule"].is_badvalue());
        let job = &workflow["jobs"]["tokens"];
        let mut told = Vec::new();
        for step in job["steps"].as_vec().expect("steps") {
            if let Some(script) = step["run"].as_str() {
                let ended = runner.run(script, &[&job["env"], &step["env"]]);
                told.push((step["name"].as_str().expect("a name"), ended));
            } else {
                assert!(step["uses"].as_str().is_some_and(|it| it.contains("@v")));
            }
        }
        let codes: Vec<_> = told.iter().map(|(name, ended)| (*name, ended.code)).collect();
        let found = if leaks { 3 } else { 0 };
        let expected =
            [("Install entok", 0), ("Search the repository", found), ("Audit the tokens", 3)];
        assert_eq!(codes, expected, "{}", told.iter().map(|it| &*it.1.err).collect::<String>());
        let sarif = serde_json::from_str(&runner.written("passing/entok.sarif")).expect("JSON");
        schemas::sarif(&sarif);
        // In the file, and in the commit.
        let places = if leaks { 2 } else { 0 };
        assert_eq!(sarif["runs"][0]["results"].as_array().map(Vec::len), Some(places));
        assert!(runner.written("passing/summary").contains("Unused for 60 days or more"));
        assert!(told[2].1.out.contains("::warning"), "{}", told[2].1.out);
        nothing_is_kept(&runner.at("passing/home"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_jobs_of_gitlab_find_and_tell() {
    for leaks in [false, true] {
        let mut runner = Runner::new().await;
        if leaks {
            leak(&runner);
        }
        let file = pipeline(1);
        for (name, status, report) in [
            ("entri-tokens-scan", if leaks { 3 } else { 0 }, "codequality"),
            ("entri-tokens-audit", 3, "junit"),
        ] {
            let (template, job) = (&file[".entok"], &file[name]);
            assert_eq!(job["extends"].as_str(), Some(".entok"));
            let lines = [&template["before_script"], &job["script"]];
            let lines = lines.into_iter().flat_map(|it| it.as_vec().expect("commands"));
            let script: Vec<_> = lines.map(|it| it.as_str().expect("a command")).collect();
            let ended = runner.run(&script.join("\n"), &[&template["variables"]]);
            assert_eq!(ended.code, status, "{name}: {}{}", ended.out, ended.err);
            let artifact = job["artifacts"]["reports"][report].as_str().expect("a report");
            let written = runner.written(&format!("checkout/{artifact}"));
            assert!(if report == "junit" {
                written.contains("<testsuite")
            } else {
                written.starts_with('[')
            });
        }
        nothing_is_kept(&runner.at("passing/home"));
    }
}

fn nothing_is_kept(home: &Path) {
    assert_eq!(fs::read_dir(home).expect("a home").count(), 0);
}
