use super::*;

const BOARD: &[u8] = include_bytes!("../../fixtures/board.json");
const MESSY: &[u8] = include_bytes!("../../fixtures/messy.json");
const ORIGIN: &str = "https://kaiku.pinpointhq.com";

#[test]
fn a_board_is_read_with_what_it_states() {
    let page = page(BOARD, ORIGIN, "board kaiku", None).unwrap();
    assert_eq!((page.postings.len(), page.total), (2, Some(2)));
    let [first, second] = &page.postings[..] else {
        panic!("two postings");
    };
    assert_eq!(first.external_id, "40117");
    assert_eq!(
        first.apply_url.as_deref(),
        Some(
            "https://kaiku.pinpointhq.com/en/postings/0b7d5f0e-1111-4222-8333-444455556666\
             /applications/new"
        )
    );
    assert_eq!(first.language.as_deref(), Some("en"));
    assert_eq!(first.locations, ["Bristol, England"]);
    assert_eq!(first.workplace.as_deref(), Some("hybrid"));
    assert_eq!(first.employment.as_deref(), Some("Permanent - Full Time"));
    assert_eq!(first.department.as_deref(), Some("Signal"));
    assert_eq!(first.team.as_deref(), Some("Filters"));
    assert_eq!(first.requisition_id.as_deref(), Some("R-77"));
    assert_eq!(first.group_id.as_deref(), Some("9001"));
    assert_eq!(
        first.closes_at.as_deref(),
        Some("2026-12-18T23:59:59+00:00")
    );
    assert_eq!(first.benefits, ["Health insurance & gym", "30 days off"]);
    let html = first.description_html.as_deref().unwrap();
    assert!(
        html.starts_with(
            "<div>Kaiku makes hearing aids.</div>\n<h3>You &amp; sound</h3>\n<ul><li>Build"
        ),
        "{html}"
    );
    assert!(html.contains("<h3>Benefits</h3>"), "{html}");
    let pay = first.pay.as_ref().unwrap();
    assert_eq!((pay.min, pay.max), (Some(52000.0), Some(61000.0)));
    assert_eq!(pay.currency.as_deref(), Some("GBP"));
    assert_eq!(pay.period.as_deref(), Some("year"));
    assert_eq!(pay.text.as_deref(), Some("£52,000 - £61,000 / year"));

    assert_eq!(second.url, "https://kaiku.pinpointhq.com/postings/77aa");
    assert_eq!(second.locations, ["Worldwide"]);
    assert_eq!(second.department.as_deref(), Some("Revenue"));
    assert!(second.pay.is_none(), "an amount that is not shown");
    assert_eq!(second.language, None);
}

#[test]
fn what_cannot_be_read_is_dropped_and_the_others_stay() {
    let page = page(MESSY, ORIGIN, "board kaiku", None).unwrap();
    let ids: Vec<&str> = page
        .postings
        .iter()
        .map(|p| p.external_id.as_str())
        .collect();
    assert_eq!(ids, ["1", "5"]);
    assert_eq!(page.dropped.len(), 4, "{:?}", page.dropped);
    assert!(page.dropped[0].contains("no address"), "{:?}", page.dropped);
    assert!(page.dropped[1].contains("no title"), "{:?}", page.dropped);
    assert!(page.dropped[2].contains("no id"), "{:?}", page.dropped);
    let first = &page.postings[0];
    assert_eq!(first.locations, ["Oulu"]);
    assert_eq!(first.department.as_deref(), Some("5"));
    assert_eq!(
        first.apply_url.as_deref(),
        Some("https://kaiku.pinpointhq.com/en/postings/1/applications/new")
    );
    assert!(first.pay.is_none() && first.benefits.is_empty());
    assert_eq!(page.postings[1].language.as_deref(), Some("fr-CA"));
}

#[test]
fn one_posting_is_found_by_its_id_or_gone() {
    let posting = posting_of(BOARD, ORIGIN, "board kaiku", "40118").unwrap();
    assert_eq!(posting.title, "Sales");
    let error = posting_of(BOARD, ORIGIN, "board kaiku", "1").map(drop);
    assert!(matches!(error, Err(PortalError::Gone(_))), "{error:?}");
}

#[test]
fn another_shape_is_changed() {
    for body in [
        &b"{\"error\":1}"[..],
        b"{\"data\":{}}",
        b"{\"data\":[1",
        b"",
    ] {
        let error = page(body, ORIGIN, "board kaiku", None).map(drop);
        assert!(matches!(error, Err(PortalError::Changed(_))), "{error:?}");
    }
}
