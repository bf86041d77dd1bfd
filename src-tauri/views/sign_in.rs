//! The ways to sign in, and their steps.

use serde::{Deserialize, Serialize};
use specta::Type;
use token_desk::{
    Choices, CliPlace, CliToken, Organization, OrganizationId, SecondFactor, Secret, Step,
    StepRequest, text,
};

/// What the admin entered to connect.
#[derive(Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConnectRequest {
    /// The server's address as typed.
    pub address: String,
    /// What to sign in with.
    pub credential: WayIn,
    /// The organization's id, if the server doesn't report it.
    pub organization_id: Option<String>,
}

/// What to sign in with. The secret part is typed in a native window, not in the page.
#[derive(Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum WayIn {
    /// An API token, typed in a native window.
    ApiToken,
    /// An account's email address and password.
    Password {
        /// The account's email address; its password is typed in a native window.
        email: String,
    },
    /// A session cookie, pasted into a native window.
    Cookie,
    /// The API token of the `nt3` command-line tool.
    Cli {
        /// Where the tool keeps it.
        place: CliPlace,
    },
}

/// An API token of the `nt3` command-line tool.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CliTokenView {
    /// Where the tool keeps it.
    pub place: CliPlace,
    /// The place in words: the variable's name, or the file's path.
    pub name: String,
    /// The masked token, which may be shown.
    pub mask: String,
    /// The address of the server it is for.
    pub address: String,
    /// Whether the tool itself would use this one.
    pub used: bool,
}

/// What a sign-in needs next.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum StepView {
    /// Signed in: the connection can be used.
    Connected,
    /// The password was right, and a second factor is required.
    #[serde(rename_all = "camelCase")]
    SecondFactor {
        /// The number that identifies this sign-in.
        attempt: u32,
        /// Whether codes from an authenticator app are accepted.
        totp: bool,
        /// Whether the server can send a code.
        sent_code: bool,
    },
    /// The user must choose one of several organizations.
    Organization {
        /// The number that identifies this sign-in.
        attempt: u32,
        /// The organizations to choose from, as far as known.
        choices: Vec<OrganizationView>,
        /// Why there may be more, as a sentence.
        lacks: Option<String>,
    },
}

/// An organization that the user belongs to.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OrganizationView {
    /// The organization's id on its server.
    pub id: String,
    /// The organization's name, with hidden characters shown.
    pub name: String,
}

/// What the admin entered for the next step.
#[derive(Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum StepAnswer {
    /// A code from an authenticator app.
    Totp {
        /// The code as typed, spaces and all.
        code: String,
    },
    /// A code that the server sent.
    SentCode {
        /// The code as typed, spaces and all.
        code: String,
    },
    /// One of the account's backup codes.
    BackupCode {
        /// The code as typed; upper and lower case matter.
        code: String,
    },
    /// The organization to connect to.
    Organization {
        /// The organization's id on its server.
        id: String,
    },
}

impl From<CliToken> for CliTokenView {
    fn from(token: CliToken) -> Self {
        let (name, address) = (text::visible(&token.name), text::visible(&token.address));
        Self { place: token.place, name, mask: token.mask, address, used: token.used }
    }
}

impl From<Step> for StepView {
    fn from(step: Step) -> Self {
        match step {
            Step::Connected(_) => Self::Connected,
            Step::SecondFactor { attempt, methods } => Self::SecondFactor {
                attempt,
                totp: methods.contains(&SecondFactor::Totp),
                sent_code: methods.contains(&SecondFactor::SentCode),
            },
            Step::Organization { attempt, choices } => {
                let Choices { organizations, lacks } = choices;
                let choices = organizations.into_iter().map(OrganizationView::from).collect();
                Self::Organization { attempt, choices, lacks }
            }
        }
    }
}

impl From<Organization> for OrganizationView {
    fn from(organization: Organization) -> Self {
        Self { name: text::visible(&organization.name), id: organization.id.0 }
    }
}

impl From<StepAnswer> for StepRequest {
    fn from(answer: StepAnswer) -> Self {
        match answer {
            StepAnswer::Totp { code } => Self::Totp(Secret::new(code)),
            StepAnswer::SentCode { code } => Self::SentCode(Secret::new(code)),
            StepAnswer::BackupCode { code } => Self::BackupCode(Secret::new(code)),
            StepAnswer::Organization { id } => Self::Organization(OrganizationId(id)),
        }
    }
}
