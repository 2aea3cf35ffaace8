//! The page of one posting, as guests see it.

use portal_sdk::{Address, Pay, PortalError, Posting, html, markup, select, text};

/// Reads the page; a posting that takes no more applications is gone.
pub(crate) fn read(page: &str, id: &str) -> Result<Posting, PortalError> {
    if select::by_class(page, "closed-job__flavor--closed").is_some() {
        let why = format!("posting {id} takes no more applications");
        return Err(PortalError::Gone(why));
    }
    let line = |class: &str| {
        let found = select::by_class(page, class)?;
        markup::stated(Some(&html::plain(&found.html)))
    };
    let title = line("top-card-layout__title")
        .or_else(|| line("topcard__title"))
        .ok_or_else(|| PortalError::Changed(format!("the page of posting {id} has no title")))?;
    let mut posting = portal_sdk::posting(
        id.to_owned(),
        format!("https://www.linkedin.com/jobs/view/{id}"),
        title,
    );
    posting.company = line("topcard__org-name-link").or_else(|| line("topcard__flavor"));
    if let Some(place) = line("topcard__flavor--bullet") {
        text::add_place(&mut posting.locations, &place);
    }
    let description = select::by_class(page, "show-more-less-html__markup")
        .or_else(|| select::by_class(page, "description__text"));
    if let Some(description) = description {
        markup::describe(&mut posting, &description.html);
    }
    posting.pay = line("compensation__salary").map(|text| Pay {
        text: Some(text),
        min: None,
        max: None,
        currency: None,
        period: None,
    });
    posting.posted_at = line("posted-time-ago__text");
    criteria(&mut posting, page);
    posting.apply_url = apply(page);
    Ok(posting)
}

/// Level, contract, function and industry: told by their order, as their names
/// are in the visitor's language. One alone is the contract.
fn criteria(posting: &mut Posting, page: &str) {
    let texts = select::all(page, |tag| tag.has_class("description__job-criteria-text"));
    let mut texts = texts
        .iter()
        .map(|found| markup::stated(Some(&html::plain(&found.html))));
    if texts.len() == 1 {
        posting.employment = texts.next().flatten();
        return;
    }
    posting.level = texts.next().flatten();
    posting.employment = texts.next().flatten();
    posting.department = texts.next().flatten();
    posting.industry = texts.next().flatten();
}

/// The employer's own page, which stands in a comment behind LinkedIn's.
fn apply(page: &str) -> Option<String> {
    let (_, after) = page.split_once("id=\"applyUrl\"")?;
    let (_, after) = after.split_once("<!--")?;
    let (inside, _) = after.split_once("-->")?;
    let stated = text::unescape(inside.trim().trim_matches('"'));
    let address = Address::parse(&stated)?;
    let url = address.value("url").unwrap_or(&stated);
    url.starts_with("http").then(|| url.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = include_str!("../fixtures/posting.html");

    #[test]
    fn a_page_is_read_with_what_it_states() {
        let found = read(PAGE, "7700000001").unwrap();
        assert_eq!(found.title, "Tide Engineer");
        assert_eq!(found.company.as_deref(), Some("Ebbe & Flut"));
        assert_eq!(found.locations, ["Husum"]);
        assert_eq!(
            found.description_html.as_deref(),
            Some("<p>Measure <strong>tides</strong> &amp; waves.</p><ul><li>Boots</li></ul>")
        );
        assert_eq!(found.level.as_deref(), Some("Berufserfahren"));
        assert_eq!(found.employment.as_deref(), Some("Vollzeit"));
        assert_eq!(found.department.as_deref(), Some("Ingenieurwesen"));
        assert_eq!(found.industry.as_deref(), Some("Meereskunde"));
        assert_eq!(found.posted_at.as_deref(), Some("Vor 2 Wochen"));
        assert_eq!(
            found.apply_url.as_deref(),
            Some("https://ebbe.example/jobs/7?src=li")
        );
    }

    #[test]
    fn a_closed_posting_is_gone_and_another_page_changed() {
        let closed = PAGE.replace(
            "<h2 ",
            "<figure class=\"closed-job closed-job__flavor--closed\">x</figure><h2 ",
        );
        let error = read(&closed, "7").unwrap_err();
        assert!(matches!(error, PortalError::Gone(_)), "{error:?}");
        for page in ["<!DOCTYPE html>\n\n<!---->", "", "<h1>Sign in</h1>"] {
            let error = read(page, "7").unwrap_err();
            assert!(
                matches!(error, PortalError::Changed(_)),
                "{page}: {error:?}"
            );
        }
    }

    #[test]
    fn one_criterion_alone_is_the_contract() {
        let page = "<h2 class=topcard__title>Cook</h2><span class=description__job-criteria-text>Teilzeit</span>";
        let found = read(page, "7").unwrap();
        assert_eq!(
            (found.employment.as_deref(), found.level),
            (Some("Teilzeit"), None)
        );
    }
}
