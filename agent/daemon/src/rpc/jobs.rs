//! `agent.v1.Jobs`

use agent_api::{
    reason,
    v1::{self, jobs_server::Jobs},
};
use agent_core::ids::{JobId, SourceId};
use agent_store::{Found, JobFilter, PageKey, QueryVector, SearchQuery};
use tonic::{Request, Response, Status};

use super::{
    convert::{self, Kept},
    status::of,
};
use crate::{
    by_hand, clusters,
    fault::{Fault, Kind, shown},
    handle::Handle,
    profile, sources,
};

/// Rows a page has unless the client asks for another number, and at most.
const PAGE: u32 = 20;
const MAX_PAGE: u32 = 500;

pub(super) struct Service(pub(super) Handle);

impl Service {
    /// Finds a job by id or unique prefix.
    async fn find(&self, given: &str) -> Result<JobId, Fault> {
        let prefix = given.trim().to_lowercase();
        let found = self
            .0
            .store
            .read(move |reader| reader.job_by_prefix(&prefix))
            .await?;
        match found {
            Found::One(id) => Ok(id),
            Found::None => Err(Fault::new(
                Kind::NotFound,
                reason::UNKNOWN_ID,
                format!("no job has the id {}", shown(given, 40)),
            )
            .hint("see them with: agentctl jobs list")),
            Found::Many(candidates) => {
                let ids: Vec<String> = candidates.iter().map(ToString::to_string).collect();
                let message = format!("several jobs begin with {}", shown(given, 40));
                Err(Fault::new(Kind::Invalid, reason::AMBIGUOUS_ID, message).hint(ids.join(", ")))
            }
        }
    }

    /// Everything kept of a job but its verdict.
    async fn kept(&self, id: JobId) -> Result<Kept, Fault> {
        let found = self
            .0
            .store
            .read(move |reader| {
                let (Some(row), Some(stored)) = (reader.job_row(id)?, reader.job(id)?) else {
                    return Ok(None);
                };
                let source = reader.source(row.source)?;
                Ok(Some(Kept {
                    row,
                    stored,
                    source,
                    skills: reader.job_skills(id)?,
                    mates: reader.cluster_mates(id)?,
                }))
            })
            .await?;
        found.ok_or_else(|| {
            Fault::new(
                Kind::NotFound,
                reason::UNKNOWN_ID,
                format!("the job {id} is no longer kept"),
            )
        })
    }

    async fn source(&self, given: &str) -> Result<Option<SourceId>, Fault> {
        if given.is_empty() {
            return Ok(None);
        }
        Ok(Some(sources::find(&self.0, given).await?.id))
    }
}

fn page_size(asked: u32) -> u32 {
    if asked == 0 {
        PAGE
    } else {
        asked.min(MAX_PAGE)
    }
}

#[tonic::async_trait]
impl Jobs for Service {
    async fn list(
        &self,
        request: Request<v1::ListJobsRequest>,
    ) -> Result<Response<v1::ListJobsResponse>, Status> {
        let asked = request.into_inner();
        let after = if asked.page_token.is_empty() {
            None
        } else {
            Some(asked.page_token.parse::<PageKey>().map_err(|_| {
                Fault::new(
                    Kind::Invalid,
                    reason::INVALID_PAGE_TOKEN,
                    "this page token was not given by this daemon",
                )
                .hint("start again without one")
            })?)
        };
        let filter = JobFilter {
            source: self.source(&asked.source).await?,
            include_failed: asked.include_failed,
            include_closed: asked.include_closed,
            limit: page_size(asked.page_size),
            after,
        };
        let page = self
            .0
            .store
            .read(move |reader| reader.list_jobs(&filter))
            .await
            .map_err(of)?;
        Ok(Response::new(v1::ListJobsResponse {
            next_page_token: page.next.map(|key| key.to_string()).unwrap_or_default(),
            total: page.total,
            folded: page.folded,
            jobs: page.rows.into_iter().map(convert::job_row).collect(),
        }))
    }

    async fn show(
        &self,
        request: Request<v1::ShowJobRequest>,
    ) -> Result<Response<v1::JobDetail>, Status> {
        let id = self.find(&request.into_inner().id).await?;
        let kept = self.kept(id).await?;
        Ok(Response::new(convert::job_detail(kept)))
    }

    async fn split(
        &self,
        request: Request<v1::SplitJobRequest>,
    ) -> Result<Response<v1::JobDetail>, Status> {
        let id = self.find(&request.into_inner().id).await?;
        clusters::split(&self.0, id).await?;
        Ok(Response::new(convert::job_detail(self.kept(id).await?)))
    }

    async fn join(
        &self,
        request: Request<v1::JoinJobsRequest>,
    ) -> Result<Response<v1::JobDetail>, Status> {
        let v1::JoinJobsRequest { one, other } = request.into_inner();
        let (one, other) = (self.find(&one).await?, self.find(&other).await?);
        clusters::join(&self.0, one, other).await?;
        Ok(Response::new(convert::job_detail(self.kept(one).await?)))
    }

    async fn add(
        &self,
        request: Request<v1::AddJobRequest>,
    ) -> Result<Response<v1::AddedJobs>, Status> {
        let v1::AddJobRequest {
            url,
            page,
            title,
            company,
        } = request.into_inner();
        let given = by_hand::Given {
            url,
            page,
            title,
            company,
        };
        let added = by_hand::add(&self.0, given).await?;
        Ok(Response::new(convert::added(added)))
    }

    async fn search(
        &self,
        request: Request<v1::SearchJobsRequest>,
    ) -> Result<Response<v1::SearchJobsResponse>, Status> {
        let v1::SearchJobsRequest {
            query,
            limit,
            include_closed,
        } = request.into_inner();
        let text = agent_core::text::quote(&query, 500);
        if text.is_empty() {
            return Err(Fault::new(
                Kind::Invalid,
                reason::INVALID_VALUE,
                "nothing to search for",
            )
            .into());
        }
        let embedder = std::sync::Arc::clone(&self.0.embedder);
        let meant = text.clone();
        let vector = self
            .0
            .compute(move || embedder.embed(&[&meant]))
            .await?
            .map_err(of)?
            .into_iter()
            .next();
        let search = SearchQuery {
            text,
            vector: vector.map(|numbers| QueryVector::new(self.0.space(), numbers)),
            limit: page_size(limit),
            include_closed,
        };
        let hits = self
            .0
            .store
            .read(move |reader| reader.search(&search))
            .await
            .map_err(of)?;
        let hits = hits.into_iter().map(convert::hit).collect();
        Ok(Response::new(v1::SearchJobsResponse { hits }))
    }

    async fn explain(
        &self,
        request: Request<v1::ExplainJobRequest>,
    ) -> Result<Response<v1::Explanation>, Status> {
        let id = self.find(&request.into_inner().id).await?;
        let kept = self.kept(id).await?;
        let (judged, place) = self
            .0
            .store
            .read(move |reader| Ok((reader.match_of(id)?, reader.rank_position(id)?)))
            .await
            .map_err(of)?;
        let missing = profile::missing_skills(&self.0, &kept.skills).await?;
        let mut explanation = convert::explanation(kept, judged, place);
        explanation.vectors = self.0.embedder.space().name.clone();
        explanation.skills_missing = missing;
        Ok(Response::new(explanation))
    }
}
