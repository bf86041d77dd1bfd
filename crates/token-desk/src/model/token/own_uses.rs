//! Uses of tokens by the app itself, to test their values.

use std::collections::HashMap;

use chrono::DateTime;
use entri_api::TokenId;
use token_audit::OwnUse;

use crate::model::time::dates::Stamp;

/// When the app itself used tokens to test their values, by the token's id.
pub(crate) type OwnUses = HashMap<TokenId, Vec<OwnUse>>;

/// A test of a value, as a step that names its token has it after its first word.
pub(crate) fn to_basis(own_use: &OwnUse) -> [String; 3] {
    let OwnUse { from, until, before } = *own_use;
    let before = Stamp::from(before).kept().map(|it| it.to_string());
    [from.timestamp().to_string(), until.timestamp().to_string(), before.unwrap_or_default()]
}

/// The test of a value that a step has; `None` if it was named in another way.
pub(crate) fn from_basis(basis: &[String]) -> Option<OwnUse> {
    let [_, from, until, before] = basis else { return None };
    let at = |seconds: &str| DateTime::from_timestamp(seconds.parse().ok()?, 0);
    let before = if before.is_empty() { None } else { Some(before.parse().ok()?) };
    let before = Stamp::from_kept(before).into();
    Some(OwnUse { from: at(from)?, until: at(until)?, before })
}
