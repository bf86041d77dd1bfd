//! Takes the new value to where the old one lives.

use std::path::PathBuf;

use chrono::{DateTime, Utc};

use super::own::is_app;
use super::plan::{place_id, shown};
use super::words::said;
use crate::desk::Desk;
use crate::error::{Error, RotationError};
use crate::jobs::deliver::changed::changed_at;
use crate::jobs::deliver::{Delivered, again};
use crate::model::rotation::destination::Destination;
use crate::model::rotation::{PlaceSays, RotationId, RotationRecord};
use crate::model::token::created::SecretHandle;
use crate::system::private_file::FileRequest;
use crate::system::threads::blocking;
use crate::when;

/// What became of a delivery to one place.
#[derive(Debug)]
pub struct PlaceResult {
    /// Identifies the place among those of the rotation.
    pub id: String,
    /// Whether it has the value, or why not.
    pub outcome: Result<Delivered, Error>,
}

impl Desk {
    /// What delivering to these places of a rotation would run and replace, one line each. The app itself isn't among them.
    ///
    /// # Errors
    /// [`RotationError`] if one of them can't be reached by the app.
    pub fn place_lines(&self, id: RotationId, places: &[String]) -> Result<Vec<String>, Error> {
        let rotation = self.open_rotation(id)?;
        let others = places.iter().filter(|place| !is_app(place));
        others.map(|place| Ok(shown(reachable(&rotation, place)?))).collect()
    }

    /// What is run before and after delivering to these places, without the value, to see when they were last changed.
    ///
    /// # Errors
    /// Those of [`Self::place_lines`].
    pub fn place_questions(&self, id: RotationId, places: &[String]) -> Result<Vec<String>, Error> {
        let rotation = self.open_rotation(id)?;
        let all = places.iter().map(|place| Ok(again::asking(reachable(&rotation, place)?)));
        Ok(all.collect::<Result<Vec<_>, Error>>()?.into_iter().flatten().collect())
    }

    /// Delivers the new value to these places, one after the other. `home` is the folder that `~` stands for.
    ///
    /// # Errors
    /// [`RotationError`] if the rotation has ended, or the value is another token's. What fails at one place is in its
    /// result.
    pub async fn deliver_to_places(
        &self,
        id: RotationId,
        handle: SecretHandle,
        places: &[String],
        home: Option<PathBuf>,
        now: DateTime<Utc>,
    ) -> Result<Vec<PlaceResult>, Error> {
        let rotation = self.open_rotation(id)?;
        let new = rotation.replacement.as_ref().map(|it| &it.key);
        if new.is_none() || self.inner.vault.key_of(handle)?.as_ref() != new {
            return Err(RotationError::Ended.into());
        }
        // All of them first: an error half-way would hide what was delivered.
        let all = places.iter().map(|place| Ok((place, reachable(&rotation, place)?)));
        let all = all.collect::<Result<Vec<_>, Error>>()?;
        let mut results = Vec::new();
        for (place, destination) in all {
            let before = changed_at(destination).await;
            let outcome = match destination {
                Destination::ThisApp => self.deliver_to_app(handle, &rotation.old, now).await,
                other => self.deliver_again(handle, other, home.clone(), now).await,
            };
            if outcome.is_ok() {
                self.note_says(&rotation, destination, before, now).await;
            }
            let why = outcome.as_ref().err().map(ToString::to_string);
            self.inner.vault.note_place(handle, place, why);
            results.push(PlaceResult { id: place.clone(), outcome });
        }
        self.tell();
        Ok(results)
    }

    /// Records what the place says now about when it was last changed, if it can be asked. The value is there, whatever
    /// becomes of this.
    async fn note_says(
        &self,
        rotation: &RotationRecord,
        destination: &Destination,
        before: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) {
        if again::asking(destination).is_none() {
            return;
        }
        let says = PlaceSays::of(before, changed_at(destination).await);
        let words = said(again::kind(destination), says, when::absolute);
        let (desk, id, destination) = (self.clone(), rotation.id, destination.clone());
        let noted = blocking(move || {
            let connection = desk.connection(id.connection)?;
            let journal = desk.inner.journals.of(&connection)?;
            journal.place_says(id.number, &destination, (says, &words), now)?;
            desk.read_journal(&connection);
            Ok::<_, Error>(())
        });
        if let Err(error) = noted.await.flatten() {
            tracing::warn!(%error, "what a place said could not be recorded");
        }
    }

    async fn deliver_again(
        &self,
        handle: SecretHandle,
        destination: &Destination,
        home: Option<PathBuf>,
        now: DateTime<Utc>,
    ) -> Result<Delivered, Error> {
        match (destination, again::line(destination)) {
            (_, Some(line)) => self.send_secret(handle, line, now).await,
            (Destination::File { path }, None) => {
                let request = FileRequest { path: path.clone(), home, replace: true };
                self.save_secret_again(handle, request, now).await
            }
            _ => Err(RotationError::ByHand.into()),
        }
    }

    /// Records that somebody took the new value to a place.
    ///
    /// # Errors
    /// [`RotationError`] if the rotation has ended or has no such place, or the place is the app itself.
    pub async fn mark_place_done(
        &self,
        id: RotationId,
        place: &str,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let rotation = self.open_rotation(id)?;
        if is_app(place) {
            return Err(RotationError::NotMoved.into());
        }
        let destination = place_of(&rotation, place)?.clone();
        let connection = self.connection(id.connection)?;
        let desk = self.clone();
        blocking(move || {
            let journal = desk.inner.journals.of(&connection)?;
            journal.place_done(id.number, &destination, &shown(&destination), now)?;
            desk.settle_incidents(&connection, now);
            desk.read_journal(&connection);
            desk.tell();
            Ok(())
        })
        .await?
    }
}

fn place_of<'a>(rotation: &'a RotationRecord, id: &str) -> Result<&'a Destination, Error> {
    let mut places = rotation.places.iter().map(|place| &place.destination);
    let place = places.find(|destination| place_id(destination) == id);
    Ok(place.ok_or(RotationError::Ended)?)
}

fn reachable<'a>(rotation: &'a RotationRecord, id: &str) -> Result<&'a Destination, Error> {
    let place = place_of(rotation, id)?;
    if super::plan::is_ready(place) { Ok(place) } else { Err(RotationError::ByHand.into()) }
}
