//! The desk that a command works at: a copy of what the app keeps, the app's own, or one for a server that the app
//! need not know.

use chrono::Utc;
use tempfile::TempDir;
use token_desk::{
    Claim, ConnectRequest, ConnectionStatus, CredentialRequest, Desk, Event, OrganizationId,
    Persistence, Shown, Status, Step, claim, data_folder, text::counted,
};

use crate::arguments::{Form, Place};
use crate::exit::{Exit, Failed};
use crate::{key, output};

/// What a command does at the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// Reads; nothing that the app keeps is changed.
    Reading,
    /// Changes tokens, which is recorded in the app's journal.
    Changing,
}

/// A desk at work.
pub struct Session {
    pub desk: Desk,
    pub quiet: bool,
    /// Removed with what was kept in it.
    _folder: Option<TempDir>,
    /// Held until the command has ended.
    _claim: Option<Claim>,
}

impl Session {
    /// Opens the desk, and shows what the arguments name.
    pub async fn open(place: &Place, form: &Form, purpose: For) -> Result<Self, Failed> {
        let quiet = form.quiet;
        if let Some(url) = &place.url {
            return Self::at(url, place, quiet).await;
        }
        let session = match purpose {
            For::Reading => Self::copy(quiet)?,
            For::Changing => Self::own(quiet)?,
        };
        let shown = session.named(place.connection.as_deref())?;
        session.desk.show(shown, Utc::now()).await?;
        Ok(session)
    }

    async fn at(url: &str, place: &Place, quiet: bool) -> Result<Self, Failed> {
        let folder = tempfile::tempdir()?;
        let desk = Desk::open_passing(folder.path(), Utc::now())?;
        let request = ConnectRequest {
            address: url.to_owned(),
            credential: CredentialRequest::ApiToken(key::read(place)?),
            organization_id: place.organization.clone().map(OrganizationId),
        };
        match desk.connect(request, Persistence::Remember, Utc::now()).await? {
            Step::Connected(_) => Ok(Self { desk, quiet, _folder: Some(folder), _claim: None }),
            Step::Organization { .. } | Step::SecondFactor { .. } => Err(Failed::usage(
                "An API token belongs to one organization. Name it with --organization.",
            )),
        }
    }

    fn copy(quiet: bool) -> Result<Self, Failed> {
        let folder = tempfile::tempdir()?;
        let desk = Desk::open_copy(&data_folder(), folder.path(), Utc::now())?;
        Ok(Self { desk, quiet, _folder: Some(folder), _claim: None })
    }

    fn own(quiet: bool) -> Result<Self, Failed> {
        let folder = data_folder();
        let claim = claim(&folder);
        if matches!(claim, Claim::Taken) {
            return Err(Failed::because(
                "Entri Tokens is open, and keeps the journal that this would be recorded in. Nothing was sent. Do it \
                 there, close it first, or use --url.",
            ));
        }
        let desk = Desk::open(&folder, Utc::now())?;
        Ok(Self { desk, quiet, _folder: None, _claim: Some(claim) })
    }

    /// The connection with this name or host, or what the app shows.
    fn named(&self, name: Option<&str>) -> Result<Shown, Failed> {
        let Status { connections, shown, .. } = self.desk.status();
        if connections.is_empty() {
            return Err(Failed::sign_in(
                "There is no connection. Connect in the Entri Tokens app, or use --url.",
            ));
        }
        let Some(name) = name else { return Ok(shown) };
        let is_meant = |it: &&ConnectionStatus| {
            it.connection.appearance.label == name || it.connection.base_url.host() == name
        };
        let mut meant = connections.iter().filter(is_meant);
        match (meant.next(), meant.next()) {
            (Some(one), None) => Ok(Shown::One(one.connection.id)),
            (Some(_), Some(_)) => {
                Err(Failed::usage(format!("There are several connections called “{name}”.")))
            }
            (None, _) => Err(Failed::usage(format!(
                "There is no connection called “{name}”. See: entok connections"
            ))),
        }
    }

    /// Loads the lists of what is shown; says what is missing.
    pub async fn load(&self) -> Result<Exit, Failed> {
        if !self.quiet {
            self.desk.listen(|event| {
                if let Event::Changed(status) = event {
                    output::progress(&loading(&status));
                }
            });
        }
        let status = self.desk.sync_shown(Utc::now()).await;
        output::progress("");
        let mut exit = Exit::Fine;
        for source in status.shown() {
            if source.list.no_access.is_some_and(token_desk::NoAccess::needs_sign_in) {
                exit = exit.max(Exit::SignIn);
            } else if !source.list.complete() {
                exit = exit.max(Exit::Incomplete);
            }
        }
        for note in status.notes() {
            output::say(false, &format!("entok: {note}"));
        }
        Ok(exit)
    }
}

/// How many tokens a load has received so far.
fn loading(status: &Status) -> String {
    let loaded: u32 = status.shown().map(|it| it.list.loaded).sum();
    if loaded == 0 {
        String::new()
    } else {
        format!("Loading: {}…", counted(loaded.into(), "token"))
    }
}
