//! `agent.v1.Jobs`

use std::cmp::Reverse;

use agent_api::{
    reason,
    v1::{self, jobs_server::Jobs},
};
use agent_core::{
    filter::Filter,
    ids::{JobId, SourceId},
};
use agent_store::{About, Found, JobFilter, Mark, Narrow, PageKey, SearchOptions};
use tonic::{Request, Response, Status};

use super::{
    convert::{self, Kept},
    reading,
    status::of,
};
use crate::{
    by_hand, clusters,
    fault::{Fault, Kind, shown},
    feedback,
    handle::Handle,
    pipeline, profile, search, sources,
};

/// Rows a page has unless the client asks for another number, and at most.
const PAGE: u32 = 20;
const MAX_PAGE: u32 = 500;

/// Jobs like a job that are named unless the client asks for another number, and at most.
const SIMILAR: u32 = 10;
const MAX_SIMILAR: u32 = 100;

/// Questions to models that an explanation names.
const CALLS: u32 = 20;

/// Liked and hidden jobs that an explanation names, of each.
const NEAREST: usize = 3;

pub(super) struct Service(pub(super) Handle);

impl Service {
    async fn find(&self, given: &str) -> Result<JobId, Fault> {
        find_job(&self.0, given).await
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

/// Finds a job by id or unique prefix.
pub(super) async fn find_job(handle: &Handle, given: &str) -> Result<JobId, Fault> {
    let prefix = given.trim().to_lowercase();
    let found = handle
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

/// A filter in plain words; nothing of none.
fn words(narrow: Option<&Narrow>) -> String {
    narrow
        .map(|narrow| narrow.filter.to_string())
        .unwrap_or_default()
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
        let narrow = search::narrow(&asked.r#where)?;
        let asks =
            |asks: fn(&Filter) -> bool| narrow.as_ref().is_some_and(|narrow| asks(&narrow.filter));
        let filter = JobFilter {
            source: self.source(&asked.source).await?,
            include_failed: asked.include_failed || asks(Filter::asks_for_failed),
            include_closed: asked.include_closed || asks(Filter::asks_for_closed),
            include_hidden: asked.include_hidden || asks(Filter::asks_for_hidden),
            limit: page_size(asked.page_size),
            after,
            narrow,
        };
        let narrowed = words(filter.narrow.as_ref());
        let (page, hidden) = self
            .0
            .store
            .read(move |reader| {
                let hidden = if filter.include_hidden {
                    0
                } else {
                    reader.hidden_count()?
                };
                Ok((reader.list_jobs(&filter)?, hidden))
            })
            .await
            .map_err(of)?;
        Ok(Response::new(v1::ListJobsResponse {
            next_page_token: page.next.map(|key| key.to_string()).unwrap_or_default(),
            total: page.total,
            folded: page.folded,
            narrowed,
            hidden,
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
        let asked = request.into_inner();
        let narrow = search::narrow(&asked.r#where)?;
        let narrowed = words(narrow.as_ref());
        let options = SearchOptions {
            closed: asked.include_closed,
            hidden: asked.include_hidden,
        };
        let limit = page_size(asked.limit);
        let found = search::search(&self.0, &asked.query, narrow, options, limit).await?;
        Ok(Response::new(v1::SearchJobsResponse {
            hits: found.hits.into_iter().map(convert::hit).collect(),
            narrowed,
            note: found.note,
        }))
    }

    async fn similar(
        &self,
        request: Request<v1::SimilarJobsRequest>,
    ) -> Result<Response<v1::SimilarJobsResponse>, Status> {
        let v1::SimilarJobsRequest { id, limit } = request.into_inner();
        let id = self.find(&id).await?;
        let (space, below) = (self.0.space(), self.0.tiers.built_in().clone());
        let limit = match limit {
            0 => SIMILAR,
            limit => limit.min(MAX_SIMILAR),
        };
        let (row, similar) = self
            .0
            .store
            .read(move |reader| {
                // A new posting has its built-in vectors first.
                let space = match reader.has_vector(&space, id)? {
                    true => space,
                    false => below,
                };
                Ok((reader.job_row(id)?, reader.similar_jobs(id, &space, limit)?))
            })
            .await
            .map_err(of)?;
        Ok(Response::new(v1::SimilarJobsResponse {
            job: row.map(convert::job_row),
            similar: similar.into_iter().map(convert::similar).collect(),
        }))
    }

    async fn explain(
        &self,
        request: Request<v1::ExplainJobRequest>,
    ) -> Result<Response<v1::Explanation>, Status> {
        let id = self.find(&request.into_inner().id).await?;
        let judged = pipeline::explained(&self.0, id).await?;
        let kept = self.kept(id).await?;
        let place = self
            .0
            .store
            .read(move |reader| reader.rank_position(id))
            .await
            .map_err(of)?;
        let missing = profile::missing_skills(&self.0, &kept.skills).await?;
        let mut explanation = convert::explanation(kept, judged, place);
        explanation.vectors = self.0.space().name;
        explanation.skills_missing = missing;
        let space = self.0.space();
        let (liked, hidden) = self
            .0
            .store
            .read(move |reader| {
                let near = |mark| reader.nearest_marked(id, &space, mark, NEAREST);
                Ok((near(Mark::Like)?, near(Mark::Hide)?))
            })
            .await
            .map_err(of)?;
        let about = About {
            kind: "job".to_owned(),
            id: id.to_string(),
        };
        let (analysis, calls) = self
            .0
            .store
            .read(move |reader| {
                let mut calls = reader.model_calls_about(&about, CALLS)?;
                if let Some(application) = reader.application_of_job(id)? {
                    let about = About {
                        kind: "application".to_owned(),
                        id: application.id.to_string(),
                    };
                    calls.extend(reader.model_calls_about(&about, CALLS)?);
                    calls.sort_by_key(|call| Reverse(call.id));
                    calls.truncate(CALLS as usize);
                }
                Ok((reader.job_analysis(id)?, calls))
            })
            .await
            .map_err(of)?;
        explanation.reading = analysis.map(convert::reading);
        explanation.model_calls = calls.into_iter().map(convert::model_call).collect();
        explanation.nearest_liked = liked.into_iter().map(convert::near_job).collect();
        explanation.nearest_hidden = hidden.into_iter().map(convert::near_job).collect();
        if let Some((points, reasons)) = feedback::of_job(&self.0, id).await? {
            explanation
                .parts
                .push(convert::feedback_part(points, reasons));
        }
        Ok(Response::new(explanation))
    }

    type ReadStream = reading::Steps;

    async fn read(
        &self,
        request: Request<v1::ReadJobRequest>,
    ) -> Result<Response<reading::Steps>, Status> {
        let id = self.find(&request.into_inner().id).await?;
        Ok(Response::new(reading::steps(&self.0, id)))
    }
}
