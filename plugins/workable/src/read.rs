//! Lists of postings: the widget's, which is whole, and the careers page's,
//! which names the mark of its next page.

use std::collections::{BTreeMap, BTreeSet};

use portal_sdk::{PAGE, Page, PortalError, Posting, cursor_number, json};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::job::{self, Job};
use super::{TOKEN, twins};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer<'a> {
    /// The company's, in the widget's list.
    #[serde(default, deserialize_with = "json::text")]
    name: Option<String>,
    #[serde(default, deserialize_with = "json::number")]
    total: Option<f64>,
    #[serde(default, borrow)]
    jobs: Option<Vec<&'a RawValue>>,
    #[serde(default, borrow)]
    results: Option<Vec<&'a RawValue>>,
    #[serde(default, alias = "token", deserialize_with = "json::text")]
    next_page: Option<String>,
}

/// A list with its postings still as text.
struct List<'a> {
    company: Option<String>,
    total: Option<u32>,
    jobs: Vec<&'a RawValue>,
    token: Option<String>,
}

impl<'a> List<'a> {
    fn read(body: &'a [u8], account: &str) -> Result<Self, PortalError> {
        let what = format!("board {account}");
        let answer: Answer<'_> = portal_sdk::read_json(body, &what)?;
        let jobs = answer.results.or(answer.jobs).ok_or_else(|| {
            PortalError::Changed(format!("the JSON for {what} has no list of postings"))
        })?;
        Ok(Self {
            company: answer.name,
            // Saturating; the portal counts from 0.
            total: answer.total.map(|total| total as u32),
            jobs,
            token: answer.next_page,
        })
    }

    /// The ids of all postings, in their order; none for one without a code.
    fn ids(&self) -> Vec<Option<String>> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let mut id = |raw: &&RawValue| {
            let job: Job = serde_json::from_str(raw.get()).ok()?;
            let code = job.key()?;
            let count = counts.entry(code.to_owned()).or_default();
            let id = twins::id(code, job.place().as_deref(), *count);
            *count += 1;
            Some(id)
        };
        self.jobs.iter().map(&mut id).collect()
    }

    fn posting(&self, raw: &RawValue, id: String, account: &str) -> Result<Posting, String> {
        let job: Job = serde_json::from_str(raw.get()).map_err(|error| error.to_string())?;
        let mut posting = job::posting(job, account)?;
        posting.external_id = id;
        posting.company.clone_from(&self.company);
        Ok(posting)
    }
}

/// The page of an answer that starts at `cursor`, an offset written as digits.
pub(crate) fn page(body: &[u8], account: &str, cursor: Option<&str>) -> Result<Page, PortalError> {
    let list = List::read(body, account)?;
    let start: usize = cursor_number(cursor, 0)?;
    let end = start.saturating_add(PAGE);
    let further = (end < list.jobs.len()).then(|| end.to_string());
    let token = list.token.as_ref().map(|token| format!("{TOKEN}{token}"));
    let mut page = Page {
        postings: Vec::new(),
        next: further.or(token),
        total: list.total.or_else(|| u32::try_from(list.jobs.len()).ok()),
        dropped: Vec::new(),
    };
    let ids = list.ids();
    // Codes that more than one entry has.
    let shared: BTreeSet<&str> = ids
        .iter()
        .flatten()
        .filter_map(|id| twins::split(id).1.map(|_| twins::split(id).0))
        .collect();
    let rows = list.jobs.iter().zip(&ids).enumerate();
    for (index, (raw, id)) in rows.skip(start).take(PAGE) {
        let read = id
            .clone()
            .ok_or_else(|| "has no id".to_owned())
            .and_then(|id| list.posting(raw, id, account));
        match read {
            Ok(mut posting) => {
                let code = twins::split(&posting.external_id).0;
                if shared.contains(code) {
                    posting.group_id = Some(code.to_owned());
                }
                page.postings.push(posting);
            }
            Err(why) => page.dropped.push(format!("posting {}: {why}", index + 1)),
        }
    }
    Ok(page)
}

/// The posting `id` of a list.
pub(crate) fn one(body: &[u8], account: &str, id: &str) -> Result<Posting, PortalError> {
    let list = List::read(body, account)?;
    let ids = list.ids();
    let mut rows = list.jobs.iter().zip(ids);
    let found = rows.find(|(_, known)| known.as_deref() == Some(id));
    let Some((raw, _)) = found else {
        return Err(PortalError::Gone(format!(
            "board {account} has no posting {id} (any more)"
        )));
    };
    list.posting(raw, id.to_owned(), account).map_err(|why| {
        PortalError::Changed(format!(
            "posting {id} of board {account} cannot be read: {why}"
        ))
    })
}

#[cfg(test)]
mod tests;
