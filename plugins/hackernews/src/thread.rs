//! Which thread is the newest, and the postings in it.

use portal_sdk::{Page, PortalError, json};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::comment;

#[derive(Deserialize)]
struct Search {
    #[serde(deserialize_with = "json::list")]
    hits: Vec<Hit>,
}

#[derive(Deserialize)]
struct Hit {
    #[serde(default, rename = "objectID", deserialize_with = "json::text")]
    id: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    title: Option<String>,
    #[serde(default, deserialize_with = "json::text")]
    created_at: Option<String>,
}

#[derive(Deserialize)]
struct Thread<'a> {
    #[serde(default, deserialize_with = "json::text")]
    title: Option<String>,
    #[serde(borrow)]
    children: Vec<&'a RawValue>,
}

/// The newest thread in which employers post; the same account opens those for
/// people who seek work, too.
pub(crate) fn newest(body: &[u8]) -> Result<String, PortalError> {
    let search: Search = portal_sdk::read_json(body, "the hiring threads")?;
    let threads = search.hits.into_iter().filter(|hit| {
        let title = hit.title.as_deref().unwrap_or_default();
        is_hiring(title)
    });
    // Dates are written so that they sort; the first of equals is the newest.
    let newest = threads
        .filter_map(|hit| Some((hit.created_at.unwrap_or_default(), hit.id?)))
        .reduce(|newest, hit| if hit.0 > newest.0 { hit } else { newest });
    newest
        .map(|(_, id)| id)
        .filter(|id| crate::number(id).is_ok())
        .ok_or_else(|| PortalError::Changed("no \"Who is hiring?\" thread is listed".to_owned()))
}

fn is_hiring(title: &str) -> bool {
    title.to_lowercase().contains("who is hiring")
}

/// The postings of a thread: its comments that were not deleted.
pub(crate) fn page(body: &[u8], what: &str, cursor: Option<&str>) -> Result<Page, PortalError> {
    let thread: Thread<'_> = portal_sdk::read_json(body, what)?;
    if let Some(title) = thread.title.filter(|title| !is_hiring(title)) {
        return Err(PortalError::Invalid(format!(
            "{what} is {title:?} and no \"Who is hiring?\" thread"
        )));
    }
    let mut children = thread.children;
    children.retain(|raw| !comment::is_deleted(raw.get()));
    portal_sdk::page(&children, None, cursor, comment::posting)
}

#[cfg(test)]
mod tests {
    use super::*;

    const THREAD: &[u8] = include_bytes!("../fixtures/thread.json");

    #[test]
    fn the_newest_thread_of_employers_is_picked() {
        let hit = |id: &str, title: &str, at: &str| {
            format!(r#"{{"objectID":"{id}","title":"{title}","created_at":"{at}"}}"#)
        };
        let hits = [
            hit(
                "9",
                "Ask HN: Who wants to be hired? (May 2031)",
                "2031-05-01T15:00:09Z",
            ),
            hit(
                "8",
                "Ask HN: Freelancer? Seeking freelancer? (May 2031)",
                "2031-05-01T15:00:08Z",
            ),
            hit(
                "4",
                "Ask HN: Who is hiring? (April 2031)",
                "2031-04-01T15:00:00Z",
            ),
            hit(
                "7",
                "Ask HN: Who Is Hiring? (May 2031)",
                "2031-05-01T15:00:07Z",
            ),
            "null".to_owned(),
        ];
        let body = format!(r#"{{"hits":[{}]}}"#, hits.join(","));
        assert_eq!(newest(body.as_bytes()).unwrap(), "7");
        for body in [
            r#"{"hits":[]}"#,
            r#"{"hits":[{"title":"Who is hiring?","objectID":"../x"}]}"#,
            "{}",
        ] {
            let error = newest(body.as_bytes()).unwrap_err();
            assert!(
                matches!(error, PortalError::Changed(_)),
                "{body}: {error:?}"
            );
        }
    }

    #[test]
    fn the_first_comments_of_a_thread_are_its_postings() {
        let page = page(THREAD, "thread 7", None).unwrap();
        let ids: Vec<&str> = page
            .postings
            .iter()
            .map(|p| p.external_id.as_str())
            .collect();
        assert_eq!(ids, ["71", "72", "76"]);
        assert_eq!(page.dropped.len(), 2, "{:?}", page.dropped);
    }

    #[test]
    fn another_thread_is_invalid_and_another_shape_changed() {
        let other = r#"{"title":"Ask HN: Who wants to be hired?","children":[]}"#;
        let error = page(other.as_bytes(), "thread 7", None)
            .map(drop)
            .unwrap_err();
        assert!(matches!(error, PortalError::Invalid(_)), "{error:?}");
        for body in [
            "{}",
            "[]",
            r#"{"children":null}"#,
            r#"{"children":[{"id":1"#,
        ] {
            let error = page(body.as_bytes(), "thread 7", None)
                .map(drop)
                .unwrap_err();
            assert!(
                matches!(error, PortalError::Changed(_)),
                "{body}: {error:?}"
            );
        }
    }
}
