//! Recording a board for a component's author, through the broker and its
//! manners like any other fetch.

use std::{path::Path, sync::Arc};

use agent_api::reason;
use agent_portal::{
    error::{PluginError, PortalError},
    fetch::Fetch,
    har::{Har, Recorder, RecorderOptions},
    host::{Board, InstalledPlugin, Session},
};
use tokio::sync::mpsc;

use super::{Granted, fetch, install};
use crate::{
    fault::{Fault, Kind, shown},
    handle::Handle,
};

/// What is recorded of a board.
pub(crate) struct RecordedPages {
    /// Address of the board.
    pub(crate) board: String,
    /// Most pages of the list.
    pub(crate) pages: u32,
    /// Most postings asked for by themselves, of those the list does not describe.
    pub(crate) details: u32,
}

/// A step of a recording.
pub(crate) enum Recorded {
    /// So much was read.
    Step {
        pages: u32,
        postings: u32,
        details: u32,
    },
    /// What was recorded.
    Done {
        har: Box<Har>,
        /// Whether the board goes on behind it.
        more: bool,
        /// Why it is less than was wanted; empty when it is not.
        stopped: String,
    },
}

/// Reads a board with a component that need not be installed, granted what the
/// person granted it for this, and hands over what was answered.
pub(crate) async fn record(
    handle: &Handle,
    component: (&Path, &str),
    granted: Granted,
    wanted: RecordedPages,
    steps: mpsc::Sender<Recorded>,
) -> Result<(), Fault> {
    let (given, sha256) = component;
    let path = install::locate(handle, given);
    let inspected = handle.plugins.inspect(&path).await?;
    install::expect(&path, &inspected, sha256)?;
    install::expect_granted(&inspected.manifest, &granted)?;
    let manifest = inspected.manifest;
    let plugin = InstalledPlugin {
        id: manifest.id.clone(),
        sha256: inspected.sha256,
        path,
        hosts: manifest.hosts,
        form_hosts: manifest.form_hosts,
        reach: manifest.reach,
        terms_accepted: manifest.terms.is_some(),
    }
    .for_board(&wanted.board);
    let recorder = Arc::new(Recorder::new(
        fetch(handle, &plugin, "record"),
        RecorderOptions::default(),
    ));
    let out: Arc<dyn Fetch> = Arc::clone(&recorder) as Arc<dyn Fetch>;
    let mut session = handle.plugins.open(&plugin, out).await?;
    let Some(board) = session.claim(&wanted.board).await? else {
        let message = format!("{} does not claim {}", plugin.id, shown(&wanted.board, 200));
        return Err(Fault::new(Kind::NotFound, reason::UNCLAIMED_URL, message));
    };
    let mut so_far = SoFar::default();
    let stopped = match read(&mut session, &board, &wanted, &mut so_far, &steps).await {
        Ok(()) => String::new(),
        // What came before is worth keeping.
        Err(error) if so_far.pages > 0 => error.to_string(),
        Err(error) => return Err(error.into()),
    };
    session.close().await;
    let done = Recorded::Done {
        har: Box::new(recorder.har()),
        more: so_far.more,
        stopped,
    };
    // Who asked may be gone.
    let _ = steps.send(done).await;
    Ok(())
}

/// How far a recording came.
#[derive(Default)]
struct SoFar {
    pages: u32,
    postings: u32,
    details: u32,
    /// Whether the list goes on.
    more: bool,
    /// Postings the list does not describe.
    short: Vec<String>,
}

impl SoFar {
    fn step(&self) -> Recorded {
        Recorded::Step {
            pages: self.pages,
            postings: self.postings,
            details: self.details,
        }
    }
}

/// Reads as much as is wanted; ends early when nobody listens any more.
async fn read(
    session: &mut Session,
    board: &Board,
    wanted: &RecordedPages,
    so_far: &mut SoFar,
    steps: &mpsc::Sender<Recorded>,
) -> Result<(), PluginError> {
    let mut cursor: Option<String> = None;
    while so_far.pages < wanted.pages {
        let page = session.discover(board, &[], cursor.as_deref()).await?;
        so_far.pages += 1;
        so_far.postings += u32::try_from(page.postings.len()).unwrap_or(u32::MAX);
        let bare = page.postings.into_iter().filter(|posting| {
            posting.description_html.is_none() && posting.description_text.is_none()
        });
        so_far.short.extend(bare.map(|posting| posting.external_id));
        cursor = page.next;
        so_far.more = cursor.is_some();
        if steps.send(so_far.step()).await.is_err() {
            return Ok(());
        }
        if !so_far.more {
            break;
        }
    }
    for id in so_far.short.clone().iter().take(wanted.details as usize) {
        match session.detail(board, id).await {
            Ok(_) => so_far.details += 1,
            Err(PluginError::Portal {
                error: PortalError::Unsupported,
                ..
            }) => return Ok(()),
            Err(error) => return Err(error),
        }
        if steps.send(so_far.step()).await.is_err() {
            return Ok(());
        }
    }
    Ok(())
}
