use super::*;

const BOARD: &[u8] = include_bytes!("../../fixtures/board.json");
const MESSY: &[u8] = include_bytes!("../../fixtures/messy.json");

#[test]
fn a_board_is_read_with_what_it_states() {
    let page = page(BOARD, "kaiku", None).unwrap();
    assert_eq!((page.postings.len(), page.total), (2, Some(2)));
    assert!(page.dropped.is_empty(), "{:?}", page.dropped);
    let first = &page.postings[0];
    assert_eq!(first.external_id, "7001");
    assert_eq!(first.title, "Audio Engineer (f/m/d)");
    assert_eq!(first.url, "https://jobs.kaiku.example/o/audio-engineer");
    assert_eq!(
        first.apply_url.as_deref(),
        Some("https://jobs.kaiku.example/o/audio-engineer/c/new")
    );
    assert_eq!(first.company.as_deref(), Some("Kaiku Oy"));
    assert_eq!(first.language.as_deref(), Some("en"));
    assert_eq!(
        first.locations,
        ["Tampere, Pirkanmaa, Finland", "Anywhere in the EU"]
    );
    assert_eq!(first.workplace.as_deref(), Some("hybrid"));
    assert_eq!(first.employment.as_deref(), Some("fulltime permanent"));
    assert_eq!(first.level.as_deref(), Some("mid level"));
    assert_eq!(first.department.as_deref(), Some("Signal"));
    assert_eq!(first.posted_at.as_deref(), Some("2026-08-05T08:38:01Z"));
    assert_eq!(first.closes_at.as_deref(), Some("2026-12-31T22:59:59Z"));
    assert_eq!(
        first.description_html.as_deref(),
        Some(
            "<p>Kaiku makes hearing aids. R&amp;D is in Tampere.</p>\n\
             <ul><li><p>C++</p></li><li><p>DSP</p></li></ul>"
        )
    );
    let pay = first.pay.as_ref().unwrap();
    assert_eq!((pay.min, pay.max), (Some(52000.0), Some(64000.5)));
    assert_eq!(pay.currency.as_deref(), Some("EUR"));
    assert_eq!(pay.period.as_deref(), Some("year"));

    let second = &page.postings[1];
    assert_eq!(second.url, "https://kaiku.recruitee.com/o/talent-pool");
    assert_eq!(second.locations, ["Remote job"]);
    assert_eq!(second.workplace.as_deref(), Some("remote"));
    assert_eq!(second.language.as_deref(), Some("fi"));
    assert_eq!(second.posted_at.as_deref(), Some("2025-02-03T04:05:06Z"));
    assert!(second.pay.is_none());
}

#[test]
fn what_cannot_be_read_is_dropped_and_the_others_stay() {
    let page = page(MESSY, "kaiku", None).unwrap();
    let found: Vec<(&str, &str)> = page
        .postings
        .iter()
        .map(|p| (p.external_id.as_str(), p.title.as_str()))
        .collect();
    assert_eq!(found, [("a1", "Nurse"), ("2", "Hoitaja &amp; ohjaaja")]);
    assert_eq!(page.dropped.len(), 5, "{:?}", page.dropped);
    assert!(page.dropped[0].contains("no title"), "{:?}", page.dropped);
    assert!(page.dropped[1].contains("no id"), "{:?}", page.dropped);
    let [first, second] = &page.postings[..] else {
        panic!("two postings");
    };
    assert_eq!(first.workplace.as_deref(), Some("remote"));
    assert_eq!(first.url, "https://kaiku.recruitee.com/o/a1");
    assert_eq!(second.locations, ["Oulu"]);
    assert_eq!(second.language.as_deref(), Some("fi"));
    assert_eq!(second.description_html.as_deref(), Some("<p>Tule</p>"));
    assert_eq!(
        second.pay.as_ref().map(|p| (p.min, p.max)),
        Some((None, Some(2500.0)))
    );
}

#[test]
fn one_posting_is_found_by_its_id_or_gone() {
    let posting = posting_of(BOARD, "kaiku", "7002").unwrap();
    assert_eq!(posting.title, "Talent pool");
    let error = posting_of(BOARD, "kaiku", "1").map(drop);
    assert!(matches!(error, Err(PortalError::Gone(_))), "{error:?}");
}

#[test]
fn another_shape_is_changed() {
    for body in [
        &b"{\"error\":[\"no\"]}"[..],
        b"{\"offers\":{}}",
        b"null",
        b"{\"offers\":[{\"id\":1}",
        b"\xff",
    ] {
        let error = page(body, "kaiku", None).map(drop);
        assert!(matches!(error, Err(PortalError::Changed(_))), "{error:?}");
    }
}
