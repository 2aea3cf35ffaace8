//! From a stated posting to a job.
#![deny(clippy::indexing_slicing)]

use url::Url;

use super::{Job, JobFacts, Level, Place, Posting, Stated, facts, language, told::told};
use crate::{
    html,
    ids::{ContentHash, JobId, SourceId},
    normal::{date, level, pay, place, workplace},
    text,
};

/// A posting that cannot become a job.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Without the portal's id a later sync could not know the posting again.
    #[error("the posting has no id")]
    NoId,
    /// Without a title there is nothing to show or to rank.
    #[error("posting {external_id:?} has no title")]
    NoTitle {
        /// The portal's id.
        external_id: String,
    },
    /// The address is not one a person could open safely.
    #[error("posting {external_id:?} has no http or https address: {given:?}")]
    BadUrl {
        /// The portal's id.
        external_id: String,
        /// The address as stated, at most 120 characters.
        given: String,
    },
}

/// Longest description kept, in bytes.
const MAX_DESCRIPTION: usize = 200_000;

/// Normalises `posting` of `source`; `company` is the name configured for the
/// source, used when the posting does not state one.
///
/// # Errors
/// If the posting states no id, no title, or no http(s) address.
pub fn read(source: SourceId, company: &str, posting: &Posting) -> Result<Job, ReadError> {
    let external_id = text::line(&posting.external_id);
    if external_id.is_empty() {
        return Err(ReadError::NoId);
    }
    let title = plain(&posting.title);
    if title.is_empty() {
        return Err(ReadError::NoTitle { external_id });
    }
    let Some(url) = address(&posting.url) else {
        return Err(ReadError::BadUrl {
            external_id,
            given: text::quote(&posting.url, 120),
        });
    };
    let description = description(posting);
    let locations: Vec<String> = posting
        .locations
        .iter()
        .filter_map(|stated| words(Some(stated)))
        .collect();
    let places = places(&locations);
    let employment = words(posting.employment.as_deref());
    let stated_level = words(posting.level.as_deref());
    let workplace = workplace::of(
        words(posting.workplace.as_deref()).as_deref(),
        &locations,
        &title,
        &description,
    );
    let pay = posting
        .pay
        .as_ref()
        .and_then(pay::of_stated)
        .or_else(|| pay::of_text(&description));
    let mut job = Job {
        id: JobId::of(source, &external_id),
        source,
        external_id,
        url,
        apply_url: posting.apply_url.as_deref().and_then(address),
        level: level_of(&title, stated_level.as_deref(), employment.as_deref()),
        title,
        company: words(posting.company.as_deref()).unwrap_or_else(|| plain(company)),
        pay: pay.map(|pay| pay::in_dollars_of(pay, &places)),
        places,
        workplace,
        employment,
        department: words(posting.department.as_deref()),
        team: words(posting.team.as_deref()),
        language: posting
            .language
            .as_deref()
            .and_then(language::of_name)
            .or_else(|| language::of_text(&told(&description)))
            .map(str::to_owned),
        content_hash: ContentHash::of(&text::line(&description)),
        description,
        posted_on: posting.posted_at.as_deref().and_then(date::of_text),
        closes_on: posting.closes_at.as_deref().and_then(date::of_text),
        requisition_id: words(posting.requisition_id.as_deref()),
        group_id: words(posting.group_id.as_deref()),
        benefits: posting
            .benefits
            .iter()
            .filter_map(|stated| words(Some(stated)))
            .collect(),
        industry: words(posting.industry.as_deref()),
        company_size: words(posting.company_size.as_deref()),
        agency: posting.agency,
        facts: JobFacts::default(),
    };
    job.facts = facts::read(&job);
    Ok(job)
}

/// One clean line without markup: portals take in what was pasted into a field.
fn plain(stated: &str) -> String {
    if stated.contains(['<', '&']) {
        text::line(&html::to_text(stated))
    } else {
        text::line(stated)
    }
}

/// One clean line, or `None` when nothing is left.
fn words(stated: Option<&str>) -> Option<String> {
    stated.map(plain).filter(|line| !line.is_empty())
}

/// An address with a host, opened by http or https, without credentials.
fn address(stated: &str) -> Option<String> {
    let url = Url::parse(stated.trim()).ok()?;
    let web = matches!(url.scheme(), "https" | "http");
    let plain = url.username().is_empty() && url.password().is_none();
    (web && plain && url.has_host()).then(|| url.to_string())
}

fn description(posting: &Posting) -> String {
    let from_html = posting
        .description_html
        .as_deref()
        .map(html::to_text)
        .filter(|text| !text.is_empty());
    let mut text = from_html
        .unwrap_or_else(|| text::block(posting.description_text.as_deref().unwrap_or_default()));
    if text.len() > MAX_DESCRIPTION {
        let mut end = MAX_DESCRIPTION;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
    }
    text
}

