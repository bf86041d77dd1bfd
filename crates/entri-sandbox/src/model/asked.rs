//! The parameters of a request for a page of a list (docs/entri-api.md#lists).

use std::collections::HashMap;
use std::convert::Infallible;

use axum::extract::{FromRequestParts, OriginalUri, Query};
use axum::http::Uri;
use axum::http::request::Parts;

use super::api_error::ApiError;

/// A request for a page: its full path and its query.
pub struct Asked {
    pub path: String,
    query: HashMap<String, String>,
}

impl Asked {
    fn new(uri: &Uri) -> Self {
        let query = Query::try_from_uri(uri).map(|Query(query)| query).unwrap_or_default();
        Self { path: uri.path().to_owned(), query }
    }

    pub fn text(&self, name: &str) -> Option<&str> {
        self.query.get(name).map(String::as_str)
    }

    /// A natural number from the query; any other text is refused.
    pub fn number(&self, name: &str) -> Result<Option<u32>, ApiError> {
        let refused = |_| ApiError::validation(vec![format!("{name} must be an integer")]);
        self.text(name).map(|text| text.parse().map_err(refused)).transpose()
    }
}

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        // Within a nest of routes the plain address lacks its beginning.
        let whole = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |uri| &uri.0);
        Ok(Self::new(whole))
    }
}
