//! The ways in, and their steps.

use serde::{Deserialize, Serialize};
use specta::Type;
use token_desk::{
    Choices, CliPlace, CliToken, Organization, SecondFactor, Secret, Step, StepRequest, text,
};

/// What the admin typed to connect.
#[derive(Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConnectRequest {
    /// The server's address.
    pub address: String,
    /// What to sign in with.
    pub credential: WayIn,
    /// The organization's id, if the server doesn't say it.
    pub organization_id: Option<String>,
}

/// What to sign in with. The secret part is typed outside the page.
#[derive(Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum WayIn {
    /// An API token.
    ApiToken,
    /// An account.
    Password {
        /// Its email address.
        email: String,
    },
    /// A session cookie.
    Cookie,
    /// The API token of the command-line tool.
    Cli {
        /// Where it was found.
        place: CliPlaceName,
    },
}

/// Where the command-line tool keeps a token.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is documented at `token_desk::CliPlace`")]
pub enum CliPlaceName {
    Variable,
    LocalFile,
    GlobalFile,
}

/// A token that the command-line tool has.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CliTokenView {
    /// Where it was found.
    pub place: CliPlaceName,
    /// The same in words.
    pub name: String,
    /// What may be shown of it.
    pub mask: String,
    /// The server it is for.
    pub address: String,
    /// Whether the tool would use this one.
    pub used: bool,
}

/// The state of a sign-in.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum StepView {
    /// Done.
    Connected,
    /// A second factor is wanted.
    #[serde(rename_all = "camelCase")]
    SecondFactor {
        /// Names the attempt.
        attempt: u32,
        /// Whether codes from an authenticator app are accepted.
        totp: bool,
        /// Whether the server can send a code.
        sent_code: bool,
    },
    /// The user must choose one of several organizations.
    Organization {
        /// Names the attempt.
        attempt: u32,
        /// The known ones.
        choices: Vec<OrganizationView>,
        /// Why there may be more, as a sentence.
        lacks: Option<String>,
    },
}

/// An organization.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OrganizationView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// The answer to the next step.
#[derive(Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum StepAnswer {
    /// The code of an authenticator app.
    Totp {
        /// The code.
        code: String,
    },
    /// The code the server sent.
    SentCode {
        /// The code.
        code: String,
    },
    /// A backup code.
    BackupCode {
        /// The code.
        code: String,
    },
    /// The organization.
    Organization {
        /// Its id.
        id: String,
    },
}

impl From<CliPlaceName> for CliPlace {
    fn from(name: CliPlaceName) -> Self {
        match name {
            CliPlaceName::Variable => Self::Variable,
            CliPlaceName::LocalFile => Self::LocalFile,
            CliPlaceName::GlobalFile => Self::GlobalFile,
        }
    }
}

impl From<CliToken> for CliTokenView {
    fn from(token: CliToken) -> Self {
        let place = match token.place {
            CliPlace::Variable => CliPlaceName::Variable,
            CliPlace::LocalFile => CliPlaceName::LocalFile,
            CliPlace::GlobalFile => CliPlaceName::GlobalFile,
        };
        let (name, address) = (text::visible(&token.name), text::visible(&token.address));
        Self { place, name, mask: token.mask, address, used: token.used }
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
        Self { name: text::visible(&organization.name), id: organization.id }
    }
}

impl From<StepAnswer> for StepRequest {
    fn from(answer: StepAnswer) -> Self {
        match answer {
            StepAnswer::Totp { code } => Self::Totp(Secret::new(code)),
            StepAnswer::SentCode { code } => Self::SentCode(Secret::new(code)),
            StepAnswer::BackupCode { code } => Self::BackupCode(Secret::new(code)),
            StepAnswer::Organization { id } => Self::Organization(id),
        }
    }
}
