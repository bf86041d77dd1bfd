//! What a scan finds: whose token it is, whether it still works, and what to do about it.

use token_desk::{Deed, FileRequest, IncidentOf, Life, LookedFor, Secret, Sureness};

use super::{Made, ended, only};
use crate::found::naming::fingerprinted;
use crate::found::{deeds, found, incident, leaked};
use crate::support::keychain::with_keychain;
use crate::support::{Bench, alone, confirmed, key, now, secret, synced};

const NOBODYS: &str = "entri_7h2Kq9ZpVw3Lm5Xc8Rb1Td6nobody";

/// A token whose fingerprint is kept, and its value.
pub async fn known(bench: &Bench) -> (String, Secret) {
    let (id, value) = leaked(bench, "leaky").await;
    fingerprinted(bench, &id).await;
    (id, value)
}

#[test]
fn a_value_of_this_app_is_known_by_its_fingerprint_in_files_and_history() {
    with_keychain(async {
        let bench = Bench::loaded().await;
        let (id, value) = known(&bench).await;
        let made = Made::new();
        made.repository("web", "ci/.env", &format!("A=1\nTOKEN={}\n", value.expose()));
        made.write("notes.md", format!("see {}\n", value.expose()));
        let scan = made.scanned(&bench.desk).await;
        let token = only(&scan);
        let owner = token.owner.as_ref().unwrap();
        assert_eq!((owner.key.id.0.as_str(), &*owner.name), (&*id, "leaky"));
        assert_eq!((owner.sureness, token.life), (Sureness::Certain, Life::Live));
        assert_eq!(scan.title, "1 token in 2 places: 1 live");
        let told: Vec<_> =
            token.places.iter().map(|it| (&*it.path, &*it.about, &*it.reach)).collect();
        let notes = made.path().join("notes.md:1").display().to_string();
        let [file, history] = told[..] else { panic!("{told:?}") };
        assert_eq!(file, (&*notes, "File", ""));
        assert_eq!((history.0, history.2), ("web/ci/.env:2", "main"));
        assert!(
            history.1.starts_with("Commit ") && history.1.ends_with(" · 3 Jun 2025 · A"),
            "{told:?}"
        );
        assert!(!format!("{scan:?}").contains(&value.expose()[6..30]), "the value stays inside");
    });
}

#[test]
fn it_is_live_until_it_is_gone_from_a_complete_list_whatever_becomes_of_the_text() {
    with_keychain(async {
        let bench = Bench::loaded().await;
        let (id, value) = known(&bench).await;
        let made = Made::new();
        let file = made.write("token", value.expose());
        assert_eq!(only(&made.scanned(&bench.desk).await).life, Life::Live);
        std::fs::remove_file(file).unwrap();
        assert_eq!(only(&ended(&bench.desk).await).life, Life::Live, "the text is not the token");
        let desk = &bench.desk;
        desk.revoke(confirmed(desk, key(&id)), now()).await.unwrap();
        synced(desk).await;
        let scan = ended(desk).await;
        assert_eq!(only(&scan).life, Life::Gone);
        assert_eq!(scan.title, "1 token in 1 place: 1 dead");
    });
}

#[test]
fn nobody_is_named_for_a_value_that_no_list_knows() {
    alone(async {
        let bench = Bench::loaded().await;
        bench.desk.scan_pasted(secret(&format!("a\nb={NOBODYS}")), now()).await.unwrap();
        let scan = ended(&bench.desk).await;
        let token = only(&scan);
        assert_eq!((&token.owner, token.life), (&None, Life::Unknown));
        assert_eq!((&*token.places[0].path, token.places[0].file.is_none()), ("Line 2", true));
        let ledger = scan.ledger.as_ref().unwrap();
        let text = format!("a\nb={NOBODYS}");
        let size = format!("{} bytes", text.len());
        assert_eq!((&*ledger.read, &*ledger.read_bytes), ("the pasted text", &*size));
    });
}

/// Another incident is open, which has nothing to do with it.
#[test]
fn a_value_that_nobody_is_named_for_gets_an_incident_that_takes_it_once_it_is_pasted() {
    alone(async {
        let bench = Bench::loaded().await;
        let desk = &bench.desk;
        let first = desk.report_leaked(key(&bench.id_of("load-test")), now()).await.unwrap();
        desk.scan_pasted(secret(&format!("a\nb={NOBODYS}")), now()).await.unwrap();
        let print = only(&ended(desk).await).fingerprint.clone();
        let of = desk.incident_of_scan(&print, None, now()).await.unwrap();
        assert_ne!(of, first);
        assert_eq!(desk.incident_of_scan(&print, None, now()).await.unwrap(), of, "the same one");
        let begun = incident(&bench.reopened(), of).await;
        assert_eq!((begun.incident.named(), begun.mask), (None, None));
        assert_eq!(begun.incident.places.as_deref(), Some("Line 2"));
        assert_eq!(only(&ended(desk).await).incident, Some(IncidentOf::Open));
        let other = secret("entri_EXAMPLEONLYnobodyOfHere7h2Kq9ZpVw3");
        assert_ne!(found(desk, &other).await, of, "another value");
        assert_eq!(found(desk, &secret(NOBODYS)).await, of);
        assert!(incident(desk, of).await.mask.is_some());
        assert_eq!(desk.incidents().await.unwrap().len(), 3);
    });
}

