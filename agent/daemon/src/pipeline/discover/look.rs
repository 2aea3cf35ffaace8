//! A board read once without writing anything, to see whether it reads well.

use std::sync::Arc;

use agent_core::health::Reading;
use agent_portal::{fetch::Fetch, host::Board};
use agent_store::SourceRow;

use super::{MAX_PAGES, count, understood::understand};
use crate::{fault::Fault, handle::Handle, pipeline::ending, plugins};

/// What the board lists now.
pub(crate) async fn look(handle: &Handle, source: &SourceRow) -> Result<Reading, Fault> {
    let plugin = plugins::installed(handle, &source.plugin)
        .await?
        .for_board(&source.url);
    let fetch: Arc<dyn Fetch> = Arc::new(plugins::fetch(handle, &plugin, "check"));
    let mut session = handle.plugins.open(&plugin, fetch).await?;
    let board = Board {
        key: source.key.clone(),
        url: source.url.clone(),
        company: Some(source.company.clone()),
    };
    let (mut reading, mut cursor) = (Reading::default(), None::<String>);
    for _ in 0..MAX_PAGES {
        let page = tokio::select! {
            page = session.discover(&board, &[], cursor.as_deref()) => page?,
            () = handle.shutdown.cancelled() => return Err(ending()),
        };
        reading.dropped += count(page.dropped.len());
        let understood = understand(handle, source, page.postings, false).await?;
        reading.add(&understood.reading);
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    session.close().await;
    Ok(reading)
}
