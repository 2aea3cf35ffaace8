use super::*;

const PCSX: &[u8] = include_bytes!("../../fixtures/pcsx.json");
const APPLY: &[u8] = include_bytes!("../../fixtures/apply.json");
const MESSY: &[u8] = include_bytes!("../../fixtures/messy.json");
const DETAIL: &[u8] = include_bytes!("../../fixtures/detail.json");

fn at() -> Tenant {
    Tenant {
        host: "jobs.fjord.example".into(),
        domain: "fjord.example".into(),
    }
}

#[test]
fn the_newer_interface_is_read() {
    let page = page(PCSX, &at(), (Api::Pcsx, 0)).unwrap();
    assert_eq!((page.postings.len(), page.total), (2, Some(12)));
    assert_eq!(page.next.as_deref(), Some("pcsx 2"));
    assert_eq!(page.dropped, [""; 0]);
    let first = &page.postings[0];
    assert_eq!(first.external_id, "1970393556000001");
    assert_eq!(first.title, "Ferry Systems Engineer & Diver");
    assert_eq!(
        first.url,
        "https://jobs.fjord.example/careers/job/1970393556000001"
    );
    assert_eq!(first.locations, ["Pune, MH, IN"]);
    assert_eq!(first.workplace.as_deref(), Some("onsite"));
    assert_eq!(first.department.as_deref(), Some("Marine"));
    assert_eq!(first.posted_at.as_deref(), Some("1789410600000"));
    assert_eq!(first.requisition_id.as_deref(), Some("R-31"));
    assert!(first.description_html.is_none() && first.description_text.is_none());
    let second = &page.postings[1];
    assert_eq!(second.locations, ["Pune, Maharashtra, India", "Remote"]);
    assert_eq!(second.posted_at.as_deref(), Some("1788891541000"));
}

#[test]
fn the_older_interface_is_read() {
    let page = page(APPLY, &at(), (Api::Apply, 10)).unwrap();
    assert_eq!((page.postings.len(), page.next.as_deref()), (2, None));
    let first = &page.postings[0];
    assert_eq!(
        first.url,
        "https://fjord.eightfold.ai/careers/job/109900001"
    );
    assert_eq!(
        first.locations,
        ["Bergen, Vestland, Norway", "Oslo, Norway"]
    );
    assert_eq!(first.posted_at.as_deref(), Some("1785801600000"));
    assert_eq!(first.team.as_deref(), Some("Ferries"));
    assert_eq!(first.language.as_deref(), Some("en"));
    assert_eq!(
        page.postings[1].locations,
        ["L'Aquila, Italy", "Łódź, Poland"]
    );
}

#[test]
fn a_position_is_read_with_its_description() {
    let found = detail(DETAIL, &at(), "1970393556000001").unwrap();
    assert_eq!(
        found.description_html.as_deref(),
        Some("<p>You keep ferries running.</p>")
    );
    assert_eq!(found.employment.as_deref(), Some("Full-Time"));
    assert_eq!(found.workplace.as_deref(), Some("3 days / week in-office"));
    for body in [&br#"{"data":{}}"#[..], b"{}", br#"{"data":{"name":"A"}}"#] {
        let error = detail(body, &at(), "7").unwrap_err();
        assert!(matches!(error, PortalError::Changed(_)), "{error:?}");
    }
}

#[test]
fn what_cannot_be_read_is_dropped_and_the_others_stay() {
    let page = page(MESSY, &at(), (Api::Apply, 0)).unwrap();
    let ids: Vec<&str> = page
        .postings
        .iter()
        .map(|p| p.external_id.as_str())
        .collect();
    assert_eq!(ids, ["11", "12"]);
    assert_eq!(page.dropped.len(), 4, "{:?}", page.dropped);
    assert_eq!(page.postings[1].posted_at, None);
    assert!(page.postings[1].locations.is_empty());
}

#[test]
fn positions_that_were_printed_by_python_are_read() {
    for body in [
        r#"{"positions": "[{'id': 7, 'name': 'Cook', 'location': 'Bergen'}]", "count": 1}"#,
        "{'positions': [{'id': 7, 'name': u'Cook', 'hot': None, 'locations': ['Bergen',]}]}",
    ] {
        let page = page(body.as_bytes(), &at(), (Api::Apply, 0)).unwrap();
        assert_eq!(page.postings[0].title, "Cook", "{body}");
        assert_eq!(page.postings[0].locations, ["Bergen"], "{body}");
        assert_eq!(page.next, None, "{body}");
    }
}

#[test]
fn an_empty_board_is_no_error_and_another_shape_is() {
    for body in [
        r#"{"data":{"positions":[],"count":0}}"#,
        r#"{"positions":null}"#,
    ] {
        let page = page(body.as_bytes(), &at(), (Api::Pcsx, 0)).unwrap();
        assert_eq!((page.postings.len(), page.next), (0, None), "{body}");
    }
    for body in [
        "{}",
        "null",
        "[1]",
        r#"{"positions":["#,
        r#"{"message":"not enabled"}"#,
    ] {
        let error = page(body.as_bytes(), &at(), (Api::Pcsx, 0))
            .map(drop)
            .unwrap_err();
        assert!(matches!(error, PortalError::Changed(_)), "{body} {error:?}");
    }
}
