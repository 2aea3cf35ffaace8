//! `agent.v1.Models`

use agent_api::v1::{self, models_server::Models};
use tonic::{Request, Response, Status};

use super::{convert, status::of};
use crate::{clock, handle::Handle, models, tiers};

/// Days of usage unless the client asks for another number, and at most.
const DAYS: u32 = 30;
const MAX_DAYS: u32 = 3660;

pub(super) struct Service(pub(super) Handle);

#[tonic::async_trait]
impl Models for Service {
    async fn list(
        &self,
        _: Request<v1::ListModelsRequest>,
    ) -> Result<Response<v1::ListModelsResponse>, Status> {
        let shown = tiers::shown(&self.0).await?;
        let chat = models::shown(&self.0).await;
        let mut list = convert::models(shown);
        if list.note.is_empty() {
            list.note.clone_from(&chat.note);
        }
        list.chat = Some(convert::chat(chat));
        Ok(Response::new(list))
    }

    async fn usage(
        &self,
        request: Request<v1::ModelUsageRequest>,
    ) -> Result<Response<v1::ModelUsageResponse>, Status> {
        let days = match request.into_inner().days {
            0 => DAYS,
            days => days.min(MAX_DAYS),
        };
        let since = clock::days_ago(days - 1);
        let offset = since.offset().seconds();
        let rows = self
            .0
            .store
            .read(move |reader| reader.model_usage(since.timestamp(), offset))
            .await
            .map_err(of)?;
        Ok(Response::new(v1::ModelUsageResponse {
            rows: rows.into_iter().map(convert::usage).collect(),
        }))
    }

    async fn prompts(
        &self,
        _: Request<v1::PromptsRequest>,
    ) -> Result<Response<v1::PromptsResponse>, Status> {
        let prompts = models::every(&self.0).await?;
        Ok(Response::new(v1::PromptsResponse {
            prompts: prompts.into_iter().map(convert::prompt).collect(),
        }))
    }

    async fn reset_prompt(
        &self,
        request: Request<v1::ResetPromptRequest>,
    ) -> Result<Response<v1::ResetPromptResponse>, Status> {
        let name = request.into_inner().name;
        let kept = models::reset(&self.0, &name).await?;
        Ok(Response::new(v1::ResetPromptResponse {
            kept: kept.unwrap_or_default(),
        }))
    }
}
