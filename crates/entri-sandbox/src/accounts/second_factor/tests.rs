use super::*;

const NOW: DateTime<Utc> = DateTime::from_timestamp_nanos(1_795_528_920_000_000_000);

fn wrong() -> &'static str {
    ["000000", "000001"].into_iter().find(|code| !totp::is_right(code, NOW)).unwrap()
}

#[test]
fn a_challenge_is_good_once_and_for_ten_minutes() {
    let mut second = SecondFactor::new();
    let id = second.challenge(NOW);
    assert_eq!(second.answer(&id, Factor::Totp, &totp::code(NOW), NOW), Ok(()));
    let again = second.answer(&id, Factor::Totp, &totp::code(NOW), NOW);
    assert_eq!(again, Err(Problem::TwoFactorCookie));
    let id = second.challenge(NOW);
    let late = NOW + CHALLENGE_LASTS;
    let answer = second.answer(&id, Factor::Totp, &totp::code(late), late);
    assert_eq!(answer, Err(Problem::TwoFactorCookie));
    assert_eq!(second.send(&id, late), Err(Problem::TwoFactorCookie));
}

#[test]
fn the_sixth_try_is_one_too_many_even_with_the_right_code() {
    let mut second = SecondFactor::new();
    let id = second.challenge(NOW);
    for (factor, problem) in
        [(Factor::Totp, Problem::Code), (Factor::BackupCode, Problem::BackupCode)]
            .into_iter()
            .cycle()
            .take(5)
    {
        assert_eq!(second.answer(&id, factor, wrong(), NOW), Err(problem));
    }
    let right = totp::code(NOW);
    assert_eq!(second.answer(&id, Factor::Totp, &right, NOW), Err(Problem::TooManyAttempts));
    assert_eq!(second.answer(&id, Factor::Totp, &right, NOW), Err(Problem::TwoFactorCookie));
}

#[test]
fn a_sent_code_is_void_after_five_wrong_ones_but_the_challenge_is_not() {
    let mut second = SecondFactor::new();
    let id = second.challenge(NOW);
    let answer =
        |second: &mut SecondFactor, code: &str| second.answer(&id, Factor::OneTimeCode, code, NOW);
    assert_eq!(answer(&mut second, "123456"), Err(Problem::CodeExpired), "none was sent");
    second.send(&id, NOW).unwrap();
    for _ in 0..5 {
        assert_eq!(answer(&mut second, "no"), Err(Problem::Code));
    }
    let code = second.last_code().unwrap().to_owned();
    assert_eq!(answer(&mut second, &code), Err(Problem::TooManyAttempts));
    assert_eq!(answer(&mut second, &code), Err(Problem::CodeExpired));
    second.send(&id, NOW).unwrap();
    let code = second.last_code().unwrap().to_owned();
    assert_eq!(answer(&mut second, &code), Ok(()));
}

#[test]
fn a_sent_code_lasts_three_minutes() {
    let mut second = SecondFactor::new();
    let id = second.challenge(NOW);
    second.send(&id, NOW).unwrap();
    let code = second.last_code().unwrap().to_owned();
    let answer = second.answer(&id, Factor::OneTimeCode, &code, NOW + CODE_LASTS);
    assert_eq!(answer, Err(Problem::CodeExpired));
}

#[test]
fn a_backup_code_is_good_once_as_it_is_written() {
    let mut second = SecondFactor::new();
    let mut answer = |code: &str| {
        let id = second.challenge(NOW);
        second.answer(&id, Factor::BackupCode, code, NOW)
    };
    let code = BACKUP_CODES[0];
    assert_eq!(answer(&code.to_lowercase()), Err(Problem::BackupCode));
    assert_eq!(answer(&code.replace('-', "")), Err(Problem::BackupCode));
    assert_eq!(answer(code), Ok(()));
    assert_eq!(answer(code), Err(Problem::BackupCode));
    assert_eq!(second.backup_codes(), BACKUP_CODES[1..]);
}

#[test]
fn ten_failures_in_a_row_lock_the_account_for_fifteen_minutes() {
    let mut second = SecondFactor::new();
    for round in 0..2 {
        let id = second.challenge(NOW);
        for _ in 0..5 {
            let answer = second.answer(&id, Factor::Totp, wrong(), NOW);
            assert_eq!(answer, Err(Problem::Code), "{round}");
        }
    }
    let id = second.challenge(NOW);
    let mut answer = |now| second.answer(&id, Factor::Totp, &totp::code(now), now);
    assert_eq!(answer(NOW), Err(Problem::Locked));
    assert_eq!(answer(NOW + TimeDelta::minutes(9)), Err(Problem::Locked));
    let (now, id) = (NOW + LOCK_LASTS, second.challenge(NOW + LOCK_LASTS));
    assert_eq!(second.answer(&id, Factor::Totp, &totp::code(now), now), Ok(()));
}
