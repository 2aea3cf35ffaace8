//! Cluster: which postings are one opening. It takes what is queued, so a board
//! that was read, a posting added by hand and a start after a kill are one code.

use agent_core::cluster::{self, Print};
use agent_store::{Clustered, NewPrint};

use super::ending;
use crate::{clock, fault::Fault, handle::Handle};

/// Jobs per transaction: a kill repeats at most this many.
const BATCH: u32 = 256;

/// Puts every queued job into the cluster it belongs to. Two that run at once do
/// the same work twice, with one result.
pub(crate) async fn cluster(handle: &Handle) -> Result<Clustered, Fault> {
    handle
        .store
        .write(|tx| tx.require_cluster_rules(cluster::VERSION))
        .await?;
    let mut all = Clustered::default();
    loop {
        if handle.shutdown.is_cancelled() {
            return Err(ending());
        }
        let jobs = handle
            .store
            .read(|reader| reader.jobs_to_cluster(BATCH))
            .await?;
        if jobs.is_empty() {
            return Ok(all);
        }
        let prints = handle.compute_each(jobs, |due| NewPrint {
            job: due.job.id,
            revision: due.revision,
            print: Print::of(&due.job),
        });
        let prints = prints.await?;
        let done = handle
            .write(move |tx| tx.cluster(&prints, clock::now()))
            .await?;
        all.joined += done.joined;
        all.reposted += done.reposted;
    }
}
