//! Keeping a list that was loaded: on screen first, then on the disk.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::Loaded;
use super::running::Running;
use crate::desk::Desk;
use crate::desk::edits::{self, Version};
use crate::desk::state::Line;
use crate::error::{Error, Problem};
use crate::list::Inventory;
use crate::model::time::clocks;
use crate::storage::history::Snapshot;
use crate::system::heap;

/// A list that is to be shown.
pub(super) struct Built {
    list: Arc<Inventory>,
    /// What is shown until then.
    before: Arc<Inventory>,
    /// Whether it is already shown and on disk.
    as_before: bool,
    /// It includes the edits up to this version.
    version: Version,
}

/// The list as it is shown now.
pub(super) struct Put {
    list: Arc<Inventory>,
    /// What was shown until then.
    before: Arc<Inventory>,
    /// Whether the disk has it already.
    on_disk: bool,
}

impl Running {
    /// Shows the list, then saves it; neither if the connection was removed meanwhile.
    pub(super) fn keep(self, loaded: Loaded, now: DateTime<Utc>) {
        let Loaded { connection, list, gaps, ambiguous, skew } = loaded;
        let (there, said, skew) = (clocks::there(now, skew), skew, skew.unwrap_or_default());
        let mut problems = Vec::from_iter(clocks::told(now, skew, connection.base_url.host()));
        let (desk, loaded) = (self.desk.clone(), Arc::new(list));
        let put = self.put(&loaded, now, |line| {
            line.status.synced_at = Some(now);
            line.status.gaps.clone_from(&gaps);
            line.ambiguous.clone_from(&ambiguous);
            line.skew = skew;
            line.status.problems.clone_from(&problems);
            line.status.no_access = None;
        });
        let Some(Put { list, before, on_disk }) = put else { return };
        self.has_kept();
        desk.reconcile(&connection, [&before, &list], gaps.is_empty(), now, said);
        let store = &desk.inner.store;
        let saved = desk.remember_again(self.session).and_then(|anew| {
            match on_disk && !anew {
                _ if connection.sandbox => {}
                true => store.mark_synced(connection.id, now, &gaps)?,
                false => store.save_list(connection.id, &list, now, &gaps)?,
            }
            Ok(())
        });
        let on_disk = saved.is_ok();
        problems.extend(saved.err().map(|error: Error| Problem::from(&error)));
        let unread: Vec<_> = gaps.iter().filter_map(|gap| gap.part.of_tokens()).collect();
        let snapshot = Snapshot {
            connection: &connection,
            // What the server sent, without the edits made here meanwhile.
            list: &loaded,
            unread: (!gaps.is_empty()).then_some(&*unread),
            at: now,
            there,
        };
        let recorded = desk.record(&snapshot).and_then(|()| desk.news_of(&connection, now));
        let news = recorded.unwrap_or_else(|error| {
            problems.push(Problem::from(&error));
            None
        });
        desk.within(self.session, |line| {
            // A token may have been created or revoked since.
            line.saved &= on_disk;
            line.saved |= on_disk && Arc::ptr_eq(&line.list, &list);
            line.status.problems = problems;
            line.news = news;
        });
        desk.mark_fresh();
        heap::give_back();
    }

    /// Shows a loaded list with the edits made since its load started. If another edit comes while it is built,
    /// it is built again.
    fn put(
        &self,
        loaded: &Arc<Inventory>,
        now: DateTime<Utc>,
        change: impl Fn(&mut Line),
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
        let (before, saved, version, edits) = {
            let mut state = self.desk.state();
            let line = state.in_session(self.session)?;
            let edits = line.edits.since(self.began);
            (Arc::clone(&line.list), line.saved, line.edits.version(), edits)
        };
        let list = match &edits[..] {
            [] => Arc::clone(loaded),
            edits => Arc::new(edits::applied(loaded, edits)),
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
        change: impl Fn(&mut Line),
    ) -> Option<Put> {
        let (desk, Built { list, before, as_before, version }): (&Desk, _) = (&self.desk, built);
        let unedited = |line: &mut Line| {
            let still = line.session == self.session && line.edits.version() == version;
            if still {
                change(line);
                line.edits.settle(self.began);
            }
            still
        };
        if as_before {
            let clocks = desk.clocks(now);
            desk.state().in_session(self.session).is_some_and(unedited).then_some(())?;
            desk.judge_anew(&clocks, now);
            desk.tell();
        } else {
            desk.replace_list(self.connection, &list, now, unedited).then_some(())?;
        }
        Some(Put { list, before, on_disk: as_before })
    }
}
