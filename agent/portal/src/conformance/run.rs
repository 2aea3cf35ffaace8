//! Reads a recorded board the way a sync reads a live one.

use std::collections::{HashMap, HashSet};

use agent_core::job::Posting;

use super::report::{Kind, Report};
use super::stage::Stage;
use crate::error::PluginError;
use crate::fetch::FetchError;
use crate::host::{Board, Page, Session, TWICE};

/// Pages after which a board is taken for endless, as in a sync.
const MAX_PAGES: u32 = 500;

/// A session with the plugin, about one board.
pub(super) struct Run<'a> {
    pub(super) session: &'a mut Session,
    pub(super) board: &'a Board,
    /// What the first reading of the pages gave.
    first: Vec<Posting>,
}

/// How the pages of a board ended.
enum End {
    /// With a page that has no cursor.
    Whole,
    /// With a request that was not recorded.
    Truncated(String),
    /// Otherwise; already told as a finding.
    Broken,
}

impl<'a> Run<'a> {
    pub(super) fn new(session: &'a mut Session, board: &'a Board) -> Self {
        Self {
            session,
            board,
            first: Vec::new(),
        }
    }

    /// The board's postings, each id once.
    pub(super) async fn pages(&mut self, report: &mut Report) -> Vec<Posting> {
        let (pages, end) = self.read(report).await;
        report.pages = u32::try_from(pages.len()).unwrap_or(u32::MAX);
        report.total = pages.iter().find_map(|page| page.total);
        if let End::Truncated(request) = end {
            report.truncated = Some(request);
        }
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut postings: Vec<Posting> = Vec::new();
        for page in pages {
            report.repeated += page.repeated;
            for why in page.dropped {
                if why.ends_with(TWICE) {
                    report.find(Kind::Id, why.clone());
                }
                report.dropped.push(why);
            }
            for posting in page.postings {
                let earlier = known.get(&posting.external_id);
                match earlier.and_then(|at| postings.get(*at)) {
                    None => {
                        known.insert(posting.external_id.clone(), postings.len());
                        postings.push(posting);
                    }
                    // A board moves while it is read: the same opening may come
                    // again on the next page.
                    Some(earlier) if earlier.title == posting.title => report.repeated += 1,
                    Some(earlier) => report.find(
                        Kind::Id,
                        format!(
                            "{:?} and {:?} have the same id {}",
                            earlier.title, posting.title, posting.external_id
                        ),
                    ),
                }
            }
        }
        if let (true, Some(request)) = (postings.is_empty(), &report.truncated) {
            let what = format!("no posting was read: nothing is recorded for {request}");
            report.find(Kind::Empty, what);
        }
        self.first.clone_from(&postings);
        postings
    }

    /// Asks for what the list left out, where the recording has it.
    pub(super) async fn details(
        &mut self,
        stage: &Stage,
        postings: &mut [Posting],
        report: &mut Report,
    ) {
        let wanted = postings.iter().filter(|posting| !posting.is_described());
        let wanted = wanted.count();
        report.details.wanted = u32::try_from(wanted).unwrap_or(u32::MAX);
        // What was recorded word for word first: a near answer may be another's.
        for exactly in [true, false] {
            stage.exactly(exactly);
            for posting in postings.iter_mut() {
                if stage.left() == 0 {
                    break;
                }
                if posting.is_described() {
                    continue;
                }
                let id = posting.external_id.clone();
                match self.session.detail(self.board, &id).await {
                    Ok(detail) if detail.external_id == id => {
                        report.details.read += 1;
                        *posting = posting.detailed_by(&detail);
                    }
                    Ok(detail) if exactly => {
                        let what = format!("the detail of {id} has the id {}", detail.external_id);
                        report.find(Kind::Id, what);
                    }
                    Ok(_) => {}
                    Err(error) if unrecorded(&error).is_some() => {}
                    Err(error) => report.call_failed(&format!("detail of {id}"), &error),
                }
            }
        }
        stage.exactly(false);
    }

    /// Reads the pages once more and compares.
    pub(super) async fn again(&mut self, report: &mut Report) {
        // Its own findings were told by the first reading.
        let (pages, _) = self.read(&mut Report::default()).await;
        let mut seen = HashSet::new();
        let again: Vec<Posting> = pages
            .into_iter()
            .flat_map(|page| page.postings)
            .filter(|posting| seen.insert(posting.external_id.clone()))
            .collect();
        let ids = |postings: &[Posting]| -> Vec<String> {
            postings.iter().map(|p| p.external_id.clone()).collect()
        };
        if ids(&again) != ids(&self.first) {
            let what = "a second run over the same recording gave other ids, or another order";
            report.find(Kind::Unstable, what.to_owned());
        } else if let Some((one, _)) = self
            .first
            .iter()
            .zip(&again)
            .find(|(one, other)| one != other)
        {
            let what = format!("a second run states {} otherwise", one.external_id);
            report.find(Kind::Unstable, what);
        }
    }

    async fn read(&mut self, report: &mut Report) -> (Vec<Page>, End) {
        let mut pages = Vec::new();
        let mut cursor: Option<String> = None;
        let mut cursors = HashSet::new();
        for _ in 0..MAX_PAGES {
            let page = self.session.discover(self.board, &[], cursor.as_deref());
            let page = match page.await {
                Ok(page) => page,
                Err(error) => {
                    if let Some(request) = unrecorded(&error) {
                        return (pages, End::Truncated(request.to_owned()));
                    }
                    let call = format!("page {} of the board", pages.len() + 1);
                    report.call_failed(&call, &error);
                    return (pages, End::Broken);
                }
            };
            cursor.clone_from(&page.next);
            pages.push(page);
            match &cursor {
                None => return (pages, End::Whole),
                Some(next) if !cursors.insert(next.clone()) => {
                    let what = format!("the cursor {next:?} comes a second time");
                    report.find(Kind::Paging, what);
                    return (pages, End::Broken);
                }
                Some(_) => {}
            }
        }
        let what = format!("the board has not ended after {MAX_PAGES} pages");
        report.find(Kind::Paging, what);
        (pages, End::Broken)
    }
}

/// The request a recording had no answer for, if that ended the call.
fn unrecorded(error: &PluginError) -> Option<&str> {
    match error {
        PluginError::Portal {
            fetch: Some(FetchError::NoRecordedAnswer { request }),
            ..
        } => Some(request),
        _ => None,
    }
}
