//! The cards of a search. Words on them are in the visitor's language: only
//! classes and attributes are matched.

use portal_sdk::{Page, Pay, PortalError, Posting, html, markup, select, text};

/// Cards in a full answer.
const CARDS: u32 = 10;
/// The portal shows no more of a search than this.
const MOST: u32 = 1000;

/// The postings of an answer. An empty one is the end, or a sign that LinkedIn
/// was asked too often: it does not tell which. A page without cards that is not
/// empty, such as one that asks to sign in, is `changed`.
pub(crate) fn page(body: &str, start: u32) -> Result<Page, PortalError> {
    let cards = select::all(body, |tag| id(tag).is_some());
    if cards.is_empty() && !is_empty(body) {
        return Err(PortalError::Changed(
            "the search answers a page without cards".to_owned(),
        ));
    }
    let count = u32::try_from(cards.len()).unwrap_or(u32::MAX).max(CARDS);
    let next = start.saturating_add(count);
    let mut page = Page {
        postings: Vec::new(),
        next: (!cards.is_empty() && next < MOST).then(|| next.to_string()),
        total: None,
        dropped: Vec::new(),
    };
    for card in &cards {
        match posting(card) {
            Ok(posting) => page.postings.push(posting),
            Err(why) => page.dropped.push(why),
        }
    }
    Ok(page)
}

/// Whether there is nothing in a page but its frame.
fn is_empty(body: &str) -> bool {
    const FRAME: [&str; 4] = ["html", "head", "body", "ul"];
    html::pieces(body).all(|piece| match piece {
        html::Piece::Words(words) => words.trim().is_empty(),
        html::Piece::Open(tag) => FRAME.contains(&tag.name.as_str()),
        html::Piece::Close(_) => true,
    })
}

/// The posting's number in `urn:li:jobPosting:77`.
fn id(tag: &html::Tag) -> Option<&str> {
    let urn = tag.value("data-entity-urn")?;
    let (kind, id) = urn.rsplit_once(':')?;
    let fine = kind.ends_with(":jobPosting") && !id.is_empty();
    (fine && id.bytes().all(|b| b.is_ascii_digit())).then_some(id)
}

fn posting(card: &select::Selected) -> Result<Posting, String> {
    let id = id(&card.tag).ok_or("a card has no id")?;
    let line = |class: &str| {
        let found = select::by_class(&card.html, class)?;
        markup::stated(Some(&html::plain(&found.html)))
    };
    let title = line("base-search-card__title")
        .or_else(|| line("sr-only"))
        .ok_or_else(|| format!("{id} has no title"))?;
    let mut posting = portal_sdk::posting(
        id.to_owned(),
        format!("https://www.linkedin.com/jobs/view/{id}"),
        title,
    );
    posting.company = line("base-search-card__subtitle");
    if let Some(place) = line("job-search-card__location") {
        text::add_place(&mut posting.locations, &place);
    }
    posting.pay = line("job-search-card__salary-info").map(|text| Pay {
        text: Some(text),
        min: None,
        max: None,
        currency: None,
        period: None,
    });
    let dates = select::all(&card.html, |tag| tag.name == "time");
    posting.posted_at = dates
        .iter()
        .find_map(|time| markup::stated(time.tag.value("datetime")));
    Ok(posting)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CARDS: &str = include_str!("../fixtures/cards.html");

    #[test]
    fn the_cards_of_an_answer_are_read() {
        let page = page(CARDS, 20).unwrap();
        assert_eq!((page.postings.len(), page.dropped.len()), (2, 1));
        assert_eq!(page.next.as_deref(), Some("30"));
        let first = &page.postings[0];
        assert_eq!(first.external_id, "7700000001");
        assert_eq!(first.url, "https://www.linkedin.com/jobs/view/7700000001");
        assert_eq!(first.title, "Tide Engineer – Sensors & Buoys");
        assert_eq!(first.company.as_deref(), Some("Ebbe & Flut"));
        assert_eq!(first.locations, ["Husum, Schleswig-Holstein"]);
        assert_eq!(first.posted_at.as_deref(), Some("2031-05-02"));
        assert_eq!(
            first.pay.as_ref().unwrap().text.as_deref(),
            Some("€60,000.00 - €72,000.00")
        );
        let second = &page.postings[1];
        assert_eq!(
            (second.title.as_str(), second.company.as_deref()),
            ("Cook", None)
        );
        assert!(page.dropped[0].contains("no title"), "{:?}", page.dropped);
    }

    #[test]
    fn an_answer_without_cards_is_the_end() {
        for body in ["<!DOCTYPE html>\n\n<!---->", "", "<ul></ul>"] {
            let page = page(body, 40).unwrap();
            assert_eq!((page.postings.len(), page.next), (0, None), "{body}");
        }
        assert_eq!(
            page(CARDS, 990).unwrap().next,
            None,
            "no more than 1000 are shown"
        );
    }

    #[test]
    fn another_page_is_changed() {
        for body in [
            "<h1>Sign in</h1>",
            "{\"jobs\":[",
            "<ul><li>An advert</li></ul>",
        ] {
            let error = page(body, 0).map(drop).unwrap_err();
            assert!(
                matches!(error, PortalError::Changed(_)),
                "{body}: {error:?}"
            );
        }
    }
}
