//! A request that sends the form.

use agent_approval::*;

use super::{ALL, Case, Encoding, FORMS, check};
use crate::sample;

fn missing(field: &str) -> Result<(), WireRefusal> {
    Err(WireRefusal::MissingValue {
        field: field.into(),
    })
}

fn unapproved(name: &str) -> Result<(), WireRefusal> {
    Err(WireRefusal::Unapproved { name: name.into() })
}

#[test]
fn p1_the_request_goes_where_it_was_approved_to_go() {
    let text = |text: &str| text.to_owned();
    let method = WireRefusal::Method {
        expected: text("POST"),
        found: text("PUT"),
    };
    check(&ALL, |case| case.method = "PUT".into(), &Err(method));
    for origin in [
        "https://jobs.example.evil",
        "http://jobs.example",
        "https://jobs.example:444",
        "https://xn--jbs-8na.example",
    ] {
        let refused = WireRefusal::Origin {
            expected: text("https://jobs.example"),
            found: text(origin),
        };
        check(
            &ALL,
            |case| case.url = format!("{origin}/apply/1"),
            &Err(refused),
        );
    }
    for path in [
        "/",
        "/apply",
        "/apply/1/",
        "/apply/12",
        "/apply/1/../2",
        "/Apply/1",
    ] {
        let found = path.replace("/apply/1/../2", "/apply/2");
        let refused = WireRefusal::Path {
            expected: text("/apply/1"),
            found,
        };
        check(
            &ALL,
            |case| case.url = format!("https://jobs.example{path}"),
            &Err(refused),
        );
    }
    for same in [
        "https://JOBS.example:443/apply/1",
        "https://jobs.example/apply/1#top",
        "https://jobs.example/x/../apply/1",
    ] {
        check(&ALL, |case| case.url = same.into(), &Ok(()));
    }
    for bad in [
        "",
        "jobs.example/apply/1",
        "https://",
        "https://ada:pw@jobs.example/apply/1",
        "https://ada@jobs.example/apply/1",
    ] {
        let mut case = Case::good(Encoding::Json);
        case.url = bad.into();
        assert!(
            matches!(case.check(Encoding::Json), Err(WireRefusal::Address { .. })),
            "{bad}"
        );
    }
    check(
        &ALL,
        |case| case.release = 2,
        &Err(WireRefusal::NoSuchRelease { index: 2 }),
    );
}

#[test]
fn p1_every_approved_value_is_there() {
    for (name, field) in [
        ("first", "Name"),
        ("phone", "Phone"),
        ("letter", "Letter"),
        ("country", "Country"),
        ("city", "City"),
        ("permit", "Permit"),
        ("notice", "I have read the notice"),
    ] {
        // Two fields share one value; then the second of them stays without.
        let field = if field == "Name" { "Known as" } else { field };
        check(&ALL, |case| case.drop(name), &missing(field));
        check(&ALL, |case| case.pair(name).push('x'), &missing(field));
        check(&ALL, |case| case.pair(name).clear(), &missing(field));
    }
    check(&ALL, |case| case.drop("lang[]"), &missing("Languages"));
    check(
        &ALL,
        |case| *case.pair("days") = "Tue".into(),
        &missing("Days"),
    );
}

#[test]
fn p1_every_field_of_the_page_is_held() {
    let good = Case::good(Encoding::Json);
    let fields = good.manifest.snapshots[0].fields.len();
    for at in 0..fields {
        let mut case = good.clone();
        let field = &mut case.manifest.snapshots[0].fields[at];
        field.value = match &field.value {
            Value::Empty | Value::Text(_) => Value::Text("another text".into()),
            Value::Chosen(_) => {
                Value::Chosen(vec!["another".into(), "choice".into(), "three".into()])
            }
            // What is not ticked need not be sent, so nothing can be missing.
            Value::Ticked(false) => continue,
            Value::Ticked(true) => Value::Chosen(vec!["On!".into()]),
            Value::File(_) => Value::File("other.pdf".into()),
        };
        let name = field.name.clone();
        let refused = case.check(Encoding::Json).unwrap_err().to_string();
        assert!(refused.contains(&name), "{name}: {refused}");
    }
    assert_eq!(good.check(Encoding::Json), Ok(()));
}

#[test]
fn a_choice_is_sent_as_its_text_or_as_what_the_page_sends_for_it() {
    check(
        &ALL,
        |case| *case.pair("country") = "Germany".into(),
        &Ok(()),
    );
    check(
        &ALL,
        |case| *case.pair("country") = "FR".into(),
        &missing("Country"),
    );
    let turned = |case: &mut Case| {
        let values = &mut case.sent_as[1].values;
        values.swap(0, 1);
    };
    check(&ALL, turned, &Ok(()));
    check(&ALL, |case| case.sent_as.clear(), &missing("Country"));
}

#[test]
fn p1_where_the_controls_name_is_known_the_value_must_be_in_it() {
    let named = |case: &mut Case, field: &str, name: &str| {
        case.sent_as.push(SentAs {
            field: field.into(),
            name: Some(name.into()),
            ..SentAs::default()
        });
    };
    check(
        &ALL,
        |case| {
            named(case, "City", "city");
            named(case, "Phone", "phone")
        },
        &Ok(()),
    );
    // A script may call it otherwise; then any pair will do.
    check(&ALL, |case| named(case, "City", "location"), &Ok(()));
    let swapped = |case: &mut Case| {
        named(case, "City", "city");
        named(case, "Phone", "phone");
        let phone = std::mem::replace(case.pair("phone"), "Berlin".into());
        *case.pair("city") = phone;
    };
    check(&ALL, swapped, &missing("Phone"));
}

