use super::*;
use crate::job::{Posting, StatedPay};

/// A run that found `postings`, of which the first `with_pay` state pay; all
/// state a place.
fn run(postings: u32, with_pay: u32, dropped: u32) -> Reading {
    let mut reading = Reading {
        dropped,
        ..Reading::default()
    };
    for number in 0..postings {
        reading.take(&Posting {
            external_id: number.to_string(),
            locations: vec!["Lisbon".into()],
            pay: (number < with_pay).then(|| StatedPay {
                min: Some(50_000.0),
                ..StatedPay::default()
            }),
            ..Posting::default()
        });
    }
    reading
}

fn check(earlier: &[Reading], now: &Reading, expected: &[&str]) {
    let found: Vec<String> = judge(Baseline::of(earlier).as_ref(), now)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(found, expected, "{earlier:?}\n{now:?}");
}

#[test]
fn a_count_outside_the_band_is_an_alarm_and_one_inside_is_not() {
    let steady = [run(240, 0, 0), run(238, 0, 0), run(244, 0, 0)];
    check(
        &steady,
        &run(0, 0, 0),
        &["0 where there were 240, at least 144 are usual"],
    );
    check(
        &steady,
        &run(120, 0, 0),
        &["120 where there were 240, at least 144 are usual"],
    );
    check(
        &steady,
        &run(900, 0, 0),
        &["900 where there were 240, at most 480 are usual"],
    );
    for usual in [144, 200, 240, 300, 480] {
        check(&steady, &run(usual, 0, 0), &[]);
    }
    // One earlier run is enough to miss everything.
    check(
        &[run(12, 0, 0)],
        &run(0, 0, 0),
        &["0 where there were 12, at least 7 are usual"],
    );
}

#[test]
fn a_small_board_may_empty_and_an_unsteady_one_may_sway() {
    for few in [0, 1, 2, 3] {
        check(&[run(few, 0, 0)], &run(0, 0, 0), &[]);
        check(&[run(few, 0, 0)], &run(few + 20, 0, 0), &[]);
    }
    let unsteady = [
        run(100, 0, 0),
        run(40, 0, 0),
        run(160, 0, 0),
        run(70, 0, 0),
        run(130, 0, 0),
    ];
    check(&unsteady, &run(20, 0, 0), &[]);
    // A single odd run does not move the band.
    let one_odd = [run(240, 0, 0), run(0, 0, 0), run(240, 0, 0)];
    check(
        &one_odd,
        &run(0, 0, 0),
        &["0 where there were 240, at least 144 are usual"],
    );
}

#[test]
fn a_field_that_vanished_is_an_alarm_with_its_figures() {
    let with_pay = [run(100, 80, 0), run(100, 84, 0)];
    check(
        &with_pay,
        &run(100, 0, 0),
        &["0 of 100 postings state the pay, usual are 82 %"],
    );
    check(
        &with_pay,
        &run(100, 12, 0),
        &["12 of 100 postings state the pay, usual are 82 %"],
    );
    check(&with_pay, &run(100, 30, 0), &[]);
    // Few postings state it: none of them is chance.
    check(&[run(100, 4, 0)], &run(100, 0, 0), &[]);
    // A field that appears is no alarm.
    check(&[run(100, 0, 0)], &run(100, 100, 0), &[]);
}

#[test]
fn postings_that_cannot_be_read_are_an_alarm_above_their_usual_share() {
    check(&[run(100, 0, 0)], &run(96, 0, 4), &[]);
    check(
        &[run(100, 0, 0)],
        &run(80, 0, 20),
        &["20 of 100 postings could not be read, usual are 0 %"],
    );
    check(&[run(90, 0, 10)], &run(80, 0, 20), &[]);
    // Before there is a baseline, only what is never right.
    check(&[], &run(80, 0, 20), &[]);
    check(
        &[],
        &run(10, 0, 20),
        &["20 of 30 postings could not be read"],
    );
    let unread = Reading {
        details: 3,
        details_failed: 9,
        ..run(12, 0, 0)
    };
    check(
        &[],
        &unread,
        &["the own pages of 9 of 12 postings could not be read"],
    );
}

#[test]
fn a_second_run_confirms_what_it_found_too() {
    let pages_fail = Reading {
        details_failed: 9,
        ..run(100, 0, 0)
    };
    for (first, second, expected) in [
        (run(0, 0, 0), run(0, 0, 0), true),
        (run(0, 0, 0), run(230, 0, 0), false),
        (run(60, 0, 0), run(55, 0, 0), true),
        (run(100, 0, 0), run(100, 0, 0), true),
        (run(100, 0, 0), pages_fail, true),
        (run(10, 0, 90), run(12, 0, 88), true),
        (run(100, 0, 0), run(10, 0, 90), false),
    ] {
        assert_eq!(confirms(&first, &second), expected, "{first:?} {second:?}");
    }
}

#[test]
fn a_reading_is_kept_and_read_back() {
    let reading = run(7, 3, 1);
    let kept = serde_json::to_string(&reading).unwrap();
    assert!(kept.contains(r#""pay":3"#), "{kept}");
    assert_eq!(serde_json::from_str::<Reading>(&kept).unwrap(), reading);
    assert_eq!(
        serde_json::from_str::<Reading>("{}").unwrap(),
        Reading::default()
    );
}

#[test]
fn the_parts_of_a_run_are_added() {
    let mut whole = run(7, 3, 1);
    whole.add(&run(5, 2, 4));
    whole.add(&Reading {
        details: 2,
        details_failed: 1,
        ..Reading::default()
    });
    let expected = Reading {
        postings: 12,
        dropped: 5,
        stated: [(Field::Location, 12), (Field::Pay, 5)].into(),
        details: 2,
        details_failed: 1,
    };
    assert_eq!(whole, expected);
}
