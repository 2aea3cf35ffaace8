//! `agent.v1.Notices`

use agent_api::v1::{self, notices_server::Notices};
use tonic::{Request, Response, Status};

use super::convert;
use crate::{handle::Handle, notify};

/// Notices that are listed when no number is named.
const LISTED: u32 = 30;

/// The most that are listed.
const MOST: u32 = 500;

pub(super) struct Service(pub(super) Handle);

#[tonic::async_trait]
impl Notices for Service {
    async fn list(
        &self,
        request: Request<v1::ListNoticesRequest>,
    ) -> Result<Response<v1::ListNoticesResponse>, Status> {
        let limit = match request.into_inner().limit {
            0 => LISTED,
            limit => limit.min(MOST),
        };
        let shown = notify::shown(&self.0, limit).await?;
        Ok(Response::new(convert::notices(shown)))
    }

    async fn test(
        &self,
        request: Request<v1::TestNoticeRequest>,
    ) -> Result<Response<v1::TestNoticeResponse>, Status> {
        let tested = notify::test(&self.0, &request.into_inner().channel).await?;
        Ok(Response::new(v1::TestNoticeResponse {
            channels: tested
                .into_iter()
                .map(|(name, problem)| v1::TestedChannel {
                    name: name.to_owned(),
                    problem,
                })
                .collect(),
        }))
    }
}
