//! Which organization a credential works in (docs/entri-api.md#organization).
//!
//! A session works in one at a time, and anything that shares the session, such as a browser, can
//! switch it. Lists such as that of the projects depend on it, so it is checked before anything is
//! read or revoked.

use entri_api::{Client, Error as ApiError, Listing, Organization, OrganizationId};

use crate::desk::live::LiveConnection;
use crate::error::Error;
use crate::model::connection::Method;
use crate::model::connection::sign_in::Choices;
use crate::model::gaps::Things;
use crate::once::once;

/// The organization a connection is to be for.
pub(super) enum Found {
    Organization {
        id: OrganizationId,
        name: String,
    },
    /// The session works in several.
    Choice(Choices),
}

impl LiveConnection {
    /// Makes sure that the credential works in the organization of its connection. A session that
    /// works in none is switched to it, as when connecting.
    ///
    /// # Errors
    ///
    /// [`Error::OtherOrganization`] if it works in another one: whoever switched it is working
    /// there now, so it isn't switched back without asking.
    pub(crate) async fn in_its_organization(&self) -> Result<(), Error> {
        let own = &self.connection;
        // A key belongs to one organization.
        if own.method == Method::ApiToken {
            return Ok(());
        }
        match self.client.current_organization().await {
            Ok(current) if current.id == own.organization_id => Ok(()),
            Ok(current) => Err(Error::OtherOrganization {
                current: current.name,
                own: own.organization_name.clone(),
            }),
            Err(ApiError::NotFound { .. }) => {
                chosen(&self.client, own.organization_id.clone()).await.map(drop)
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// Which organization the credential works in; `typed` is the id that the admin named.
pub(super) async fn organization(
    client: &Client,
    typed: Option<OrganizationId>,
) -> Result<Found, Error> {
    let needed = || {
        let address = client.base_url();
        let origin = (!address.path().is_empty()).then(|| address.origin());
        Error::OrganizationNeeded { host: address.host().to_owned(), origin }
    };
    match (client.current_organization().await, typed) {
        (Ok(current), Some(id)) if current.id != id => chosen(client, id).await,
        (Ok(current), _) => Ok(Found::Organization { id: current.id, name: current.name }),
        (Err(ApiError::NotFound { .. }), Some(id)) => chosen(client, id).await,
        (Err(ApiError::NotFound { .. }), None) => match client.organizations().await? {
            Some(listing) if !listing.items.is_empty() => Ok(Found::Choice(listing.into())),
            _ => Err(needed()),
        },
        (Err(error), _) => Err(error.into()),
    }
}

impl From<Listing<Organization>> for Choices {
    fn from(Listing { items, completeness, .. }: Listing<Organization>) -> Self {
        let things = Things::new("organization", "organizations");
        Self {
            organizations: once(items, |choice| choice.id.clone()),
            lacks: completeness.reason().map(|reason| things.incomplete(reason)),
        }
    }
}

/// The organization that the admin chose. A session is switched to it even if the list of
/// organizations lacks it, since that list may be incomplete. An API token has no choice, and if
/// the server has no such list, nothing can be chosen.
async fn chosen(client: &Client, id: OrganizationId) -> Result<Found, Error> {
    let Some(listing) = client.organizations().await? else {
        return Ok(Found::Organization { name: id.0.clone(), id });
    };
    client.set_active_organization(&id).await?;
    let known = listing.items.into_iter().find(|known| known.id == id);
    let name = known.map_or_else(|| id.0.clone(), |known| known.name);
    Ok(Found::Organization { id, name })
}
