//! The sessions: 7 days, extended when a day old; 1 day if the user isn't to be remembered
//! (docs/entri-api.md#cookies).

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};

use crate::random::random;

/// How long a session lasts.
pub const LIFETIME: TimeDelta = TimeDelta::days(7);
const UNREMEMBERED: TimeDelta = TimeDelta::days(1);
/// A session this old is extended when it is used.
const RENEWED_AFTER: TimeDelta = TimeDelta::days(1);

/// The session of somebody who signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub id: String,
    pub token: String,
    pub member: u8,
    pub created: DateTime<Utc>,
    pub updated: DateTime<Utc>,
    pub expires: DateTime<Utc>,
    /// Whether it outlives the browser.
    pub remembered: bool,
    /// Whether an organization is active in it.
    pub organization: bool,
}

/// Every open session, by its token.
#[derive(Default)]
pub struct Sessions(HashMap<String, Session>);

impl Sessions {
    /// Starts a session for a member who signed in.
    pub fn open(
        &mut self,
        member: u8,
        remembered: bool,
        organization: bool,
        now: DateTime<Utc>,
    ) -> Session {
        let session = Session {
            id: format!("se-{:016x}", random()),
            token: format!("{:016x}{:016x}", random(), random()),
            member,
            created: now,
            updated: now,
            expires: now + if remembered { LIFETIME } else { UNREMEMBERED },
            remembered,
            organization,
        };
        self.0.insert(session.token.clone(), session.clone());
        session
    }

    /// The session as it is after this use, and whether the use extended it.
    pub fn used(&mut self, token: &str, now: DateTime<Utc>) -> Option<(Session, bool)> {
        if self.0.get(token)?.expires < now {
            self.0.remove(token);
            return None;
        }
        let session = self.0.get_mut(token)?;
        let renewed = session.remembered && session.expires - LIFETIME + RENEWED_AFTER <= now;
        if renewed {
            (session.expires, session.updated) = (now + LIFETIME, now);
        }
        Some((session.clone(), renewed))
    }

    /// Makes the organization active, or no organization.
    pub fn set_organization(&mut self, token: &str, active: bool) {
        if let Some(session) = self.0.get_mut(token) {
            session.organization = active;
        }
    }

    /// Ends the session with this token, as at sign-out.
    pub fn close(&mut self, token: &str) {
        self.0.remove(token);
    }

    /// Ends every session of every member.
    pub fn close_all(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hours: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::hours(hours)
    }

    #[test]
    fn a_session_is_extended_once_it_is_a_day_old() {
        let mut sessions = Sessions::default();
        let token = sessions.open(0, true, true, at(0)).token;
        let mut used = |hours| {
            let (session, renewed) = sessions.used(&token, at(hours)).unwrap();
            (renewed, session.expires)
        };
        assert_eq!(used(23), (false, at(168)));
        assert_eq!(used(24), (true, at(192)));
        assert_eq!(used(25), (false, at(192)));
        assert_eq!(used(192), (true, at(360)), "its last moment");
    }

    #[test]
    fn a_session_ends_after_seven_days_without_use() {
        let mut sessions = Sessions::default();
        let token = sessions.open(0, true, true, at(0)).token;
        assert_eq!(sessions.used(&token, at(169)), None);
        assert_eq!(sessions.used(&token, at(0)), None, "it is gone for good");
    }

    #[test]
    fn who_is_not_to_be_remembered_stays_a_day() {
        let mut sessions = Sessions::default();
        let token = sessions.open(0, false, true, at(0)).token;
        let (session, renewed) = sessions.used(&token, at(24)).unwrap();
        assert_eq!((session.expires, renewed), (at(24), false));
        assert_eq!(sessions.used(&token, at(25)), None);
    }

    #[test]
    fn a_session_can_be_ended() {
        let mut sessions = Sessions::default();
        let tokens = [0, 1].map(|member| sessions.open(member, true, true, at(0)).token);
        sessions.close(&tokens[0]);
        assert_eq!(sessions.used(&tokens[0], at(0)), None);
        assert_eq!(sessions.used(&tokens[1], at(0)).unwrap().0.member, 1);
        sessions.close_all();
        assert_eq!(sessions.used(&tokens[1], at(0)), None);
    }
}
