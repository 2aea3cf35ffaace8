//! `agent.v1.Searches`

use agent_api::v1::{self, searches_server::Searches};
use agent_store::{NewSearch, SearchOptions};
use tonic::{Request, Response, Status};

use super::convert;
use crate::{handle::Handle, search};

/// Hits a run answers with unless the client asks for another number, and at most.
const HITS: u32 = 20;
const MAX_HITS: u32 = 500;

pub(super) struct Service(pub(super) Handle);

#[tonic::async_trait]
impl Searches for Service {
    async fn save(
        &self,
        request: Request<v1::SaveSearchRequest>,
    ) -> Result<Response<v1::SavedSearch>, Status> {
        let asked = request.into_inner();
        let new = NewSearch {
            name: asked.name,
            query: asked.query,
            narrow: asked.r#where,
            options: SearchOptions {
                closed: asked.include_closed,
                hidden: asked.include_hidden,
            },
        };
        let found = search::save(&self.0, new).await?;
        Ok(Response::new(convert::saved_search(&found)))
    }

    async fn list(
        &self,
        _: Request<v1::ListSearchesRequest>,
    ) -> Result<Response<v1::ListSearchesResponse>, Status> {
        let found = search::list(&self.0).await?;
        Ok(Response::new(v1::ListSearchesResponse {
            searches: found.iter().map(convert::saved_search).collect(),
        }))
    }

    async fn run(
        &self,
        request: Request<v1::RunSearchRequest>,
    ) -> Result<Response<v1::RunSearchResponse>, Status> {
        let v1::RunSearchRequest { name, limit } = request.into_inner();
        let found = search::run(&self.0, &name).await?;
        let limit = match limit {
            0 => HITS,
            limit => limit.min(MAX_HITS),
        };
        Ok(Response::new(v1::RunSearchResponse {
            search: Some(convert::saved_search(&found)),
            new_shown: u32::try_from(found.new).unwrap_or(u32::MAX).min(limit),
            hits: found
                .hits
                .into_iter()
                .take(limit as usize)
                .map(convert::hit)
                .collect(),
        }))
    }

    async fn remove(
        &self,
        request: Request<v1::RemoveSearchRequest>,
    ) -> Result<Response<v1::RemoveSearchResponse>, Status> {
        search::remove(&self.0, &request.into_inner().name).await?;
        Ok(Response::new(v1::RemoveSearchResponse {}))
    }
}
