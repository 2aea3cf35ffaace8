//! Postings that the person adds one by one: by address, or from a page they
//! saved, opened or pasted.
//!
//! Such a job is on a board that is known and not followed: the portal's own one
//! where a plugin reads it, so that it can be applied to and is the same job when
//! the board is followed later, else one for all pages. No sync reads either, so
//! none closes it.

mod portal;
mod web;

use agent_api::reason;
use agent_core::{
    ids::{JobId, SourceId},
    job::{self, Posting},
    page::{self, Page, ReadFrom, Uncertain},
};
use agent_store::{JobPage, JobRow, NewRun, NewSource, SeenJob, SourceEnd};

use crate::{
    clock,
    fault::{Fault, Kind, shown},
    handle::Handle,
    pipeline::{self, Reporter},
    sites::{self, Wanted},
    sources,
};

/// Plugin and key of the board of pages.
pub(crate) const BY_HAND: &str = "by-hand";

/// Kind of the runs that take such postings in.
const ADD: &str = "add";

/// Largest page that is read.
const MAX_PAGE: usize = 8 << 20;

/// What the person gives.
pub(crate) struct Given {
    /// Address of the posting; may be empty with a page.
    pub(crate) url: String,
    /// The page; empty when the address is to be read.
    pub(crate) page: Vec<u8>,
    /// What the person knows better; empty otherwise.
    pub(crate) title: String,
    pub(crate) company: String,
}

/// What became of it.
pub(crate) struct Added {
    pub(crate) jobs: Vec<JobRow>,
    pub(crate) origin: Origin,
    pub(crate) uncertain: Vec<Uncertain>,
    pub(crate) new: u32,
}

/// What a posting was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The portal, through its plugin.
    Plugin,
    /// A page.
    Page(ReadFrom),
}

/// Postings on their way into the corpus.
struct Arriving {
    source: NewSource,
    postings: Vec<Posting>,
    fetched_from: Option<String>,
    origin: Origin,
    uncertain: Vec<Uncertain>,
}

/// Takes a posting in, enriches and ranks it.
pub(crate) async fn add(handle: &Handle, given: Given) -> Result<Added, Fault> {
    let url = match given.url.trim() {
        "" => None,
        typed => Some(sources::address(typed)?),
    };
    if given.page.len() > MAX_PAGE {
        let message = format!("the page is larger than {} MiB", MAX_PAGE >> 20);
        return Err(Fault::new(Kind::Invalid, reason::UNREADABLE_PAGE, message));
    }
    let mut arriving = match (&url, given.page.is_empty()) {
        (None, true) => {
            let fault = Fault::new(Kind::Invalid, reason::INVALID_VALUE, "nothing was given");
            return Err(fault.hint("agentctl jobs add FILE.html, or an address"));
        }
        (Some(url), true) => by_address(handle, url).await?,
        (_, false) => of_page(&given.page, url.as_deref())?,
    };
    correct(&mut arriving, &given);
    let added = handle.complete(take_in(handle.clone(), arriving)).await??;
    // Ranked at once where that can be; if not, the next sync does it.
    if let Err(fault) = pipeline::take_up(handle, &Reporter::new()).await {
        tracing::warn!(%fault, "a posting that was added is not ranked yet");
    }
    rows(handle, added).await
}

/// A posting by its address: from its portal where a plugin reads it, else its page.
async fn by_address(handle: &Handle, url: &str) -> Result<Arriving, Fault> {
    sites::allow(handle, url, Wanted::Posting).await?;
    if let Some(found) = portal::find(handle, url).await? {
        return Ok(found);
    }
    let fetched = web::fetch(handle, url).await?;
    let mut arriving = of_page(&fetched.body, Some(url))?;
    arriving.fetched_from = Some(fetched.url);
    Ok(arriving)
}

