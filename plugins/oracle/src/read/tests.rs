use super::*;
use crate::claim;

const LIST: &[u8] = include_bytes!("../../fixtures/list.json");
const MESSY: &[u8] = include_bytes!("../../fixtures/messy.json");
const DETAIL: &[u8] = include_bytes!("../../fixtures/detail.json");

fn site() -> Site {
    let url = "https://ebbe.fa.em2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/jobs";
    Site::of(&claim::board(url).unwrap()).unwrap()
}

fn read(body: &[u8], start: u32) -> Result<Page, PortalError> {
    page(body, &site(), (&Api::of(&site()), start))
}

#[test]
fn a_list_is_read_with_what_it_states() {
    let page = read(LIST, 0).unwrap();
    assert_eq!((page.postings.len(), page.total), (2, Some(5)));
    let next = "2 ebbe.fa.em2.oraclecloud.com CX_1";
    assert_eq!(page.next.as_deref(), Some(next));
    let first = &page.postings[0];
    assert_eq!(first.external_id, "4001");
    assert_eq!(first.title, "Bridge & Tunnel Inspector");
    assert_eq!(
        first.url,
        "https://ebbe.fa.em2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/job/4001"
    );
    assert_eq!(first.locations, ["Ribe, Denmark", "Varde, Denmark"]);
    assert_eq!(first.workplace.as_deref(), Some("on site"));
    assert_eq!(first.posted_at.as_deref(), Some("2026-08-07"));
    assert_eq!(first.closes_at.as_deref(), Some("2026-12-31"));
    assert_eq!(first.employment.as_deref(), Some("Full time"));
    assert_eq!(first.department.as_deref(), Some("Civil works"));
    let nothing = (&first.description_html, &first.description_text);
    assert_eq!(nothing, (&None, &None), "a teaser is no description");
    let second = &page.postings[1];
    assert_eq!(second.locations, ["Husum, DE"]);
    assert_eq!(
        second.description_html.as_deref(),
        Some("<h3>Qualifications</h3>\n<p>Steady</p>")
    );
}

#[test]
fn a_posting_is_read_in_full() {
    let found = detail(DETAIL, &site(), "4001").unwrap();
    assert_eq!(
        found.description_html.as_deref(),
        Some(
            "<p>Look closely.</p>\n<h3>Responsibilities</h3>\n<ul><li>Look</li></ul>\n\
             <h3>Qualifications</h3>\n<p>Eyes &amp; ears</p>\n<p>Ebbe builds.</p>"
        )
    );
    assert_eq!(found.workplace.as_deref(), Some("Hybrid"));
    assert_eq!(found.company.as_deref(), Some("Ebbe A/S"));
    assert_eq!(found.language.as_deref(), Some("en"));
    let pay = found.pay.as_ref().and_then(|pay| pay.text.as_deref());
    assert_eq!(pay, Some("DKK 40,000 - 45,000 a month"));
    let short = br#"{"Id":"7","Title":"A","ShortDescriptionStr":"Short"}"#;
    let short = detail(short, &site(), "7").unwrap();
    assert_eq!(short.description_text.as_deref(), Some("Short"));
}

#[test]
fn what_cannot_be_read_is_dropped_and_the_others_stay() {
    let page = read(MESSY, 0).unwrap();
    let ids: Vec<&str> = page
        .postings
        .iter()
        .map(|p| p.external_id.as_str())
        .collect();
    assert_eq!(ids, ["11", "12"]);
    assert_eq!(page.dropped.len(), 4, "{:?}", page.dropped);
    assert_eq!(page.postings[0].locations, ["Ribe, Denmark"]);
    assert_eq!(page.next, None);
}

#[test]
fn a_site_without_postings_is_empty_and_another_shape_is_changed() {
    for body in [
        r#"{"items":[],"count":0,"hasMore":false}"#,
        r#"{"items":[{"TotalJobsCount":0,"requisitionList":[]}]}"#,
        r#"{"items":[{"TotalJobsCount":0,"requisitionList":null}]}"#,
    ] {
        let page = read(body.as_bytes(), 0).unwrap();
        assert_eq!((page.postings.len(), page.next), (0, None), "{body}");
    }
    let flat = read(br#"{"items":[{"Id":"1","Title":"A"}]}"#, 0).unwrap();
    assert_eq!(flat.postings.len(), 1);
    for body in [
        "{}",
        "[]",
        "null",
        r#"{"items":[{"#,
        r#"{"title":"Bad Request"}"#,
    ] {
        let error = read(body.as_bytes(), 0).map(drop).unwrap_err();
        assert!(matches!(error, PortalError::Changed(_)), "{body} {error:?}");
    }
    let ended = br#"{"items":[{"TotalJobsCount":500,"requisitionList":[]}]}"#;
    let error = read(ended, 100).map(drop).unwrap_err();
    assert!(matches!(error, PortalError::Fetch(_)), "{error:?}");
}

#[test]
fn a_posting_that_is_not_answered_is_gone() {
    let error = detail(br#"{"items":[],"count":0}"#, &site(), "7").unwrap_err();
    assert!(matches!(error, PortalError::Gone(_)), "{error:?}");
    let error = detail(b"{}", &site(), "7").unwrap_err();
    assert!(matches!(error, PortalError::Changed(_)), "{error:?}");
}
