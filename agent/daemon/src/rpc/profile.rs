//! `agent.v1.Profile`

use agent_api::v1::{self, profile_server::Profile};
use tonic::{Request, Response, Status};

use super::{convert, status::of};
use crate::{handle::Handle, profile};

pub(super) struct Service(pub(super) Handle);

#[tonic::async_trait]
impl Profile for Service {
    async fn import(
        &self,
        request: Request<v1::ImportRequest>,
    ) -> Result<Response<v1::ImportResponse>, Status> {
        let v1::ImportRequest { file_name, content } = request.into_inner();
        let imported = profile::import(&self.0, &file_name, content).await?;
        Ok(Response::new(convert::imported(imported)))
    }

    async fn show(
        &self,
        _: Request<v1::ShowProfileRequest>,
    ) -> Result<Response<v1::ShowProfileResponse>, Status> {
        let current = self
            .0
            .store
            .read(|reader| reader.profile())
            .await
            .map_err(of)?;
        let current = current.ok_or_else(profile::missing)?;
        let profile_json = serde_json::to_string(&current.profile)
            .map_err(|error| Status::internal(error.to_string()))?;
        Ok(Response::new(v1::ShowProfileResponse {
            profile_json,
            revision: current.revision,
            imported: Some(convert::time(current.imported_at)),
        }))
    }

    async fn get_preferences(
        &self,
        _: Request<v1::GetPreferencesRequest>,
    ) -> Result<Response<v1::Preferences>, Status> {
        let prefs = profile::preferences(&self.0).await?;
        Ok(Response::new(convert::preferences(&prefs)))
    }

    async fn set_preferences(
        &self,
        request: Request<v1::SetPreferencesRequest>,
    ) -> Result<Response<v1::Preferences>, Status> {
        let changes = request
            .into_inner()
            .changes
            .into_iter()
            .map(|change| (change.key, change.values))
            .collect();
        let prefs = profile::change(&self.0, changes).await?;
        Ok(Response::new(convert::preferences(&prefs)))
    }
}