/// Every place once.
fn places(locations: &[String]) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for found in locations.iter().flat_map(|stated| place::of_text(stated)) {
        let resolved = found.city.is_some() || found.country.is_some() || found.region.is_some();
        let seen = places.iter().any(|known| {
            known.text == found.text
                || (resolved
                    && known.city == found.city
                    && known.country == found.country
                    && known.region == found.region)
        });
        if !seen {
            places.push(found);
        }
    }
    // A portal that states city and office says the country twice.
    let of_cities: Vec<Option<String>> = places
        .iter()
        .filter(|place| place.city.is_some())
        .map(|place| place.country.clone())
        .collect();
    places.retain(|place| {
        place.city.is_some() || place.country.is_none() || !of_cities.contains(&place.country)
    });
    places
}

/// The title is asked first: portals' level fields often hold a default.
fn level_of(title: &str, stated: Option<&str>, employment: Option<&str>) -> Option<Stated<Level>> {
    level::of_title(title)
        .or_else(|| stated.and_then(level::of_stated))
        .or_else(|| {
            employment
                .and_then(level::of_stated)
                .filter(|found| found.value == Level::Intern)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posting() -> Posting {
        Posting {
            external_id: " 42 ".to_owned(),
            url: "https://jobs.example/42".to_owned(),
            title: " Nurse\u{202e}\u{1b}[31m ".to_owned(),
            company: Some("Acme \u{a0}".to_owned()),
            description_html: Some("<p>Care for\n patients</p>".to_owned()),
            ..Posting::default()
        }
    }

    fn job(posting: &Posting) -> Job {
        read(SourceId::of("p", "b"), "Fallback", posting).expect("reads")
    }

    #[test]
    fn the_country_of_a_stated_city_is_not_a_second_place() {
        for (stated, expected) in [
            (&["Berlin", "Germany"][..], &["Berlin"][..]),
            (&["Berlin", "France"], &["Berlin", "France"]),
            (&["Germany"], &["Germany"]),
            (
                &["Home based - EMEA", "Germany"],
                &["Home based - EMEA", "Germany"],
            ),
        ] {
            let job = job(&Posting {
                locations: stated.iter().map(|&place| place.to_owned()).collect(),
                ..posting()
            });
            let places: Vec<&str> = job.places.iter().map(|place| place.text.as_str()).collect();
            assert_eq!(places, expected, "{stated:?}");
        }
    }

    #[test]
    fn p6_every_text_is_cleaned() {
        let job = job(&Posting {
            department: Some("\u{1b}]0;x\u{7}Ward".to_owned()),
            team: Some(" \u{200b} ".to_owned()),
            ..posting()
        });
        assert_eq!(job.title, "Nurse");
        assert_eq!(job.company, "Acme");
        assert_eq!(job.external_id, "42");
        assert_eq!(job.department.as_deref(), Some("Ward"));
        assert_eq!(job.team, None);
        assert_eq!(job.description, "Care for patients");
    }

    #[test]
    fn the_content_hash_ignores_white_space_and_markup_only() {
        let with = |html: &str| {
            job(&Posting {
                description_html: Some(html.to_owned()),
                ..posting()
            })
            .content_hash
        };
        assert_eq!(
            with("<p>Care for patients</p>"),
            with("<div>Care  for</div> <b>patients</b>")
        );
        assert_ne!(
            with("<p>Care for patients</p>"),
            with("<p>Care for doctors</p>")
        );
    }

    #[test]
    fn plain_text_stands_in_for_html() {
        let plain = Posting {
            description_html: None,
            description_text: Some("a\r\n\u{2022} b".to_owned()),
            ..posting()
        };
        assert_eq!(job(&plain).description, "a\n\u{2022} b");
        assert_eq!(
            job(&Posting {
                company: None,
                ..plain
            })
            .company,
            "Fallback"
        );
    }

    #[test]
    fn a_posting_without_an_identity_is_refused() {
        let check = |posting: Posting, expected: &str| {
            let error = read(SourceId::of("p", "b"), "c", &posting).expect_err("is refused");
            assert!(error.to_string().contains(expected), "{error}");
        };
        check(
            Posting {
                external_id: " ".to_owned(),
                ..posting()
            },
            "no id",
        );
        check(
            Posting {
                title: "\u{200b}".to_owned(),
                ..posting()
            },
            "no title",
        );
        for url in [
            "",
            "javascript:alert(1)",
            "/jobs/42",
            "file:///etc/passwd",
            "https://me:pw@jobs.example/",
            "http://",
        ] {
            check(
                Posting {
                    url: url.to_owned(),
                    ..posting()
                },
                "address",
            );
        }
        let job = job(&Posting {
            apply_url: Some("data:text/html,x".to_owned()),
            ..posting()
        });
        assert_eq!(job.apply_url, None);
    }
}
