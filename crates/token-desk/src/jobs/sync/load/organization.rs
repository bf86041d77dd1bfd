//! What a load asks for before the tokens: the projects and the members of the organization.

use std::collections::HashSet;

use entri_api::{Completeness, Error as ApiError, Incomplete, ProjectId, TokenOwner};

use super::{Load, concerns_everything};
use crate::error::Error;
use crate::list::{Members, Reading};
use crate::model::gaps::{Gap, Part};
use crate::model::token::Project;
use crate::once::once;

/// The maximum number of projects whose tokens are requested.
const MOST_PROJECTS: usize = 10_000;

impl Load<'_> {
    /// Known projects that aren't listed are requested, too, since a server may omit archived ones or
    /// others. Only its own response proves that a project is gone.
    pub(super) async fn find_projects(&mut self) -> Result<(), Error> {
        match self.client.projects().within(self.time_left()).collect_all().await {
            Ok(listing) => {
                let mut projects = once(listing.items, |project| project.id.clone());
                let completeness = match listing.completeness {
                    _ if projects.len() > MOST_PROJECTS => {
                        Completeness::Incomplete(Incomplete::TooLarge)
                    }
                    completeness => completeness,
                };
                projects.truncate(MOST_PROJECTS);
                self.projects.extend(projects.into_iter().map(Project::from));
                self.gaps.extend(Gap::of(Part::Projects, completeness));
            }
            Err(error) if concerns_everything(&error) => return Err(error.into()),
            Err(error) => {
                self.gaps.push(Gap::failed(Part::Projects, &error));
            }
        }
        let known = self.desk.list_of(self.connection)?;
        let listed: HashSet<_> = self.projects.iter().map(|it| it.id.clone()).collect();
        for project in known.projects().iter().filter(|project| !listed.contains(&project.id)) {
            if self.projects.len() < MOST_PROJECTS && self.is_there(&project.id).await {
                self.projects.push(project.clone());
            }
        }
        Ok(())
    }

    /// Whether the server has, or may have, tokens for this project.
    async fn is_there(&self, project: &ProjectId) -> bool {
        let owner = TokenOwner::Project(project.clone());
        let mut pages = self.client.tokens(&owner).within(self.time_left());
        !matches!(pages.next().await, Err(ApiError::NotFound { .. }))
    }

    /// Somebody who can't see the members can still see the tokens (docs/entri-api.md#members).
    pub(super) async fn find_members(&self) -> Members {
        match self.client.members().within(self.time_left()).collect_all().await {
            Ok(listing) => {
                let reading = match listing.completeness.reason() {
                    Some(reason) => Reading::Part(reason),
                    None if listing.items.is_empty() => Reading::Empty,
                    None => Reading::Whole,
                };
                Members { reading, all: listing.items }
            }
            Err(ApiError::Forbidden { .. }) => {
                Members { reading: Reading::Closed, all: Vec::new() }
            }
            Err(_) => {
                let known = self.desk.list_of(self.connection).map(|list| list.members());
                let mut known = known.map(|it| Members::clone(&it)).unwrap_or_default();
                known.make_earlier();
                known
            }
        }
    }
}
