//! Codes of an authenticator app (RFC 6238: SHA-1, 6 digits, 30 s). The secret is fixed and
//! public: it protects invented data.

use chrono::{DateTime, Utc};
use totp_rs::{Builder, Secret, Totp};

/// The secret in base32, as an authenticator app takes it.
pub const SECRET: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

/// The code of this time.
pub fn code(now: DateTime<Utc>) -> String {
    authenticator().generate(seconds(now)).to_string()
}

/// Whether this is the code of this time, or of the 30 seconds before or after, as `BetterAuth`
/// takes it.
pub fn is_right(code: &str, now: DateTime<Utc>) -> bool {
    authenticator().check(code, seconds(now)).is_some()
}

fn authenticator() -> Totp {
    let secret = Secret::try_from_base32(SECRET).unwrap_or_else(|_| [0; 20].into());
    Builder::new().with_secret(secret).build_noncompliant()
}

fn seconds(now: DateTime<Utc>) -> u64 {
    now.timestamp().unsigned_abs()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    /// RFC 6238, appendix B; of its eight digits the last six.
    #[test]
    fn the_library_gives_the_codes_of_the_rfc() {
        let secret: [u8; 20] = *b"12345678901234567890";
        let table = [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ];
        for (time, code) in table {
            let authenticator = Builder::new().with_secret(secret).build_noncompliant();
            assert_eq!(authenticator.generate(time).to_string(), code, "{time}");
        }
    }

    #[test]
    fn the_documented_secret_is_the_one_in_use() {
        assert_eq!(authenticator().secret().to_base32(), SECRET);
    }

    #[test]
    fn a_code_is_right_for_its_own_half_minute_and_its_neighbours() {
        let now: DateTime<Utc> = "2026-11-24T14:02:00Z".parse().unwrap();
        let after = |seconds| is_right(&code(now), now + TimeDelta::seconds(seconds));
        assert!([-30, 0, 29, 30, 59].into_iter().all(after));
        assert!(![-31, 60].into_iter().any(after));
    }

    #[test]
    fn a_blank_makes_a_code_wrong() {
        let now: DateTime<Utc> = "2026-11-24T14:02:00Z".parse().unwrap();
        let code = code(now);
        for wrong in [format!("{} {}", &code[..3], &code[3..]), format!(" {code}"), String::new()] {
            assert!(!is_right(&wrong, now), "{wrong:?}");
        }
    }
}
