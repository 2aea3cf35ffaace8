//! Filters as typed, what they mean, and what is refused.

use super::*;

#[test]
fn filters_are_understood() {
    let check = |typed: &str, words: &str| {
        let read = parse(typed).unwrap_or_else(|error| panic!("{typed}: {error}"));
        assert_eq!(read.to_string(), words, "{typed}");
    };
    check("score>75 and remote", "score more than 75 and remote");
    check(
        "score >= 75.5 AND (remote OR place:\"São Paulo\") and not agency",
        "score at least 75.5 and (remote or place has “São Paulo”) and not by an agency",
    );
    check(
        "remote or hybrid and onsite",
        "remote or (hybrid and on site)",
    );
    check("not not new", "not not first seen within a day");
    check(
        "not (new or liked)",
        "not (first seen within a day or liked)",
    );
    check("((closed))", "closed");
    for (typed, words) in [
        ("pay>80k", "pay more than 80000 a year"),
        ("pay>=80_000 EUR", "pay at least 80000 EUR a year"),
        (
            "salary<90,000usd and new",
            "pay less than 90000 USD a year and first seen within a day",
        ),
        ("pay>50k€", "pay more than 50000 EUR a year"),
        ("pay>1 and remote", "pay more than 1 a year and remote"),
    ] {
        check(typed, words);
    }
    for (typed, words) in [
        ("posted<7d", "posted less than 7 days ago"),
        ("posted>2w", "posted more than 14 days ago"),
        ("posted=today", "posted exactly 0 days ago"),
        ("posted≥2026-01-31", "posted on or after 2026-01-31"),
        ("first-seen<2026-02-01", "first seen before 2026-02-01"),
        ("seen=yesterday", "first seen exactly 1 days ago"),
        ("closes<2w", "closes in less than 14 days"),
    ] {
        check(typed, words);
    }
    for (typed, words) in [
        ("level>=Senior", "level at least senior"),
        ("level!=junior", "level other than entry"),
        ("title:\"data engineer\"", "title has “data engineer”"),
        ("company!=Acme", "not company has “Acme”"),
        ("country=germany", "in DE"),
        ("country:UK", "in GB"),
        ("country:de", "in DE"),
        ("language=German", "written in de"),
        ("skill:C++", "names the skill “C++”"),
        ("skill:postgresql", "names the skill “PostgreSQL”"),
        (
            "skill:\"Bread sculpture\"",
            "names the skill “Bread sculpture”",
        ),
        ("workplace=on-site", "on site"),
        (
            "outcome=fail or ask",
            "breaks a limit or to check against your limits",
        ),
        ("hidden or applied", "hidden or applied to"),
        ("employment:full-time", "employment has “full-time”"),
        ("source:lever", "source has “lever”"),
    ] {
        check(typed, words);
    }
}

#[test]
fn what_is_wrong_is_named_with_its_place_and_what_would_be_right() {
    let check = |typed: &str, expected: &str| match parse(typed) {
        Ok(filter) => panic!("{typed} was read as {filter}"),
        Err(error) => assert!(
            error.to_string().starts_with(expected),
            "{typed}: {error}\nexpected {expected}"
        ),
    };
    check("", "at column 1: nothing to test for");
    check("  ", "at column 3: nothing to test for");
    check(
        "scor>75",
        "at column 1: “scor” is not known (do you mean score?); known are: score, pay",
    );
    check(
        "score>75 and remot",
        "at column 14: “remot” is not known (do you mean remote?); known are: remote, hybrid",
    );
    check(
        "score:75",
        "at column 6: score is not compared by :; it takes < <= = != >= >",
    );
    check(
        "title>x",
        "at column 6: title is not compared by >; it takes : = !=",
    );
    check(
        "score>many",
        "at column 7: score does not take “many”; it is a number from 0 to 100",
    );
    check("score>101", "at column 7: score does not take");
    check("score>NaN", "at column 7: score does not take");
    check("pay>inf", "at column 5: pay does not take");
    check("pay>1e9", "at column 5: pay does not take");
    check(
        "level>seniro",
        "at column 7: level does not take “seniro” (do you mean senior?)",
    );
    check(
        "posted>soon",
        "at column 8: posted does not take “soon”; it is a day such as",
    );
    check("posted>2026-02-30", "at column 8: posted does not take");
    check("posted>999999999d", "at column 8: posted does not take");
    check("country:Atlantis", "at column 9: country does not take");
    check("title:\"\"", "at column 7: title does not take");
    check(
        "score>75 remote",
        "at column 10: “and” or “or” belongs here, not “remote”",
    );
    check(
        "score>75 and",
        "at column 13: a name such as score, pay or remote belongs here, not the end",
    );
    check("and remote", "at column 1: a name such as");
    check("score>", "at column 7: a value belongs here, not the end");
    check(
        "score",
        "at column 6: a comparison such as > or : belongs here",
    );
    check("remote=yes", "at column 7: “and” or “or” belongs here");
    check("(remote", "at column 1: the parenthesis that begins here");
    check("remote)", "at column 7: “and” or “or” belongs here");
    check(
        "title:\"open",
        "at column 7: the quotation that begins here",
    );
    check("!remote", "at column 1: “!=” or “not” belongs here");
    check("'; DROP TABLE jobs; --", "at column 1: “';” is not known");
    check(
        &"x".repeat(MAX_LENGTH + 1),
        "at column 1001: it is longer than 1000 characters",
    );
    check(
        &format!("{}remote", "(".repeat(MAX_DEPTH + 2)),
        "at column 18: it is nested deeper than 16 levels",
    );
    check(
        &format!("{}remote", "not ".repeat(MAX_DEPTH + 2)),
        "at column 69: it is nested deeper than 16 levels",
    );
    check(
        &vec!["new"; MAX_TESTS + 1].join(" or "),
        "at column 337: it has more than 48 tests",
    );
    // As many as there may be are read.
    assert!(parse(&vec!["new"; MAX_TESTS].join(" or ")).is_ok());
    assert!(
        parse(&format!(
            "{}new{}",
            "(".repeat(MAX_DEPTH),
            ")".repeat(MAX_DEPTH)
        ))
        .is_ok()
    );
}

#[test]
fn what_a_filter_decides_itself_is_told() {
    let read = |typed: &str| parse(typed).unwrap();
    assert!(read("remote and not closed").asks_for_closed());
    assert!(read("(hidden or new)").asks_for_hidden());
    assert!(read("outcome=fail").asks_for_failed());
    let plain = read("remote");
    assert!(!plain.asks_for_closed() && !plain.asks_for_hidden() && !plain.asks_for_failed());
}
