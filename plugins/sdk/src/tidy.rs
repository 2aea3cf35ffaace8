//! The last step of a reader: short fields as plain lines, descriptions as HTML.

use crate::{Posting, markup};

/// The same posting without markup in its short fields: titles come with
/// references in them, departments with stray tags. A field of which nothing is
/// left is left out. A description that is escaped as a whole is unescaped, and
/// one without any tag is handed on as plain text.
pub fn tidy(mut posting: Posting) -> Posting {
    posting.title = markup::line(&posting.title);
    for field in [
        &mut posting.company,
        &mut posting.workplace,
        &mut posting.employment,
        &mut posting.level,
        &mut posting.department,
        &mut posting.team,
        &mut posting.language,
        &mut posting.posted_at,
        &mut posting.closes_at,
        &mut posting.requisition_id,
        &mut posting.group_id,
        &mut posting.industry,
        &mut posting.company_size,
    ] {
        *field = markup::stated(field.as_deref());
    }
    for date in [&mut posting.posted_at, &mut posting.closes_at] {
        // Digits alone are a moment since 1970, which takes more of them.
        date.take_if(|date| date.len() < 9 && is_digits(date));
    }
    if let Some(pay) = &mut posting.pay {
        pay.text = markup::stated(pay.text.as_deref());
        pay.currency = markup::stated(pay.currency.as_deref());
        pay.currency.take_if(|currency| is_digits(currency));
        pay.period = markup::stated(pay.period.as_deref());
    }
    for list in [&mut posting.locations, &mut posting.benefits] {
        for entry in list.iter_mut() {
            *entry = markup::line(entry);
        }
        list.retain(|entry| !entry.is_empty());
    }
    if let Some(html) = posting.description_html.take() {
        if markup::has_tag(&html) {
            posting.description_html = Some(html);
        } else {
            let text = posting.description_text.take();
            markup::describe(&mut posting, &html);
            posting.description_text = posting.description_text.or(text);
        }
    }
    posting
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_no_date_and_no_currency() {
        for (date, kept) in [
            ("7", false),
            ("20261121", false),
            ("1790000000123", true),
            ("2026-11-21", true),
            ("Posted Today", true),
        ] {
            let mut posting = crate::posting("1".into(), "u".into(), "t".into());
            posting.posted_at = Some(date.into());
            assert_eq!(tidy(posting).posted_at.is_some(), kept, "{date}");
        }
        let mut posting = crate::posting("1".into(), "u".into(), "t".into());
        posting.pay = Some(crate::Pay {
            text: None,
            min: Some(1.0),
            max: None,
            currency: Some("7".into()),
            period: Some("<b>hour</b>".into()),
        });
        let pay = tidy(posting).pay.unwrap();
        assert_eq!((pay.currency, pay.period.as_deref()), (None, Some("hour")));
    }

    #[test]
    fn short_fields_are_plain_lines() {
        let mut posting = crate::posting("1".into(), "u".into(), " R&amp;D\u{a0}lead ".into());
        posting.department = Some("<b>Wind</b>".into());
        posting.team = Some("<i></i>".into());
        posting.locations = vec!["K&ouml;ln".into(), "&nbsp;".into()];
        let posting = tidy(posting);
        assert_eq!(posting.title, "R&D lead");
        assert_eq!(posting.department.as_deref(), Some("Wind"));
        assert_eq!(
            (posting.team, posting.locations),
            (None, vec!["Köln".to_owned()])
        );
    }

    #[test]
    fn a_description_is_html_or_plain_text() {
        for (stated, html, text) in [
            (
                "<p>a &lt;b&gt; &amp; c</p>",
                Some("<p>a &lt;b&gt; &amp; c</p>"),
                None,
            ),
            ("&lt;p&gt;a&lt;/p&gt;", Some("<p>a</p>"), None),
            ("a &amp; b\nc", None, Some("a & b\nc")),
            (" ", None, None),
        ] {
            let mut posting = crate::posting("1".into(), "u".into(), "t".into());
            posting.description_html = Some(stated.into());
            let posting = tidy(posting);
            assert_eq!(posting.description_html.as_deref(), html, "{stated}");
            assert_eq!(posting.description_text.as_deref(), text, "{stated}");
        }
    }
}
