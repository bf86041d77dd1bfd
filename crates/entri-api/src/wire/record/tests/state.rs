//! When a token counts as revoked or switched off, and a project as archived.

use serde_json::{Value, json};

use super::{Record, now, token};

#[test]
fn every_flag_of_an_ended_token_is_seen() {
    for ended in [
        json!({"id": "a", "revoked": true}),
        json!({"id": "a", "isRevoked": 1}),
        json!({"id": "a", "revokedAt": "2026-01-01T00:00:00Z"}),
        json!({"id": "a", "revoked": "?", "revokedAt": {"$date": 1_763_650_980_000_i64}}),
        json!({"id": "a", "isActive": false}),
        json!({"id": "a", "enabled": "false"}),
        json!({"id": "a", "status": "Revoked"}),
    ] {
        assert!(token(&ended).revoked, "{ended}");
    }
    for live in [
        json!({"id": "a", "revoked": false, "revokedAt": null}),
        json!({"id": "a", "active": true}),
        json!({"id": "a", "status": "something new"}),
        json!({"id": "a", "revokedAt": 0}),
        json!({"id": "a", "revokedAt": "-1"}),
        json!({"id": "a", "revokedAt": "0001-01-01T00:00:00Z"}),
        json!({"id": "a", "revokedAt": "1970-01-01T00:00:00.000Z"}),
        // It works until then.
        json!({"id": "a", "revokedAt": "2026-11-24T10:05:00Z"}),
        json!({"id": "a", "active": "2027-06-01T00:00:00Z"}),
        json!({"id": "a", "revokedAt": {}, "isRevoked": "unknown", "enabled": -1}),
    ] {
        assert!(!token(&live).revoked, "{live}");
    }
}

#[test]
fn a_token_that_is_switched_off_has_not_ended() {
    for (record, ended) in [
        (json!({"id": "a", "enabled": false}), false),
        (json!({"id": "a", "status": "disabled"}), false),
        (json!({"id": "a", "enabled": false, "revokedAt": "2026-01-01T00:00:00Z"}), true),
        (json!({"id": "a", "status": "Deleted"}), true),
    ] {
        let token = token(&record);
        assert_eq!((token.revoked, token.ended), (true, ended), "{record}");
    }
}

#[test]
fn an_archived_project_is_flagged() {
    let archived = |value: Value| {
        let record: Record = serde_json::from_str(&value.to_string()).unwrap();
        record.into_project(now()).unwrap().archived
    };
    assert!(archived(json!({"_id": "p", "archivedAt": 1_763_650_980})));
    assert!(archived(json!({"_id": "p", "status": "archived"})));
    assert!(!archived(json!({"_id": "p", "isArchived": false})));
    assert!(!archived(json!({"_id": "p", "archivedAt": "2027-06-01T00:00:00Z"})));
    assert!(!archived(json!({"_id": "p", "archivedAt": "0001-01-01T00:00:00Z"})));
}
