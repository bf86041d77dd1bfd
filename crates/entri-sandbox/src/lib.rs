#![doc = include_str!("../README.md")]

mod accounts;
mod auth;
mod drill;
mod forms;
mod history;
mod lock;
mod login;
mod misbehavior;
mod model;
mod oddities;
mod orders;
mod random;
mod routes;
mod sandbox;
mod seed;
mod server;
mod shape;
mod start;
mod state;
mod store;
mod variant;
mod ways;

pub use axum::http::Method;

pub use drill::{Drill, Practice, clear_drills};
pub use forms::{
    CreateShape, CreatorForm, DateForm, DateHeader, ListShape, OrganizationList, Prefix,
    RevokeAnswer, SessionData, SessionOrganization, TokenRoutes,
};
pub use history::Flaw;
pub use model::StoredToken;
pub use oddities::Odd;
pub use orders::{Fault, FaultAnswer, Held, Recurring};
pub use sandbox::{Life, Sandbox, Told};
pub use start::{Clock, Config, Ready, StartError};
pub use state::{By, Credential, Ended, RequestRecord};
pub use variant::Variant;

/// The odd ways of a server, one by one and by name.
pub mod odd {
    pub use crate::model::Order;
    pub use crate::oddities::{
        ActiveOrganization, AfterLast, Creation, Damage, Dates, Deletion, Drift, IdForm, Members,
        Moves, NameForm, NextForm, Numbers, Odd, Organizations, Pages, Place, Said, Tidy, Total,
        Twins, Uses, Values, Words,
    };
    pub use crate::ways::{Unknown, Way, ways};
}
