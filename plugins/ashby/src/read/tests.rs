use super::*;

const BOARD: &[u8] = include_bytes!("../../fixtures/board.json");
const MESSY: &[u8] = include_bytes!("../../fixtures/messy.json");

#[test]
fn a_board_is_read_with_what_it_states() {
    let page = page(BOARD, "Kelp & Sons", None).unwrap();
    assert_eq!((page.postings.len(), page.total), (2, Some(2)));
    assert_eq!((&page.next, page.dropped.len()), (&None, 0));

    let first = &page.postings[0];
    assert_eq!(first.external_id, "5e0c1f3a-0000-4000-8000-000000000001");
    assert_eq!(first.title, "Rope & Rigging Engineer");
    assert_eq!(
        first.url,
        "https://jobs.ashbyhq.com/kelp/5e0c1f3a-0000-4000-8000-000000000001"
    );
    assert_eq!(
        first.locations,
        ["HQ", "Bergen, Vestland, Norway", "Remote (Europe)"]
    );
    assert_eq!(first.workplace.as_deref(), Some("Hybrid"));
    assert_eq!(first.employment.as_deref(), Some("FullTime"));
    assert_eq!(first.department.as_deref(), Some("Engineering"));
    assert_eq!(first.team.as_deref(), Some("Moorings"));
    assert_eq!(
        first.posted_at.as_deref(),
        Some("2026-09-14T07:30:00.250+00:00")
    );
    assert_eq!(first.group_id.as_deref(), Some("job-7"));
    assert_eq!(first.requisition_id.as_deref(), Some("KS-12"));
    assert_eq!(
        first.description_html.as_deref(),
        Some("<h2>About us</h2><p>We farm kelp &amp; build the boats for it.</p>")
    );
    let pay = first.pay.as_ref().unwrap();
    assert_eq!(pay.text.as_deref(), Some("NOK 700K - NOK 820K"));
    assert_eq!((pay.min, pay.max), (Some(700_000.0), Some(820_000.0)));

    let second = &page.postings[1];
    assert_eq!(second.workplace.as_deref(), Some("Remote"));
    assert_eq!(second.locations, ["Tromsø, Norway"]);
    assert_eq!(
        second.url,
        "https://jobs.ashbyhq.com/Kelp%20%26%20Sons/5e0c1f3a-0000-4000-8000-000000000002"
    );
    assert_eq!(
        second.apply_url.as_deref(),
        Some(
            "https://jobs.ashbyhq.com/Kelp%20%26%20Sons/5e0c1f3a-0000-4000-8000-000000000002/application"
        )
    );
    assert_eq!(second.description_text.as_deref(), Some("Sell kelp."));
    assert!(second.pay.is_none());
}

#[test]
fn what_cannot_be_read_is_dropped_and_the_others_stay() {
    let page = page(MESSY, "kelp", None).unwrap();
    let ids: Vec<&str> = page
        .postings
        .iter()
        .map(|p| p.external_id.as_str())
        .collect();
    assert_eq!(ids, ["a", "42", "c", "d"]);
    assert_eq!(page.dropped.len(), 4, "{:?}", page.dropped);
    assert!(page.dropped[0].contains("no title"), "{:?}", page.dropped);
    assert!(page.dropped[1].contains("no id"), "{:?}", page.dropped);
    assert_eq!(page.total, Some(8), "one of the nine is not listed");
    let odd = &page.postings[1];
    assert!(odd.pay.is_none() && odd.locations.is_empty() && odd.workplace.is_none());
    assert_eq!(page.postings[2].locations, ["Oslo", "Bodø"]);
    assert_eq!(page.postings[2].url, "https://jobs.ashbyhq.com/kelp/c");
}

#[test]
fn one_posting_is_found_in_its_board_or_gone() {
    let found = one(MESSY, "kelp", "C").unwrap();
    assert_eq!(found.title, "Deckhand");
    for id in ["hidden", "nobody"] {
        let error = one(MESSY, "kelp", id).unwrap_err();
        assert!(matches!(error, PortalError::Gone(_)), "{id}: {error:?}");
    }
    let error = one(MESSY, "kelp", "b").unwrap_err();
    assert!(matches!(error, PortalError::Changed(_)), "{error:?}");
}

#[test]
fn another_shape_is_changed() {
    for body in [
        &b"{}"[..],
        b"[]",
        b"{\"jobs\":null}",
        b"{\"jobs\":{}}",
        b"{\"jobs\":[{\"id\":1",
        b"\xff\xfe",
        b"Not Found",
    ] {
        let error = page(body, "acme", None).map(drop).unwrap_err();
        assert!(matches!(error, PortalError::Changed(_)), "{error:?}");
    }
}
