//! For how long a value was exposed, as far as somebody said so with a date.

use chrono::{NaiveDate, TimeDelta};

use super::{found, incident, leaked};
use crate::support::{Bench, alone, key, now};

#[test]
fn the_exposure_is_from_the_day_that_was_entered_to_the_revoke() {
    alone(async {
        let bench = Bench::loaded().await;
        let (desk, (id, value)) = (&bench.desk, leaked(&bench, "leaky").await);
        let of = found(desk, &value).await;
        let window = async |at| {
            let incident = incident(desk, of).await.incident;
            let window = desk.exposure_window(&incident, at).await.unwrap();
            (window.since, window.until)
        };
        let today = now().date_naive();
        assert_eq!(window(now()).await, (None, today));
        let march = NaiveDate::from_ymd_opt(2026, 3, 11);
        let table = [
            ("2026-03-11", march),
            (" 11 Mar 2026, by a commit", march),
            ("March 11, 2026", march),
            ("last spring", None),
            ("9999-01-01", None),
            ("", None),
        ];
        for (entered, since) in table {
            let answers = ["", "", entered].map(str::to_owned).to_vec();
            desk.incident_exposure(of, answers, now()).await.unwrap();
            assert_eq!(window(now()).await, (since, today), "{entered}");
        }
        let seen = desk.preview_revoke(&key(&id), now()).unwrap().seen;
        desk.revoke_found(of, key(&id), seen, now()).await.unwrap();
        assert_eq!(
            window(now() + TimeDelta::days(9)).await,
            (None, today),
            "it ends with the revoke"
        );
    });
}
