use super::*;

const LIST: &[u8] = include_bytes!("../../fixtures/search.json");
const BARE: &[u8] = include_bytes!("../../fixtures/bare.json");

#[test]
fn a_list_is_read_with_what_it_states() {
    let page = page(LIST, 0).unwrap();
    assert_eq!((page.postings.len(), page.total), (2, Some(130)));
    assert_eq!(page.next.as_deref(), Some("2"));
    let first = &page.postings[0];
    assert_eq!(first.external_id, "20000001");
    assert_eq!(first.title, "Conveyor & Lift Engineer");
    assert_eq!(
        first.url,
        "https://www.amazon.jobs/en/jobs/20000001/conveyor-lift-engineer"
    );
    assert_eq!(
        first.locations,
        ["Lyon, Auvergne-Rhône-Alpes, FRA", "Graz, Austria"]
    );
    assert_eq!(first.workplace.as_deref(), Some("Onsite"));
    assert_eq!(first.posted_at.as_deref(), Some("October 8, 2026"));
    assert_eq!(first.employment.as_deref(), Some("full-time"));
    assert_eq!(first.team.as_deref(), Some("Lifts"));
    assert_eq!(
        first.description_html.as_deref(),
        Some(
            "You build lifts.<br/>Daily.\n<h3>Basic qualifications</h3>\n- Steel<br/>- Physics\n\
             <h3>Preferred qualifications</h3>\n- French<br/><br/>FRA, Lyon - 50,000.00 - 60,000.00 EUR annually"
        )
    );
    let pay = first.pay.as_ref().unwrap();
    assert_eq!((pay.min, pay.max), (Some(50_000.0), Some(60_000.0)));
    let second = &page.postings[1];
    assert_eq!(second.workplace.as_deref(), Some("Remote"));
    assert_eq!(second.level.as_deref(), Some("Intern"));
    assert_eq!(second.team.as_deref(), Some("aws"));
    assert_eq!(
        second.description_html.as_deref(),
        Some("<p>You plan &amp; count.</p>")
    );
}

#[test]
fn a_list_without_its_envelope_is_read() {
    let page = page(BARE, 0).unwrap();
    let ids: Vec<&str> = page
        .postings
        .iter()
        .map(|p| p.external_id.as_str())
        .collect();
    assert_eq!(ids, ["20000003", "20000004", "uuid-5"]);
    assert_eq!(page.next, None);
    assert_eq!(page.dropped.len(), 3, "{:?}", page.dropped);
    assert_eq!(page.postings[0].locations, ["Graz"]);
    assert_eq!(page.postings[0].workplace, None);
    assert_eq!(page.postings[1].locations, ["Oslo, Norway"]);
    assert_eq!(
        page.postings[1].description_text.as_deref(),
        Some("Short & sweet")
    );
}

#[test]
fn a_posting_that_is_not_found_is_gone() {
    assert_eq!(detail(LIST, "20000002").unwrap().external_id, "20000002");
    let error = detail(LIST, "7").unwrap_err();
    assert!(matches!(error, PortalError::Gone(_)), "{error:?}");
}

#[test]
fn an_error_and_another_shape_are_named() {
    for (body, fetch) in [
        (
            r#"{"error":"offset is too large","hits":0,"jobs":[]}"#,
            true,
        ),
        (r#"{"error":"sorry"}"#, true),
        (r#"{"hits":3}"#, false),
        ("null", false),
        (r#"{"jobs":["#, false),
    ] {
        match page(body.as_bytes(), 0).map(drop).unwrap_err() {
            PortalError::Fetch(_) => assert!(fetch, "{body}"),
            PortalError::Changed(_) => assert!(!fetch, "{body}"),
            error => panic!("{body} {error:?}"),
        }
    }
    let end = br#"{"error":null,"hits":0,"jobs":[]}"#;
    assert_eq!(page(end, 0).unwrap().next, None);
}
