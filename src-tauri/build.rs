//! Tells Tauri which commands exist: one that is not listed here cannot be called from the page.

use tauri_build::{AppManifest, Attributes};

const COMMANDS: &[&str] = &[
    "connections_start",
    "connections_connect",
    "connections_continue",
    "connections_send_code",
    "connections_give_up",
    "connections_cli_tokens",
    "connections_sign_in_in_window",
    "connections_open_sandbox",
    "connections_show",
    "connections_change",
    "connections_disconnect",
    "tokens_query",
    "tokens_sync",
    "tokens_details",
    "tokens_history",
    "tokens_sparks",
    "tokens_check_create",
    "tokens_form_like",
    "tokens_create",
    "tokens_look_for_created",
    "tokens_plan_revoke",
    "tokens_revoke",
    "tokens_toggle",
    "tokens_select_rows",
    "tokens_select_all",
    "tokens_select_none",
    "cleanups_plan",
    "cleanups_go_on",
    "cleanups_add_kept",
    "cleanups_run",
    "cleanups_stop",
    "cleanups_follow",
    "cleanups_seen",
    "cleanups_schedule",
    "cleanups_leave",
    "search_complete",
    "search_facet",
    "search_terms",
    "saved_list",
    "saved_save",
    "saved_rename",
    "saved_delete",
    "audit_show",
    "audit_change_policy",
    "audit_report_path",
    "audit_save_report",
    "audit_policy_path",
    "audit_save_policy",
    "audit_load_policy",
    "decisions_make",
    "decisions_withdraw",
    "decisions_questions",
    "decisions_copy_question",
    "notes_write",
    "journal_show",
    "journal_server",
    "journal_verify",
    "journal_keep",
    "secrets_copy",
    "secrets_reveal",
    "secrets_close",
    "secrets_hand_offs",
    "secrets_save",
    "secrets_send",
    "secrets_copy_snippet",
    "watch_show",
    "watch_change",
    "window_painted",
];

fn main() {
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    let attributes = Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*")
        .app_manifest(AppManifest::new().commands(COMMANDS));
    if let Err(error) = tauri_build::try_build(attributes) {
        panic!("{error:#}");
    }
}
