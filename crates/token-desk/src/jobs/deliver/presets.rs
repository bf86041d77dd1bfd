//! Programs that keep secrets and read them from standard input.

use std::env;
use std::ffi::OsStr;

use crate::error::DeliveryError;

/// A command to begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preset {
    /// The place that the program stores the value in.
    pub label: &'static str,
    /// The command; `<…>` stands for what the admin fills in.
    pub command: &'static str,
    /// Where its maker says how to get it.
    pub docs: &'static str,
    /// What the journal calls it; never changes.
    pub code: &'static str,
    /// The code of the preset that replaces the value later, with the same words filled in; `None` if that takes
    /// more words.
    pub again: Option<&'static str>,
    /// The command that prints when the place was last changed, with the same words filled in; `None` if its program
    /// can't say.
    pub asks: Option<&'static str>,
}

const fn preset(
    code: &'static str,
    label: &'static str,
    command: &'static str,
    docs: &'static str,
) -> Preset {
    Preset { label, command, docs, code, again: Some(code), asks: None }
}

impl Preset {
    /// The same, where another preset replaces the value later.
    const fn then(self, again: Option<&'static str>) -> Self {
        Self { again, ..self }
    }

    /// The same, where this command says when the place was last changed.
    const fn asked(self, asks: &'static str) -> Self {
        Self { asks: Some(asks), ..self }
    }
}

/// `NT3_API_TOKEN` is the variable that Entri's command-line tool reads by itself (docs/entri-api.md#the-nt3-tool).
/// What each command does with the value, and how that was checked, is in docs/deliveries.md. Where one command
/// can't both create and replace, there are two.
pub const PRESETS: [Preset; 12] = [
    preset("github", "GitHub Actions", "gh secret set NT3_API_TOKEN --repo=<owner>/<repo>", GITHUB)
        .asked("gh api repos/<owner>/<repo>/actions/secrets/NT3_API_TOKEN --jq=.updated_at"),
    preset(
        "gitlab new",
        "GitLab CI/CD: new variable",
        "glab variable set NT3_API_TOKEN --masked=true --repo=<group>/<project>",
        GITLAB,
    ).then(None),
    preset(
        "gitlab",
        "GitLab CI/CD: existing variable",
        // Without these options it would unmask and unprotect the variable.
        "glab variable update NT3_API_TOKEN --masked=true --protected=<true-or-false> --repo=<group>/<project>",
        GITLAB,
    ),
    preset(
        "aws new",
        "AWS Secrets Manager: new secret",
        "aws secretsmanager create-secret --name=<name> --secret-string=file:///dev/stdin",
        AWS,
    ).then(Some("aws")),
    preset(
        "aws",
        "AWS Secrets Manager: existing secret",
        "aws secretsmanager put-secret-value --secret-id=<name> --secret-string=file:///dev/stdin",
        AWS,
    ).asked("aws secretsmanager describe-secret --secret-id=<name> --query=LastChangedDate --output=text"),
    preset(
        "vault new",
        "Vault: new path",
        // Without the option it would drop every other key that the path has.
        "vault kv put -mount=secret -cas=0 <path> NT3_API_TOKEN=-",
        VAULT,
    ).then(Some("vault")),
    preset("vault", "Vault: existing path", "vault kv patch -mount=secret <path> NT3_API_TOKEN=-", VAULT),
    preset(
        "1password new",
        "1Password: new document",
        "op document create - --title=<title> --file-name=NT3_API_TOKEN",
        ONE_PASSWORD,
    ).then(Some("1password")),
    preset(
        "1password",
        "1Password: existing document",
        "op document edit <title> - --file-name=NT3_API_TOKEN",
        ONE_PASSWORD,
    ),
    preset(
        "doppler",
        "Doppler",
        // Without the option it prints what it was given.
        "doppler secrets set NT3_API_TOKEN --silent=true --project=<project> --config=<config>",
        "https://docs.doppler.com/docs/cli",
    ),
    preset(
        "kubernetes new",
        "Kubernetes: new secret",
        // It takes files only.
        "kubectl create secret generic <name> --namespace=<namespace> --from-file=NT3_API_TOKEN=/dev/stdin",
        KUBERNETES,
    ).then(Some("kubernetes")),
    preset(
        "kubernetes",
        "Kubernetes: new or existing secret",
        // kubectl changes an existing secret only from JSON or YAML, which the first half writes. --server-side keeps
        // the value out of an annotation. The server drops the keys that the same field manager applied earlier and
        // no longer sends, so each key has a manager of its own. What kubectl itself wrote needs no validation.
        "sh -c 'kubectl create secret generic <name> --namespace=<namespace> --from-file=NT3_API_TOKEN=/dev/stdin --dry-run=client --output=json | kubectl apply --server-side --force-conflicts --validate=false --field-manager=entri-tokens-NT3_API_TOKEN --filename=-'",
        KUBERNETES,
        // The dates of all its fields; the latest is that of its last change.
    ).asked("kubectl get secret <name> --namespace=<namespace> --output=jsonpath={.metadata.managedFields[*].time}"),
];

const GITHUB: &str = "https://cli.github.com";
const GITLAB: &str = "https://docs.gitlab.com/cli";
const AWS: &str = "https://aws.amazon.com/cli";
const VAULT: &str = "https://developer.hashicorp.com/vault/install";
const ONE_PASSWORD: &str = "https://developer.1password.com/docs/cli";
/// Joins two programs where one is not enough.
pub const SHELL: &str = "sh";
const KUBERNETES: &str = "https://kubernetes.io/docs/tasks/tools";

/// Whether it is the program of a preset, whose words are known.
pub fn is_known(program: &str) -> bool {
    program != SHELL && preset_of(program).is_some()
}

/// Refuses a program that is in no folder of the `PATH`.
pub fn require(program: &str, path: &OsStr) -> Result<(), DeliveryError> {
    let file = format!("{program}{}", env::consts::EXE_SUFFIX);
    if env::split_paths(path).any(|folder| folder.join(&file).is_file()) {
        return Ok(());
    }
    Err(DeliveryError::NoProgram { program: program.to_owned(), remedy: remedy(program) })
}

/// How to come by a program that is missing.
pub fn remedy(program: &str) -> String {
    match preset_of(program).filter(|_| program != SHELL) {
        Some(preset) => format!("Install it: {}", preset.docs),
        None => "Install it, or enter its full path.".to_owned(),
    }
}

/// Whether it is a word of one of the program's presets.
pub fn has_word(program: &str, word: &str) -> bool {
    let of_program = |it: &&Preset| it.command.split(' ').next() == Some(program);
    PRESETS.iter().filter(of_program).any(|it| it.command.split(' ').any(|own| own == word))
}

fn preset_of(program: &str) -> Option<&'static Preset> {
    PRESETS.iter().find(|preset| preset.command.split(' ').next() == Some(program))
}
