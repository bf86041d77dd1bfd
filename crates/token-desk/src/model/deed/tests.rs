use proptest::prelude::*;

use super::*;

#[test]
fn each_code_names_one_deed() {
    for &deed in Deed::ALL {
        assert_eq!(Written::from(deed.code().to_owned()), Written::Deed(deed));
        assert!(!deed.code().contains('\''), "the codes become lists for SQL");
    }
}

proptest! {
    #[test]
    fn a_code_of_a_newer_version_is_kept_as_it_is(code in ".{0,30}") {
        prop_assume!(Deed::with_code(&code).is_none());
        let written = Written::from(code.clone());
        prop_assert_eq!((written.code(), written.deed()), (&*code, None));
        prop_assert!(written.says(Some(Deed::Create)).contains(&code));
    }
}