#[test]
fn line_ends_space_around_and_separators_of_a_number_do_not_matter() {
    check(
        &ALL,
        |case| *case.pair("letter") = sample::LETTER.into(),
        &Ok(()),
    );
    check(&ALL, |case| *case.pair("city") = " Berlin ".into(), &Ok(()));
    check(
        &ALL,
        |case| *case.pair("phone") = "+49 (170) 123-4567".into(),
        &Ok(()),
    );
    check(
        &ALL,
        |case| *case.pair("phone") = "+49 170 1234568".into(),
        &missing("Phone"),
    );
    check(
        &ALL,
        |case| *case.pair("letter") = sample::LETTER.replace("\n\n", "\n"),
        &missing("Letter"),
    );
}

#[test]
fn p1_a_form_carries_nothing_but_hidden_controls_besides() {
    check(
        &FORMS,
        |case| case.add("motivation", "I was never asked"),
        &unapproved("motivation"),
    );
    for value in ["yes", "on", "no"] {
        check(
            &FORMS,
            |case| case.add("newsletter", value),
            &unapproved("newsletter"),
        );
    }
    check(
        &FORMS,
        |case| case.add("gender", "f"),
        &unapproved("gender"),
    );
    check(&ALL, |case| case.add("gender", ""), &Ok(()));
    check(&ALL, |case| case.add("utm", "spring-26"), &Ok(()));
    check(&ALL, |case| case.add("render_time", "1763712345"), &Ok(()));
    check(
        &FORMS,
        |case| case.hidden_names.push("gender".into()),
        &Ok(()),
    );
    let twice = |case: &mut Case| case.add("first", "Ada Lovelace");
    check(&FORMS, twice, &unapproved("first"));
}

#[test]
fn p1_a_pinned_hidden_value_is_the_one_that_was_reviewed() {
    let changed = Err(WireRefusal::PinnedChanged { name: "job".into() });
    check(&ALL, |case| *case.pair("job") = "4712".into(), &changed);
    check(&ALL, |case| case.drop("job"), &Ok(()));
    check(&ALL, |case| case.add("form_version", "17"), &Ok(()));
}

#[test]
fn p1_a_hidden_copy_does_not_take_the_place_of_the_field() {
    // The mirror comes first and could take the approved value; the visible
    // control would then be left over and refused.
    for encoding in FORMS {
        let mut case = Case::good(encoding);
        case.pairs.insert(0, ("utm".into(), "Germany".into()));
        assert_eq!(case.check(encoding), Ok(()), "{encoding:?}");
    }
}

#[test]
fn a_form_sent_by_get_is_held_to_the_same_rules() {
    let good = |edit: &dyn Fn(&mut Case)| {
        let mut case = Case::good(Encoding::Urlencoded);
        (case.method, case.manifest.releases[1].method) = ("GET".into(), "GET".into());
        edit(&mut case);
        let (_, body) = case.encode(Encoding::Urlencoded);
        case.url = format!("{}?{}", case.url, String::from_utf8(body).unwrap());
        case
    };
    assert_eq!(good(&|_| {}).check_body(None, WireBody::Unseen), Ok(()));
    assert_eq!(
        good(&|_| {}).check_body(None, WireBody::Whole(b"x")),
        Err(WireRefusal::BodyUnexpected)
    );
    assert_eq!(
        good(&|case| case.drop("city")).check_body(None, WireBody::Unseen),
        missing("City")
    );
    assert_eq!(
        good(&|case| case.add("a", "b")).check_body(None, WireBody::Unseen),
        unapproved("a")
    );
}

#[test]
fn with_one_submission_per_page_each_sends_its_own_page() {
    let mut case = Case::good(Encoding::Urlencoded);
    let mut second = case.manifest.snapshots[0].clone();
    second.fields.retain(|field| field.name == "City");
    second.files.clear();
    case.manifest.snapshots[0]
        .fields
        .retain(|field| field.name != "City");
    case.manifest.snapshots.push(second);
    case.manifest
        .releases
        .push(case.manifest.releases[1].clone());
    let mut first = case.clone();
    first.drop("city");
    assert_eq!(first.check(Encoding::Urlencoded), Ok(()));
    assert_eq!(case.check(Encoding::Urlencoded), unapproved("city"));
    case.release = 2;
    assert_eq!(
        first
            .check(Encoding::Urlencoded)
            .and(case.check(Encoding::Urlencoded)),
        unapproved("first")
    );
    case.pairs
        .retain(|pair| matches!(pair.0.as_str(), "city" | "job" | "authenticity_token"));
    assert_eq!(case.check(Encoding::Urlencoded), Ok(()));
}

#[test]
fn p1_each_chosen_option_is_sent_once() {
    let doubled = |case: &mut Case| {
        for pair in case.pairs.iter_mut().filter(|pair| pair.0 == "lang[]") {
            pair.1 = "de".into();
        }
    };
    check(&ALL, doubled, &missing("Languages"));
    let as_texts = |case: &mut Case| {
        for pair in case.pairs.iter_mut().filter(|pair| pair.0 == "lang[]") {
            pair.1 = if pair.1 == "de" {
                "German".into()
            } else {
                "French".into()
            };
        }
    };
    check(&ALL, as_texts, &Ok(()));
}

#[test]
fn p4_a_path_that_was_approved_by_its_beginning_carries_nothing_of_the_person() {
    let below = |tail: &'static str| {
        move |case: &mut Case| {
            case.manifest.releases[1].path_prefix = true;
            case.url = format!("https://jobs.example/apply/1{tail}");
        }
    };
    check(&ALL, below("/b71f"), &Ok(()));
    let what = "mail address".into();
    let place = Place::Address;
    check(
        &ALL,
        below("/ada@engines.example"),
        &Err(WireRefusal::Protected { what, place }),
    );
}
