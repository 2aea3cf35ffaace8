//! Taking up, at the start, what an earlier daemon left: browsers, submissions
//! that were cut off, and work that was under way.

use agent_core::{application::Stage, ids::ApplicationId};
use agent_store::{ApplicationFilter, stages};

use super::{release, work};
use crate::{fault::Fault, handle::Handle};

/// Ends the browsers of an earlier daemon. It comes before anything is served
/// and before any gate is opened: what is left of them must not find a way out.
pub(crate) fn end_browsers(handle: &Handle) -> std::io::Result<()> {
    let ended = agent_browser::end_leftovers(&handle.home.browser_dir())?;
    if ended > 0 {
        tracing::info!(ended, "ended what an earlier daemon left running");
    }
    Ok(())
}

/// Settles cut-off submissions. It comes before the socket is served, so that
/// nobody is told a state that is no longer true.
pub(crate) async fn settle(handle: &Handle) -> Result<(), Fault> {
    let since = handle.store.read(|reader| reader.paused_since()).await?;
    handle.desk.pause(since.is_some());
    for id in in_stage(handle, &["submitting"]).await? {
        let application = super::read(handle, id).await?;
        if let Stage::Submitting { intent, .. } = application.state.stage {
            release::take_up(handle, id, intent).await?;
        }
    }
    Ok(())
}

/// Goes on with what does not wait for the person.
pub(crate) async fn go_on(handle: &Handle) -> Result<(), Fault> {
    if handle
        .store
        .read(|reader| reader.paused_since())
        .await?
        .is_some()
    {
        return Ok(());
    }
    for id in in_stage(handle, &["drafting", "approved", "not-submitted"]).await? {
        drop(work(handle, id));
    }
    Ok(())
}

async fn in_stage(handle: &Handle, names: &[&'static str]) -> Result<Vec<ApplicationId>, Fault> {
    debug_assert!(names.iter().all(|name| stages::ALL.contains(name)));
    let filter = ApplicationFilter {
        stages: names.to_vec(),
        limit: u32::MAX,
        after: None,
    };
    let list = handle
        .store
        .read(move |reader| reader.applications(&filter))
        .await?;
    Ok(list.rows.into_iter().map(|row| row.id).collect())
}
