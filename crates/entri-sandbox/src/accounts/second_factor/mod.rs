//! The second factor of the one member who has one: challenges, codes, and limits on wrong codes,
//! as in `BetterAuth` 1.7 (docs/entri-api.md#sign-in).

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::problem::Problem;
use super::totp;
use crate::random::random;

/// How long a challenge can be answered.
pub const CHALLENGE_LASTS: TimeDelta = TimeDelta::minutes(10);
const CODE_LASTS: TimeDelta = TimeDelta::minutes(3);
const LOCK_LASTS: TimeDelta = TimeDelta::minutes(15);
/// Wrong codes that a challenge takes, and a sent code.
const MOST_ATTEMPTS: u8 = 5;
/// Wrong codes in a row, over all challenges, that lock the account.
const MOST_FAILURES: u8 = 10;
/// Each is good once.
pub const BACKUP_CODES: [&str; 4] = ["SU7uG-BWxx5", "k2Pq9-Vr4Tn", "Zb8Hd-1mWcE", "e6LfY-Jg3Ra"];

/// The ways to answer a challenge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Factor {
    Totp,
    OneTimeCode,
    BackupCode,
}

struct Challenge {
    ends: DateTime<Utc>,
    failures: u8,
    sent: Option<Sent>,
}

struct Sent {
    code: String,
    ends: DateTime<Utc>,
    failures: u8,
}

/// The state of the second factor.
pub struct SecondFactor {
    challenges: HashMap<String, Challenge>,
    backup_codes: Vec<&'static str>,
    last_code: Option<String>,
    failures: u8,
    locked_until: DateTime<Utc>,
}

impl SecondFactor {
    pub fn new() -> Self {
        Self {
            challenges: HashMap::new(),
            backup_codes: BACKUP_CODES.to_vec(),
            last_code: None,
            failures: 0,
            locked_until: DateTime::UNIX_EPOCH,
        }
    }

    /// The one-time code that was sent last.
    pub fn last_code(&self) -> Option<&str> {
        self.last_code.as_deref()
    }

    /// The backup codes that are still good.
    pub fn backup_codes(&self) -> Vec<String> {
        self.backup_codes.iter().map(|&code| code.to_owned()).collect()
    }

    /// A challenge, after the right password; returns its id.
    pub fn challenge(&mut self, now: DateTime<Utc>) -> String {
        self.challenges.retain(|_, challenge| challenge.ends > now);
        let id = format!("2fa-{:016x}", random());
        let challenge = Challenge { ends: now + CHALLENGE_LASTS, failures: 0, sent: None };
        self.challenges.insert(id.clone(), challenge);
        id
    }

    /// Sends a one-time code, good for 3 minutes.
    pub fn send(&mut self, id: &str, now: DateTime<Utc>) -> Result<(), Problem> {
        let challenge = self.challenges.get_mut(id).filter(|it| it.ends > now);
        let challenge = challenge.ok_or(Problem::TwoFactorCookie)?;
        let code = format!("{:06}", random() % 1_000_000);
        self.last_code = Some(code.clone());
        challenge.sent = Some(Sent { code, ends: now + CODE_LASTS, failures: 0 });
        Ok(())
    }

    /// Answers a challenge; after the right answer it is gone.
    pub fn answer(
        &mut self,
        id: &str,
        factor: Factor,
        code: &str,
        now: DateTime<Utc>,
    ) -> Result<(), Problem> {
        let challenge = self.challenges.get_mut(id).filter(|it| it.ends > now);
        let challenge = challenge.ok_or(Problem::TwoFactorCookie)?;
        if self.locked_until > now {
            return Err(Problem::Locked);
        }
        let right = match factor {
            Factor::OneTimeCode => challenge.is_sent(code, now)?,
            _ if challenge.failures >= MOST_ATTEMPTS => {
                self.challenges.remove(id);
                return Err(Problem::TooManyAttempts);
            }
            Factor::Totp => totp::is_right(code, now),
            Factor::BackupCode => self.backup_codes.contains(&code),
        };
        if !right {
            challenge.failed(factor);
            self.failed(now);
            let backup = factor == Factor::BackupCode;
            return Err(if backup { Problem::BackupCode } else { Problem::Code });
        }
        self.backup_codes.retain(|&it| factor != Factor::BackupCode || it != code);
        self.challenges.remove(id);
        self.failures = 0;
        Ok(())
    }

    fn failed(&mut self, now: DateTime<Utc>) {
        self.failures += 1;
        if self.failures >= MOST_FAILURES {
            (self.failures, self.locked_until) = (0, now + LOCK_LASTS);
        }
    }
}

impl Challenge {
    /// Whether this is the code that was sent. After too many wrong ones only the code is void,
    /// not the challenge: another can be sent.
    fn is_sent(&mut self, code: &str, now: DateTime<Utc>) -> Result<bool, Problem> {
        let sent = self.sent.take_if(|sent| sent.failures >= MOST_ATTEMPTS || sent.ends <= now);
        match (sent, &self.sent) {
            (Some(void), _) if void.ends > now => Err(Problem::TooManyAttempts),
            (_, Some(sent)) => Ok(sent.code == code),
            _ => Err(Problem::CodeExpired),
        }
    }

    fn failed(&mut self, factor: Factor) {
        match (factor, &mut self.sent) {
            (Factor::OneTimeCode, Some(sent)) => sent.failures += 1,
            _ => self.failures += 1,
        }
    }
}

#[cfg(test)]
mod tests;
