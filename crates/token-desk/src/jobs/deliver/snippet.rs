//! Text to paste where the token is used. It refers to the value and never contains it.

use entri_api::BaseUrl;

/// A few lines to paste where the token is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// What the lines are for, such as `curl`.
    pub label: &'static str,
    /// The lines, which refer to the value by its variable.
    pub text: String,
}

/// The snippets for a server. The names are those of Entri's command-line tool
/// (docs/entri-api.md#the-nt3-tool).
pub fn snippets(server: &BaseUrl) -> Vec<Snippet> {
    let address = server.as_str();
    let option = if address == BaseUrl::DEFAULT { String::new() } else { format!(" -u {address}") };
    let each = [
        // Asks for it, so that it is neither on the screen nor in the shell's history.
        ("Shell", "read -rs NT3_API_TOKEN && export NT3_API_TOKEN".to_owned()),
        ("nt3", format!("nt3 login{option}")),
        (
            "curl",
            format!("curl -H \"X-API-Key: $NT3_API_TOKEN\" {address}/api/organizations/current"),
        ),
        ("GitHub Actions", "env:\n  NT3_API_TOKEN: ${{ secrets.NT3_API_TOKEN }}".to_owned()),
        (
            "GitLab CI",
            "# NT3_API_TOKEN is a masked CI/CD variable.\ntranslations:\n  script:\n    - nt3 push"
                .to_owned(),
        ),
    ];
    each.into_iter().map(|(label, text)| Snippet { label, text }).collect()
}
