//! Which addresses are a search on LinkedIn. A board's key is the search itself,
//! as the parameters of its address.

use portal_sdk::{Address, Board, PortalError, with_query};

use crate::HOST;

/// Parameters that say what is looked for; the others follow the visitor.
const SEARCHED: [&str; 15] = [
    "keywords", "location", "geoId", "distance", "f_TPR", "f_WT", "f_E", "f_JT", "f_C", "f_I",
    "f_SB2", "f_PP", "f_F", "f_AL", "sortBy",
];

const EVERYTHING: &str = "everything";

/// The search at `url`.
pub(crate) fn board(url: &str) -> Option<Board> {
    let address = Address::parse(url)?;
    let ours = address.host == "linkedin.com" || address.host.ends_with(".linkedin.com");
    let first = address.path.first().map(String::as_str);
    let is_posting = address.path.get(1).is_some_and(|part| part == "view");
    if !ours || !matches!(first, Some("jobs" | "jobs-guest")) || is_posting {
        return None;
    }
    let searched: Vec<(&str, &str)> = SEARCHED
        .iter()
        .filter_map(|name| Some((*name, address.value(name)?.trim())))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    let parameters = with_query("", &searched);
    let key = parameters.strip_prefix('?').unwrap_or(EVERYTHING);
    (key.len() <= 1000).then(|| Board {
        key: key.to_owned(),
        url: with_query(&format!("https://{HOST}/jobs/search"), &searched),
        company: None,
    })
}

/// The address of a search's part from `start` on. Words are looked for where
/// the board itself has none.
pub(crate) fn search(key: &str, words: &[String], start: u32) -> Result<String, PortalError> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.~%=&".contains(c);
    if key.is_empty() || !key.chars().all(plain) {
        return Err(PortalError::Invalid(format!("{key:?} is no search")));
    }
    let mut url = format!("https://{HOST}/jobs-guest/jobs/api/seeMoreJobPostings/search");
    if key != EVERYTHING {
        url = format!("{url}?{key}");
    }
    let words = words.join(" ");
    if !key.contains("keywords=") && !words.trim().is_empty() {
        url = with_query(&url, &[("keywords", words.trim())]);
    }
    Ok(with_query(&url, &[("start", &start.to_string())]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_claimed_and_nothing_else() {
        for (url, expected) in [
            (
                "https://www.linkedin.com/jobs/search?keywords=tide+engineer&trk=x&location=Husum%2C%20DE",
                Some("keywords=tide%20engineer&location=Husum%2C%20DE"),
            ),
            (
                "de.linkedin.com/jobs/search/?keywords=cook&currentJobId=7",
                Some("keywords=cook"),
            ),
            ("https://www.linkedin.com/jobs/", Some("everything")),
            (
                "https://www.linkedin.com/jobs-guest/jobs/api/seeMoreJobPostings/search?keywords=a&start=10",
                Some("keywords=a"),
            ),
            ("https://www.linkedin.com/jobs/view/cook-at-ebbe-77", None),
            ("https://www.linkedin.com/in/someone", None),
            ("https://www.linkedin.com/", None),
            ("https://linkedin.com.evil.example/jobs/search", None),
            ("", None),
        ] {
            let board = board(url);
            assert_eq!(board.as_ref().map(|b| b.key.as_str()), expected, "{url}");
        }
    }

    #[test]
    fn a_key_leads_back_to_its_search() {
        const API: &str = "https://www.linkedin.com/jobs-guest/jobs/api/seeMoreJobPostings/search";
        let words = ["tide".to_owned(), "c++".to_owned()];
        for (key, words, expected) in [
            ("keywords=cook", &words[..], "?keywords=cook&start=10"),
            (
                "location=Husum",
                &words[..],
                "?location=Husum&keywords=tide%20c%2B%2B&start=10",
            ),
            ("everything", &[], "?start=10"),
        ] {
            assert_eq!(search(key, words, 10).unwrap(), format!("{API}{expected}"));
        }
        for key in ["", "a b", "a#b", "x/../y"] {
            assert!(search(key, &[], 0).is_err(), "{key}");
        }
    }
}
