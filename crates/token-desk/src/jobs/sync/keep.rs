//! Keeping a list that was loaded: on screen first, then on the disk.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::load::Loaded;
use super::running::Running;
use crate::desk::Desk;
use crate::desk::connection_state::ConnectionState;
use crate::desk::edits::{self, Version};
use crate::error::{Error, Problem};
use crate::list::Inventory;
use crate::model::news::News;
use crate::model::time::clocks;
use crate::storage::history::Snapshot;
use crate::system::heap;

/// A list that is to be shown.
pub(super) struct Built {
    list: Arc<Inventory>,
    /// The list that is shown until then.
    before: Arc<Inventory>,
    /// Whether it is already shown and on disk.
    as_before: bool,
    /// It includes the edits up to this version.
    version: Version,
}

/// The list as it is shown now.
pub(super) struct Put {
    list: Arc<Inventory>,
    /// The list that was shown until then.
    before: Arc<Inventory>,
    /// Whether the disk has it already.
    on_disk: bool,
}

impl Running {
    /// Shows the list, then saves it; neither if the connection was removed meanwhile.
    pub(super) fn keep(self, loaded: &Loaded, now: DateTime<Utc>) {
        let Loaded { connection, gaps, skew, .. } = loaded;
        let (desk, said, skew) = (&self.desk, *skew, skew.unwrap_or_default());
        let mut problems = Vec::from_iter(clocks::told(now, skew, connection.base_url.host()));
        let put = self.put(&loaded.list, now, |held| {
            held.status.synced_at = Some(now);
            held.loaded = true;
            held.status.gaps.clone_from(gaps);
            held.ambiguous.clone_from(&loaded.ambiguous);
            held.skew = clocks::steady(held.skew, skew);
            held.status.problems.clone_from(&problems);
            held.status.no_access = None;
        });
        let Some(put) = put else { return };
        self.has_kept();
        desk.reconcile(connection, [&put.before, &put.list], gaps.is_empty(), now, said);
        desk.settle_rotations(connection, now);
        desk.settle_incidents(connection, now);
        let saved = self.save(loaded, &put, now);
        let on_disk = saved.is_ok();
        problems.extend(saved.err().map(|error| Problem::from(&error)));
        let news = self.record(loaded, now).unwrap_or_else(|error| {
            problems.push(Problem::from(&error));
            None
        });
        desk.calibrate_one(self.epoch, connection, &loaded.list, now);
        desk.note_stuck(connection.id, now);
        let client = desk.state().in_epoch(self.epoch).and_then(|held| held.client.clone());
        desk.fingerprint_own(connection, client.as_ref(), &put.list);
        desk.within(self.epoch, |held| {
            // A token may have been created or revoked since.
            held.saved &= on_disk;
            held.saved |= on_disk && Arc::ptr_eq(&held.list, &put.list);
            held.status.problems = problems;
            held.news = news;
        });
        desk.mark_fresh();
        heap::give_back();
    }

    /// Writes the list that is shown to the disk, unless it is there already or is the sandbox's.
    fn save(&self, loaded: &Loaded, put: &Put, now: DateTime<Utc>) -> Result<(), Error> {
        let Loaded { connection, gaps, .. } = loaded;
        let anew = self.desk.remember_again(self.epoch)?;
        let store = &self.desk.inner.store;
        match put.on_disk && !anew {
            _ if connection.sandbox => {}
            true => store.mark_synced(connection.id, now, gaps)?,
            false => store.save_list(connection.id, &put.list, now, gaps)?,
        }
        Ok(())
    }

    /// Records the list in the usage history; returns what others changed since the last visit.
    fn record(&self, loaded: &Loaded, now: DateTime<Utc>) -> Result<Option<News>, Error> {
        let Loaded { connection, list, gaps, skew, .. } = loaded;
        let unread: Vec<_> = gaps.iter().filter_map(|gap| gap.part.of_tokens()).collect();
        self.desk.record(&Snapshot {
            connection,
            // The list as the server sent it, without the edits made here meanwhile.
            list,
            unread: (!gaps.is_empty()).then_some(&*unread),
            at: now,
            there: clocks::there(now, *skew),
            took: loaded.took,
        })?;
        self.desk.news_of(connection, now)
    }

    /// Shows a loaded list with the edits made since its load started. If another edit comes while it is built,
    /// it is built again.
    fn put(
        &self,
        loaded: &Arc<Inventory>,
        now: DateTime<Utc>,
        change: impl Fn(&mut ConnectionState),
    ) -> Option<Put> {
        loop {
            let built = self.build(loaded)?;
            if let Some(put) = self.commit(built, now, &change) {
                return Some(put);
            }
        }
    }

    /// Applies the edits made since the load started; `None` if the connection was removed.
    pub(super) fn build(&self, loaded: &Arc<Inventory>) -> Option<Built> {
        let (before, saved, version, edits, own_uses) = {
            let mut state = self.desk.state();
            let held = state.in_epoch(self.epoch)?;
            let edits = held.edits.since(self.began);
            let own_uses = held.journaled.own_uses.clone();
            (Arc::clone(&held.list), held.saved, held.edits.version(), edits, own_uses)
        };
        let list = match &edits[..] {
            [] if own_uses.is_empty() => Arc::clone(loaded),
            edits => Arc::new(edits::applied(loaded, edits, &own_uses)),
        };
        let as_before = saved && before == list;
        let list = if as_before { Arc::clone(&before) } else { list };
        Some(Built { list, before, as_before, version })
    }

    /// Shows the list, unless there are newer edits or the connection was removed.
    pub(super) fn commit(
        &self,
        built: Built,
        now: DateTime<Utc>,
        change: impl Fn(&mut ConnectionState),
    ) -> Option<Put> {
        let (desk, Built { list, before, as_before, version }): (&Desk, _) = (&self.desk, built);
        let unedited = |held: &mut ConnectionState| {
            let still = held.epoch == self.epoch && held.edits.version() == version;
            if still {
                change(held);
                held.edits.settle(self.began);
            }
            still
        };
        if as_before {
            let clocks = desk.clocks(now);
            desk.state().in_epoch(self.epoch).is_some_and(unedited).then_some(())?;
            desk.judge_anew(&clocks, now);
            desk.tell();
        } else {
            desk.replace_list(self.connection, &list, now, unedited).then_some(())?;
        }
        Some(Put { list, before, on_disk: as_before })
    }
}
