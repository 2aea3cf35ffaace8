//! The reading of a posting by a model, as `agent.v1.Jobs` streams it.

use std::pin::Pin;

use agent_api::v1;
use agent_core::ids::JobId;
use futures::Stream;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::Status;

use super::convert;
use crate::{
    analysis::{self, Analysis},
    fault::Fault,
    handle::Handle,
};

/// How far a model is with a posting, and at the end what it read.
pub(super) type Steps = Pin<Box<dyn Stream<Item = Result<v1::ReadJobProgress, Status>> + Send>>;

/// Has a model read a posting.
pub(super) fn steps(handle: &Handle, id: JobId) -> Steps {
    let (tell, steps) = mpsc::channel(16);
    handle.tasks.spawn(read(handle.clone(), id, tell));
    Box::pin(ReceiverStream::new(steps))
}

/// Reads a posting with a model and tells how far it is. Whoever goes away meanwhile
/// cancels the call.
async fn read(handle: Handle, id: JobId, tell: mpsc::Sender<Result<v1::ReadJobProgress, Status>>) {
    let mut calls = handle.chat.progress();
    let reading = analysis::of_job(&handle, id);
    tokio::pin!(reading);
    let analysis = loop {
        tokio::select! {
            analysis = &mut reading => break analysis,
            () = tell.closed() => return,
            Ok(()) = calls.changed() => {
                let about = ("job", id.to_string());
                let now = calls.borrow_and_update().iter().find(|call| call.about == about).cloned();
                if let Some(call) = now {
                    // One message too many for a slow reader is one it can do without.
                    let _ = tell.try_send(Ok(v1::ReadJobProgress {
                        model: call.model,
                        tokens: call.tokens,
                        reading: None,
                    }));
                }
            }
        }
    };
    let last = match analysis {
        Ok(analysis) => told(&handle, id, analysis).await,
        Err(fault) => Err(fault),
    };
    let last = last.map(|reading| v1::ReadJobProgress {
        reading: Some(reading),
        ..v1::ReadJobProgress::default()
    });
    // Who asked may have gone.
    let _ = tell.send(last.map_err(Status::from)).await;
}

async fn told(handle: &Handle, id: JobId, analysis: Analysis) -> Result<v1::JobReading, Fault> {
    let (row, skills) = handle
        .store
        .read(move |reader| Ok((reader.job_row(id)?, reader.job_skills(id)?)))
        .await?;
    let mut reading = match analysis {
        Analysis::Read(analysis) => convert::reading(analysis),
        Analysis::Nobody { why } => v1::JobReading {
            nobody: why,
            ..v1::JobReading::default()
        },
    };
    reading.job = id.to_string();
    if let Some(row) = row.map(convert::job_row) {
        reading.title = row.title;
        reading.company = row.company;
    }
    reading.by_rules = skills.into_iter().map(convert::by_rules).collect();
    Ok(reading)
}
