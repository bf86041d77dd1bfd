//! One record: its known fields, whatever the server calls them (docs/entri-api.md#organization, #tokens).

use std::fmt;

use chrono::{DateTime, Utc};
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::alias::{Alias, Meaning};
use super::time::date;
use super::value::{
    LONGEST, creator, exact, id, id_of, lost_digits, name_of, preview, said, says, scopes, text,
};
use crate::model::date::Date;
use crate::model::organization::{Organization, Project};
use crate::model::token::Token;

/// Words for a token that is revoked.
const ENDED: [&str; 2] = ["revoked", "deleted"];
/// Words for a token that is switched off.
const OFF: [&str; 2] = ["disabled", "inactive"];

/// The known fields of one record; of several names for one meaning, the first that says anything.
#[derive(Debug, Default)]
pub(crate) struct Record {
    fields: [Option<(usize, Value)>; Meaning::COUNT],
    dates: [Option<(usize, Date)>; Meaning::DATES],
    last_used_reported: bool,
}

impl Record {
    /// Reads a record, else what of it can be read. `None` if it is none.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut fields = serde_json::Deserializer::from_str(text);
        let short = text.len() <= LONGEST;
        let whole = short.then(|| serde_json::from_str(text).ok()).flatten();
        whole.or_else(|| fields.deserialize_map(Fields { piece_by_piece: true }).ok())
    }

    /// The token as it is at `now`. `None` without an id: nothing could be done with such a one.
    pub(crate) fn into_token(mut self, now: DateTime<Utc>) -> Option<Token> {
        let (id, name) = self.id_and_name()?;
        let project = self.take(Meaning::Project);
        let ended = self.says(Meaning::Revoked, now) == Some(true) || self.status_is(&ENDED);
        let off = self.says(Meaning::Active, now) == Some(false) || self.status_is(&OFF);
        Some(Token {
            id,
            name,
            organization_id: self.take(Meaning::OrganizationId).and_then(id_of),
            project_name: project.as_ref().and_then(name_of),
            project_id: self.take(Meaning::ProjectId).or(project).and_then(id_of),
            scopes: self.take(Meaning::Scopes).map(scopes).unwrap_or_default(),
            created_at: self.date(Meaning::Created),
            expires_at: self.date(Meaning::Expires),
            last_used_at: self.date(Meaning::LastUsed),
            last_used_reported: self.last_used_reported,
            preview: self.take(Meaning::Preview).and_then(preview),
            created_by: self.take(Meaning::Creator).and_then(creator),
            revoked: ended || off,
            ended,
        })
    }

    /// The project as it is at `now`.
    pub(crate) fn into_project(mut self, now: DateTime<Utc>) -> Option<Project> {
        let (id, name) = self.id_and_name()?;
        let archived = self.says(Meaning::Archived, now) == Some(true);
        let archived = archived || self.status_is(&["archived"]);
        Some(Project { id, name, archived })
    }

    pub(crate) fn into_organization(mut self) -> Option<Organization> {
        let (id, name) = self.id_and_name()?;
        Some(Organization { id, name })
    }

    /// What has no name goes by its id.
    fn id_and_name(&mut self) -> Option<(String, String)> {
        let id = self.take(Meaning::Id).and_then(text)?;
        let name = self.take(Meaning::Name).and_then(text).unwrap_or_else(|| id.clone());
        Some((id, name))
    }

    fn take(&mut self, meaning: Meaning) -> Option<Value> {
        self.fields[meaning as usize].take().map(|(_, value)| value)
    }

    fn date(&self, meaning: Meaning) -> Date {
        self.dates[meaning as usize].map_or(Date::None, |(_, date)| date)
    }

    fn says(&self, meaning: Meaning, now: DateTime<Utc>) -> Option<bool> {
        says(&self.fields[meaning as usize].as_ref()?.1, now)
    }

    fn status_is(&self, words: &[&str]) -> bool {
        let status = self.fields[Meaning::Status as usize].as_ref();
        status
            .and_then(|(_, value)| value.as_str())
            .is_some_and(|status| words.iter().any(|word| status.eq_ignore_ascii_case(word)))
    }

    /// Takes a value, or `None` for an unreadable one.
    fn offer(&mut self, meaning: Meaning, rank: usize, value: Option<Value>) {
        self.last_used_reported |= meaning == Meaning::LastUsed;
        if meaning.is_date() {
            let date = value.as_ref().map_or(Date::Unreadable, date);
            // A date that stands for "none" leaves it to another name to tell a time.
            keep_first(
                &mut self.dates[meaning as usize],
                rank,
                Some(date).filter(|it| *it != Date::None),
            );
            return;
        }
        let value = match meaning {
            // Where this is no id, another name may have one.
            Meaning::Id => value.and_then(id).map(Value::String),
            _ if meaning.is_flag() => value.as_ref().and_then(said),
            _ => value.filter(|value| !value.is_null() && value.as_str() != Some("")),
        };
        keep_first(&mut self.fields[meaning as usize], rank, value);
    }
}

