use serde_json::json;

use super::*;

const PAGE: &str = "https://careers.example.com/jobs/7";

fn page(json: &str) -> String {
    format!("<html><script type=\"application/ld+json\">{json}</script></html>")
}

fn one(html: &str) -> Posting {
    let mut found = of_page(html, PAGE);
    assert_eq!(found.len(), 1, "{html}");
    found.remove(0)
}

/// The posting of a JobPosting with a title and `more`.
fn with(more: Value) -> Posting {
    let mut value = json!({"@type": "JobPosting", "title": "Nurse"});
    let thing = value.as_object_mut().unwrap();
    thing.extend(more.as_object().unwrap().clone());
    of_value(&value, PAGE).unwrap()
}

#[test]
fn a_posting_is_read_with_what_it_states() {
    let found = one(&page(
        r#"{"@context":"https://schema.org","@type":"JobPosting","title":"Tide &amp; Wave Engineer",
        "description":"&lt;p&gt;We measure tides.&lt;/p&gt;","identifier":{"@type":"PropertyValue",
        "name":"Ebbe GmbH","value":"TW-9"},"hiringOrganization":{"@type":"Organization",
        "name":"Ebbe GmbH","numberOfEmployees":{"minValue":51,"maxValue":200},"department":"Sensors"},
        "jobLocation":[{"@type":"Place","address":{"@type":"PostalAddress","addressLocality":"Husum",
        "addressRegion":"SH","addressCountry":{"@type":"Country","name":"DE"}}}],
        "jobLocationType":"TELECOMMUTE","applicantLocationRequirements":{"@type":"Country","name":"Denmark"},
        "baseSalary":{"@type":"MonetaryAmount","currency":"EUR","value":{"@type":"QuantitativeValue",
        "minValue":"60,000","maxValue":72000.5,"unitText":"YEAR"}},"employmentType":["FULL_TIME","PART_TIME"],
        "datePosted":"2026-10-01","validThrough":"2026-12-24T23:59:59+01:00","directApply":true,
        "industry":"Oceanography","jobBenefits":"Sea view\n- Boots","inLanguage":"de",
        "url":"/jobs/7?utm_source=x"}"#,
    ));
    assert_eq!(found.title, "Tide & Wave Engineer");
    assert_eq!(found.external_id, "TW-9");
    assert_eq!(found.requisition_id.as_deref(), Some("TW-9"));
    assert_eq!(found.url, "https://careers.example.com/jobs/7?utm_source=x");
    assert_eq!(found.company.as_deref(), Some("Ebbe GmbH"));
    assert_eq!(found.company_size.as_deref(), Some("51-200"));
    assert_eq!(found.department.as_deref(), Some("Sensors"));
    assert_eq!(found.locations, ["Husum, SH, DE", "Remote (Denmark)"]);
    assert_eq!(found.workplace.as_deref(), Some("TELECOMMUTE"));
    assert_eq!(
        found.description_html.as_deref(),
        Some("<p>We measure tides.</p>")
    );
    assert_eq!(found.employment.as_deref(), Some("FULL_TIME, PART_TIME"));
    assert_eq!(found.posted_at.as_deref(), Some("2026-10-01"));
    assert_eq!(
        found.closes_at.as_deref(),
        Some("2026-12-24T23:59:59+01:00")
    );
    assert_eq!(found.industry.as_deref(), Some("Oceanography"));
    assert_eq!(found.benefits, ["Sea view", "Boots"]);
    assert_eq!(found.language.as_deref(), Some("de"));
    let pay = found.pay.unwrap();
    assert_eq!((pay.min, pay.max), (Some(60_000.0), Some(72_000.5)));
    assert_eq!(pay.currency.as_deref(), Some("EUR"));
    assert_eq!((pay.period.as_deref(), pay.text), (Some("YEAR"), None));
}

