//! `agent.v1.Sources`

use std::pin::Pin;

use agent_api::v1::{self, sources_server::Sources};
use futures::{Stream, StreamExt as _};
use tokio_stream::wrappers::{BroadcastStream, errors::BroadcastStreamRecvError};
use tonic::{Request, Response, Status};

use super::{convert, status::of};
use crate::{directory, handle::Handle, pipeline::Progress, source_check, sources};

pub(super) struct Service(pub(super) Handle);

#[tonic::async_trait]
impl Sources for Service {
    async fn add(
        &self,
        request: Request<v1::AddSourceRequest>,
    ) -> Result<Response<v1::Source>, Status> {
        let v1::AddSourceRequest { url, company } = request.into_inner();
        let source = sources::add(&self.0, &url, &company).await?;
        Ok(Response::new(convert::source(source)))
    }

    async fn find(
        &self,
        request: Request<v1::FindBoardsRequest>,
    ) -> Result<Response<v1::FindBoardsResponse>, Status> {
        let asked = request.into_inner();
        let mut found = if asked.learned {
            directory::learned(&self.0).await?
        } else {
            directory::find(&self.0, &asked.name).await?
        };
        if asked.verify {
            directory::verify(&self.0, &mut found).await?;
        }
        Ok(Response::new(v1::FindBoardsResponse {
            boards: found.into_iter().map(convert::found_board).collect(),
            directory: u32::try_from(directory::count()).unwrap_or(u32::MAX),
        }))
    }

    async fn check(
        &self,
        request: Request<v1::CheckSourceRequest>,
    ) -> Result<Response<v1::SourceCheck>, Status> {
        let asked = request.into_inner();
        let checked = if asked.accept {
            source_check::accept(&self.0, &asked.id).await?
        } else {
            source_check::check(&self.0, &asked.id).await?
        };
        Ok(Response::new(convert::source_check(checked)))
    }

    async fn list(
        &self,
        _: Request<v1::ListSourcesRequest>,
    ) -> Result<Response<v1::ListSourcesResponse>, Status> {
        let rows = self
            .0
            .store
            .read(|reader| reader.sources())
            .await
            .map_err(of)?;
        Ok(Response::new(v1::ListSourcesResponse {
            sources: rows.into_iter().map(convert::source).collect(),
        }))
    }

    async fn remove(
        &self,
        request: Request<v1::RemoveSourceRequest>,
    ) -> Result<Response<v1::Source>, Status> {
        let source = sources::remove(&self.0, &request.into_inner().id).await?;
        Ok(Response::new(convert::source(source)))
    }

    type SyncStream = Pin<Box<dyn Stream<Item = Result<v1::SyncProgress, Status>> + Send>>;

    async fn sync(
        &self,
        request: Request<v1::SyncRequest>,
    ) -> Result<Response<Self::SyncStream>, Status> {
        let progress = sources::sync(&self.0, &request.into_inner().sources).await?;
        let mut ended = false;
        let steps = BroadcastStream::new(progress)
            // A listener that fell behind missed steps, never the last one.
            .filter_map(async |step| step.map_err(|BroadcastStreamRecvError::Lagged(_)| ()).ok())
            .take_while(move |step| {
                let go_on = !ended;
                ended = matches!(step, Progress::Done { .. } | Progress::Stopped { .. });
                futures::future::ready(go_on)
            })
            .map(|step| match step {
                Progress::Stopped { fault } => Err(fault.into()),
                step => Ok(convert::progress(step)),
            });
        Ok(Response::new(Box::pin(steps)))
    }
}
