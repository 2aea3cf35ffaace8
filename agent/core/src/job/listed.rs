//! A posting as its board lists it, put together with its own page.
//!
//! Some portals list postings in short and say the rest on a page of each.

use super::Posting;
use crate::{health::Field, ids::ContentHash};

impl Posting {
    /// Whether it says what the work is; a list need not.
    pub fn is_described(&self) -> bool {
        Field::Description.is_stated(self)
    }

    /// A hash of what a list says of the posting: when it changes, its own page
    /// is worth reading again. Times and addresses are left out, since portals
    /// write "3 days ago" and put the visit's number into addresses.
    pub fn listing_hash(&self) -> ContentHash {
        let kept = Self {
            url: String::new(),
            apply_url: None,
            posted_at: None,
            closes_at: None,
            description_html: None,
            description_text: None,
            ..self.clone()
        };
        // Every field is text, number or list, so this cannot fail.
        ContentHash::of(&serde_json::to_string(&kept).unwrap_or_default())
    }

    /// This posting, with what it does not state taken from `other`. Id and
    /// address stay.
    pub fn filled_from(&self, other: &Self) -> Self {
        fn text(own: &Option<String>, other: &Option<String>) -> Option<String> {
            let said = |text: &&String| !text.trim().is_empty();
            own.as_ref()
                .filter(said)
                .or(other.as_ref().filter(said))
                .cloned()
        }
        fn list(own: &[String], other: &[String]) -> Vec<String> {
            if own.is_empty() { other } else { own }.to_vec()
        }
        // A description is one thing in two forms: both from one side.
        let described = if self.is_described() { self } else { other };
        Self {
            external_id: self.external_id.clone(),
            url: self.url.clone(),
            apply_url: text(&self.apply_url, &other.apply_url),
            title: if self.title.trim().is_empty() {
                other.title.clone()
            } else {
                self.title.clone()
            },
            company: text(&self.company, &other.company),
            locations: list(&self.locations, &other.locations),
            workplace: text(&self.workplace, &other.workplace),
            description_html: described.description_html.clone(),
            description_text: described.description_text.clone(),
            pay: self.pay.clone().or_else(|| other.pay.clone()),
            employment: text(&self.employment, &other.employment),
            level: text(&self.level, &other.level),
            department: text(&self.department, &other.department),
            team: text(&self.team, &other.team),
            language: text(&self.language, &other.language),
            posted_at: text(&self.posted_at, &other.posted_at),
            closes_at: text(&self.closes_at, &other.closes_at),
            requisition_id: text(&self.requisition_id, &other.requisition_id),
            group_id: text(&self.group_id, &other.group_id),
            benefits: list(&self.benefits, &other.benefits),
            industry: text(&self.industry, &other.industry),
            company_size: text(&self.company_size, &other.company_size),
            agency: self.agency.or(other.agency),
        }
    }

    /// The posting as its own page states it, with the id and address its board
    /// lists it under, and what only the list says.
    pub fn detailed_by(&self, page: &Self) -> Self {
        Self {
            external_id: self.external_id.clone(),
            url: self.url.clone(),
            ..page.filled_from(self)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed() -> Posting {
        Posting {
            external_id: "7".into(),
            url: "https://jobs.example/7?visit=1".into(),
            title: "Baker".into(),
            locations: vec!["Porto".into()],
            posted_at: Some("3 days ago".into()),
            ..Posting::default()
        }
    }

    #[test]
    fn the_own_page_says_more_and_keeps_the_identity() {
        let page = Posting {
            external_id: "other".into(),
            url: "https://elsewhere.example".into(),
            title: "Baker (m/f)".into(),
            description_html: Some("<p>Bread.</p>".into()),
            employment: Some(" ".into()),
            posted_at: Some("2026-11-01".into()),
            ..Posting::default()
        };
        let whole = listed().detailed_by(&page);
        assert_eq!(
            (whole.external_id.as_str(), whole.url.as_str()),
            ("7", "https://jobs.example/7?visit=1")
        );
        assert_eq!(whole.title, "Baker (m/f)");
        assert_eq!(whole.locations, ["Porto"]);
        assert_eq!(whole.posted_at.as_deref(), Some("2026-11-01"));
        assert_eq!(whole.employment, None);
        assert!(whole.is_described() && !listed().is_described());
        // What the list says anew stands before what the page said before.
        let renamed = Posting {
            title: "Head baker".into(),
            ..listed()
        };
        let kept = renamed.filled_from(&page);
        assert_eq!(kept.title, "Head baker");
        assert_eq!(kept.description_html, page.description_html);
    }

    #[test]
    fn only_what_a_list_says_of_the_work_counts_as_a_change_of_it() {
        let same = [
            Posting {
                url: "https://jobs.example/7?visit=2".into(),
                ..listed()
            },
            Posting {
                posted_at: Some("4 days ago".into()),
                ..listed()
            },
        ];
        for posting in same {
            assert_eq!(posting.listing_hash(), listed().listing_hash());
        }
        let other = Posting {
            locations: vec!["Lisbon".into()],
            ..listed()
        };
        assert_ne!(other.listing_hash(), listed().listing_hash());
    }
}
