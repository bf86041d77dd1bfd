//! The audit: what is found, and by which policy.

use chrono::Utc;
use tauri::State;
use token_audit::{Policy, SETTINGS};
use token_desk::{ConnectionId, Desk, Error};

use super::Answer;
use crate::views::{AuditView, SettingRequest};

/// The audit of what is shown.
#[tauri::command]
#[specta::specta]
pub async fn audit_show(desk: State<'_, Desk>) -> Answer<AuditView> {
    Ok(desk.audit(desk.server_time(Utc::now())).into())
}

/// Judges a connection's tokens by these settings from now on; those that are left out keep what
/// they were.
#[tauri::command]
#[specta::specta]
pub async fn audit_change_policy(
    desk: State<'_, Desk>,
    connection: u32,
    settings: Vec<SettingRequest>,
) -> Answer<AuditView> {
    let (id, now) = (ConnectionId(connection), desk.server_time(Utc::now()));
    let mut policy = desk.policy(id)?;
    for SettingRequest { key, days } in settings {
        change(&mut policy, &key, &days).map_err(Error::Form)?;
    }
    desk.change_policy(id, policy, now)?;
    Ok(desk.audit(now).into())
}

fn change(policy: &mut Policy, key: &str, days: &str) -> Result<(), String> {
    let setting = SETTINGS.iter().find(|setting| setting.key == key);
    let setting = setting.ok_or_else(|| format!("{key} is no setting."))?;
    let days = days.trim().parse().map_err(|_| "must be a whole number of days".to_owned());
    let set = days.and_then(|days| setting.set(policy, days));
    set.map_err(|why| format!("“{}” {why}.", setting.label))
}
