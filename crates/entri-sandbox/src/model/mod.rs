//! The types that all parts share: the organization, its people, tokens, lists and requests.

mod api_error;
mod asked;
mod list;
mod organization;
mod page;
mod people;
mod token;

pub use api_error::ApiError;
pub use asked::Asked;
pub use list::{List, Listed, Order};
pub use organization::{ORGANIZATION_ID, ORGANIZATION_NAME, OTHER, OURS, Organization, PROJECTS};
pub use page::{PageOf, Read, Window};
pub use people::{MEMBERS, Member, OWNER, PASSWORD, TRANSLATOR, TWO_FACTOR_MEMBER, person};
pub use token::{StoredToken, secret};
