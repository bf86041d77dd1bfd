//! The beginning of an incident: somebody pasted what was found.

use chrono::{DateTime, Utc};
use entri_api::{ApiToken, FoundValue, PreviewFit, Secret, values_in};
use token_audit::OwnUse;

use super::naming::Whose;
use super::{Note, Since};
use crate::desk::Desk;
use crate::desk::vault::Window;
use crate::digest::hex;
use crate::error::{Error, FoundError};
use crate::model::connection::{Connection, ConnectionId};
use crate::model::deed::Deed;
use crate::model::token::TokenKey;
use crate::model::token::incident::{Began, Incident, IncidentId, Sureness};
use crate::model::token::own_uses::to_basis;
use crate::system::threads::blocking;

/// How a value was read, and whose it is.
pub(super) struct Read {
    pub value: ApiToken,
    /// Whether it can be read in no other way.
    is_certain: bool,
    pub whose: Whose,
    /// Whether all fingerprints could be compared.
    pub compared: bool,
}

impl Desk {
    /// Begins an incident for each token value in a text that was found, and says whose it is as far as that is known
    /// without asking any server. Returns the incidents; a value that is being dealt with already keeps its own, and one
    /// about the same token takes the value if it has none.
    pub async fn found(&self, text: Secret, now: DateTime<Utc>) -> Result<Vec<IncidentId>, Error> {
        let window = self.inner.vault.window();
        let values = values_in(&text);
        if values.is_empty() {
            return Err(FoundError::NoValue.into());
        }
        let _alone = self.inner.incidents.beginning.lock().await;
        let mut incidents = Vec::new();
        for value in values {
            let id = match self.inner.vault.found_before(&value.value) {
                Some(id) => id,
                None => self.begin_incident(value, window, Since::new(now)).await?,
            };
            incidents.push(id);
        }
        Ok(incidents)
    }

    async fn begin_incident(
        &self,
        found: FoundValue,
        window: Window,
        since: Since,
    ) -> Result<IncidentId, Error> {
        let desk = self.clone();
        let Read { value, is_certain, whose, compared } =
            blocking(move || desk.read_as(found)).await?;
        if let Some((id, key)) = self.without_its_value(&whose).await? {
            self.inner.vault.found(id, value, is_certain, window);
            self.inner.vault.found_is_of(id, Some(&key));
            self.tell();
            return Ok(id);
        }
        let id = match (self.without_a_name(&value).await?, whose.connection()) {
            (Some(id), Some(of)) => self.move_incident(id, of, since.now()).await?,
            (Some(id), None) => id,
            (None, of) => {
                let connection = of.map_or_else(|| self.first_shown(), |of| self.connection(of))?;
                self.write_incident(connection, Began::default(), since.now()).await?
            }
        };
        self.inner.vault.found(id, value, is_certain, window);
        self.inner.incidents.change(id, |it| it.compared = compared);
        let gone = match &whose {
            Whose::Named { key, name, .. } if self.is_gone(key) => {
                Some((key.id.clone(), name.clone()))
            }
            _ => None,
        };
        self.is_whose(id, whose, since.now()).await?;
        if gone.is_some() {
            let note = Note { token: gone, ..Note::default() };
            self.note(id, Deed::IncidentGone, note, since.now()).await?;
        }
        Ok(id)
    }

    /// The incident that is about this token already, and doesn't have its value: a scan found it, or somebody reported
    /// it. Only what is certain counts, because the value is what proves that the token is dead.
    async fn without_its_value(
        &self,
        whose: &Whose,
    ) -> Result<Option<(IncidentId, TokenKey)>, Error> {
        let Whose::Named { key, sureness: Sureness::Certain, .. } = whose else { return Ok(None) };
        let open = self.incidents().await?.into_iter();
        let mut same = open.filter(|it| {
            let named = it.incident.named();
            it.mask.is_none()
                && named.is_some_and(|(its, _, how)| its == *key && how == Sureness::Certain)
        });
        Ok(same.next().map(|it| (it.incident.id, key.clone())))
    }

    /// Where an incident begins that isn't known to be about any connection.
    fn first_shown(&self) -> Result<Connection, Error> {
        self.shown_connections().into_iter().next().ok_or(Error::NotConnected)
    }

