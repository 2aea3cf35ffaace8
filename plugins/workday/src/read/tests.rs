use super::*;

const PAGE: &[u8] = include_bytes!("../../fixtures/page.json");
const MESSY: &[u8] = include_bytes!("../../fixtures/messy.json");

fn site() -> Site {
    Site::of_key("acme.wd3/Careers").unwrap()
}

#[test]
fn a_page_is_read_with_what_it_states() {
    let site = site();
    let list = List::read(PAGE, &site).unwrap();
    assert_eq!(list.total(), Some(41));
    let page = list.page(&site, list.total(), None);
    assert!(page.dropped.is_empty(), "{:?}", page.dropped);
    let [cook, pilot, clerk] = page.postings.as_slice() else {
        panic!("{:?}", page.postings);
    };
    assert_eq!(
        cook.external_id,
        "/job/Belgium-Ghent/Cook--all-levels-_R-1001-2"
    );
    assert_eq!(
        cook.url,
        "https://acme.wd3.myworkdayjobs.com/Careers/job/Belgium-Ghent/Cook--all-levels-_R-1001-2"
    );
    assert_eq!(cook.locations, ["Belgium - Ghent"]);
    assert_eq!(cook.posted_at.as_deref(), Some("Posted 30+ Days Ago"));
    assert_eq!(cook.employment.as_deref(), Some("Full time"));
    assert_eq!(cook.requisition_id.as_deref(), Some("R-1001"));
    assert_eq!(
        pilot.locations,
        ["Norway - Oslo Harbour - Remote"],
        "2 Locations is no place"
    );
    assert_eq!(pilot.requisition_id.as_deref(), Some("R-1002"));
    assert_eq!(pilot.workplace.as_deref(), Some("Hybrid"));
    assert_eq!(clerk.locations, ["Köln (Mitte)"], "shown as a bullet");
    assert!(clerk.description_html.is_none() && clerk.posted_at.is_none());
}

#[test]
fn what_cannot_be_read_is_dropped_and_the_others_stay() {
    let site = site();
    let list = List::read(MESSY, &site).unwrap();
    assert_eq!(list.total(), None);
    let page = list.page(&site, None, None);
    let ids: Vec<&str> = page
        .postings
        .iter()
        .map(|p| p.external_id.as_str())
        .collect();
    assert_eq!(ids, ["/job/a_R1", "R-77"]);
    assert_eq!(
        page.postings[1].url,
        "https://acme.wd3.myworkdayjobs.com/Careers?q=R-77"
    );
    assert_eq!(page.dropped.len(), 4, "{:?}", page.dropped);
    assert!(page.dropped[0].contains("no title"), "{:?}", page.dropped);
    assert!(page.dropped[1].contains("no id"), "{:?}", page.dropped);
}

#[test]
fn a_list_goes_on_until_the_total_of_its_first_page() {
    let list = |count: usize, total: &str| {
        format!(
            "{{\"total\":{total},\"jobPostings\":[{}]}}",
            vec!["1"; count].join(",")
        )
    };
    for (count, stated, offset, carried, expected) in [
        (20, "41", 0, Some(41), Some(20)),
        (20, "0", 20, Some(41), Some(40)),
        (1, "0", 40, Some(41), None),
        (3, "41", 0, Some(41), Some(3)),
        (0, "0", 20, Some(41), None),
        (20, "null", 0, None, Some(20)),
        (19, "\"many\"", 0, None, None),
    ] {
        let body = list(count, stated);
        let list = List::read(body.as_bytes(), &site()).unwrap();
        assert_eq!(
            list.next(offset, carried),
            expected,
            "{count} {stated} {offset}"
        );
    }
}

#[test]
fn another_shape_is_changed() {
    for body in [
        &b"{}"[..],
        b"[]",
        b"{\"total\":3,\"jobPostings\":null}",
        b"{\"errorCode\":\"HTTP_422\",\"httpStatus\":422}",
        b"{\"total\":3,\"jobPostings\":[{\"title\":",
    ] {
        let error = List::read(body, &site()).map(drop).unwrap_err();
        assert!(matches!(error, PortalError::Changed(_)), "{error:?}");
    }
}

#[test]
fn a_place_is_told_from_a_number_of_places() {
    for (text, expected) in [
        ("2 Locations", true),
        ("12 Standorte", true),
        ("Multiple Locations", true),
        ("Oslo", false),
        ("Building 2", false),
        ("221B Baker Street", false),
        ("", false),
    ] {
        assert_eq!(counts(text), expected, "{text}");
    }
}