#[test]
fn a_posting_is_found_wherever_it_is_nested() {
    let posting = r#"{"@type":"JobPosting","title":"Nurse"}"#;
    for json in [
        posting.to_owned(),
        format!("[{posting}]"),
        format!(r#"{{"@graph":[{{"@type":"WebPage"}},{posting}]}}"#),
        format!(r#"{{"@type":"ItemList","itemListElement":[{{"position":1,"item":{posting}}}]}}"#),
        r#"{"@type":["Thing","JobPosting"],"title":"Nurse"}"#.to_owned(),
        r#"{"@type":"http://schema.org/JobPosting","schema:title":"Nurse"}"#.to_owned(),
        r#"{"\u0040type":"JobPosting","Title":"Nurse"}"#.to_owned(),
        format!("{{\"@type\":\"WebSite\"}}\n{posting}"),
        format!("<!--\n//<![CDATA[\n{posting};\n//]]>\n-->"),
        format!("/*<![CDATA[*/{posting}/*]]>*/"),
        posting.replace('"', "&quot;"),
        "{\"@type\":\"JobPosting\",\"title\":\"Nur\u{1}se\",\"description\":\"a\nb\",}"
            .replace("r\u{1}s", "rs"),
    ] {
        assert_eq!(one(&page(&json)).title, "Nurse", "{json}");
    }
}

#[test]
fn a_page_without_a_posting_gives_none() {
    for html in [
        page(r#"{"@type":"Organization","name":"Acme"}"#),
        page(r#"{"@type":"JobPosting"}"#),
        page(r#"{"@type":"JobPosting","title":" "}"#),
        page(r#"{"@type":"JobPosting","title":"Nur"#),
        page(""),
        "<script>{\"@type\":\"JobPosting\",\"title\":\"Nurse\"}</script>".to_owned(),
        "<form><label>Name *</label><input name=name></form>".to_owned(),
        String::new(),
    ] {
        assert_eq!(of_page(&html, PAGE).len(), 0, "{html}");
    }
}

#[test]
fn what_a_posting_refers_to_is_put_in_its_place() {
    let found = one(&page(
        r##"{"@graph":[{"@type":"Organization","@id":"#us","name":"Ebbe"},
        {"@type":"JobPosting","title":"Nurse","hiringOrganization":{"@id":"#us"},
        "jobLocation":[{"@id":"#here"},{"@id":"#lost"}]},
        {"@id":"#here","@type":"Place","address":"Husum"}]}"##,
    ));
    assert_eq!(found.company.as_deref(), Some("Ebbe"));
    assert_eq!(found.locations, ["Husum"]);
}

#[test]
fn an_identifier_is_read_in_each_of_its_shapes() {
    for (identifier, expected) in [
        (json!("A-1"), Some("A-1")),
        (json!(17), Some("17")),
        (json!({"name": "Acme", "value": 17}), Some("17")),
        (json!([{"name": "Acme"}, {"@value": "A-1"}]), Some("A-1")),
        (json!({"name": "Acme"}), None),
        (json!(null), None),
        (json!(" "), None),
    ] {
        let found = with(json!({"identifier": identifier}));
        assert_eq!(found.requisition_id.as_deref(), expected);
        assert_eq!(found.external_id, expected.unwrap_or(PAGE));
    }
}

#[test]
fn places_are_read_in_each_of_their_shapes() {
    let address = json!({"addressLocality": "Ribe", "addressCountry": "DK"});
    for (place, expected) in [
        (json!("Ribe"), &["Ribe"][..]),
        (json!(["Ribe", {"name": "Esbjerg"}]), &["Ribe", "Esbjerg"]),
        (json!({"address": address}), &["Ribe, DK"]),
        (
            json!({"address": [address, "Varde"]}),
            &["Ribe, DK", "Varde"],
        ),
        (address.clone(), &["Ribe, DK"]),
        (
            json!({"name": "HQ", "address": {"addressCountry": "DK"}}),
            &["DK"],
        ),
        (json!({"name": "HQ", "address": {}}), &["HQ"]),
        (
            json!([{"address": {"addressLocality": "Ribe", "addressRegion": "ribe"}}]),
            &["Ribe"],
        ),
        (
            json!({"address": {"addressLocality": "N/A", "addressCountry": ["DK"]}}),
            &["DK"],
        ),
        (json!({"address": {"streetAddress": "Havn 1"}}), &["Havn 1"]),
        (json!([]), &[]),
        (json!(null), &[]),
        (json!(7.5), &["7.5"]),
    ] {
        assert_eq!(
            with(json!({"jobLocation": place})).locations,
            expected,
            "{place}"
        );
    }
    let anywhere = json!({"applicantLocationRequirements": [{"name": "Denmark"}, "Norway"]});
    assert_eq!(with(anywhere).locations, ["Denmark", "Norway"]);
    let remote = json!({"jobLocation": {"@type": "VirtualLocation"}});
    assert_eq!(with(remote).workplace.as_deref(), Some("TELECOMMUTE"));
}

#[test]
fn pay_is_read_in_each_of_its_shapes() {
    type Expected = Option<(
        Option<f64>,
        Option<f64>,
        Option<&'static str>,
        Option<&'static str>,
    )>;
    let cases: [(Value, Expected); 9] = [
        (
            json!({"currency": "USD", "value": {"minValue": 20, "maxValue": "30", "unitText": "HOUR"}}),
            Some((Some(20.0), Some(30.0), Some("HOUR"), None)),
        ),
        (
            json!({"currency": "USD", "value": {"value": 25.5, "unitText": "HOUR"}}),
            Some((Some(25.5), Some(25.5), Some("HOUR"), None)),
        ),
        (
            json!({"currency": "USD", "value": "25"}),
            Some((Some(25.0), Some(25.0), None, None)),
        ),
        (
            json!({"minValue": 20, "unitText": ["HOUR"]}),
            Some((Some(20.0), None, Some("HOUR"), None)),
        ),
        (
            json!(50_000),
            Some((Some(50_000.0), Some(50_000.0), None, None)),
        ),
        (
            json!("$50k to $60k a year"),
            Some((None, None, None, Some("$50k to $60k a year"))),
        ),
        (
            json!({"currency": "USD", "value": {"minValue": 0, "maxValue": 0}}),
            None,
        ),
        (json!({"currency": "USD"}), None),
        (json!("competitive"), None),
    ];
    for (stated, expected) in cases {
        let pay = with(json!({"baseSalary": stated, "salaryCurrency": "USD"})).pay;
        let found = pay.as_ref().map(|pay| {
            assert_eq!(pay.currency.as_deref(), Some("USD"), "{stated}");
            (pay.min, pay.max, pay.period.as_deref(), pay.text.as_deref())
        });
        assert_eq!(found, expected, "{stated}");
    }
}

#[test]
fn sections_beside_the_description_are_added_once() {
    let found = with(json!({
        "description": "We sail.\n\nYou rig the boats.",
        "responsibilities": "You rig the boats.",
        "qualifications": "Knots&nbsp;Ropes&nbsp;No fear of heights",
        "skills": ["Tar", "Oak & elm"],
    }));
    assert_eq!(
        found.description_html.as_deref(),
        Some(
            "<p>We sail.</p>\n<p>You rig the boats.</p>\n<h3>Qualifications</h3>\n<ul><li>Knots</li>\
             <li>Ropes</li><li>No fear of heights</li></ul>\n<h3>Skills</h3>\n<ul><li>Tar</li>\
             <li>Oak &amp; elm</li></ul>"
        )
    );
    let found = with(json!({"description": "We sail.", "skills": ""}));
    assert_eq!(found.description_text.as_deref(), Some("We sail."));
    assert_eq!(found.description_html, None);
}

#[test]
fn odd_fields_cost_themselves_alone() {
    let found = with(json!({
        "description": 7, "hiringOrganization": [null, "Ebbe"], "jobLocation": {"address": null},
        "baseSalary": [], "employmentType": {"a": 1}, "datePosted": "0001-01-01T00:00:00",
        "validThrough": false, "industry": ["Ships", "Ships"], "occupationalCategory":
        ["53-5011.00", "Deck"], "jobBenefits": [null, {"name": "Rum"}], "url": "javascript:x",
    }));
    assert_eq!(found.company.as_deref(), Some("Ebbe"));
    assert_eq!(found.department.as_deref(), Some("Deck"));
    assert_eq!(found.industry.as_deref(), Some("Ships"));
    assert_eq!(found.benefits, ["Rum"]);
    assert_eq!(found.url, PAGE);
    assert_eq!((found.posted_at, found.closes_at), (None, None));
    assert!(found.pay.is_none() && found.employment.is_none() && found.locations.is_empty());
}

#[test]
fn postings_of_one_page_have_ids_of_their_own() {
    let ids = |json: &str| -> Vec<String> {
        let found = of_page(&page(json), PAGE);
        found
            .into_iter()
            .map(|posting| posting.external_id)
            .collect()
    };
    let job =
        |title: &str, more: &str| format!(r#"{{"@type":"JobPosting","title":"{title}"{more}}}"#);
    let shared = r#","identifier":{"name":"Ebbe","value":"ebbe"},"url":"https://e.example/"#;
    assert_eq!(
        ids(&format!(
            "[{},{}]",
            job("A", &format!("{shared}1\"")),
            job("B", &format!("{shared}2\""))
        )),
        ["https://e.example/1", "https://e.example/2"]
    );
    assert_eq!(
        ids(&format!(
            "[{},{}]",
            job("Able Seaman", ""),
            job("Cook (m/f)", "")
        )),
        [format!("{PAGE}#able-seaman"), format!("{PAGE}#cook-m-f")]
    );
    assert_eq!(ids(&format!("[{0},{0}]", job("A", ""))), [PAGE]);
    let company = r#","identifier":"ebbe""#;
    assert_eq!(
        ids(&format!("[{},{}]", job("A", company), job("B", company))),
        ["ebbe#a", "ebbe#b"]
    );
}

#[test]
fn microdata_is_read_where_there_is_no_json() {
    let html = r#"<main itemscope itemtype="http://schema.org/JobPosting"><h1 itemprop="title">Rigger
        &ndash; sails</h1><ul><li itemprop="jobLocation" itemscope itemtype="http://schema.org/Place">
        <span itemprop="address" itemscope itemtype="http://schema.org/PostalAddress">
        <meta itemprop="addressCountry" content="Denmark"><meta itemprop="addressLocality" content="Ribe">
        <spl-job-location workplaceType="hybrid"></spl-job-location>
        </span><li itemprop="employmentType">Full-time</li></ul>
        <div itemprop="hiringOrganization" itemscope itemtype="http://schema.org/Organization">
        <a itemprop="name" href="/about">Ebbe</a></div><meta itemprop="datePosted" content="2026-10-07">
        <div itemprop="description"><h2 class=x>Us</h2><p>Sails &amp; <b>ropes</b>.<br>Daily.</p>
        <div itemprop="responsibilities"><p>Rig.</p></div></div></main><p itemprop="title">Not this</p>"#;
    let found = one(html);
    assert_eq!(found.title, "Rigger – sails");
    assert_eq!(found.company.as_deref(), Some("Ebbe"));
    assert_eq!(found.locations, ["Ribe, Denmark"]);
    assert_eq!(found.workplace.as_deref(), Some("hybrid"));
    assert_eq!(found.employment.as_deref(), Some("Full-time"));
    assert_eq!(found.posted_at.as_deref(), Some("2026-10-07"));
    let description = found.description_html.unwrap();
    assert!(
        description.starts_with("<h2>Us</h2><p>Sails &amp; <b>ropes</b>.<br>Daily.</p>"),
        "{description}"
    );
    assert_eq!(description.matches("Rig.").count(), 1, "{description}");
    for (end, _) in html.char_indices() {
        let _ = of_page(&html[..end], PAGE);
    }
}

#[test]
fn rdfa_is_read_too() {
    let html = r#"<div vocab="http://schema.org/" typeof="JobPosting"><b property="title">Cook</b>
        <span property="hiringOrganization" typeof="Organization"><i property="name">Ebbe</i></span></div>"#;
    let found = one(html);
    assert_eq!(
        (found.title.as_str(), found.company.as_deref()),
        ("Cook", Some("Ebbe"))
    );
}

#[test]
fn a_posting_that_is_known_is_only_filled_up() {
    let mut posting = crate::posting("1".into(), PAGE.into(), "Cook".into());
    posting.company = Some("Ebbe".into());
    fill(
        &mut posting,
        &json!({"title": "Other", "hiringOrganization": "Other", "datePosted": "2026-10-07"}),
    );
    assert_eq!(
        (posting.title.as_str(), posting.company.as_deref()),
        ("Cook", Some("Ebbe"))
    );
    assert_eq!(posting.posted_at.as_deref(), Some("2026-10-07"));
}
