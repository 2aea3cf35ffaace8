//! `agent.v1.Data`

use agent_api::v1::{self, data_server::Data};
use tonic::{Request, Response, Status};

use super::{convert, status::of};
use crate::handle::Handle;

/// The most entries of the ledger in one answer: with addresses of 2,048
/// characters they still fit into a message.
const MAX_ENTRIES: u32 = 4_000;

pub(super) struct Service(pub(super) Handle);

#[tonic::async_trait]
impl Data for Service {
    async fn egress(
        &self,
        request: Request<v1::EgressRequest>,
    ) -> Result<Response<v1::EgressResponse>, Status> {
        let v1::EgressRequest { each, limit } = request.into_inner();
        let limit = if limit == 0 {
            100
        } else {
            limit.min(MAX_ENTRIES)
        };
        let store = &self.0.store;
        let answer = if each {
            let entries = store
                .read(move |reader| reader.egress_latest(limit))
                .await
                .map_err(of)?;
            v1::EgressResponse {
                entries: entries.into_iter().map(convert::egress_entry).collect(),
                totals: vec![],
            }
        } else {
            let totals = store
                .read(|reader| reader.egress_totals())
                .await
                .map_err(of)?;
            v1::EgressResponse {
                totals: totals.into_iter().map(convert::egress_total).collect(),
                entries: vec![],
            }
        };
        Ok(Response::new(answer))
    }

    async fn config(
        &self,
        _: Request<v1::ConfigRequest>,
    ) -> Result<Response<v1::ConfigResponse>, Status> {
        let values = self.0.settings.iter().map(|setting| v1::ConfigValue {
            key: setting.key.to_owned(),
            value: setting.value.clone(),
            origin: if setting.from_file { "file" } else { "default" }.to_owned(),
        });
        Ok(Response::new(v1::ConfigResponse {
            values: values.collect(),
        }))
    }
}
