//! The revoke of an incident: a snapshot first, then the one guarded revoke, then the proof.

use chrono::{DateTime, Utc};
use token_audit::Date;
use token_audit::create::DEFAULT_EXPIRY_DAYS;

use super::{Note, Since};
use crate::desk::Desk;
use crate::error::{Error, FoundError};
use crate::jobs::browse::details::Details;
use crate::jobs::create::{CreateRequest, Expiry, PartOf};
use crate::jobs::revoke::{Proof, RevokeRequest, Seen};
use crate::model::deed::Deed;
use crate::model::token::TokenKey;
use crate::model::token::created::Created;
use crate::model::token::incident::{IncidentId, Sureness};
use crate::system::threads::blocking;
use crate::text::is_invisible;
use crate::when;

const SCOPES: &str = "Scopes";
pub(super) const CREATED_BY: &str = "Created by";
pub(super) const NO_CREATOR: &str = "not reported";
const LIFETIME: &str = "Lifetime";
const NO_SCOPES: &str = "none listed";
/// What the server answered to the three requests of a proof.
const ANSWERS: &str = "your own sign-in accepted, the found value refused, a made-up value of the same length refused the same way";
const ONLY_CHOSEN: &str = "The server refuses the value. But somebody chose its token by hand, and the value was never seen to work, so that proves nothing about this token.";

impl Desk {
    /// Revokes the token whose value was found. Unlike any other revoke, it asks for no typed name however lately the
    /// token was used, and further uses don't stop it. `seen` is the token as it was shown when that was confirmed.
    ///
    /// # Errors
    /// [`FoundError::NotIdentified`]; those of [`Desk::revoke`].
    pub async fn revoke_found(
        &self,
        id: IncidentId,
        confirmed: TokenKey,
        seen: Seen,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let since = Since::new(now);
        let desk = self.clone();
        let incident = blocking(move || desk.incident(id)).await??;
        let (key, name, sureness) = incident.named().ok_or(FoundError::NotIdentified)?;
        if key != confirmed {
            return Err(FoundError::NotIdentified.into());
        }
        let token = Some((key.id.clone(), name.to_owned()));
        if sureness != Sureness::Chosen {
            self.inner.vault.found_is_of(id, Some(&key));
        }
        let preview = self.preview_revoke(&key, now)?;
        let form = self.form_like(&key)?;
        let (project_id, basis) = (form.project_id, facts(&preview.token, &form.expiry));
        let note = Note { token: token.clone(), project_id, basis, ..Note::default() };
        self.note(id, Deed::Snapshot, note, since.now()).await?;
        let typed = Some(preview.to_type.text().to_owned());
        let request = RevokeRequest { key, seen, typed };
        let revoked = self.revoke_for(request, Some(id.number), now).await?;
        // It is revoked: whatever fails from here on is no failure of that.
        let proven = match revoked.proof {
            Some(proof) => self.proven(id, proof, since.now()).await,
            None => self.prove_found(id, since.now()).await,
        };
        self.prove_later(id, since.now());
        if let Err(error) = proven {
            tracing::warn!(%error, "the first proof could not be made");
        }
        Ok(())
    }

    /// The form for a token in place of the one that was revoked, which the list no longer has.
    ///
    /// # Errors
    /// [`FoundError::NotIdentified`].
    pub async fn replacement(&self, id: IncidentId) -> Result<CreateRequest, Error> {
        let desk = self.clone();
        let incident = blocking(move || desk.incident(id)).await??;
        let (key, name, _) = incident.named().ok_or(FoundError::NotIdentified)?;
        let snapshot = incident.last(Deed::Snapshot);
        let notes = self.notes_of_gone(&key, name);
        let name: String = name.chars().filter(|it| !is_invisible(*it)).collect();
        Ok(CreateRequest {
            connection: key.connection,
            name: format!("{name} (r2)"),
            expiry: incident.fact(LIFETIME).map_or(Expiry::Days(DEFAULT_EXPIRY_DAYS), lifetime),
            scopes: incident.fact(SCOPES).map(scopes).unwrap_or_default(),
            project_id: snapshot.and_then(|step| step.project_id.clone()),
            notes,
        })
    }

    /// Creates a token in place of the one of an incident, which is marked as replaced once somebody has its value.
    ///
    /// # Errors
    /// Those of [`Desk::create`].
    pub async fn create_instead(
        &self,
        id: IncidentId,
        request: CreateRequest,
        now: DateTime<Utc>,
    ) -> Result<Created, Error> {
        let desk = self.clone();
        let is_open = blocking(move || desk.incident(id)).await?.is_ok();
        // Somebody may have chosen another connection, or closed the incident.
        let part_of =
            (is_open && id.connection == request.connection).then_some(PartOf::Incident(id.number));
        self.create_for(request, part_of, now).await
    }

    /// Writes down whether the value is refused.
    pub(super) async fn proven(
        &self,
        id: IncidentId,
        proof: Proof,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let desk = self.clone();
        let only_chosen = blocking(move || desk.incident(id)).await??.is_only_chosen();
        match proof {
            Proof::Dead if only_chosen => {
                self.note(id, Deed::ValueNotProven, Note::says(ONLY_CHOSEN), now).await
            }
            Proof::Dead => self.note(id, Deed::ValueRefused, Note::says(ANSWERS), now).await,
            Proof::NotProven(why) => {
                self.note(id, Deed::ValueNotProven, Note::says(why), now).await
            }
        }
    }
}

fn lifetime(text: &str) -> Expiry {
    let days = text.split(' ').next().and_then(|days| days.parse().ok());
    days.map_or(Expiry::Never, Expiry::Days)
}

fn scopes(text: &str) -> Vec<String> {
    let listed = text.split_whitespace().filter(|_| text != NO_SCOPES);
    listed.map(str::to_owned).collect()
}

/// What is known of a token: names and values, one after the other.
fn facts(token: &Details, lifetime: &Expiry) -> Vec<String> {
    let date = |date: Date, none: &str| match date {
        Date::At(at) => when::absolute(at),
        Date::None => none.to_owned(),
        Date::Unreadable => "unreadable".to_owned(),
    };
    let unused = if token.last_used_reported { "never" } else { "not reported" };
    let places = token.deliveries.iter().map(|it| it.to.clone());
    let places: Vec<_> = Some(token.notes.place.clone())
        .into_iter()
        .chain(places)
        .filter(|it| !it.is_empty())
        .collect();
    let scopes =
        if token.scopes.is_empty() { NO_SCOPES.to_owned() } else { token.scopes.join(" ") };
    let facts = [
        ("Project", token.project.clone().unwrap_or_else(|| "Organization".to_owned())),
        (SCOPES, scopes),
        ("Created", date(token.created, "not reported")),
        (CREATED_BY, token.created_by.clone().unwrap_or_else(|| NO_CREATOR.to_owned())),
        ("Expires", date(token.expires, "never")),
        (
            LIFETIME,
            match lifetime {
                Expiry::Days(days) => format!("{days} days"),
                _ => "unlimited".to_owned(),
            },
        ),
        ("Last used", date(token.last_used, unused)),
        ("Places", if places.is_empty() { "none noted".to_owned() } else { places.join(", ") }),
    ];
    facts.into_iter().flat_map(|(name, value)| [name.to_owned(), value]).collect()
}
