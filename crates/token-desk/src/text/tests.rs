use super::*;
use proptest::prelude::*;

#[test]
fn bidi_and_zero_width_characters_are_named() {
    assert_eq!(visible("a\u{202E}b\u{200B}c\n"), "a⟨U+202E⟩b⟨U+200B⟩c⟨U+000A⟩");
}

#[test]
fn ordinary_names_stay_as_they_are() {
    assert_eq!(visible("Mira's laptop · Tromsø 日本"), "Mira's laptop · Tromsø 日本");
}

/// Nobody could tell these from other names, or from what stands in the next column.
#[test]
fn blanks_that_deceive_are_named() {
    for (name, shown) in [
        ("x\u{A0}prod", "x⟨U+00A0⟩prod"),
        ("x\u{2003}prod\u{3000}", "x⟨U+2003⟩prod⟨U+3000⟩"),
        ("double  blank", "double ⟨U+0020⟩blank"),
        ("deploy   ✓ Revoked", "deploy ⟨U+0020⟩⟨U+0020⟩✓ Revoked"),
        (" x", "⟨U+0020⟩x"),
        ("x ", "x⟨U+0020⟩"),
        (" ", "⟨U+0020⟩"),
    ] {
        assert_eq!(visible(name), shown);
    }
}

#[test]
fn marks_do_not_pile_up() {
    let piled = visible(&format!("e{}", "\u{301}".repeat(6)));
    assert_eq!(piled, format!("e{}⟨U+0301⟩⟨U+0301⟩", "\u{301}".repeat(4)));
    assert_eq!(visible("\u{301}e"), "⟨U+0301⟩e", "it would stand on what is before the name");
    for name in ["cafe\u{301}", "ที่อยู่", "שָׁלוֹם", "Việt"] {
        assert_eq!(visible(name), name);
    }
}

#[test]
fn a_long_name_is_cut() {
    let shown = visible(&"x".repeat(10_000));
    assert_eq!(shown.chars().count(), MAX_SHOWN + 1);
    assert!(shown.ends_with('…'));
}

#[test]
fn a_name_of_what_is_hidden_is_no_longer_than_another() {
    let shown = visible(&"\u{202E}".repeat(300));
    assert!(shown.chars().count() <= MAX_SHOWN && shown.ends_with("⟨U+202E⟩…"), "{shown}");
}

#[test]
fn what_is_cut_ends_in_what_can_be_seen() {
    let family = "\u{1F468}\u{200D}".repeat(200);
    assert!(visible(&family).ends_with("\u{1F468}…"));
    let joined = format!("{}می\u{200C}\u{64E}خواهم", "x".repeat(MAX_SHOWN - 4));
    assert!(visible(&joined).ends_with("xxمی…"), "its marks joined nothing");
}

#[test]
fn symbols_that_show_nothing_are_named() {
    assert_eq!(visible("\u{2800}\u{1D173}\u{1BCA0}"), "⟨U+2800⟩⟨U+1D173⟩⟨U+1BCA0⟩");
}

#[test]
fn what_emoji_and_words_are_made_with_stays_in_its_place() {
    for name in [
        "deploy \u{2764}\u{FE0F}",
        "\u{2764}\u{FE0F}\u{200D}\u{1F525} hot",
        "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}",
        "\u{1F469}\u{1F3FD}\u{200D}\u{1F4BB}",
        "\u{1F3F3}\u{FE0F}\u{200D}\u{1F308}",
        "1\u{FE0F}\u{20E3}",
        "می\u{200C}خواهم",
        "میَ\u{200C}خواهم",
        "क्\u{200D}ष and क्\u{200C}ष",
    ] {
        assert_eq!(visible(name), name);
    }
}

/// Nobody could tell these from the names without them.
#[test]
fn what_changes_nothing_around_it_is_named() {
    for (name, shown) in [
        ("\u{200C}\u{200D}\u{FE0F}", "⟨U+200C⟩⟨U+200D⟩⟨U+FE0F⟩"),
        ("prod\u{FE0F}", "prod⟨U+FE0F⟩"),
        ("prod\u{200D}", "prod⟨U+200D⟩"),
        ("a\u{200D}b\u{200C}c", "a⟨U+200D⟩b⟨U+200C⟩c"),
        ("1\u{FE0F}", "1⟨U+FE0F⟩"),
        ("\u{1F680}\u{FE0F}", "\u{1F680}⟨U+FE0F⟩"),
        ("\u{2764}\u{FE0F}\u{FE0F}", "\u{2764}\u{FE0F}⟨U+FE0F⟩"),
        ("\u{1F680}\u{200D}", "\u{1F680}⟨U+200D⟩"),
        ("\u{1F680}\u{200D}\u{200D}\u{1F680}", "\u{1F680}⟨U+200D⟩⟨U+200D⟩\u{1F680}"),
        ("می\u{200C}", "می⟨U+200C⟩"),
        ("می\u{200D}خواهم", "می⟨U+200D⟩خواهم"),
        ("کار\u{200C}ها", "کار⟨U+200C⟩ها"),
        ("می\u{200C}\u{200C}خواهم", "می⟨U+200C⟩⟨U+200C⟩خواهم"),
        ("क्\u{200D}", "क्⟨U+200D⟩"),
        ("\u{1F680}\u{FE0F}\u{200D}\u{1F680}", "\u{1F680}⟨U+FE0F⟩⟨U+200D⟩\u{1F680}"),
        ("می\u{200C}\u{34F}خواهم", "می⟨U+200C⟩⟨U+034F⟩خواهم"),
    ] {
        assert_eq!(visible(name), shown);
    }
}

proptest! {
    #[test]
    fn places_go_to_the_page_and_back(text in ".*") {
        for (at, character) in text.char_indices() {
            let range = utf16_range(&text, at..at + character.len_utf8());
            prop_assert_eq!(range.len(), character.len_utf16());
            prop_assert_eq!((byte_at(&text, range.start), byte_at(&text, range.end - 1)), (at, at));
        }
        prop_assert_eq!(byte_at(&text, usize::MAX), text.len());
    }

    #[test]
    fn no_blank_is_lost_and_no_pile_is_left(text in "[ab \u{A0}\u{2003}\u{301}\u{488}]*|.*") {
        let shown = visible(&text);
        prop_assert!(!shown.contains("  ") && shown.trim() == shown && !shown.contains(is_odd_blank));
        let letters: Vec<char> = shown.chars().collect();
        prop_assert!(!letters.windows(MOST_MARKS + 1).any(|all| all.iter().all(|it| is_mark(*it))));
        prop_assert!(!letters.first().is_some_and(|it| is_mark(*it)));
    }

    #[test]
    fn nothing_hidden_is_left(text in "[ -~أبن्क❤️👩\u{200B}-\u{200F}\u{202E}]*|.*") {
        let shown = visible(&text);
        prop_assert_eq!(hidden(&shown), None);
        prop_assert_eq!(visible(&shown), shown);
    }
}

#[test]
fn large_counts_are_grouped() {
    let counts = [0, 1, 999, 1_000, 182_086, 1_000_000].map(|count| counted(count, "file"));
    let told =
        ["0 files", "1 file", "999 files", "1,000 files", "182,086 files", "1,000,000 files"];
    assert_eq!(counts, told);
}
