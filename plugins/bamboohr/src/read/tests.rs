use super::*;

const BOARD: &[u8] = include_bytes!("../../fixtures/board.json");
const DETAIL: &[u8] = include_bytes!("../../fixtures/detail.json");
const MESSY: &[u8] = include_bytes!("../../fixtures/messy.json");
const CAREERS: &str = "https://kaiku.bamboohr.com/careers";

#[test]
fn a_board_is_read_with_what_it_states() {
    let page = page(BOARD, CAREERS, "board kaiku", None).unwrap();
    assert_eq!((page.postings.len(), page.total), (3, Some(3)));
    let [first, second, third] = &page.postings[..] else {
        panic!("three postings");
    };
    assert_eq!(first.external_id, "41");
    assert_eq!(first.url, "https://kaiku.bamboohr.com/careers/41");
    assert_eq!(first.title, "Audio Engineer & Tinkerer");
    assert_eq!(first.locations, ["Tampa, Florida"]);
    assert_eq!(first.workplace.as_deref(), Some("on-site"));
    assert_eq!(first.department.as_deref(), Some("Signal"));
    assert_eq!(first.employment.as_deref(), Some("Full-Time"));
    assert_eq!(first.description_html, None, "the host asks for the detail");
    assert_eq!(second.external_id, "42");
    assert_eq!(second.locations, ["Ottawa, Ontario, Canada"]);
    assert_eq!(second.workplace.as_deref(), Some("remote"));
    assert_eq!(third.workplace.as_deref(), Some("remote"));
}

#[test]
fn a_detail_says_more() {
    let posting = detail(DETAIL, "41", CAREERS, "posting 41").unwrap();
    assert_eq!(posting.external_id, "41");
    assert_eq!(posting.locations, ["Tampa, Florida, United States"]);
    assert_eq!(posting.workplace.as_deref(), Some("hybrid"));
    assert_eq!(
        posting.description_html.as_deref(),
        Some("<p>Kaiku makes hearing aids.&nbsp;<b>R&amp;D</b></p>")
    );
    assert_eq!(
        posting.pay.and_then(|pay| pay.text).as_deref(),
        Some("$90,000 - $110,000 a year")
    );
    assert_eq!(posting.level.as_deref(), Some("Mid-level"));
    assert_eq!(posting.posted_at.as_deref(), Some("2026-04-17"));
}

#[test]
fn a_posting_that_is_closed_is_gone() {
    let text = String::from_utf8(DETAIL.to_vec()).unwrap();
    let closed = text.replace("\"Open\"", "\"Filled\"");
    let error = detail(closed.as_bytes(), "41", CAREERS, "posting 41").map(drop);
    assert!(matches!(error, Err(PortalError::Gone(_))), "{error:?}");
}

#[test]
fn what_cannot_be_read_is_dropped_and_the_others_stay() {
    let page = page(MESSY, CAREERS, "board kaiku", None).unwrap();
    let ids: Vec<&str> = page
        .postings
        .iter()
        .map(|p| p.external_id.as_str())
        .collect();
    assert_eq!(ids, ["a", "c"]);
    assert_eq!(page.dropped.len(), 4, "{:?}", page.dropped);
    assert!(page.dropped[0].contains("no id"), "{:?}", page.dropped);
    assert!(page.dropped[1].contains("no title"), "{:?}", page.dropped);
    assert_eq!(page.total, Some(6), "an odd total is not believed");
    assert_eq!(page.postings[0].workplace, None);
}

#[test]
fn another_shape_is_changed() {
    for body in [
        &b"{\"error\":1}"[..],
        b"{\"result\":{}}",
        b"{\"result\":[1",
        b"",
    ] {
        let error = page(body, CAREERS, "board kaiku", None).map(drop);
        assert!(matches!(error, Err(PortalError::Changed(_))), "{error:?}");
        let error = detail(body, "41", CAREERS, "posting 41").map(drop);
        assert!(matches!(error, Err(PortalError::Changed(_))), "{error:?}");
    }
}
