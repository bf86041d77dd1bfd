//! The desk that a command works at: a copy of what the app keeps, the app's own, or one for a server that the app
//! need not know.

use std::sync::Arc;
use std::time::Duration;

use chrono::Utc;
use tempfile::TempDir;
use token_desk::{
    Claim, ClipboardState, ConnectRequest, ConnectionId, ConnectionStatus, CredentialRequest, Desk,
    Event, OrganizationId, Persistence, SecretHandle, Shown, Status, Step, claim, data_folder,
    text::counted,
};
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::arguments::{Form, Place};
use crate::exit::{Exit, Failed};
use crate::{key, output, stop};

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
    /// The connections that are meant.
    pub meant: Vec<ConnectionId>,
    /// Whether the desk is the app's, or a copy of it.
    pub of_app: bool,
    /// Told of each change at the desk.
    changed: Arc<Notify>,
    /// What became of values that were copied.
    copies: watch::Receiver<Option<(SecretHandle, ClipboardState)>>,
    /// Removed with what was kept in it.
    _folder: Option<TempDir>,
    /// Held until the command has ended.
    _claim: Option<Claim>,
}

impl Session {
    /// Opens the desk, with the connections that the arguments name.
    pub async fn open(place: &Place, form: &Form, purpose: For) -> Result<Self, Failed> {
        if let Some(url) = &place.url {
            return Self::at(url, place, form.quiet).await;
        }
        if std::env::var_os(key::VARIABLE).is_some() {
            let ignored = format!("{} is only used with --url.", key::VARIABLE);
            output::say(form.quiet, &format!("entok: {ignored}"));
        }
        let mut session = match purpose {
            For::Reading => Self::copy(form.quiet)?,
            For::Changing => Self::own(form.quiet)?,
        };
        session.is_sound()?;
        session.meant = session.named(place.connection.as_deref())?;
        if let (For::Reading, Some(_)) = (purpose, &place.connection) {
            session.desk.show(Shown::One(session.meant[0]), Utc::now()).await?;
        } else if purpose == For::Reading {
            session.desk.show(Shown::All, Utc::now()).await?;
        }
        Ok(session)
    }

    async fn at(url: &str, place: &Place, quiet: bool) -> Result<Self, Failed> {
        let folder = stop::passing_folder()?;
        let desk = Desk::open_passing(folder.path(), Utc::now())?;
        let request = ConnectRequest {
            address: url.to_owned(),
            credential: CredentialRequest::ApiToken(key::read(place)?),
            organization_id: place.organization.clone().map(OrganizationId),
        };
        match desk.connect(request, Persistence::Remember, Utc::now()).await? {
            Step::Connected(connection) => Ok(Self {
                meant: vec![connection.id],
                of_app: false,
                ..Self::new(desk, quiet, folder)
            }),
            Step::Organization { .. } | Step::SecondFactor { .. } => Err(Failed::usage(
                "The server doesn’t say which organization the token belongs to. Name it with --organization.",
            )),
        }
    }

    fn new(desk: Desk, quiet: bool, folder: impl Into<Option<TempDir>>) -> Self {
        stop::of(&desk);
        let changed = Arc::new(Notify::new());
        let told = Arc::clone(&changed);
        let (tell, copies) = watch::channel(None);
        desk.listen(move |event| match event {
            Event::Changed(status) => {
                if !quiet {
                    output::progress(&loading(&status));
                }
                told.notify_one();
            }
            Event::Clipboard(handle, state) => drop(tell.send(Some((handle, state)))),
            Event::BulkRevoke(_) => {}
        });
        let (meant, folder) = (Vec::new(), folder.into());
        Self { desk, quiet, meant, of_app: true, changed, copies, _folder: folder, _claim: None }
    }

