//! `agent.v1.Reviews`

use agent_api::v1::{self, reviews_server::Reviews};
use tonic::{Request, Response, Status};

use super::{
    applications::{Steps, row, steps},
    convert,
};
use crate::{applications::review, handle::Handle};

pub(super) struct Service(pub(super) Handle);

#[tonic::async_trait]
impl Reviews for Service {
    async fn queue(
        &self,
        request: Request<v1::QueueRequest>,
    ) -> Result<Response<v1::QueueResponse>, Status> {
        let waiting = review::queue(&self.0, &request.into_inner().id).await?;
        let mut reviews = Vec::new();
        for waiting in waiting {
            let row = row(&self.0, waiting.application.id).await?;
            reviews.push(convert::review(row, waiting));
        }
        Ok(Response::new(v1::QueueResponse { reviews }))
    }

    async fn approve(
        &self,
        request: Request<v1::ApproveRequest>,
    ) -> Result<Response<v1::ApplicationRow>, Status> {
        let v1::ApproveRequest {
            id,
            approval,
            signature,
        } = request.into_inner();
        let approved = review::approve(&self.0, &id, approval, &signature).await?;
        Ok(Response::new(row(&self.0, approved.id).await?))
    }

    type EditStream = Steps;

    async fn edit(&self, request: Request<v1::EditRequest>) -> Result<Response<Steps>, Status> {
        let v1::EditRequest { id, edits } = request.into_inner();
        let edits = edits
            .into_iter()
            .map(|edit| review::Edit {
                field: edit.field as usize,
                values: edit.values,
                keep: edit.keep,
            })
            .collect();
        let (id, work) = review::edit(&self.0, &id, edits).await?;
        Ok(Response::new(steps(self.0.clone(), id, Some(work))))
    }
}