    /// The incident that waits for this value: a scan found it, and nobody knows whose it is.
    async fn without_a_name(&self, value: &ApiToken) -> Result<Option<IncidentId>, Error> {
        let open = self.incidents().await?.into_iter().map(|it| (it.mask, it.incident));
        let waits = open.filter(|(mask, it)| mask.is_none() && it.named().is_none());
        let waits: Vec<_> = waits.filter_map(|(_, it)| Some((it.id, it.print?))).collect();
        if waits.is_empty() {
            return Ok(None);
        }
        let (desk, value) = (self.clone(), value.clone().into_secret());
        blocking(move || {
            let inner = &desk.inner;
            // A scan has the one key or, without the keychain, the other.
            let print = |passing| inner.fingerprints.of(&value, passing, &inner.keychain).ok();
            let prints: Vec<_> = [false, true].into_iter().filter_map(print).collect();
            let same = |kept: &String| prints.iter().any(|print| hex(print) == *kept);
            waits.into_iter().find(|(_, kept)| same(kept)).map(|(id, _)| id)
        })
        .await
    }

    /// Begins an incident for a value that a scan found in these places, of which nobody knows whose it is; or goes on with
    /// the one that has this fingerprint.
    pub(crate) async fn begin_unknown_incident(
        &self,
        print: [u8; 32],
        places: String,
        now: DateTime<Utc>,
    ) -> Result<IncidentId, Error> {
        let print = Some(hex(&print));
        let open = self.incidents().await?;
        if let Some(open) = open.into_iter().find(|it| it.incident.print == print) {
            return Ok(open.incident.id);
        }
        let began = Began { places: Some(places), print, ..Began::default() };
        let id = self.write_incident(self.first_shown()?, began, now).await?;
        self.tell();
        Ok(id)
    }

    /// Takes the reading that names a token, or else the longest one.
    pub(super) fn read_as(&self, found: FoundValue) -> Read {
        let is_certain = found.is_certain();
        let (whose, compared) = self.whose(&found.value);
        if let (Some(shorter), Whose::Nobody { .. }) = (found.shorter, &whose)
            && let (whose @ Whose::Named { .. }, compared) = self.whose(&shorter)
        {
            return Read { value: shorter, is_certain, whose, compared };
        }
        Read { value: found.value, is_certain, whose, compared }
    }

    /// Begins an incident for a token whose value was found in these places, without having the value.
    pub(crate) async fn begin_named_incident(
        &self,
        token: (TokenKey, String),
        how: (Sureness, &str),
        places: String,
        now: DateTime<Utc>,
    ) -> Result<IncidentId, Error> {
        let connection = self.connection(token.0.connection)?;
        let began = Began { places: Some(places), ..Began::default() };
        let id = self.write_incident(connection, began, now).await?;
        let gone = self.is_gone(&token.0).then(|| (token.0.id.clone(), token.1.clone()));
        self.identified(id, token, how, None, now).await?;
        if gone.is_some() {
            self.note(id, Deed::IncidentGone, Note { token: gone, ..Note::default() }, now).await?;
        }
        Ok(id)
    }

    /// Writes down that a value was found.
    async fn write_incident(
        &self,
        connection: Connection,
        began: Began,
        now: DateTime<Utc>,
    ) -> Result<IncidentId, Error> {
        let desk = self.clone();
        blocking(move || {
            let journal = desk.inner.journals.of(&connection)?;
            let number = journal.begin_incident(&connection, &began, now)?;
            desk.read_journal(&connection);
            Ok(IncidentId { connection: connection.id, number })
        })
        .await?
    }

    /// Writes down whose value it is, or keeps whose it may be.
    pub(super) async fn is_whose(
        &self,
        id: IncidentId,
        whose: Whose,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let (candidates, says) = match whose {
            Whose::Named { key, name, sureness, how, tested } => {
                self.identified(id, (key, name), (sureness, how), tested, now).await?;
                (Vec::new(), None)
            }
            Whose::OneOf { keys, says } => (keys, Some(says)),
            Whose::Nobody { says } => (Vec::new(), says),
        };
        self.inner.incidents.change(id, |it| (it.candidates, it.says) = (candidates, says));
        self.tell();
        Ok(())
    }

