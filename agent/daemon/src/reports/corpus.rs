//! The jobs of a report, read chunk by chunk and judged in shares.

use std::sync::Arc;

use agent_core::{
    ids::ContentHash,
    matching::Brief,
    report::{Gain, Tally, Trial},
};
use agent_store::{ReportJob, ReportScope};

use crate::{fault::Fault, handle::Handle, pipeline::PresentJudge};

/// Jobs read at a time, and judged at a time: counts of shares are merged in order.
const CHUNK: u32 = 4096;
const SHARE: usize = 256;

/// The open jobs a report is about, and the judge of the person as they are.
pub(super) struct Corpus<'a> {
    handle: &'a Handle,
    pub(super) present: Arc<PresentJudge>,
    scope: ReportScope,
}

impl<'a> Corpus<'a> {
    pub(super) fn new(handle: &'a Handle, present: PresentJudge, scope: ReportScope) -> Self {
        Self {
            handle,
            present: Arc::new(present),
            scope,
        }
    }

    pub(super) fn handle(&self) -> &Handle {
        self.handle
    }

    /// Counts all jobs, with a digest of them.
    pub(super) async fn tally(&self, line: f64) -> Result<(Tally, ContentHash), Fault> {
        let present = Arc::clone(&self.present);
        let count = move |jobs: Vec<ReportJob>| {
            let mut tally = Tally::new(line);
            let mut bytes = Vec::new();
            for job in &jobs {
                // One that cannot be read waits in the queue of the ranking.
                if let Ok(brief) = Brief::read(&job.brief) {
                    tally.add(job.id, &present.judge, &brief);
                    bytes.extend(job.id.as_bytes());
                    bytes.extend(&job.brief);
                }
            }
            (tally, ContentHash::of_bytes(&bytes))
        };
        let mut all = Tally::new(line);
        let mut digests = Vec::new();
        self.each(count, |(tally, digest)| {
            all.merge(tally);
            digests.extend(digest.as_bytes());
        })
        .await?;
        Ok((all, ContentHash::of_bytes(&digests)))
    }

    /// Tries what the person would reach with each of these sets of skills.
    pub(super) async fn try_all(
        &self,
        skills: Vec<Vec<String>>,
        line: f64,
    ) -> Result<Vec<Gain>, Fault> {
        if skills.is_empty() {
            return Ok(Vec::new());
        }
        let present = Arc::clone(&self.present);
        let supposed = self
            .handle
            .compute_each(skills, move |skills: Vec<String>| {
                let names: Vec<&str> = skills.iter().map(String::as_str).collect();
                let PresentJudge {
                    judge,
                    skills,
                    today,
                    ..
                } = &*present;
                judge.supposing(&names, skills, *today)
            });
        let trial = Arc::new(Trial::new(supposed.await?, line));
        let (tried, present) = (Arc::clone(&trial), Arc::clone(&self.present));
        let count = move |jobs: Vec<ReportJob>| {
            let mut gains = tried.empty();
            for job in &jobs {
                if let Ok(brief) = Brief::read(&job.brief) {
                    tried.add(&mut gains, job.id, &present.judge, &brief);
                }
            }
            gains
        };
        let mut all = trial.empty();
        self.each(count, |gains| {
            all.iter_mut()
                .zip(gains)
                .for_each(|(all, gain)| all.merge(gain));
        })
        .await?;
        Ok(all)
    }

    /// Does `work` on every share of the jobs, and hands what it gives to `merge` in order.
    async fn each<T: Send + 'static>(
        &self,
        work: impl Fn(Vec<ReportJob>) -> T + Clone + Send + 'static,
        mut merge: impl FnMut(T),
    ) -> Result<(), Fault> {
        let mut next = self.after(None).await?;
        while let Some(last) = next.last().cloned() {
            let mut shares = Vec::new();
            while !next.is_empty() {
                let rest = next.split_off(next.len().min(SHARE));
                shares.push(std::mem::replace(&mut next, rest));
            }
            // The next are read while these are judged.
            let done = self.handle.compute_each(shares, work.clone());
            let (done, read) = tokio::join!(done, self.after(Some(last)));
            done?.into_iter().for_each(&mut merge);
            next = read?;
        }
        Ok(())
    }

    async fn after(&self, last: Option<ReportJob>) -> Result<Vec<ReportJob>, Fault> {
        let scope = self.scope.clone();
        let read = self
            .handle
            .store
            .read(move |reader| reader.report_jobs(&scope, last.as_ref(), CHUNK));
        Ok(read.await?)
    }
}
