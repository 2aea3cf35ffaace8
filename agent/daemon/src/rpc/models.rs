//! `agent.v1.Models`

use agent_api::v1::{self, models_server::Models};
use tonic::{Request, Response, Status};

use super::convert;
use crate::{handle::Handle, tiers};

pub(super) struct Service(pub(super) Handle);

#[tonic::async_trait]
impl Models for Service {
    async fn list(
        &self,
        _: Request<v1::ListModelsRequest>,
    ) -> Result<Response<v1::ListModelsResponse>, Status> {
        let shown = tiers::shown(&self.0).await?;
        Ok(Response::new(convert::models(shown)))
    }
}
