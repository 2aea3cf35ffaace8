//! `agent.v1.Keys`

use agent_api::v1::{self, keys_server::Keys};
use tonic::{Request, Response, Status};

use crate::{
    applications::{
        keys::{self, TrustError},
        upkeep,
    },
    handle::Handle,
};

pub(super) struct Service(pub(super) Handle);

#[tonic::async_trait]
impl Keys for Service {
    async fn status(
        &self,
        _: Request<v1::KeyStatusRequest>,
    ) -> Result<Response<v1::KeyStatusResponse>, Status> {
        let answer = match keys::trusted(&self.0.home) {
            Ok(trusted) => v1::KeyStatusResponse {
                pinned: true,
                key_id: trusted.current().id().to_string(),
                rotations: u32::try_from(trusted.keys().count().saturating_sub(1))
                    .unwrap_or(u32::MAX),
                returned: upkeep::return_rotated(&self.0).await?,
                fault: String::new(),
            },
            Err(TrustError::None) => v1::KeyStatusResponse::default(),
            Err(error) => v1::KeyStatusResponse {
                fault: error.to_string(),
                ..v1::KeyStatusResponse::default()
            },
        };
        Ok(Response::new(answer))
    }
}
