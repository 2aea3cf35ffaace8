use super::*;
use crate::{PAGE, PortalError, Posting};

fn read(xml: &str, name: &str) -> Vec<Result<Element, String>> {
    elements(xml, name).collect()
}

#[test]
fn content_comes_out_as_html_however_it_was_written() {
    for (inside, expected) in [
        ("<d>plain</d>", Some("plain")),
        ("<d> \n </d>", None),
        ("<d/>", None),
        ("<e>other</e>", None),
        ("<d><![CDATA[<p>R&amp;D</p>]]></d>", Some("<p>R&amp;D</p>")),
        (
            "<d>&lt;p&gt;R&amp;amp;D&lt;/p&gt;</d>",
            Some("<p>R&amp;D</p>"),
        ),
        (
            "<d><p class='x'>a<br/>b</p></d>",
            Some("<p class=\"x\">a<br>b</p>"),
        ),
        ("<d><p>a<br>b</p> c</d>", Some("<p>a<br>b</p> c")),
        ("<d>a & b, R&D</d>", Some("a & b, R&D")),
        (
            "<d>caf&#xe9;&nbsp;x &copy; &own;</d>",
            Some("café\u{a0}x © &own;"),
        ),
        ("<d>a</b>c</d>", Some("ac")),
        ("<d>a<!-- no -->c<?no?></d>", Some("ac")),
        ("<D>any case</D>", Some("any case")),
        ("<d> </d><d>second</d>", Some("second")),
    ] {
        let xml = format!("<r><i>{inside}</i></r>");
        let found = read(&xml, "i");
        let item = found.first().unwrap().as_ref().unwrap();
        assert_eq!(item.text("d").as_deref(), expected, "{inside}");
        assert_eq!(found.len(), 1, "{inside}");
    }
}

#[test]
fn elements_are_found_wherever_they_are() {
    let xml = "\u{feff}<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY x 'y'>]><r><c><i n=\"1&amp;\"/>\
               <i n='2'><i n='inner'/></i></c><dc:i/><i n=3></i></r>";
    let found = read(xml, "i");
    let numbers: Vec<_> = found
        .iter()
        .map(|item| item.as_ref().unwrap().attribute("N"))
        .collect();
    assert_eq!(numbers, [Some("1&"), Some("2"), Some("3")]);
    let inner = found.get(1).unwrap().as_ref().unwrap();
    assert_eq!(inner.first("i").unwrap().attribute("n"), Some("inner"));
    assert_eq!(inner.first("i").unwrap().name(), "i");
    assert_eq!(root(xml).as_deref(), Some("r"));
    assert_eq!(root("no xml"), None);
}

#[test]
fn what_is_declared_is_neither_expanded_nor_fetched() {
    let xml = "<!DOCTYPE r [<!ENTITY a \"bomb\"><!ENTITY b SYSTEM \"file:///etc/passwd\">]>\
               <r><i>&a;&b;</i></r>";
    let found = read(xml, "i");
    let item = found.first().unwrap().as_ref().unwrap();
    assert_eq!(item.content().as_deref(), Some("&a;&b;"));
}

#[test]
fn a_feed_is_bounded() {
    let deep = |depth: usize| format!("<i>{}{}</i>", "<a>".repeat(depth), "</a>".repeat(depth));
    assert!(read(&deep(DEPTH - 1), "i").first().unwrap().is_ok());
    assert!(read(&deep(DEPTH), "i").first().unwrap().is_err());
    let outside = |depth: usize| format!("{}<i/>", "<a>".repeat(depth));
    assert!(read(&outside(DEPTH), "i").first().unwrap().is_ok());
    assert!(read(&outside(DEPTH + 1), "i").first().unwrap().is_err());
    let wide = |count: usize| format!("<i>{}</i>", "<a/>".repeat(count));
    assert!(read(&wide(NODES - 1), "i").first().unwrap().is_ok());
    assert!(read(&wide(NODES), "i").first().unwrap().is_err());
}

#[test]
fn bytes_are_utf_8_or_else_latin_1() {
    assert_eq!(decode("München".as_bytes()), "München");
    assert_eq!(decode(b"M\xfcnchen"), "München");
    assert_eq!(decode(b"<a>M\xc3"), "<a>M\u{fffd}");
}

const FEED: Feed<'_> = Feed {
    roots: &["jobs", "rss"],
    item: "job",
};

fn posting(item: &Element) -> Result<Posting, String> {
    let id = item.text("id").ok_or("has no id")?;
    Ok(crate::posting(id, String::new(), String::new()))
}

fn check(xml: &str, cursor: Option<&str>, expected: (usize, usize, Option<&str>)) {
    let page = page(xml.as_bytes(), FEED, "board acme", cursor, posting).unwrap();
    let found = (
        page.postings.len(),
        page.dropped.len(),
        page.next.as_deref(),
    );
    assert_eq!(found, expected, "{}", text::cut(xml, 200));
}

#[test]
fn a_feed_is_handed_on_in_pages_with_what_was_dropped() {
    let job = "<job><id>1</id></job>";
    check("<jobs></jobs>", None, (0, 0, None));
    check("<RSS/>", None, (0, 0, None));
    check(
        &format!("<jobs>{job}<job/>{job}</jobs>"),
        None,
        (2, 1, None),
    );
    check(&format!("<jobs>{job}<job><id>2"), None, (1, 1, None));
    let long = format!("<jobs>{}</jobs>", job.repeat(PAGE + 1));
    check(&long, None, (PAGE, 0, Some("2000")));
    check(&long, Some("2000"), (1, 0, None));
    check(&long, Some("9000"), (0, 0, None));
}

#[test]
fn another_shape_is_changed_and_a_wrong_cursor_invalid() {
    for xml in [
        "",
        "{}",
        "<html><body>",
        "<jobs><job><id>1",
        "<jobs>",
        "<jobs><",
    ] {
        let error = page(xml.as_bytes(), FEED, "board acme", None, posting).map(drop);
        assert!(
            matches!(error, Err(PortalError::Changed(_))),
            "{xml}: {error:?}"
        );
    }
    let error = page(b"<jobs/>", FEED, "board acme", Some("x"), posting).map(drop);
    assert!(matches!(error, Err(PortalError::Invalid(_))), "{error:?}");
}

#[test]
fn any_bytes_are_read_without_panic() {
    let xml = "<jobs><job a='1' b><id>&#x41;<![CDATA[x]]></id><p>é<br>&amp;</p></job></jobs>";
    for (end, _) in xml.char_indices() {
        let _ = page(xml.get(..end).unwrap().as_bytes(), FEED, "x", None, posting);
        let _ = page(xml.get(end..).unwrap().as_bytes(), FEED, "x", None, posting);
    }
}
