//! The person's word on which postings are one opening.

use agent_api::reason;
use agent_core::ids::JobId;

use crate::{
    clock,
    fault::{Fault, Kind},
    handle::Handle,
};

/// Makes a posting an opening of its own, for good.
pub(crate) async fn split(handle: &Handle, job: JobId) -> Result<(), Fault> {
    let from = handle
        .write(move |tx| tx.split_job(job, clock::now()))
        .await?;
    if from.is_empty() {
        let message = "this posting is an opening of its own already";
        return Err(Fault::new(Kind::Refused, reason::INVALID_VALUE, message)
            .hint("see which are one opening: agentctl jobs list"));
    }
    Ok(())
}

/// Makes two postings one opening, for good.
pub(crate) async fn join(handle: &Handle, one: JobId, other: JobId) -> Result<(), Fault> {
    if one == other {
        let message = "both are the same posting";
        return Err(Fault::new(Kind::Invalid, reason::INVALID_VALUE, message)
            .hint("name two: agentctl jobs join JOB JOB"));
    }
    handle
        .write(move |tx| tx.join_jobs(one, other, clock::now()))
        .await?;
    Ok(())
}
