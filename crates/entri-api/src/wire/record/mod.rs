//! One record: its known fields, whatever the server calls them (docs/entri-api.md#organization, #tokens).

mod fields;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use serde::de::Deserializer;
use serde_json::Value;

use super::alias::Meaning;
use super::time::date;
use super::value::{LONGEST, creator, id, id_of, name_of, preview, said, says, scopes, text};
use crate::model::date::Date;
use crate::model::id::{OrganizationId, ProjectId, TokenId};
use crate::model::organization::{Organization, Project};
use crate::model::token::Token;
use fields::Fields;

/// Words for a token that is revoked.
const ENDED: [&str; 2] = ["revoked", "deleted"];
/// Words for a token that is switched off.
const OFF: [&str; 2] = ["disabled", "inactive"];

/// A record's known fields. If several have one meaning, the first that says anything counts.
#[derive(Debug, Default)]
pub(crate) struct Record {
    fields: [Option<(usize, Value)>; Meaning::COUNT],
    dates: [Option<(usize, Date)>; Meaning::DATES],
    last_used_reported: bool,
}

impl Record {
    /// Reads a record, or else the parts of it that can be read. `None` if it isn't an object.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut fields = serde_json::Deserializer::from_str(text);
        let short = text.len() <= LONGEST;
        let whole = short.then(|| serde_json::from_str(text).ok()).flatten();
        whole.or_else(|| fields.deserialize_map(Fields { piece_by_piece: true }).ok())
    }

    /// The token as of `now`. `None` without an id, since it couldn't be revoked.
    pub(crate) fn into_token(mut self, now: DateTime<Utc>) -> Option<Token> {
        let (id, name) = self.id_and_name()?;
        let project = self.take(Meaning::Project);
        let ended = self.says(Meaning::Revoked, now) == Some(true) || self.status_is(&ENDED);
        let off = self.says(Meaning::Active, now) == Some(false) || self.status_is(&OFF);
        Some(Token {
            id: TokenId(id),
            name,
            organization_id: self.take(Meaning::OrganizationId).and_then(id_of).map(OrganizationId),
            project_name: project.as_ref().and_then(name_of),
            project_id: self.take(Meaning::ProjectId).or(project).and_then(id_of).map(ProjectId),
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

    /// The project as of `now`. `None` without an id.
    pub(crate) fn into_project(mut self, now: DateTime<Utc>) -> Option<Project> {
        let (id, name) = self.id_and_name()?;
        let archived = self.says(Meaning::Archived, now) == Some(true);
        let archived = archived || self.status_is(&["archived"]);
        Some(Project { id: ProjectId(id), name, archived })
    }

    pub(crate) fn into_organization(mut self) -> Option<Organization> {
        let (id, name) = self.id_and_name()?;
        Some(Organization { id: OrganizationId(id), name })
    }

    /// A record without a name goes by its id.
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
            // If this date stands for "none", a field of another name may have a time.
            keep_first(
                &mut self.dates[meaning as usize],
                rank,
                Some(date).filter(|it| *it != Date::None),
            );
            return;
        }
        let value = match meaning {
            // If this isn't an id, a field of another name may have one.
            Meaning::Id => value.and_then(id).map(Value::String),
            _ if meaning.is_flag() => value.as_ref().and_then(said),
            _ => value.filter(|value| !value.is_null() && value.as_str() != Some("")),
        };
        keep_first(&mut self.fields[meaning as usize], rank, value);
    }
}

/// Of several names for one meaning, the first in docs/entri-api.md#list that says anything counts.
fn keep_first<T>(field: &mut Option<(usize, T)>, rank: usize, value: Option<T>) {
    if let Some(value) = value
        && field.as_ref().is_none_or(|(best, _)| rank < *best)
    {
        *field = Some((rank, value));
    }
}