#[test]
fn an_incident_begins_without_the_value_and_revokes_the_token() {
    with_keychain(async {
        let bench = Bench::loaded().await;
        let (id, value) = known(&bench).await;
        let made = Made::new();
        made.write("a.env", value.expose());
        made.write("b.env", value.expose());
        let scan = made.scanned(&bench.desk).await;
        let print = &only(&scan).fingerprint;
        let desk = &bench.desk;
        let of = desk.incident_of_scan(print, None, now()).await.unwrap();
        assert_eq!(desk.incident_of_scan(print, None, now()).await.unwrap(), of, "the same one");
        let begun = incident(&bench.reopened(), of).await;
        assert_eq!((deeds(&begun), &begun.mask), (vec![Deed::Identified], &None));
        let places = begun.incident.places.unwrap();
        assert!(places.ends_with("a.env:1 and 1 other place"), "{places}");
        let seen = desk.preview_revoke(&key(&id), now()).unwrap().seen;
        desk.revoke_found(of, key(&id), seen, now()).await.unwrap();
        assert!(bench.sandbox.truth().unwrap().iter().any(|it| it.id == id && it.revoked));
        let done = deeds(&incident(desk, of).await);
        assert_eq!(done, [Deed::Identified, Deed::Snapshot, Deed::IncidentRevoked], "no proof");
        assert_eq!(only(&ended(desk).await).incident, Some(IncidentOf::Open));
        // The value is pasted, and belongs to the same incident.
        assert_eq!(found(desk, &value).await, of);
        assert_eq!(desk.incidents().await.unwrap().len(), 1);
        desk.prove_revoked(of, now()).await.unwrap();
        assert_eq!(deeds(&incident(desk, of).await).last(), Some(&Deed::ValueRefused));
        assert_eq!(only(&ended(desk).await).incident, Some(IncidentOf::ProvenDead));
    });
}

#[test]
fn a_scan_is_saved_with_what_it_did_not_read_and_without_values() {
    with_keychain(async {
        let bench = Bench::loaded().await;
        let (id, value) = known(&bench).await;
        let made = Made::new();
        made.write("a_*b*.env", value.expose());
        made.write("old.gz", [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 1, 2]);
        made.scanned(&bench.desk).await;
        let path = made.path().join("scan.md").to_string_lossy().into_owned();
        let request = FileRequest { path, home: None, replace: false };
        let file = bench.desk.save_scan(request, None, now()).await.unwrap();
        let text = std::fs::read_to_string(file).unwrap();
        assert!(text.starts_with("# 1 token in 1 place: 1 live\n"), "{text}");
        for said in ["- Could not be read: 1 × Damaged: ", &format!("({id})"), r"a\_\*b\*.env:1"] {
            assert!(text.contains(said), "{said}: {text}");
        }
        assert!(!text.contains(&value.expose()[6..30]), "{text}");
    });
}

#[test]
fn versions_of_one_file_in_history_are_one_place() {
    alone(async {
        let bench = Bench::loaded().await;
        let made = Made::new();
        made.repository("web", "ci/.env", &format!("TOKEN={NOBODYS}\n"));
        for version in 0..5 {
            made.write("web/ci/.env", format!("TOKEN={NOBODYS}\n# {version}\n"));
            super::git(&made.path().join("web"), &["commit", "--quiet", "--all", "--message=More"]);
        }
        std::fs::remove_file(made.path().join("web/ci/.env")).unwrap();
        let scan = made.scanned(&bench.desk).await;
        let token = only(&scan);
        assert_eq!((token.count, token.places.len()), (1, 1));
        assert!(token.places[0].about.ends_with("6 versions"), "{:?}", token.places);
    });
}

#[test]
fn what_is_looked_for_is_found_beyond_the_places_that_are_listed() {
    alone(async {
        let bench = Bench::loaded().await;
        let made = Made::new();
        for at in 0..70 {
            made.write(&format!("{at:02}/.env"), NOBODYS);
        }
        let scan = made.scanned(&bench.desk).await;
        assert_eq!((only(&scan).places.len(), only(&scan).fitting), (50, 70));
        let look = async |words: &str, only_new| {
            let looked_for = LookedFor { words: words.to_owned(), only_new };
            bench.desk.look_through_scan(&looked_for, None, now()).await.unwrap().unwrap()
        };
        let looked = look(" 69/.ENV ", false).await;
        let (token, title) = (only(&looked), &looked.title);
        assert_eq!((token.places.len(), token.fitting, token.count), (1, 1, 70));
        assert_eq!((token.places[0].at, title), (69, &scan.title));
        assert!(token.places[0].path.ends_with("69/.env:1"), "{}", token.places[0].path);
        let (_, place) = bench.desk.found_place(&token.fingerprint, 69, None, now()).await.unwrap();
        assert_eq!(place, token.places[0]);
        assert_eq!(only(&look("body", false).await).fitting, 70, "the mask is the token's");
        assert!(look("nowhere", false).await.tokens.is_empty());
        made.write("70/.env", NOBODYS);
        let again = made.scanned(&bench.desk).await;
        assert_eq!(only(&again).fresh, 1);
        let new = look("", true).await;
        let [place] = &only(&new).places[..] else { panic!("{new:?}") };
        assert_eq!((place.at, place.is_new), (70, true));
    });
}
