//! Searches saved under a name, no matter which servers are connected.

use chrono::{DateTime, Utc};

use crate::desk::Desk;
use crate::error::Error;
use crate::list::Query;
use crate::list::language::Problem;
use crate::list::saved_view::{SavedView, SavedViewId};
use crate::system::threads::blocking;

/// The longest name, in characters.
const LONGEST_NAME: usize = 60;

/// A saved search, with how many of the tokens shown match it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedView {
    /// The saved search itself.
    pub saved: SavedView,
    /// How many of the tokens shown match it.
    pub count: usize,
    /// The words of its search that this version of the app can't understand.
    pub problems: Vec<Problem>,
}

impl Desk {
    /// All saved searches, in the order they were saved.
    pub async fn saved_views(&self, now: DateTime<Utc>) -> Result<Vec<CountedView>, Error> {
        let desk = self.clone();
        blocking(move || {
            let views = desk.inner.store.saved_views()?;
            Ok(views.into_iter().map(|saved| desk.counted(saved, now)).collect())
        })
        .await?
    }

    /// Saves a search under a name. With an id, it restores one that was deleted.
    pub async fn save_view(
        &self,
        id: Option<SavedViewId>,
        name: &str,
        query: Query,
    ) -> Result<SavedViewId, Error> {
        let (desk, name) = (self.clone(), checked(name)?);
        blocking(move || Ok(desk.inner.store.save_view(id, &name, &query)?)).await?
    }

    /// Renames a saved search.
    pub async fn rename_view(&self, id: SavedViewId, name: &str) -> Result<(), Error> {
        let (desk, name) = (self.clone(), checked(name)?);
        blocking(move || Ok(desk.inner.store.rename_view(id, &name)?)).await?
    }

    /// Deletes a saved search. It can be restored with [`Self::save_view`].
    pub async fn delete_view(&self, id: SavedViewId) -> Result<(), Error> {
        let desk = self.clone();
        blocking(move || Ok(desk.inner.store.delete_view(id)?)).await?
    }

    /// The list is locked for one search at a time, so that typing never waits for all of them.
    fn counted(&self, saved: SavedView, now: DateTime<Utc>) -> CountedView {
        let clocks = self.clocks(now);
        let mut listed = self.listed();
        listed.search.refresh(clocks);
        let (count, problems) = listed.search.count(&saved.query);
        CountedView { saved, count, problems }
    }
}

fn checked(name: &str) -> Result<String, Error> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Error::Form("Enter a name.".to_owned()));
    }
    if name.chars().count() > LONGEST_NAME {
        let most = format!("Enter a name of at most {LONGEST_NAME} characters.");
        return Err(Error::Form(most));
    }
    Ok(name.to_owned())
}
