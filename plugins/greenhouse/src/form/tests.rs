use portal_sdk::{Meaning, PortalError, WebPage};

use super::*;

const FORM: &[u8] = include_bytes!("../../fixtures/form.json");
const CLASSIC: &str = r#"<!DOCTYPE html><form id="search"></form>
    <form id="application_form" action="/nordlicht/jobs/7" method="post"></form>"#;
const NEW: &str = r#"<!DOCTYPE html><script>"<form id='application_form'>"</script>
    <form method="get" action="7.html" id="application-form" class="application--form"></form>"#;

fn asked() -> Asked<'static> {
    Asked::read(FORM, "posting 7").unwrap()
}

/// Kind, whether required, words, meaning, locator.
type Row<'a> = (FieldKind, bool, &'a str, Option<Meaning>, Option<&'a str>);

fn check_questions(shape: Shape, expected: &[Row<'_>]) {
    let found = asked().questions(shape).asked;
    let found: Vec<Row<'_>> = found
        .iter()
        .map(|q| {
            let locator = q.locator.as_deref();
            (q.kind, q.required, q.label.as_str(), q.meaning, locator)
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn the_questions_of_a_classic_form_are_told_by_name() {
    use FieldKind::{CheckboxGroup, File, LongText, Select, Text};
    let [first, last, email, phone, place, resume, letter, gender] = [
        r#"[name="job_application[first_name]"]"#,
        r#"[name="job_application[last_name]"]"#,
        r#"[name="job_application[email]"]"#,
        r#"[name="job_application[phone]"]"#,
        r#"[name="job_application[location]"]"#,
        r#"[name="job_application[resume]"]"#,
        r#"[name="job_application[cover_letter]"]"#,
        r#"[name="job_application[gender]"]"#,
    ]
    .map(Some);
    check_questions(
        Shape::Classic,
        &[
            (Text, true, "First Name", Some(Meaning::FirstName), first),
            (Text, true, "Last Name", Some(Meaning::LastName), last),
            (Text, true, "Email", Some(Meaning::Email), email),
            (Text, false, "Phone", Some(Meaning::Phone), phone),
            (
                Text,
                true,
                "Location (City)",
                Some(Meaning::Location),
                place,
            ),
            (File, true, "Resume/CV", Some(Meaning::Resume), resume),
            (
                File,
                false,
                "Cover Letter",
                Some(Meaning::CoverLetter),
                letter,
            ),
            (Text, false, "LinkedIn Profile", None, None),
            (
                Select,
                true,
                "I wrote my answers myself, without AI.",
                None,
                None,
            ),
            (
                CheckboxGroup,
                false,
                "Which areas interest you?",
                None,
                None,
            ),
            (LongText, true, "Why wind?", None, None),
            (Text, false, "Bare", None, None),
            (
                CheckboxGroup,
                false,
                "How would you describe your gender identity?",
                None,
                None,
            ),
            (Select, false, "Gender", None, gender),
        ],
    );
}

#[test]
fn the_questions_of_a_newer_form_are_told_by_id() {
    let questions = asked().questions(Shape::New).asked;
    for (label, kind, locator) in [
        ("Email", FieldKind::Text, r#"[id="email"]"#),
        (
            "Location (City)",
            FieldKind::Text,
            r#"[id="candidate-location"]"#,
        ),
        ("Resume/CV", FieldKind::File, r#"[id="resume"]"#),
        (
            "I wrote my answers myself, without AI.",
            FieldKind::Combobox,
            r#"[id="question_7002"]"#,
        ),
        (
            "Which areas interest you?",
            FieldKind::CheckboxGroup,
            r#"[id="question_7003[]"], [id="question_7003"]"#,
        ),
        (
            "How would you describe your gender identity?",
            FieldKind::CheckboxGroup,
            r#"[id="4000681004"]"#,
        ),
        ("Gender", FieldKind::Combobox, r#"[id="gender"]"#),
    ] {
        let question = questions.iter().find(|q| q.label == label).unwrap();
        assert_eq!(question.kind, kind, "{label}");
        assert_eq!(question.locator.as_deref(), Some(locator), "{label}");
    }
}

#[test]
fn choices_and_help_are_plain_text_and_what_cannot_be_read_is_told() {
    let found = asked().questions(Shape::Classic);
    let of = |label: &str| found.asked.iter().find(|q| q.label == label).unwrap();
    let honest = of("I wrote my answers myself, without AI.");
    assert_eq!(honest.options, ["Yes", "No"]);
    assert_eq!(
        of("LinkedIn Profile").help.as_deref(),
        Some("Your profile there, if any.\nNot required.")
    );
    assert_eq!(found.unread.len(), 3, "{:?}", found.unread);
    assert!(
        found.unread[0].contains("input_drawing"),
        "{:?}",
        found.unread
    );
}

fn check_place(stated: Option<&str>, landed: Option<(&str, &str)>, expected: [&str; 2]) -> Place {
    let spot = Spot::stated("nordlicht", "7", stated);
    let page = landed.map(|(url, html)| WebPage {
        url: url.to_owned(),
        html: html.to_owned(),
    });
    let place = Place::of(spot, page.as_ref()).unwrap();
    let url = place.spot.url();
    assert_eq!(
        [url.as_str(), place.action.as_str()],
        expected,
        "{stated:?}"
    );
    place
}

#[test]
fn a_form_is_where_its_posting_leads() {
    let classic = "https://boards.greenhouse.io/nordlicht/jobs/7";
    let new = "https://job-boards.greenhouse.io/nordlicht/jobs/7";
    let eu = "https://job-boards.eu.greenhouse.io/nordlicht/jobs/7";
    let embed = "https://boards.greenhouse.io/embed/job_app?for=nordlicht&token=7";
    let own_site = "https://nordlicht.example/careers?gh_jid=7";

    // By the posting's address alone.
    let place = check_place(Some(classic), None, [classic, classic]);
    assert_eq!((place.shape, place.stores()), (Shape::Classic, None));
    let place = check_place(Some(new), None, [new, classic]);
    assert_eq!(place.shape, Shape::New);
    assert!(
        place
            .stores()
            .unwrap()
            .starts_with("https://boards.greenhouse.io/")
    );
    let eu_action = "https://boards.eu.greenhouse.io/nordlicht/jobs/7";
    check_place(Some(eu), None, [eu, eu_action]);
    check_place(None, None, [new, classic]);
    let place = check_place(Some(own_site), None, [embed, classic]);
    assert_eq!(place.shape, Shape::Classic);
    assert_eq!(place.spot.query_keys(), ["for", "token"]);

    // By the page, wherever the address led.
    check_place(Some(classic), Some((classic, CLASSIC)), [classic, classic]);
    let place = check_place(Some(classic), Some((new, NEW)), [new, classic]);
    assert_eq!(place.shape, Shape::New);
    check_place(Some(own_site), Some((embed, CLASSIC)), [embed, classic]);
    let moved = "https://job-boards.greenhouse.io/embed/job_app?for=nordlicht&token=7";
    let sent = "https://boards.greenhouse.io/embed/nordlicht/jobs/7";
    check_place(Some(own_site), Some((moved, NEW)), [moved, sent]);
    let bare = r#"<form id="application_form" method="post">"#;
    check_place(Some(classic), Some((classic, bare)), [classic, classic]);

    // By what the newer page says its script does.
    let says = |path: &str| format!(r#"{NEW}<script>{{"submitPath":{path},"a":1}}</script>"#);
    let html = says(r#""https:\/\/boards.greenhouse.io\/x\/7""#);
    check_place(
        Some(new),
        Some((new, &html)),
        [new, "https://boards.greenhouse.io/x/7"],
    );
    for odd in ["1", "\"/x\"", "\"http://a.example/\"", "\"", ""] {
        check_place(Some(new), Some((new, &says(odd))), [new, classic]);
    }
}

#[test]
fn a_page_that_is_not_the_form_is_gone_or_changed() {
    fn check(url: &str, html: &str, expected: fn(&PortalError) -> bool) {
        let page = WebPage {
            url: url.to_owned(),
            html: html.to_owned(),
        };
        let error = Place::of(Spot::stated("nordlicht", "7", None), Some(&page)).unwrap_err();
        assert!(expected(&error), "{url}: {error:?}");
    }
    let gone = |error: &PortalError| matches!(error, PortalError::Gone(_));
    check(
        "https://boards.greenhouse.io/nordlicht?error=true",
        CLASSIC,
        gone,
    );
    check(
        "https://boards.greenhouse.io/nordlicht/jobs/8",
        CLASSIC,
        gone,
    );
    check("https://elsewhere.example/nordlicht/jobs/7", CLASSIC, gone);
    check(
        "https://job-boards.greenhouse.io/nordlicht/jobs/7",
        "<html>Log in",
        |error| matches!(error, PortalError::Changed(_)),
    );
}

#[test]
fn files_of_a_newer_form_go_to_the_store_the_portal_names() {
    let url = "https://job-boards.greenhouse.io/nordlicht/jobs/7";
    let place = Place::of(Spot::stated("nordlicht", "7", Some(url)), None).unwrap();
    let check = |store: Option<&str>, expected: &str| {
        let questions = asked().questions(place.shape).asked;
        let recipe = recipe(&place, questions, store.map(str::to_owned));
        let found: Vec<_> = recipe
            .uploads
            .iter()
            .map(|u| (u.locator.as_str(), u.method.as_str(), u.url_prefix.as_str()))
            .collect();
        let upload = |locator| (locator, "POST", expected);
        assert_eq!(
            found,
            [upload(r#"[id="resume"]"#), upload(r#"[id="cover_letter"]"#)]
        );
        assert_eq!(recipe.encoding, Encoding::Json);
    };
    let body = br#"{"url":"https://store.example","resume":{"fields":{},"key":"k"}}"#;
    check(store(body).as_deref(), "https://store.example/");
    check(
        store(b"{}").as_deref(),
        "https://grnhse-prod-jben-us-east-1.s3.amazonaws.com/",
    );

    let classic = Place::of(
        Spot::stated(
            "nordlicht",
            "7",
            Some("https://boards.greenhouse.io/nordlicht/jobs/7"),
        ),
        None,
    )
    .unwrap();
    let recipe = recipe(&classic, asked().questions(classic.shape).asked, None);
    assert!(recipe.uploads.is_empty());
    assert_eq!(recipe.encoding, Encoding::Multipart);
}

#[test]
fn an_answer_without_questions_is_changed() {
    for body in [
        &b"{}"[..],
        b"{\"questions\":null}",
        b"[]",
        b"{\"questions\":[1",
    ] {
        let error = Asked::read(body, "posting 7").map(drop).unwrap_err();
        assert!(matches!(error, PortalError::Changed(_)), "{error:?}");
    }
}

/// A recorded answer of a real board, where `AGENT_DATA` names a folder of them.
#[test]
fn a_recorded_form_is_read_whole() {
    let Some(data) = std::env::var_os("AGENT_DATA") else {
        return;
    };
    let file = "forms/greenhouse/canonical_4754075_questions.json";
    let body = std::fs::read(std::path::Path::new(&data).join(file)).unwrap();
    let asked = Asked::read(&body, "posting 4754075").unwrap();
    for shape in [Shape::Classic, Shape::New] {
        let read = asked.questions(shape);
        assert!(read.unread.is_empty(), "{:?}", read.unread);
        assert_eq!(read.asked.len(), 20);
        assert_eq!(read.asked.iter().filter(|q| q.required).count(), 15);
        let countries = read.asked.last().unwrap();
        assert_eq!(countries.options.len(), 250);
        let attestation = read.asked.iter().find(|q| q.label.contains("use of AI"));
        assert_eq!(attestation.unwrap().options, ["Yes", "No"]);
        let meant = read.asked.iter().filter_map(|q| q.meaning).count();
        assert_eq!(meant, 5, "names, e-mail, telephone and CV");
    }
}