/// Of several names for one meaning, the first one in the contract that says anything counts.
fn keep_first<T>(field: &mut Option<(usize, T)>, rank: usize, value: Option<T>) {
    if let Some(value) = value
        && field.as_ref().is_none_or(|(best, _)| rank < *best)
    {
        *field = Some((rank, value));
    }
}

impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Fields { piece_by_piece: false })
    }
}

struct Fields {
    /// Whether to read each value for itself. One that cannot be read, such as a text cut within a
    /// character or a number out of range, must not cost the row, and a number that is an id keeps
    /// its digits; of one that is too long only a part is read. Slower, so only where it must be.
    piece_by_piece: bool,
}

impl<'de> Visitor<'de> for Fields {
    type Value = Record;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Record, A::Error> {
        let mut record = Record::default();
        while let Some(Alias(alias)) = map.next_key()? {
            match alias {
                Some((meaning, rank)) if self.piece_by_piece => {
                    record.offer(meaning, rank, exact(map.next_value::<&RawValue>()?));
                }
                Some((meaning, rank)) => {
                    let value: Value = map.next_value()?;
                    if !meaning.is_date() && lost_digits(&value) {
                        return Err(Error::custom("the digits of an id are in the text alone"));
                    }
                    record.offer(meaning, rank, Some(value));
                }
                // A full value that some server lists by mistake is passed over unread
                // (docs/entri-api.md#list).
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(record)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn token(value: &Value) -> Token {
        Record::read(&value.to_string()).unwrap().into_token(now()).unwrap()
    }

    #[test]
    fn the_first_name_that_says_anything_wins() {
        let token = token(&json!({
            "id": "second", "description": "third", "label": "second", "name": "",
            "_id": null, "usedAt": "2026-01-01T00:00:00Z", "lastUsedAt": "2026-02-01T00:00:00Z",
        }));
        assert_eq!((&*token.id, &*token.name), ("second", "second"));
        assert_eq!(token.last_used_at, Date::At("2026-02-01T00:00:00Z".parse().unwrap()));
    }

    #[test]
    fn a_sentinel_leaves_it_to_the_next_name() {
        let token = token(&json!({
            "id": "a", "lastUsedAt": "0001-01-01T00:00:00Z", "lastUsed": "2026-02-01T00:00:00Z",
            "expiresAt": "soon", "expires": "2027-02-01T00:00:00Z",
        }));
        assert_eq!(token.last_used_at, Date::At("2026-02-01T00:00:00Z".parse().unwrap()));
        assert_eq!(token.expires_at, Date::Unreadable);
    }

    #[test]
    fn what_is_there_and_cannot_be_read_is_not_missing() {
        for value in [r#""soon""#, "true", r#""2026-11-20\ud83d""#, "{}"] {
            let record = format!(r#"{{"id":"a","lastUsedAt":{value}}}"#);
            let token = Record::read(&record).unwrap().into_token(now()).unwrap();
            assert_eq!(
                (token.last_used_at, token.last_used_reported),
                (Date::Unreadable, true),
                "{value}"
            );
        }
        let none = token(&json!({"id": "a", "lastUsedAt": null, "expiresAt": 0}));
        assert_eq!(
            (none.last_used_at, none.expires_at, none.created_at),
            (Date::None, Date::None, Date::None)
        );
    }

    #[test]
    fn an_id_keeps_its_digits() {
        let long = "123456789012345678901234567890";
        let read =
            |text: &str| Record::read(&text.replace('#', long)).unwrap().into_token(now()).unwrap();
        let flat = read(
            r#"{"_id":#,"name":#,"organizationId":#,"projectId":#,"createdBy":#,"created":1795186980}"#,
        );
        assert_eq!([&*flat.id, &*flat.name], [long, long]);
        assert_eq!([flat.organization_id.as_deref(), flat.project_id.as_deref()], [Some(long); 2]);
        assert_eq!(flat.created_by.unwrap().id.as_deref(), Some(long));
        assert_eq!(flat.created_at, Date::At("2026-11-20T15:03:00Z".parse().unwrap()));
        let nested = read(
            r#"{"id":{"$oid":#},"project":{"_id":#,"name":"Ferry"},"user":{"id":{"$oid":#}}}"#,
        );
        assert_eq!([&*nested.id, nested.project_id.as_deref().unwrap()], [long, long]);
        assert_eq!(nested.created_by.unwrap().id.as_deref(), Some(long));
        assert_eq!(read(r#"{"id":1.50}"#).id, "1.50");
        let project = Record::read(&format!(r#"{{"_id":-{long},"name":"Ferry"}}"#)).unwrap();
        assert_eq!(project.into_project(now()).unwrap().id, format!("-{long}"));
    }

    #[test]
    fn no_use_is_not_the_same_as_not_reported() {
        assert!(token(&json!({"id": "a", "lastUse": null})).last_used_reported);
        assert!(!token(&json!({"id": "a"})).last_used_reported);
    }

    #[test]
    fn an_owner_is_an_id_or_an_object() {
        let flat = token(&json!({"id": "a", "organization": "o", "projectId": "p"}));
        assert_eq!(
            (flat.organization_id.unwrap(), flat.project_id.unwrap()),
            ("o".into(), "p".into())
        );
        let nested = token(&json!({"id": "a", "project": {"_id": "p", "name": "Ferry"}}));
        assert_eq!(
            (nested.project_id.unwrap(), nested.project_name.unwrap()),
            ("p".into(), "Ferry".into())
        );
        let both = token(&json!({"id": "a", "projectId": "p", "project": {"name": "Ferry"}}));
        assert_eq!(
            (both.project_id.unwrap(), both.project_name.unwrap()),
            ("p".into(), "Ferry".into())
        );
    }

    fn now() -> DateTime<Utc> {
        "2026-11-24T10:00:00Z".parse().unwrap()
    }

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
    fn a_full_value_in_a_list_is_dropped() {
        let value = "entri_EXAMPLEONLY7h2Kq9ZpVw3Lm5Xc8Rb1Td6Yf4";
        let token = token(&json!({"id": "a", "token": value, "prefix": value, "extra": [value]}));
        assert!(!format!("{token:?}").contains(value));
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

    #[test]
    fn without_an_id_there_is_no_token() {
        for none in [json!({}), json!({"name": "a"}), json!({"_id": {}}), json!({"id": [1]})] {
            let record: Record = serde_json::from_str(&none.to_string()).unwrap();
            assert!(record.into_token(now()).is_none(), "{none}");
        }
    }

    #[test]
    fn what_is_no_id_leaves_it_to_the_next_name() {
        assert_eq!(token(&json!({"_id": {}, "id": "a"})).id, "a");
        assert_eq!(token(&json!({"_id": "", "id": [1], "tokenId": 7})).id, "7");
    }

    #[test]
    fn what_cannot_be_read_never_costs_the_row() {
        let deep = format!(r#"{{"id":"a","user":{}{}}}"#, "[".repeat(200), "]".repeat(200));
        for record in [
            r#"{"id":"a","name":"Deploy \ud83d"}"#,
            r#"{"id":"a","\ud83d":1}"#,
            r#"{"id":"a","created":1e999}"#,
            &deep,
        ] {
            assert_eq!(Record::read(record).unwrap().into_token(now()).unwrap().name, "a");
        }
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            ".{0,8}".prop_map(Value::from),
        ];
        leaf.prop_recursive(2, 8, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::hash_map("\\$oid|\\$date|_id|name", inner, 0..4)
                    .prop_map(|map| map.into_iter().collect()),
            ]
        })
    }

    proptest! {
        /// A record with an id is a token, whatever its other fields have.
        #[test]
        fn an_odd_field_never_costs_the_row(
            field in "name|created|expiresAt|lastUsed|prefix|project|createdBy|scopes|revoked|isActive|status",
            value in any_json(),
        ) {
            prop_assert_eq!(token(&json!({"_id": "a", field: value})).id, "a");
        }
    }
}
