//! What a tolerant client must accept: the rows of docs/entri-api.md#tolerance, and the tests that show it.
//!
//! Each is named by its file and its function, and has to be a test there. What this crate leaves to
//! another one names that. Unknown actions have no row: this app reads no activity.

use std::fs;
use std::path::Path;

/// What is accepted, each with the test that shows it, in the order of docs/entri-api.md#tolerance.
const ROWS: &str = "
either host
    src/address/tests.rs addresses_are_brought_to_one_form
    src/transport/origin.rs an_origin_is_tried_once
with or without /v1
    src/transport/tests.rs the_versioned_prefix_is_found_once
    tests/sandbox.rs list_create_and_revoke_work_with_every_way_in
a create does not look for it
    tests/create.rs a_create_does_not_look_for_the_prefix
self-hosted over https
    src/address/tests.rs addresses_are_brought_to_one_form
    tests/tls.rs a_plain_server_gets_nothing_over_https
HTML where JSON was expected
    src/transport/tests.rs a_web_page_is_no_answer
    tests/create.rs an_answer_that_cannot_be_understood_is_kept
    tests/sign_in.rs a_success_without_a_session_is_none

token endpoints that take only a cookie, only a key, or both
    tests/sandbox.rs list_create_and_revoke_work_with_every_way_in
    tests/example_better_auth.rs list_create_and_revoke_work_with_every_way_in
    tests/key_only.rs a_session_that_lives_is_not_called_ended
    ../token-desk/tests/desk/ways_in.rs where_a_key_cannot_manage_tokens_a_session_can
sign-in that answers 200 but asks for a second factor
    tests/two_factor.rs the_code_goes_with_the_challenge_and_a_session_comes_back
    tests/two_factor.rs what_a_server_takes_is_what_it_says_else_everything
null from get-session
    tests/session.rs a_true_check_leaves_the_servers_cache_out
    tests/key_only.rs without_a_clear_yes_the_session_has_ended

any session-cookie name ending in session_token
    src/session/tests/received.rs a_cookie_is_sent_as_it_came
    src/session/tests/mod.rs any_value_is_replayed
__Secure- or not
    src/session/tests/kept.rs a_pasted_cookie_is_taken_in_every_form
several Set-Cookie lines
    src/session/tests/received.rs several_lines_make_one_header
renewal on any response
    tests/session.rs a_renewed_cookie_is_taken_from_every_answer

lists as array or envelope
    src/wire/list/tests.rs every_form_of_list_is_read
    tests/organizations.rs members_are_read_in_every_form
missing meta
    tests/pages.rs a_short_page_proves_nothing
    tests/pages.rs a_server_that_knows_no_pages_is_read_once
unknown extra fields
    tests/golden.rs the_organization_is_read
    tests/golden.rs the_projects_are_read
missing or null optional fields
    src/wire/record/tests/mod.rs an_odd_field_never_costs_the_row
    src/wire/member.rs what_is_missing_costs_no_member
ids as opaque strings
    src/wire/value/tests.rs ids_come_in_several_forms
    src/wire/record/tests/mod.rs an_id_keeps_its_digits
    tests/golden.rs an_id_of_many_digits_is_the_one_that_is_revoked
    src/client/mod.rs an_id_stays_one_segment
every alias of section 5
    src/wire/alias.rs every_name_has_its_meaning_and_rank
    src/wire/reply/created.rs the_value_is_found_in_every_wrapping
dates in every form
    src/wire/time/tests.rs every_form_of_date_is_read
    src/wire/time/tests.rs each_form_of_a_time_reads_as_that_time
    src/wire/time/tests.rs what_servers_write_for_none_is_none
a bad date is unknown
    src/wire/time/tests.rs everything_else_is_not_readable
    src/wire/record/tests/mod.rs what_is_there_and_cannot_be_read_is_not_missing
one malformed item in a list
    tests/pages.rs malformed_entries_are_counted
    src/wire/list/tests.rs a_malformed_entry_leaves_the_others
    ../token-desk/tests/desk/partial.rs an_entry_that_cannot_be_read_makes_a_list_incomplete

create 200/201
    tests/golden.rs a_token_is_created
    tests/golden.rs a_token_is_created_in_a_project
revoke 200/202/204 with or without body; 404
    tests/golden.rs every_answer_to_a_revoke_is_understood
error message as string, array, object or absent
    src/wire/reply/message.rs every_form_of_message_is_read
bodies without statusCode
    src/transport/answer/tests.rs every_status_has_its_error_and_keeps_the_servers_words
    tests/sign_in.rs every_code_has_its_sentence
empty bodies
    tests/create.rs an_unclear_answer_leaves_the_outcome_unknown
    tests/organizations.rs the_only_organization_is_made_the_active_one
429 with any of the four wait headers or none
    src/transport/wait.rs every_form_of_wait_is_read
    tests/sign_in.rs a_wait_is_told_and_not_waited_for

unknown scopes
    src/wire/value/tests.rs scopes_are_a_list_or_a_text
unknown roles
    src/model/person.rs roles_are_compared_without_case
    src/wire/member.rs what_is_missing_costs_no_member
unknown states
    src/wire/record/tests/state.rs every_flag_of_an_ended_token_is_seen
a clock that is wrong
    src/clock.rs the_date_of_an_answer_tells_how_far_the_clocks_are_apart
    ../token-desk/tests/desk/clocks.rs clocks_that_are_apart_are_told
expiry decided locally, whatever is listed
    ../token-audit/tests/boundaries.rs expiry_turns_on_the_second
    ../token-audit/tests/boundaries.rs a_token_works_until_it_expires_or_is_revoked
an organization by hand
    tests/ways_in.rs an_organization_that_the_server_does_not_say_is_given
";

#[test]
fn every_row_has_its_test() {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut row, mut shown) = ("", true);
    for line in ROWS.lines().filter(|line| !line.is_empty()).chain(["the end"]) {
        let Some(test) = line.strip_prefix("    ") else {
            assert!(shown, "{row}: there is no test");
            (row, shown) = (line, false);
            continue;
        };
        let (file, function) = test.split_once(' ').unwrap();
        let source = fs::read_to_string(crate_folder.join(file)).unwrap_or_default();
        assert!(is_test(&source, function), "{row}: there is no {test}");
        shown = true;
    }
}

/// Whether it is there, and runs: the line above it says that it is a test.
fn is_test(source: &str, function: &str) -> bool {
    let Some((before, _)) = source.split_once(&format!("fn {function}(")) else { return false };
    let above = before.trim_end().trim_end_matches("async").trim_end().lines().last();
    matches!(above.map(str::trim), Some("#[test]" | "#[tokio::test]"))
}

#[test]
fn what_does_not_run_is_no_test() {
    let source = "#[test]\nfn one() {}\n#[tokio::test]\nasync fn two() {}\nfn helps() {}\n\
                #[test]\n#[ignore]\nfn waits() {}\n// #[test]\nfn commented() {}";
    let known = ["one", "two", "helps", "waits", "commented", "gone"];
    assert_eq!(known.map(|name| is_test(source, name)), [true, true, false, false, false, false]);
}
