//! Which organization the credential works in (docs/entri-api.md#organization).

use serde::Serialize;

use super::{CHANGE_LIMIT, Client, LIST_LIMIT};
use crate::completeness::{Completeness, Incomplete, Whole};
use crate::error::Error;
use crate::message::ServerMessage;
use crate::model::id::OrganizationId;
use crate::model::organization::Organization;
use crate::page::Listing;
use crate::transport::{Answer, unclear};
use crate::wire::{List, Record};

pub(super) const CURRENT: &str = "/organizations/current";
const LIST: &str = "/organization/list";
const SET_ACTIVE: &str = "/organization/set-active";
const ACT: &str = "choose the organization";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SetActiveBody<'a> {
    organization_id: &'a OrganizationId,
}

impl Client {
    /// The organization the credential belongs to. A session without an active one is switched to
    /// its only one, since lists such as that of the projects depend on it.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] if there is none, or a session could work in several: see
    /// [`Client::organizations`].
    pub async fn current_organization(&self) -> Result<Organization, Error> {
        let missing = match self.transport.get(CURRENT, LIST_LIMIT).await {
            Ok(answer) if answer.is_empty() => none(&answer),
            Ok(answer) => return organization(&answer),
            Err(error @ Error::NotFound { .. }) => error,
            Err(error) => return Err(error),
        };
        let Some(known) = self.organizations().await? else { return Err(missing) };
        // If another one is unreadable, or more follow, it isn't the only one.
        let ([only], Some(_)) = (&known.items[..], known.completeness.proof()) else {
            return Err(missing);
        };
        // Requests that use the organization's id work without it.
        if let Err(error) = self.set_active_organization(&only.id).await {
            tracing::debug!(%error, "the only organization was not made the active one");
        }
        Ok(only.clone())
    }

    /// The organizations a session may work in. `None` if the server has no such list, which is
    /// not a documented one (docs/entri-api.md#sign-in), and for an API token, which belongs to one.
    pub async fn organizations(&self) -> Result<Option<Listing<Organization>>, Error> {
        if self.transport.session().is_none() {
            return Ok(None);
        }
        match self.transport.get_auth(LIST, LIST_LIMIT).await {
            Ok(answer) if answer.is_empty() => Ok(Some(in_one_page(List::default()))),
            Ok(answer) => {
                let list = List::answered(&answer.body, &answer.headers);
                Ok(Some(in_one_page(list.ok_or_else(|| answer.unexpected())?)))
            }
            Err(Error::NotFound { .. } | Error::UnexpectedAnswer { status: 404, .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Switches a session to this organization, wherever else the session is used, too.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the server has no such list; [`Error::OriginRefused`].
    pub async fn set_active_organization(&self, id: &OrganizationId) -> Result<(), Error> {
        self.transport.check_signed_in()?;
        let body = serde_json::to_vec(&SetActiveBody { organization_id: id });
        let body = body.map_err(|error| Error::Setup(error.to_string()))?;
        let answer = self.transport.post_auth(SET_ACTIVE, body.into(), CHANGE_LIMIT, &[]).await;
        let answer = answer.and_then(Answer::success).map_err(|error| unclear(ACT, error))?;
        answer.done(ACT)
    }
}

pub(super) fn organization(answer: &Answer) -> Result<Organization, Error> {
    let record = str::from_utf8(&answer.body).ok().and_then(Record::read);
    record.and_then(Record::into_organization).ok_or_else(|| answer.unexpected())
}

fn none(answer: &Answer) -> Error {
    Error::NotFound { host: answer.host.clone(), message: ServerMessage::default() }
}

/// This list has no pages, so it is complete unless it says otherwise.
fn in_one_page<T>(list: List<T>) -> Listing<T> {
    let List { items: entries, too_large, words, .. } = list;
    let count = |entries: usize| u32::try_from(entries).unwrap_or(u32::MAX);
    let read = count(entries.len());
    let items: Vec<T> = entries.into_iter().flatten().collect();
    let skipped = read - count(items.len());
    let lacks = match words.total {
        _ if too_large => Some(Incomplete::TooLarge),
        _ if skipped > 0 => Some(Incomplete::Unreadable(skipped)),
        Some(total) if total != read => Some(Incomplete::Miscounted { read, total }),
        _ if words.follows(1) == Some(true) => Some(Incomplete::CutShort),
        _ => None,
    };
    let completeness = lacks.map_or(Completeness::Whole(Whole::PROVEN), Completeness::Incomplete);
    Listing { items, skipped, completeness }
}
