//! Activities of the running app: sign-ins, loads, bulk revokes, background checks.

pub(crate) mod attempts;
pub(crate) mod bulk_revoke;
pub(crate) mod incidents;
pub(crate) mod loading;
pub(crate) mod scan;
pub(crate) mod watching;
