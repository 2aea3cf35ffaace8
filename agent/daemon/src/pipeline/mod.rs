//! The pipeline: discover and ingest board by board, then enrich, then rank.
//!
//! Every step reads from the store what is not done yet and writes its result
//! and its events in one transaction, so that a daemon killed at any instant
//! goes on from the last finished step. A stage never calls another stage:
//! this driver does.

mod cluster;
mod discover;
mod enrich;
mod fetched;
mod learn;
mod progress;
mod rank;

use agent_core::ids::SourceId;
use agent_store::{NewRun, RunId, RunSource, StepState};
use futures::TryStreamExt as _;
use tokio::sync::{Mutex, broadcast, broadcast::error::RecvError};

pub(crate) use cluster::cluster;
pub(crate) use discover::look;
pub(crate) use progress::{Progress, Report};
pub(crate) use {
    progress::Reporter,
    rank::{PresentJudge, explained, present_judge, rank},
};

use crate::{
    clock,
    events::{self, event},
    fault::{Fault, Kind},
    feedback,
    handle::Handle,
};

/// Kind of the runs that read boards.
pub(crate) const SYNC: &str = "sync";

/// Lets one sync run at a time; a second request for the same boards follows it.
#[derive(Default)]
pub(crate) struct Conductor {
    running: Mutex<Option<Running>>,
}

/// A sync under way.
struct Running {
    reporter: Reporter,
    sources: Vec<SourceId>,
}

impl Running {
    /// Follows it from here on, when it reads all of `sources`.
    fn follow(&self, sources: &[SourceId]) -> Result<broadcast::Receiver<Progress>, Fault> {
        if sources.iter().all(|source| self.sources.contains(source)) {
            return Ok(self.reporter.subscribe());
        }
        let message = format!("a {} is under way, without all you ask for", self.words());
        let hint = "wait until it is done (agentctl status), then: agentctl sync";
        Err(Fault::new(Kind::Refused, agent_api::reason::SYNC_RUNNING, message).hint(hint))
    }

    fn words(&self) -> String {
        match self.sources.len() {
            1 => "sync of 1 source".into(),
            sources => format!("sync of {sources} sources"),
        }
    }
}

impl Conductor {
    /// What is being done, in words; empty when nothing is.
    pub(crate) async fn activity(&self) -> String {
        let running = self.running.lock().await;
        running.as_ref().map(Running::words).unwrap_or_default()
    }
}

/// Starts a sync of `sources`, or follows the one under way. Once asked for, it
/// is started even when who asked goes away.
pub(crate) async fn sync(
    handle: &Handle,
    sources: Vec<SourceId>,
) -> Result<broadcast::Receiver<Progress>, Fault> {
    let start = start(handle.clone(), sources);
    handle.complete(start).await?
}

async fn start(
    handle: Handle,
    sources: Vec<SourceId>,
) -> Result<broadcast::Receiver<Progress>, Fault> {
    let mut running = handle.conductor.running.lock().await;
    if let Some(running) = running.as_ref() {
        return running.follow(&sources);
    }
    if handle.shutdown.is_cancelled() {
        return Err(Fault::new(
            Kind::Unavailable,
            agent_api::reason::SHUTTING_DOWN,
            "the daemon is ending",
        ));
    }
    let (count, wanted) = (sources.len(), sources.clone());
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
                sources: wanted,
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
    let progress = conduct(&handle, &mut running, run, sources);
    Ok(progress)
}

/// Takes up what an earlier daemon did not finish: its syncs, oldest first, and
/// the ranking for a changed profile. A sync that the person starts meanwhile
/// replaces those left.
pub(crate) async fn recover(handle: &Handle) -> Result<(), Fault> {
    while !handle.shutdown.is_cancelled() {
        let mut running = handle.conductor.running.lock().await;
        if running.is_some() {
            return Ok(());
        }
        let unfinished = handle.store.read(|reader| reader.unfinished_runs()).await?;
        let Some(run) = unfinished.first().map(|run| run.id) else {
            drop(running);
            rank(handle, &Reporter::new()).await?;
            return feedback::apply(handle).await.map(drop);
        };
        let steps = handle
            .store
            .read(move |reader| reader.run_sources(run))
            .await?;
        let sources: Vec<SourceId> = steps.iter().map(|step| step.source).collect();
        tracing::info!(
            run = run.0,
            sources = sources.len(),
            "going on with a sync that was cut off"
        );
        let mut progress = conduct(handle, &mut running, run, sources);
        drop(running);
        // Steps missed by falling behind do not matter, the end does.
        loop {
            match progress.recv().await {
                // Why is in the log already.
                Ok(Progress::Stopped { .. }) => return Ok(()),
                Ok(Progress::Done { .. }) | Err(RecvError::Closed) => break,
                Ok(
                    Progress::Board { .. }
                    | Progress::Details { .. }
                    | Progress::BoardDone { .. }
                    | Progress::Enrich { .. }
                    | Progress::Rank { .. },
                )
                | Err(RecvError::Lagged(_)) => {}
            }
        }
    }
    Ok(())
}

/// Runs the stages of `run` as a task of the daemon, and puts it into `running`.
fn conduct(
    handle: &Handle,
    running: &mut Option<Running>,
    run: RunId,
    sources: Vec<SourceId>,
) -> broadcast::Receiver<Progress> {
    let reporter = Reporter::new();
    let progress = reporter.subscribe();
    *running = Some(Running {
        reporter: reporter.clone(),
        sources,
    });
    let handle = handle.clone();
    let tasks = handle.tasks.clone();
    tasks.spawn(async move {
        let (held, told) = (handle.clone(), reporter.clone());
        // A task of its own: a panic in it ends this sync and not all later ones.
        let stages = handle.complete(async move { stages(&held, run, &told).await });
        let last = match stages.await.flatten() {
            Ok(report) => Progress::Done { report },
            Err(fault) => {
                tracing::warn!(run = run.0, %fault, "a sync stopped early");
                Progress::Stopped { fault }
            }
        };
        *handle.conductor.running.lock().await = None;
        handle.desk.boards_read();
        reporter.tell(last);
    });
    progress
}

async fn stages(handle: &Handle, run: RunId, reporter: &Reporter) -> Result<Report, Fault> {
    let pending = handle
        .store
        .read(move |reader| reader.run_sources(run))
        .await?;
    // A board that failed is in its own row; a fault here stops the sync at once,
    // so that no page is asked for that cannot be kept.
    futures::stream::iter(pending.into_iter().filter(is_pending).map(Ok))
        .try_for_each_concurrent(usize::from(handle.config.sync.concurrent), |board| {
            discover::board(handle, run, board, reporter)
        })
        .await?;
    let ranked = take_up(handle, reporter).await?;
    let mut report = Report {
        ranked,
        learned: learn::learn(handle).await?,
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

/// Takes up whatever jobs are new or changed, from wherever they came. Gives how
/// many were judged.
pub(crate) async fn take_up(handle: &Handle, reporter: &Reporter) -> Result<u32, Fault> {
    // Neither reads what the other writes, and one waits where the other works.
    tokio::try_join!(cluster(handle), enrich::enrich(handle, reporter))?;
    let ranked = rank(handle, reporter).await?;
    feedback::apply(handle).await?;
    Ok(ranked)
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