    async fn identified(
        &self,
        id: IncidentId,
        (key, name): (TokenKey, String),
        (sureness, how): (Sureness, &str),
        tested: Option<OwnUse>,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let known = (sureness != Sureness::Chosen).then_some(&key);
        self.inner.vault.found_is_of(id, known);
        let tested = tested.iter().flat_map(to_basis);
        let note = Note {
            token: Some((key.id, name)),
            detail: Some(how.to_owned()),
            basis: [sureness.word().to_owned()].into_iter().chain(tested).collect(),
            ..Note::default()
        };
        self.note(id, Deed::Identified, note, now).await
    }

    /// Begins an incident about a token that leaked, whose value isn't at hand. One that is open about it goes on.
    pub async fn report_leaked(
        &self,
        key: TokenKey,
        now: DateTime<Utc>,
    ) -> Result<IncidentId, Error> {
        let _alone = self.inner.incidents.beginning.lock().await;
        let list = self.list_of(key.connection)?;
        let name = list.name(list.find(&key).ok_or(Error::TokenGone)?).to_owned();
        let connection = self.connection(key.connection)?;
        let (desk, of) = (self.clone(), connection.clone());
        let open =
            blocking(move || Ok::<_, Error>(desk.inner.journals.of(&of)?.open_incidents(&of)?));
        let open = open.await??;
        let is_its = |it: &&Incident| it.named().is_some_and(|(named, ..)| named == key);
        if let Some(open) = open.iter().find(is_its) {
            return Ok(open.id);
        }
        let id = self.write_incident(connection, Began::default(), now).await?;
        let said = (Sureness::Chosen, "reported as leaked, without its value");
        self.identified(id, (key, name), said, None, now).await?;
        Ok(id)
    }

    /// A person says whose value it is. Returns the incident, which moves to the connection of that token.
    pub async fn choose_found(
        &self,
        id: IncidentId,
        key: TokenKey,
        now: DateTime<Utc>,
    ) -> Result<IncidentId, Error> {
        let _alone = self.inner.incidents.beginning.lock().await;
        let list = self.list_of(key.connection)?;
        let index = list.find(&key).ok_or(Error::TokenGone)?;
        let name = list.name(index).to_owned();
        let desk = self.clone();
        let incident = blocking(move || desk.incident(id)).await??;
        let host = self.connection(key.connection)?.base_url.host().to_owned();
        if incident.was_refused_by(&host) {
            return Err(FoundError::Refused.into());
        }
        let value = self.inner.vault.found_value(id);
        let differs =
            |value: ApiToken| value.fit(list.record(index).preview) == PreviewFit::Differs;
        if value.is_some_and(differs) {
            return Err(FoundError::OtherValue.into());
        }
        let mut tested = self.inner.incidents.of(id).tested.into_iter();
        let tested = tested.find_map(|(of, own_use)| (of == key).then_some(own_use));
        let id = self.move_incident(id, key.connection, now).await?;
        let (said, connection) = ((Sureness::Chosen, "chosen by hand"), key.connection);
        self.identified(id, (key, name), said, tested, now).await?;
        let desk = self.clone();
        blocking(move || desk.leave_out_own_uses(connection, now)).await?;
        Ok(id)
    }

    /// Goes on with an incident in the journal of another connection, if it isn't that one's already.
    pub(super) async fn move_incident(
        &self,
        id: IncidentId,
        to: ConnectionId,
        now: DateTime<Utc>,
    ) -> Result<IncidentId, Error> {
        if id.connection == to {
            return Ok(id);
        }
        let connection = self.connection(to)?;
        let label = connection.appearance.label.clone();
        let desk = self.clone();
        let incident = blocking(move || desk.incident(id)).await??;
        let began =
            Began { first: Some(incident.at), places: incident.places, print: incident.print };
        let moved = self.write_incident(connection, began, now).await?;
        self.inner.vault.found_moves(id, moved);
        self.inner.incidents.forget(id);
        self.note(id, Deed::IncidentClosed, Note::says(format!("Goes on in {label}")), now).await?;
        Ok(moved)
    }
}