    /// Waits until a value that was copied is no longer on the clipboard; returns what became of it.
    pub async fn cleared(&self, handle: SecretHandle) -> ClipboardState {
        let mut copies = self.copies.clone();
        let of = |it: &Option<(SecretHandle, ClipboardState)>| it.is_some_and(|it| it.0 == handle);
        let state = copies.wait_for(of).await;
        state.ok().and_then(|it| *it).map_or(ClipboardState::Failed, |(_, state)| state)
    }

    /// Waits until something changes at the desk, or for so long.
    pub async fn changed(&self, at_most: Duration) {
        let _ = timeout(at_most, self.changed.notified()).await;
    }

    fn copy(quiet: bool) -> Result<Self, Failed> {
        let folder = stop::passing_folder()?;
        let desk = Desk::open_copy(&data_folder(), folder.path(), Utc::now())?;
        Ok(Self::new(desk, quiet, folder))
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
        Ok(Self { _claim: Some(claim), ..Self::new(desk, quiet, None) })
    }

    /// What the app keeps could be read: nothing follows from a part of it.
    fn is_sound(&self) -> Result<(), Failed> {
        match self.desk.status().problems.first() {
            Some(problem) => Err(Failed::because(format!("{} Nothing was sent.", problem.message))),
            None => Ok(()),
        }
    }

    /// The connection with this name or host, or all of them.
    fn named(&self, name: Option<&str>) -> Result<Vec<ConnectionId>, Failed> {
        let Status { connections, .. } = self.desk.status();
        let Some(name) = name else {
            return Ok(connections.iter().map(|it| it.connection.id).collect());
        };
        let is_meant = |it: &&ConnectionStatus| {
            it.connection.appearance.label == name || it.connection.base_url.host() == name
        };
        let mut meant = connections.iter().filter(is_meant);
        match (meant.next(), meant.next()) {
            (Some(one), None) => Ok(vec![one.connection.id]),
            (Some(_), Some(_)) => {
                Err(Failed::usage(format!("Several connections are called “{name}”.")))
            }
            (None, _) => Err(Failed::usage(format!(
                "No connection is called “{name}”. See: entok connections"
            ))),
        }
    }

    /// Loads the lists of the connections that are meant. Returns how complete they are; a list from an earlier load
    /// counts as incomplete.
    pub async fn load(&self) -> Result<Exit, Failed> {
        if self.meant.is_empty() {
            return Err(Failed::sign_in(
                "There is no connection. Connect in the Entri Tokens app, or use --url.",
            ));
        }
        let mut loads = JoinSet::new();
        for &id in &self.meant {
            let desk = self.desk.clone();
            loads.spawn(async move { (id, desk.sync(id, Utc::now()).await) });
        }
        let mut exit = Exit::Fine;
        while let Some(Ok((id, is_new))) = loads.join_next().await {
            exit = exit.max(self.loaded(id, is_new));
        }
        output::progress("");
        Ok(exit)
    }

    /// Loads the lists; fails if one of them isn’t new and complete. `nothing` says what wasn’t done then.
    pub async fn load_all(&self, nothing: &str) -> Result<(), Failed> {
        match self.load().await? {
            Exit::Fine => Ok(()),
            exit => {
                let reason = format!("The list couldn’t be loaded completely. {nothing}");
                Err(Failed { exit, reason })
            }
        }
    }

    fn loaded(&self, id: ConnectionId, is_new: bool) -> Exit {
        let status = self.desk.status();
        let Some(source) = status.of(id) else { return Exit::Incomplete };
        let label = &source.connection.appearance.label;
        for problem in source.problems() {
            output::say(false, &format!("entok: {label}: {}", problem.message));
        }
        match &source.list {
            list if list.no_access.is_some() => Exit::SignIn,
            list if is_new && list.complete() => Exit::Fine,
            _ => Exit::Incomplete,
        }
    }
}

/// How many tokens a load has received so far.
fn loading(status: &Status) -> String {
    let loaded: u32 = status.connections.iter().map(|it| it.list.loaded).sum();
    if loaded == 0 {
        String::new()
    } else {
        format!("Loading: {}…", counted(loaded.into(), "token"))
    }
}
