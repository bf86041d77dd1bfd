//! Lists that change while they are read, because somebody else is at work.

use crate::lock::lock;
use crate::model::{ApiError, Listed, OWNER, Order, Window};
use crate::oddities::Moves;
use crate::random::random;
use crate::seed::access;
use crate::state::{By, Shared};

/// Changes a list of tokens before one of its pages is read, if the variant says so.
pub fn before_page(shared: &Shared, listed: Listed<'_>, window: Window) -> Result<(), ApiError> {
    let odd = shared.variant().odd;
    let Some(drift) = odd.drift.filter(|drift| drift.before == window.page) else { return Ok(()) };
    {
        let mut memory = lock(&shared.memory);
        memory.moves += 1;
        if memory.moves > 1 && !drift.always {
            return Ok(());
        }
    }
    if drift.what != Moves::Creates {
        revoke_second(shared, listed, odd.order)?;
    }
    if drift.what != Moves::Revokes {
        create(shared, listed)?;
    }
    Ok(())
}

/// Never revokes the last token of the list: it may be the one that the reader signs in with.
fn revoke_second(shared: &Shared, listed: Listed<'_>, order: Order) -> Result<(), ApiError> {
    let window = Window { page: 1, limit: 1, offset: 1 };
    let (tokens, total) = shared.store.page(listed, order, false, window, shared.now())?;
    if let Some(token) = tokens.first().filter(|_| total > 2) {
        shared.store.revoke(token.project_id.as_deref(), &token.id)?;
        lock(&shared.ledger).ended(&token.id, shared.now(), By::Somebody);
    }
    Ok(())
}

fn create(shared: &Shared, listed: Listed<'_>) -> Result<(), ApiError> {
    let (mut token, secret) = access(OWNER, "made meanwhile", shared.now());
    token.id = format!("t-{:012x}", random() >> 16);
    if let Listed::Project(id) = listed {
        token.project_id = Some(id.to_owned());
    }
    shared.store.add([(&token, secret.as_str())])?;
    lock(&shared.ledger).began(&token.id);
    Ok(())
}

/// How many new entries the activity log has before its first: one more for each page that is read
/// after the first.
pub fn shift_log(shared: &Shared, window: Window) -> usize {
    if !shared.variant().odd.log_shifts {
        return 0;
    }
    let mut memory = lock(&shared.memory);
    memory.logged += usize::from(window.page > 1);
    memory.logged
}
