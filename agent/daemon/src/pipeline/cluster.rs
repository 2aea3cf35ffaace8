//! Cluster: which postings are one opening. It takes what is queued, so a board
//! that was read, a posting added by hand and a start after a kill are one code.

use std::mem;

use agent_core::cluster::{self, Print};
use agent_store::{Clustered, KnownPrints, NewPrint};

use super::ending;
use crate::{clock, fault::Fault, handle::Handle};

/// Jobs per transaction: a kill repeats at most this many, and other writes wait
/// as long.
const BATCH: u32 = 512;

/// Puts every queued job into the cluster it belongs to. Two that run at once do
/// the same work twice, with one result.
pub(crate) async fn cluster(handle: &Handle) -> Result<Clustered, Fault> {
    handle
        .store
        .write(|tx| tx.require_cluster_rules(cluster::VERSION))
        .await?;
    let mut all = Clustered::default();
    let mut known = KnownPrints::default();
    // What is queued meanwhile may lie behind the place that was reached.
    while pass(handle, &mut known, &mut all).await? {}
    Ok(all)
}

/// Goes once through the queue; gives whether anything was in it. One batch is
/// written while the next is read.
async fn pass(
    handle: &Handle,
    known: &mut KnownPrints,
    all: &mut Clustered,
) -> Result<bool, Fault> {
    let (mut prints, mut reached) = look(handle, 0).await?;
    let found = reached.is_some();
    while let Some(last) = reached {
        if handle.shutdown.is_cancelled() {
            return Err(ending());
        }
        let mut loaded = mem::take(known);
        let write = handle.write(move |tx| {
            let done = tx.cluster(&prints, &mut loaded, clock::now())?;
            Ok((done, loaded))
        });
        let (done, next) = tokio::join!(write, look(handle, last));
        let (done, loaded) = done?;
        *known = loaded;
        all.joined += done.joined;
        all.reposted += done.reposted;
        (prints, reached) = next?;
    }
    Ok(found)
}

/// The prints of the next queued jobs, and the place of the last.
async fn look(handle: &Handle, behind: i64) -> Result<(Vec<NewPrint>, Option<i64>), Fault> {
    let jobs = handle
        .store
        .read(move |reader| reader.jobs_to_cluster(behind, BATCH))
        .await?;
    let last = jobs.last().map(|due| due.place);
    let prints = handle.compute_each(jobs, |due| {
        NewPrint::new(due.job.id, due.revision, Print::of(&due.job))
    });
    Ok((prints.await?.into_iter().collect::<Result<_, _>>()?, last))
}
