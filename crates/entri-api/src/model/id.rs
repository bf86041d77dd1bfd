//! The ids that servers give to things. Each is an opaque text. Each kind has a type of its own, so that
//! one can't be passed for another.

use std::borrow::Borrow;
use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $id:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $id<T = String>(pub T);

        impl $id {
            /// The same id, borrowed.
            #[must_use]
            pub fn borrowed(&self) -> $id<&str> {
                $id(&self.0)
            }
        }

        impl $id<&str> {
            /// The same id, owned.
            #[must_use]
            pub fn into_owned(self) -> $id {
                $id(self.0.to_owned())
            }
        }

        impl From<&str> for $id {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        /// So that what is kept by id can be looked up by a borrowed one.
        impl Borrow<str> for $id {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl<T: fmt::Display> fmt::Display for $id<T> {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }
    )+};
}

ids! {
    /// The id of an organization on its server.
    OrganizationId;
    /// The id of a project on its server.
    ProjectId;
    /// The id of a token on its server.
    TokenId;
}
