use token_audit::Date;

use super::*;
use crate::storage::journal::CLIPBOARD;

fn now() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH
}

fn parked() -> (Vault, SecretHandle) {
    let vault = Vault::default();
    let handle = park(&vault, "entri_abcdefgh1234");
    (vault, handle)
}

fn park(vault: &Vault, secret: &str) -> SecretHandle {
    let secret = Secret::new(secret.to_owned());
    let created = |handle| Created {
        handle,
        mask: secret.mask(),
        key: None,
        name: "new".to_owned(),
        expires: Date::None,
        scopes: Vec::new(),
        differs: None,
        rotation: None,
    };
    vault.park(&vault.expect(), secret.clone(), InHand::sample(), created).handle
}

/// All values start the same way, so a common prefix reveals nothing.
#[test]
fn a_value_that_begins_as_another_one_is_not_that_one() {
    let (vault, _) = parked();
    for (typed, held) in [
        ("entri_abcdefgh1234", true),
        ("value: entri_ABCDEFGH", true),
        ("bcdefgh1", true),
        ("entri_abZ9876543210", false),
        ("entri_abcdefg", false),
    ] {
        let owners = vault.owners_of(&Secret::new(typed.to_owned()));
        assert_eq!(owners.len(), usize::from(held), "{typed}");
        assert_eq!(vault.finds(typed), held, "{typed}");
    }
}

#[test]
fn whoever_comes_later_hears_what_waits_and_who_has_it() {
    let (vault, first) = parked();
    let second = park(&vault, "entri_other");
    let told = vault.waiting().unwrap();
    assert_eq!((told.created.handle, told.copied, told.delivered), (first, None, None));
    vault.deliver(first, "file ~/x", now(), |_| Ok(())).unwrap();
    vault.deliver(first, CLIPBOARD, now(), |_| Ok(())).unwrap();
    let fails = |_: &Secret| Err::<(), _>(Error::Clipboard);
    assert!(vault.deliver(first, "file ~/y", now(), fails).is_err());
    let told = vault.waiting().unwrap();
    assert_eq!(told.copied, Some(now()));
    assert_eq!(told.delivered, Some(("file ~/x".to_owned(), now())));
    vault.close(first, false).unwrap();
    assert_eq!(vault.waiting().map(|told| told.created.handle), Some(second));
    vault.close(second, true).unwrap();
    assert_eq!(vault.waiting(), None);
}

#[test]
fn a_value_nobody_has_stays_until_told_otherwise() {
    let (vault, handle) = parked();
    assert!(matches!(vault.close(handle, false), Err(Error::NotCopied)));
    assert!(vault.lend(handle, |_| ()).is_ok());
    assert!(vault.close(handle, true).unwrap().is_some_and(|closed| !closed.delivered));
    assert!(matches!(vault.lend(handle, |_| ()), Err(Error::SecretGone)));
    assert!(vault.close(handle, false).unwrap().is_none(), "closing twice is not a mistake");
}

#[test]
fn a_delivered_value_closes_at_once() {
    let (vault, handle) = parked();
    vault.deliver(handle, "a test", now(), |_| Ok(())).unwrap();
    assert!(vault.close(handle, false).unwrap().is_some_and(|closed| closed.delivered));
    assert!(vault.lend(handle, |_| ()).is_err());
}

#[test]
fn a_delivery_that_fails_takes_nothing_back_and_gives_nothing() {
    let (vault, handle) = parked();
    let fails = |_: &Secret| Err::<(), _>(Error::Clipboard);
    assert!(vault.deliver(handle, "a test", now(), fails).is_err());
    assert!(matches!(vault.close(handle, false), Err(Error::NotCopied)));
    vault.deliver(handle, "a test", now(), |_| Ok(())).unwrap();
    assert!(vault.deliver(handle, "a test", now(), fails).is_err());
    assert!(vault.close(handle, false).is_ok(), "somebody has it all the same");
}

#[test]
fn nothing_is_locked_while_somebody_takes_the_value() {
    let (vault, handle) = parked();
    let other = park(&vault, "entri_other");
    let given = vault.deliver(handle, "a test", now(), |secret| {
        assert!(vault.lend(other, |_| ()).is_ok() && vault.close(other, true).is_ok());
        assert!(vault.close(handle, true).is_ok(), "its own slot can go meanwhile");
        assert_eq!(secret.expose(), "entri_abcdefgh1234");
        Ok(())
    });
    assert!(given.is_ok() && matches!(vault.lend(handle, |_| ()), Err(Error::SecretGone)));
}

#[test]
fn handles_are_never_used_twice() {
    let (vault, first) = parked();
    vault.close(first, true).unwrap();
    let second = park(&vault, "entri_other");
    assert_ne!(first, second);
}
