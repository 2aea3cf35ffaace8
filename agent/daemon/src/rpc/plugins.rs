//! `agent.v1.Plugins`

use std::path::PathBuf;

use agent_api::v1::{self, plugins_server::Plugins};
use tonic::{Request, Response, Status};

use super::convert;
use crate::{handle::Handle, plugins};

pub(super) struct Service(pub(super) Handle);

#[tonic::async_trait]
impl Plugins for Service {
    async fn list(
        &self,
        _: Request<v1::ListPluginsRequest>,
    ) -> Result<Response<v1::ListPluginsResponse>, Status> {
        let listed = plugins::list(&self.0).await?;
        Ok(Response::new(v1::ListPluginsResponse {
            plugins: listed.into_iter().map(convert::plugin).collect(),
        }))
    }

    async fn check(
        &self,
        request: Request<v1::CheckPluginRequest>,
    ) -> Result<Response<v1::Plugin>, Status> {
        let path = PathBuf::from(request.into_inner().path);
        let checked = plugins::check(&self.0, &path).await?;
        Ok(Response::new(convert::checked_plugin(checked)))
    }

    async fn install(
        &self,
        request: Request<v1::InstallPluginRequest>,
    ) -> Result<Response<v1::Plugin>, Status> {
        let v1::InstallPluginRequest {
            path,
            sha256,
            hosts,
            form_hosts,
            accepted_terms,
        } = request.into_inner();
        let granted = plugins::Granted {
            hosts,
            form_hosts,
            terms: accepted_terms,
        };
        let checked = plugins::install(&self.0, &PathBuf::from(path), &sha256, &granted).await?;
        Ok(Response::new(convert::checked_plugin(checked)))
    }
}
