use super::*;

const LIST: &[u8] = include_bytes!("../../fixtures/list.json");
const MESSY: &[u8] = include_bytes!("../../fixtures/messy.json");
const DETAIL: &[u8] = include_bytes!("../../fixtures/detail.json");

#[test]
fn a_list_is_read_with_what_it_states() {
    let page = page(LIST, "Acme1", 100).unwrap();
    assert_eq!((page.total, page.next.as_deref()), (Some(103), Some("102")));
    let [cook, pilot] = page.postings.as_slice() else {
        panic!("{:?}", page.postings);
    };
    assert_eq!(cook.external_id, "744000100000001");
    assert_eq!(cook.title, "Night Cook");
    assert_eq!(
        cook.url,
        "https://jobs.smartrecruiters.com/Acme1/744000100000001"
    );
    assert_eq!(cook.company.as_deref(), Some("Acme Harbours"));
    assert_eq!(cook.locations, ["Ghent, Belgium"]);
    assert_eq!(cook.workplace.as_deref(), Some("hybrid"));
    assert_eq!(cook.employment.as_deref(), Some("Part-time"));
    assert_eq!(cook.level, None, "not applicable is no level");
    assert_eq!(cook.department.as_deref(), Some("Galley"));
    assert_eq!(cook.industry.as_deref(), Some("Maritime"));
    assert_eq!(cook.language.as_deref(), Some("nl"));
    assert_eq!(cook.posted_at.as_deref(), Some("2026-09-01T10:00:00.000Z"));
    assert_eq!(cook.requisition_id.as_deref(), Some("REF7X"));
    assert_eq!(pilot.locations, ["Oslo, NO"]);
    assert_eq!(pilot.workplace.as_deref(), Some("remote"));
    assert_eq!(
        pilot.department.as_deref(),
        Some("Pilots"),
        "from the company's own field"
    );
    assert_eq!(pilot.level.as_deref(), Some("Mid-Senior Level"));
    assert!(pilot.description_html.is_none());
}

#[test]
fn a_posting_has_its_sections_and_is_gone_when_it_is_not_active() {
    let found = detail(DETAIL, "Acme1", "the posting").unwrap();
    assert_eq!(
        found.description_html.as_deref(),
        Some("<h3>You &amp; us</h3>\n<p>Cook.</p>\n<h3>Also</h3>\n<p>Eat.</p>")
    );
    assert_eq!(found.group_id.as_deref(), Some("98046ec5"));
    assert!(
        found
            .apply_url
            .as_deref()
            .is_some_and(|url| url.ends_with("oga=true"))
    );
    let error = detail(br#"{"id":"7","name":"x","active":false}"#, "Acme1", "x").unwrap_err();
    assert!(matches!(error, PortalError::Gone(_)), "{error:?}");
    let error = detail(br#"{"id":"7","active":true}"#, "Acme1", "x").unwrap_err();
    assert!(matches!(error, PortalError::Changed(_)), "{error:?}");
}

#[test]
fn what_cannot_be_read_is_dropped_and_the_others_stay() {
    let page = page(MESSY, "Acme1", 0).unwrap();
    let ids: Vec<&str> = page
        .postings
        .iter()
        .map(|p| p.external_id.as_str())
        .collect();
    assert_eq!(ids, ["1", "two", "8"]);
    assert_eq!(page.dropped.len(), 3, "{:?}", page.dropped);
    assert!(page.dropped[0].contains("no title"), "{:?}", page.dropped);
    assert!(page.dropped[1].contains("no id"), "{:?}", page.dropped);
    assert_eq!((page.total, page.next), (Some(5), None));
    assert_eq!(page.postings[0].locations, ["Pune, Maharashtra"]);
    assert!(page.postings[1].locations.is_empty() && page.postings[1].company.is_none());
}

#[test]
fn a_list_ends_when_nothing_more_comes() {
    for (body, offset, next) in [
        (r#"{"totalFound":0,"content":[]}"#, 0, None),
        (r#"{"totalFound":200,"content":[]}"#, 100, None),
        (r#"{"totalFound":200,"content":[1]}"#, 0, Some("1")),
        (r#"{"totalFound":1,"content":[1]}"#, 0, None),
        (r#"{"content":[1]}"#, 0, None),
    ] {
        let page = page(body.as_bytes(), "Acme1", offset).unwrap();
        assert_eq!(page.next.as_deref(), next, "{body}");
    }
}

#[test]
fn another_shape_is_changed() {
    for body in [
        &b"{}"[..],
        b"[]",
        b"{\"totalFound\":1,\"content\":null}",
        b"{\"totalFound\":1,\"content\":[{\"id\":",
    ] {
        let error = page(body, "Acme1", 0).map(drop).unwrap_err();
        assert!(matches!(error, PortalError::Changed(_)), "{error:?}");
    }
}
