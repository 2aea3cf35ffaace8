use super::*;

const PAGE: &[u8] = include_bytes!("../../fixtures/page.json");
const MESSY: &[u8] = include_bytes!("../../fixtures/messy.json");

fn kaiku() -> Place {
    Place::of("kaiku").unwrap()
}

#[test]
fn a_page_is_read_with_what_it_states() {
    let page = page(PAGE, &kaiku(), "page 1", 1).unwrap();
    assert_eq!((page.postings.len(), page.total), (2, Some(3)));
    assert_eq!(page.next.as_deref(), Some("2"));
    let [first, second] = &page.postings[..] else {
        panic!("two postings");
    };
    assert_eq!(first.external_id, "LX7Y2R");
    assert_eq!(first.url, "https://www.careers-page.com/kaiku/job/LX7Y2R");
    assert_eq!(
        first.apply_url.as_deref(),
        Some("https://www.careers-page.com/kaiku/job/LX7Y2R/apply")
    );
    assert_eq!(first.company.as_deref(), Some("Kaiku"));
    assert_eq!(first.industry.as_deref(), Some("Medical devices"));
    assert_eq!(first.locations, ["Tampere, Pirkanmaa, Finland"]);
    assert_eq!(first.workplace, None);
    assert_eq!(first.employment.as_deref(), Some("full time"));
    assert_eq!(first.posted_at.as_deref(), Some("2026-05-06T07:08:09Z"));
    let pay = first.pay.as_ref().unwrap();
    assert_eq!((pay.min, pay.max), (Some(52000.0), Some(61000.0)));
    assert_eq!(pay.currency.as_deref(), Some("EUR"));
    assert_eq!(second.locations, ["Finland"]);
    assert_eq!(second.workplace.as_deref(), Some("remote"));
    assert!(second.pay.is_none(), "an amount that is not shown");
}

#[test]
fn what_cannot_be_read_is_dropped_and_the_others_stay() {
    let page = page(MESSY, &kaiku(), "page 4", 4).unwrap();
    let [only] = &page.postings[..] else {
        panic!("one posting");
    };
    assert_eq!(
        (only.external_id.as_str(), only.title.as_str()),
        ("9", "Nurse")
    );
    assert_eq!(only.locations, ["Main street 1"]);
    assert_eq!(only.workplace.as_deref(), Some("remote"));
    assert_eq!(page.dropped.len(), 4, "{:?}", page.dropped);
    assert_eq!(page.total, Some(3));
    assert_eq!(page.next.as_deref(), Some("5"), "there is another page");
}

#[test]
fn paging_goes_forward_and_ends() {
    for (next, number, rows, expected) in [
        ("https://api.manatal.com/x/?page=2", 1, 10, Some("2")),
        ("https://evil.example/x/?page=3", 2, 10, Some("3")),
        ("/x/?page=2", 1, 10, Some("2")),
        ("https://api.manatal.com/x/?page=1", 1, 10, None),
        ("https://api.manatal.com/x/?page=2", 5, 10, None),
        ("https://api.manatal.com/x/?page=2", 1, 0, None),
    ] {
        assert_eq!(following(next, number, rows).as_deref(), expected, "{next}");
    }
}

#[test]
fn a_posting_of_its_own_is_read() {
    let one = br#"{"id": 1, "hash": "H", "position_name": "Cook", "description": "<p>x</p>"}"#;
    let posting = detail(one, &kaiku(), "posting H").unwrap();
    assert_eq!(posting.external_id, "H");
    assert_eq!(posting.description_html.as_deref(), Some("<p>x</p>"));
}

#[test]
fn another_shape_is_changed() {
    for body in [
        &b"{\"detail\":\"no\"}"[..],
        b"{\"results\":{}}",
        b"{\"results\":[1",
        b"",
    ] {
        let error = page(body, &kaiku(), "page 1", 1).map(drop);
        assert!(matches!(error, Err(PortalError::Changed(_))), "{error:?}");
        let error = detail(body, &kaiku(), "posting H").map(drop);
        assert!(matches!(error, Err(PortalError::Changed(_))), "{error:?}");
    }
}
