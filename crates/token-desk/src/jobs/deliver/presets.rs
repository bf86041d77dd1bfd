//! Programs that keep secrets and read them from standard input.

/// A command to begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preset {
    /// The place that the program stores the value in.
    pub label: &'static str,
    /// The command; `<…>` stands for what the admin fills in.
    pub command: &'static str,
    /// Where its maker says how to get it.
    pub docs: &'static str,
}

const fn preset(label: &'static str, command: &'static str, docs: &'static str) -> Preset {
    Preset { label, command, docs }
}

/// `NT3_API_TOKEN` is the variable that Entri's command-line tool reads by itself (docs/entri-api.md#the-nt3-tool).
pub const PRESETS: [Preset; 6] = [
    preset(
        "GitHub Actions",
        "gh secret set NT3_API_TOKEN --repo=<owner>/<repo>",
        "https://cli.github.com",
    ),
    preset(
        "GitLab CI",
        "glab variable set NT3_API_TOKEN --masked=true --repo=<group>/<project>",
        "https://docs.gitlab.com/cli",
    ),
    preset(
        "Vault",
        "vault kv put -mount=secret <path> NT3_API_TOKEN=-",
        "https://developer.hashicorp.com/vault/install",
    ),
    preset(
        "1Password",
        "op document create - --title=<title> --file-name=NT3_API_TOKEN",
        "https://developer.1password.com/docs/cli",
    ),
    preset(
        "Doppler",
        // Without the option it prints what it was given.
        "doppler secrets set NT3_API_TOKEN --silent=true --project=<project> --config=<config>",
        "https://docs.doppler.com/docs/cli",
    ),
    preset(
        "Kubernetes",
        // It takes files only.
        "kubectl create secret generic <name> --from-file=NT3_API_TOKEN=/dev/stdin",
        "https://kubernetes.io/docs/tasks/tools",
    ),
];

/// How to come by a program that is missing.
pub fn remedy(program: &str) -> String {
    let known = PRESETS.iter().find(|preset| preset.command.split(' ').next() == Some(program));
    match known {
        Some(preset) => format!("Install it: {}", preset.docs),
        None => "Install it, or enter its full path.".to_owned(),
    }
}
