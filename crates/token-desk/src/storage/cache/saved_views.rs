//! The saved searches on disk, in the order they were saved.

use rusqlite::{Row, named_params, params};
use token_audit::View;

use super::Store;
use super::connections::{name_of, named};
use crate::error::StoreError;
use crate::list::saved_view::{SavedView, SavedViewId};
use crate::list::{Query, Sort};

const CARDS: [(&str, View); View::ALL.len()] = [
    ("all", View::All),
    ("attention", View::Attention),
    ("stale", View::Stale),
    ("no-use", View::NoUse),
    ("expiring-soon", View::ExpiringSoon),
    ("no-expiry", View::NoExpiry),
    ("expired", View::Expired),
];
const SORTS: [(&str, Sort); 7] = [
    ("last-used", Sort::LastUsed),
    ("name", Sort::Name),
    ("project", Sort::Project),
    ("created-by", Sort::CreatedBy),
    ("use", Sort::Use),
    ("expires", Sort::Expires),
    ("created", Sort::Created),
];

impl Store {
    /// Every saved search, in the order they were saved.
    pub fn saved_views(&self) -> Result<Vec<SavedView>, StoreError> {
        let database = self.lock();
        let mut select = database.prepare("SELECT * FROM saved_view ORDER BY id")?;
        let views = select.query_map([], saved_view)?.collect::<Result<_, _>>()?;
        Ok(views)
    }

    /// Adds a saved search; with an id, it restores a deleted one in its place.
    pub fn save_view(
        &self,
        id: Option<SavedViewId>,
        name: &str,
        query: &Query,
    ) -> Result<SavedViewId, StoreError> {
        let database = self.to_keep()?;
        database.execute(
            "INSERT OR REPLACE INTO saved_view (id, name, text, card, sort, descending)
             VALUES (:id, :name, :text, :card, :sort, :descending)",
            named_params! {
                ":id": id.map(|SavedViewId(id)| id),
                ":name": name,
                ":text": query.text,
                ":card": name_of(&CARDS, query.view),
                ":sort": name_of(&SORTS, query.sort),
                ":descending": query.descending,
            },
        )?;
        Ok(SavedViewId(u32::try_from(database.last_insert_rowid()).unwrap_or(u32::MAX)))
    }

    /// Renames a saved search. An unknown id changes nothing.
    pub fn rename_view(&self, id: SavedViewId, name: &str) -> Result<(), StoreError> {
        let rename = "UPDATE saved_view SET name = ?2 WHERE id = ?1";
        self.to_keep()?.execute(rename, params![id.0, name])?;
        Ok(())
    }

    /// Deletes a saved search. An unknown id changes nothing.
    pub fn delete_view(&self, id: SavedViewId) -> Result<(), StoreError> {
        self.to_keep()?.execute("DELETE FROM saved_view WHERE id = ?1", [id.0])?;
        Ok(())
    }
}

fn saved_view(row: &Row<'_>) -> Result<SavedView, rusqlite::Error> {
    let (card, sort): (String, String) = (row.get("card")?, row.get("sort")?);
    let query = Query {
        text: row.get("text")?,
        view: named(&CARDS, &card),
        sort: named(&SORTS, &sort),
        descending: row.get("descending")?,
        ..Query::default()
    };
    Ok(SavedView { id: SavedViewId(row.get("id")?), name: row.get("name")?, query })
}
