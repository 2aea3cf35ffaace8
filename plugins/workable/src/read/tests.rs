use super::*;

const WIDGET: &[u8] = include_bytes!("../../fixtures/widget.json");
const LISTED: &[u8] = include_bytes!("../../fixtures/listed.json");
const MESSY: &[u8] = include_bytes!("../../fixtures/messy.json");
const DETAIL: &[u8] = include_bytes!("../../fixtures/detail.json");

#[test]
fn the_whole_list_is_read_with_what_it_states() {
    let page = page(WIDGET, "acme", None).unwrap();
    assert_eq!(
        (page.postings.len(), page.total, &page.next),
        (3, Some(3), &None)
    );
    let [cook, here, there] = page.postings.as_slice() else {
        panic!("{:?}", page.postings);
    };
    assert_eq!(cook.external_id, "0A1B2C3D4E");
    assert_eq!(cook.title, "Night Cook & Baker");
    assert_eq!(cook.company.as_deref(), Some("Acme Harbours"));
    assert_eq!(cook.url, "https://apply.workable.com/j/0A1B2C3D4E");
    assert_eq!(cook.locations, ["Ghent, Flanders, Belgium", "Oslo, Norway"]);
    assert_eq!(cook.workplace, None);
    assert_eq!(cook.employment.as_deref(), Some("Part-time"));
    assert_eq!(cook.level.as_deref(), Some("Associate"));
    assert_eq!(cook.industry.as_deref(), Some("Maritime"));
    assert_eq!(cook.department.as_deref(), Some("Galley"));
    assert_eq!(cook.posted_at.as_deref(), Some("2026-09-02"));
    assert_eq!(cook.requisition_id.as_deref(), Some("AC-7"));
    assert_eq!(
        cook.description_html.as_deref(),
        Some("<p>Bake &amp; cook.</p>")
    );
    assert_eq!(cook.group_id, None);

    assert_eq!(
        (here.external_id.as_str(), there.external_id.as_str()),
        ("FF00", "FF00~belgium")
    );
    assert_eq!(
        (here.locations.as_slice(), there.locations.as_slice()),
        (&["Norway".to_owned()][..], &["Belgium".to_owned()][..])
    );
    assert_eq!(here.group_id.as_deref(), Some("FF00"));
    assert_eq!(there.group_id, here.group_id, "one posting at two places");
    assert_eq!(here.workplace.as_deref(), Some("remote"));
    assert_eq!(here.description_html, None);
    assert_eq!(
        there.apply_url.as_deref(),
        Some("https://apply.workable.com/acme/j/FF00/apply/")
    );
}

#[test]
fn the_list_in_pages_is_read_too() {
    let page = page(LISTED, "acme", None).unwrap();
    assert_eq!(
        (page.total, page.next.as_deref()),
        (Some(7), Some("token/WzEsMl0="))
    );
    let pilot = &page.postings[0];
    assert_eq!(pilot.external_id, "AB12");
    assert_eq!(pilot.url, "https://apply.workable.com/acme/j/AB12/");
    assert_eq!(pilot.locations, ["Paris, Île-de-France, France"]);
    assert_eq!(pilot.workplace.as_deref(), Some("on_site"));
    assert_eq!(pilot.employment.as_deref(), Some("Full-time"));
    assert_eq!(pilot.department.as_deref(), Some("Pilots, Tugs"));
    assert_eq!(pilot.language.as_deref(), Some("fr"));
    assert_eq!(pilot.posted_at.as_deref(), Some("2026-05-29T00:00:00.000Z"));
    assert_eq!((&pilot.company, &pilot.requisition_id), (&None, &None));
}

#[test]
fn what_cannot_be_read_is_dropped_and_the_others_stay() {
    let page = page(MESSY, "acme", None).unwrap();
    let ids: Vec<&str> = page
        .postings
        .iter()
        .map(|p| p.external_id.as_str())
        .collect();
    assert_eq!(ids, ["A", "99", "A~2", "D7"]);
    assert_eq!(page.dropped.len(), 3, "{:?}", page.dropped);
    assert!(page.dropped[0].contains("no title"), "{:?}", page.dropped);
    assert!(page.dropped[1].contains("no id"), "{:?}", page.dropped);
    assert_eq!(page.postings[0].locations, ["Oslo"]);
    assert_eq!(
        page.postings[1].locations,
        ["Bergen, Norway"],
        "kept off the page, but all there is"
    );
    assert_eq!(page.postings[1].url, "https://apply.workable.com/acme/");
}

#[test]
fn one_posting_has_all_its_sections_or_is_gone() {
    let found = job::detail(DETAIL, "acme", "the posting").unwrap();
    assert_eq!(
        found.description_html.as_deref(),
        Some(
            "<p>Steer.</p>\n<h3>Requirements</h3>\n<ul><li>Sight</li></ul>\n<h3>Benefits</h3>\n<p>Sea air</p>"
        )
    );
    let pay = found.pay.unwrap();
    assert_eq!(
        (pay.min, pay.max, pay.currency.as_deref()),
        (Some(4000.0), Some(5200.5), Some("EUR"))
    );
    let closed = br#"{"shortcode":"A","title":"x","state":"closed"}"#;
    let error = job::detail(closed, "acme", "the posting").unwrap_err();
    assert!(matches!(error, PortalError::Gone(_)), "{error:?}");

    assert_eq!(
        one(WIDGET, "acme", "FF00~belgium").unwrap().locations,
        ["Belgium"]
    );
    let error = one(WIDGET, "acme", "FF00~peru").unwrap_err();
    assert!(matches!(error, PortalError::Gone(_)), "{error:?}");
}

#[test]
fn another_shape_is_changed() {
    for body in [
        &b"{}"[..],
        b"[]",
        b"{\"jobs\":null}",
        b"{\"results\":{}}",
        b"{\"jobs\":[{\"shortcode\":",
        b"error code: 1015",
    ] {
        let error = page(body, "acme", None).map(drop).unwrap_err();
        assert!(matches!(error, PortalError::Changed(_)), "{error:?}");
    }
    let error = page(WIDGET, "acme", Some("x")).map(drop).unwrap_err();
    assert!(matches!(error, PortalError::Invalid(_)), "{error:?}");
}