fn of_page(bytes: &[u8], url: Option<&str>) -> Result<Arriving, Fault> {
    let content = String::from_utf8_lossy(bytes);
    if content.chars().take(1_000).filter(|c| *c == '\0').count() > 0 {
        let message = "the file is not a page: it has bytes that no text has";
        let hint = "save the posting as a web page (HTML), or paste its text: agentctl jobs add -";
        return Err(Fault::new(Kind::Invalid, reason::UNREADABLE_PAGE, message).hint(hint));
    }
    let page = Page {
        content: &content,
        address: url,
    };
    let reading = page::read(page)
        .map_err(|error| Fault::new(Kind::Invalid, reason::UNREADABLE_PAGE, error.to_string()))?;
    Ok(Arriving {
        source: NewSource {
            plugin: BY_HAND.to_owned(),
            key: BY_HAND.to_owned(),
            url: page::NOWHERE.to_owned(),
            company: "added by hand".to_owned(),
        },
        postings: reading.postings,
        fetched_from: None,
        origin: Origin::Page(reading.read_from),
        uncertain: reading.uncertain,
    })
}

/// What the person says stands before what the page says.
fn correct(arriving: &mut Arriving, given: &Given) {
    let (title, company) = (shown(&given.title, 200), shown(&given.company, 200));
    for posting in &mut arriving.postings {
        if !title.is_empty() {
            posting.title.clone_from(&title);
        }
        if !company.is_empty() {
            posting.company = Some(company.clone());
        }
    }
    arriving.uncertain.retain(|what| match what {
        Uncertain::Title => title.is_empty(),
        Uncertain::Company => company.is_empty(),
        Uncertain::Address | Uncertain::Description => true,
    });
}

/// What was written.
struct Written {
    jobs: Vec<JobId>,
    origin: Origin,
    uncertain: Vec<Uncertain>,
    new: u32,
}

async fn take_in(handle: Handle, arriving: Arriving) -> Result<Written, Fault> {
    let Arriving {
        source,
        postings,
        fetched_from,
        origin,
        uncertain,
    } = arriving;
    let id = SourceId::of(&source.plugin, &source.key);
    // The name of a board that is many employers' is nobody's name.
    let company = match source.plugin.as_str() {
        BY_HAND => String::new(),
        _ => source.company.clone(),
    };
    let mut seen = Vec::new();
    for posting in postings {
        let job = job::read(id, &company, &posting).map_err(unreadable)?;
        seen.push(SeenJob { job, posting });
    }
    let jobs: Vec<JobId> = seen.iter().map(|seen| seen.job.id).collect();
    let new = handle
        .write(move |tx| {
            let now = clock::now();
            tx.know_source(&source, now)?;
            let run = tx.start_run(&NewRun {
                kind: ADD.to_owned(),
                at: now,
                sources: vec![id],
            })?;
            let ingested = tx.ingest(&JobPage {
                run,
                source: id,
                at: now,
                fetched_from: fetched_from.as_deref(),
                jobs: &seen,
            })?;
            tx.finish_source(run, id, &SourceEnd::Done)?;
            tx.finish_run(run, now, &serde_json::json!({ "new": ingested.new.len() }))?;
            Ok(u32::try_from(ingested.new.len()).unwrap_or(u32::MAX))
        })
        .await?;
    Ok(Written {
        jobs,
        origin,
        uncertain,
        new,
    })
}

fn unreadable(error: job::ReadError) -> Fault {
    let hint = match &error {
        job::ReadError::NoTitle { .. } => "say it: agentctl jobs add … --title TITLE",
        job::ReadError::NoId | job::ReadError::BadUrl { .. } => {
            "say where the posting is: agentctl jobs add … --url ADDRESS"
        }
    };
    Fault::new(Kind::Invalid, reason::UNREADABLE_PAGE, error.to_string()).hint(hint)
}

async fn rows(handle: &Handle, written: Written) -> Result<Added, Fault> {
    let ids = written.jobs;
    let rows = handle.store.read(move |reader| {
        let rows: Result<Vec<_>, _> = ids.iter().map(|id| reader.job_row(*id)).collect();
        Ok(rows?.into_iter().flatten().collect())
    });
    Ok(Added {
        jobs: rows.await?,
        origin: written.origin,
        uncertain: written.uncertain,
        new: written.new,
    })
}
