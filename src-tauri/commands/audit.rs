//! The audit: findings and policies.

use chrono::Utc;
use tauri::{AppHandle, State};
use token_audit::{Policy, SETTINGS};
use token_desk::{ConnectionId, Desk, Error, ReportFormat};

use super::Answer;
use crate::outside::{self, Question};
use crate::views::{AuditView, SettingRequest};

/// Returns the audit of the tokens shown.
#[tauri::command]
#[specta::specta]
pub async fn audit_show(desk: State<'_, Desk>) -> Answer<AuditView> {
    Ok(desk.audit(Utc::now()).into())
}

/// Changes settings of a connection's policy, effective immediately. Settings that are left out stay the same.
#[tauri::command]
#[specta::specta]
pub async fn audit_change_policy(
    desk: State<'_, Desk>,
    connection: u32,
    settings: Vec<SettingRequest>,
) -> Answer<AuditView> {
    let (id, now) = (ConnectionId(connection), Utc::now());
    let mut policy = desk.policy(id)?;
    for SettingRequest { key, days } in settings {
        change(&mut policy, &key, &days).map_err(Error::Form)?;
    }
    desk.change_policy(id, policy, now).await?;
    Ok(desk.audit(now).into())
}

/// The proposed path for a report.
#[tauri::command]
#[specta::specta]
pub async fn audit_report_path(app: AppHandle, format: ReportFormat) -> Answer<String> {
    let day = Utc::now().format("%Y-%m-%d");
    let name = format!("entri-token-audit-{day}.{}", format.extension());
    Ok(outside::propose(&app, &name))
}

/// Saves the report on the tokens shown; returns the path of the new file.
#[tauri::command]
#[specta::specta]
pub async fn audit_save_report(
    app: AppHandle,
    desk: State<'_, Desk>,
    format: ReportFormat,
    path: String,
) -> Answer<String> {
    let request = outside::may_save(&app, path).await?;
    let version = env!("CARGO_PKG_VERSION");
    let file = desk.save_report(format, request, version, Utc::now()).await?;
    Ok(outside::saved(&app, file))
}

/// The proposed path for exporting or importing a policy.
#[tauri::command]
#[specta::specta]
pub async fn audit_policy_path(app: AppHandle) -> Answer<String> {
    Ok(outside::propose(&app, "entri-token-policy.toml"))
}

/// Saves a connection's policy; returns the path of the new file.
#[tauri::command]
#[specta::specta]
pub async fn audit_save_policy(
    app: AppHandle,
    desk: State<'_, Desk>,
    connection: u32,
    path: String,
) -> Answer<String> {
    let request = outside::may_save(&app, path).await?;
    let file = desk.save_policy(ConnectionId(connection), request, Utc::now()).await?;
    Ok(outside::saved(&app, file))
}

/// Imports a connection's policy from a file, effective immediately.
#[tauri::command]
#[specta::specta]
pub async fn audit_load_policy(
    app: AppHandle,
    desk: State<'_, Desk>,
    connection: u32,
    path: String,
) -> Answer<AuditView> {
    outside::pressed(&app, Question::open(&path)).await?;
    let now = Utc::now();
    desk.load_policy(ConnectionId(connection), path, dirs::home_dir(), now).await?;
    Ok(desk.audit(now).into())
}

fn change(policy: &mut Policy, key: &str, days: &str) -> Result<(), String> {
    let setting = SETTINGS.iter().find(|setting| setting.key == key);
    let setting = setting.ok_or_else(|| format!("{key} isn’t a setting."))?;
    let days = days.trim().parse().map_err(|_| "must be a whole number of days".to_owned());
    let set = days.and_then(|days| setting.set(policy, days));
    set.map_err(|why| format!("“{}” {why}.", setting.label))
}
