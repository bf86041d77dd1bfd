//! Searches that are kept under a name, whatever is connected.

use chrono::{DateTime, Utc};

use crate::desk::Desk;
use crate::error::Error;
use crate::list::Query;
use crate::list::language::Problem;
use crate::list::saved_view::{SavedView, SavedViewId};
use crate::system::threads::blocking;

/// The longest name, in characters.
const LONGEST_NAME: usize = 60;

/// A saved view, and what it finds in what is shown now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedView {
    /// The view.
    pub saved: SavedView,
    /// How many tokens it finds.
    pub count: usize,
    /// The words of its search that make no sense to this version of the app.
    pub problems: Vec<Problem>,
}

impl Desk {
    /// All saved views, in the order they were saved.
    pub async fn saved_views(&self, now: DateTime<Utc>) -> Result<Vec<CountedView>, Error> {
        let desk = self.clone();
        blocking(move || {
            let views = desk.inner.store.saved_views()?;
            Ok(views.into_iter().map(|saved| desk.counted(saved, now)).collect())
        })
        .await?
    }

    /// Keeps a search under a name. With an id, it is a view that was deleted and comes back.
    pub async fn save_view(
        &self,
        id: Option<SavedViewId>,
        name: &str,
        query: Query,
    ) -> Result<SavedViewId, Error> {
        let (desk, name) = (self.clone(), checked(name)?);
        blocking(move || Ok(desk.inner.store.save_view(id, &name, &query)?)).await?
    }

    /// Renames a saved view.
    pub async fn rename_view(&self, id: SavedViewId, name: &str) -> Result<(), Error> {
        let (desk, name) = (self.clone(), checked(name)?);
        blocking(move || Ok(desk.inner.store.rename_view(id, &name)?)).await?
    }

    /// Forgets a saved view.
    pub async fn delete_view(&self, id: SavedViewId) -> Result<(), Error> {
        let desk = self.clone();
        blocking(move || Ok(desk.inner.store.delete_view(id)?)).await?
    }

    /// One at a time, so that typing never waits for all of them.
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
