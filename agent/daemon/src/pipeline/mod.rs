//! The pipeline: discover and ingest board by board, then enrich, then rank.
//!
//! Every step reads from the store what is not done yet and writes its result
//! and its events in one transaction, so that a daemon killed at any instant
//! goes on from the last finished step. A stage never calls another stage:
//! this driver does.

mod discover;
mod enrich;
mod fetched;
mod progress;
mod rank;

use std::sync::Arc;

use agent_core::ids::SourceId;
use agent_store::{NewRun, RunId, RunSource, StepState};
use futures::StreamExt as _;
use tokio::sync::{Mutex, broadcast, broadcast::error::RecvError};

pub(crate) use progress::{Progress, Report};
pub(crate) use {progress::Reporter, rank::rank};

use crate::{
    clock,
    events::{self, event},
    fault::{Fault, Kind},
    handle::Handle,
};

/// Kind of the runs that read boards.
pub(crate) const SYNC: &str = "sync";

/// Lets one sync run at a time; a second request follows the one under way.
#[derive(Default)]
pub(crate) struct Conductor {
    running: Mutex<Option<Arc<Running>>>,
}

/// A sync under way.
struct Running {
    reporter: Reporter,
    sources: usize,
}

impl Conductor {
    /// What is being done, in words; empty when nothing is.
    pub(crate) async fn activity(&self) -> String {
        match self.running.lock().await.as_deref() {
            Some(Running { sources: 1, .. }) => "sync of 1 source".into(),
            Some(Running { sources, .. }) => format!("sync of {sources} sources"),
            None => String::new(),
        }
    }
}

/// Starts a sync of `sources`, or follows the one under way.
pub(crate) async fn sync(
    handle: &Handle,
    sources: Vec<SourceId>,
) -> Result<broadcast::Receiver<Progress>, Fault> {
    let mut running = handle.conductor.running.lock().await;
    if let Some(running) = running.as_deref() {
        return Ok(running.reporter.subscribe());
    }
    if handle.shutdown.is_cancelled() {
        return Err(Fault::new(
            Kind::Unavailable,
            agent_api::reason::SHUTTING_DOWN,
            "the daemon is ending",
        ));
    }
    let count = sources.len();
    let run = handle
        .write(move |tx| {
            // None of them runs: a full disk or a fault of ours stopped them. What
            // they left is read anew, and going on with them later would take what
            // this run saw for gone.
            for left in tx.unfinished_runs()? {
                tx.finish_run(
                    left.id,
                    clock::now(),
                    &serde_json::json!({ "replaced": true }),
                )?;
            }
            let new = NewRun {
                kind: SYNC.into(),
                at: clock::now(),
                sources,
            };
            let run = tx.start_run(&new)?;
            let detail = serde_json::json!({ "sources": count });
            tx.append_event(&event(
                events::RUN_STARTED,
                run.0,
                format!("sync of {count} sources"),
                detail,
            ))?;
            Ok(run)
        })
        .await?;
    let reporter = Reporter::new();
    let progress = reporter.subscribe();
    *running = Some(Arc::new(Running {
        reporter: reporter.clone(),
        sources: count,
    }));
    drop(running);
    conduct(handle.clone(), run, reporter);
    Ok(progress)
}

/// Takes up the syncs that an earlier daemon did not finish, oldest first. A
/// sync that the person starts meanwhile replaces them.
pub(crate) async fn recover(handle: &Handle) -> Result<(), Fault> {
    while !handle.shutdown.is_cancelled() {
        let mut running = handle.conductor.running.lock().await;
        if running.is_some() {
            return Ok(());
        }
        let unfinished = handle.store.read(|reader| reader.unfinished_runs()).await?;
        let Some(run) = unfinished.first().map(|run| run.id) else {
            return Ok(());
        };
        let sources = handle
            .store
            .read(move |reader| reader.run_sources(run))
            .await?
            .len();
        tracing::info!(
            run = run.0,
            sources,
            "going on with a sync that was cut off"
        );
        let reporter = Reporter::new();
        let mut progress = reporter.subscribe();
        *running = Some(Arc::new(Running {
            reporter: reporter.clone(),
            sources,
        }));
        drop(running);
        conduct(handle.clone(), run, reporter);
        // Steps missed by falling behind do not matter, the end does.
        loop {
            match progress.recv().await {
                Ok(Progress::Stopped { fault }) => return Err(fault),
                Ok(Progress::Done { .. }) | Err(RecvError::Closed) => break,
                Ok(_) | Err(RecvError::Lagged(_)) => {}
            }
        }
    }
    Ok(())
}

/// Runs the stages of `run` as a task of the daemon.
fn conduct(handle: Handle, run: RunId, reporter: Reporter) {
    let tasks = handle.tasks.clone();
    tasks.spawn(async move {
        let last = match stages(&handle, run, &reporter).await {
            Ok(report) => Progress::Done { report },
            Err(fault) => {
                tracing::warn!(run = run.0, %fault, "a sync stopped early");
                Progress::Stopped { fault }
            }
        };
        *handle.conductor.running.lock().await = None;
        reporter.tell(last);
    });
}

async fn stages(handle: &Handle, run: RunId, reporter: &Reporter) -> Result<Report, Fault> {
    let pending = handle
        .store
        .read(move |reader| reader.run_sources(run))
        .await?;
    let boards = futures::stream::iter(pending.into_iter().filter(is_pending))
        .map(|board| discover::board(handle, run, board, reporter))
        .buffer_unordered(handle.config.sync.concurrent.into())
        .collect::<Vec<_>>()
        .await;
    // A board that failed is in its own row; what is left here stops the sync itself.
    boards.into_iter().collect::<Result<(), Fault>>()?;
    enrich::enrich(handle, reporter).await?;
    let ranked = rank(handle, reporter).await?;

    let mut report = Report {
        ranked,
        ..Report::default()
    };
    for board in handle
        .store
        .read(move |reader| reader.run_sources(run))
        .await?
    {
        report.add(&discover::counters(&board));
    }
    let outcome = serde_json::json!(report);
    let text = format!(
        "sync finished: {} new, {} changed, {} closed",
        report.new, report.changed, report.closed
    );
    handle
        .write(move |tx| {
            tx.append_event(&event(events::RUN_FINISHED, run.0, text, outcome.clone()))?;
            tx.finish_run(run, clock::now(), &outcome)
        })
        .await?;
    Ok(report)
}

fn is_pending(step: &RunSource) -> bool {
    match step.state {
        StepState::Queued | StepState::Running => true,
        StepState::Done | StepState::Failed => false,
    }
}

/// The fault that ends work which the daemon's own end cut off.
fn ending() -> Fault {
    Fault::new(
        Kind::Unavailable,
        agent_api::reason::SHUTTING_DOWN,
        "the daemon is ending; the sync goes on at the next start",
    )
}
