//! From the postings of a page to jobs.

use agent_core::{
    health::Reading,
    ids::{ContentHash, JobId, SourceId},
    job::{self, Posting},
    text,
};
use agent_store::{KeptDetail, SeenJob, SourceRow};

use crate::{fault::Fault, handle::Handle};

/// The postings of a page, understood.
#[derive(Default)]
pub(super) struct Understood {
    /// Jobs, in the page's order.
    pub(super) taken: Vec<SeenJob>,
    /// Those that the list says nothing of but names, with the hash of that.
    pub(super) undescribed: Vec<(JobId, ContentHash)>,
    /// Postings that cannot become a job, each with its reason.
    pub(super) refused: Vec<String>,
    /// What the list states of the others: what their own pages add says nothing
    /// of the list.
    pub(super) reading: Reading,
}

/// Reads the postings of a page of `source`. A posting without a description
/// gets the one that its own page gave earlier, where `detailed` says that the
/// plugin reads such pages.
pub(super) async fn understand(
    handle: &Handle,
    source: &SourceRow,
    postings: Vec<Posting>,
    detailed: bool,
) -> Result<Understood, Fault> {
    let (id, company) = (source.id, source.company.clone());
    let listed = if detailed {
        with_details(handle, id, postings).await?
    } else {
        postings
            .into_iter()
            .map(|posting| (posting, None))
            .collect()
    };
    handle
        .compute(move || {
            let mut understood = Understood::default();
            for (posting, kept) in listed {
                let missing = (detailed && !posting.is_described()).then(|| posting.listing_hash());
                let mut listed = Reading::default();
                listed.take(&posting);
                let whole = put_together(posting, kept);
                match job::read(id, &company, &whole) {
                    Ok(job) => {
                        understood.reading.add(&listed);
                        understood
                            .undescribed
                            .extend(missing.map(|hash| (job.id, hash)));
                        let posting = whole;
                        understood.taken.push(SeenJob { job, posting });
                    }
                    Err(error) => {
                        understood.reading.dropped += 1;
                        let id = &whole.external_id;
                        understood.refused.push(format!("{id}: {error}"));
                    }
                }
            }
            understood
        })
        .await
}

/// What the page of the posting said stands before what the list says, as long as
/// the list says the same as then; after that, the list is the newer of the two.
fn put_together(posting: Posting, kept: Option<KeptDetail>) -> Posting {
    match kept {
        None => posting,
        Some(kept) if kept.read_for == posting.listing_hash() => posting.detailed_by(&kept.posting),
        Some(kept) => posting.filled_from(&kept.posting),
    }
}

async fn with_details(
    handle: &Handle,
    source: SourceId,
    postings: Vec<Posting>,
) -> Result<Vec<(Posting, Option<KeptDetail>)>, Fault> {
    let listed = handle.store.read(move |reader| {
        postings
            .into_iter()
            .map(|posting| {
                let kept = if posting.is_described() {
                    None
                } else {
                    let id = JobId::of(source, &text::line(&posting.external_id));
                    reader.kept_detail(id)?
                };
                Ok((posting, kept))
            })
            .collect()
    });
    Ok(listed.await?)
}
