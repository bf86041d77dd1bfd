//! How far a scan is, in words.

use std::time::Duration;

use crate::text::counted;

/// Before that, a rate says nothing.
const TELLS_AFTER: Duration = Duration::from_secs(1);

/// `1.2 of 4.9 GB · 310 MB/s · about 12 s left`.
pub(super) fn told(read: u64, expected: u64, elapsed: Duration) -> String {
    let so_far = format!("{} of {}", bytes(read), bytes(expected));
    let rate = u64::try_from(u128::from(read) * 1_000 / elapsed.as_millis().max(1));
    let rate = rate.unwrap_or(u64::MAX);
    if elapsed < TELLS_AFTER || rate == 0 {
        return so_far;
    }
    format!("{so_far} · {}/s · about {} left", bytes(rate), time((expected - read) / rate))
}

/// `3.1 s`, `4 min`.
pub(super) fn took(length: Duration) -> String {
    match length.as_secs() {
        0 if length.subsec_millis() < 100 => "0.1 s".to_owned(),
        0..10 => format!("{}.{} s", length.as_secs(), length.subsec_millis() / 100),
        seconds => time(seconds),
    }
}

fn time(seconds: u64) -> String {
    match seconds {
        0..100 => format!("{} s", seconds.max(1)),
        100..6_000 => format!("{} min", seconds / 60),
        _ => counted(seconds / 3_600, "hour"),
    }
}

/// `218 MB`, `4.9 GB`.
pub(super) fn bytes(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["kB", "MB", "GB", "TB", "PB"];
    let (mut whole, mut rest, mut unit) = (bytes / 1_000, bytes % 1_000, 0);
    if whole == 0 {
        return format!("{bytes} bytes");
    }
    while whole >= 1_000 && unit < UNITS.len() - 1 {
        (whole, rest, unit) = (whole / 1_000, whole % 1_000, unit + 1);
    }
    let tenth = rest / 100;
    let point = if whole < 10 && tenth > 0 { format!(".{tenth}") } else { String::new() };
    format!("{whole}{point} {}", UNITS[unit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short() {
        let sizes = [0, 999, 1_000, 1_234, 218_000_000, 4_940_000_000, u64::MAX];
        let told = ["0 bytes", "999 bytes", "1 kB", "1.2 kB", "218 MB", "4.9 GB", "18446 PB"];
        assert_eq!(sizes.map(bytes), told);
    }

    #[test]
    fn what_is_left_follows_from_the_rate() {
        let at = |read, millis| told(read, 4_000_000_000, Duration::from_millis(millis));
        assert_eq!(at(0, 0), "0 bytes of 4 GB");
        assert_eq!(at(500_000_000, 500), "500 MB of 4 GB");
        assert_eq!(at(1_000_000_000, 2_000), "1 GB of 4 GB · 500 MB/s · about 6 s left");
        assert_eq!(at(4_000_000_000, 2_000), "4 GB of 4 GB · 2 GB/s · about 1 s left");
        assert_eq!(at(1_000, 2_000), "1 kB of 4 GB · 500 bytes/s · about 2,222 hours left");
    }
}
