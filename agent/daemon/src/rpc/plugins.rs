//! `agent.v1.Plugins`

use std::{path::PathBuf, pin::Pin};

use agent_api::v1::{self, plugins_server::Plugins};
use futures::Stream;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Request, Response, Status};

use super::convert;
use crate::{
    handle::Handle,
    plugins::{self, Granted, Recorded, RecordedPages},
};

/// Bytes of a recording sent in one message.
const PIECE: usize = 1 << 20;
/// Steps that wait for a slow client.
const STEPS: usize = 16;
/// Pages recorded unless another number is given: enough to show how a board goes on.
const FEW: u32 = 3;

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
        let (path, sha256, granted) = granted(request.into_inner());
        let checked = plugins::install(&self.0, &path, &sha256, &granted).await?;
        Ok(Response::new(convert::checked_plugin(checked)))
    }

    async fn remove(
        &self,
        request: Request<v1::RemovePluginRequest>,
    ) -> Result<Response<v1::RemovedPlugin>, Status> {
        let (row, boards) = plugins::remove(&self.0, &request.into_inner().id).await?;
        Ok(Response::new(v1::RemovedPlugin {
            id: row.id,
            version: row.version,
            boards: boards
                .into_iter()
                .map(|board| format!("{}  {}", board.company, board.url))
                .collect(),
        }))
    }

    type RecordStream = Pin<Box<dyn Stream<Item = Result<v1::RecordProgress, Status>> + Send>>;

    async fn record(
        &self,
        request: Request<v1::RecordRequest>,
    ) -> Result<Response<Self::RecordStream>, Status> {
        let v1::RecordRequest {
            component,
            board,
            pages,
            details,
        } = request.into_inner();
        let wanted = RecordedPages {
            board,
            pages: if pages == 0 { FEW } else { pages },
            details,
        };
        let (sender, answers) = mpsc::channel(STEPS);
        let (steps, mut taken) = mpsc::channel(STEPS);
        let handle = self.0.clone();
        tokio::spawn(async move {
            let recording = async {
                let (path, sha256, granted) = granted(component.unwrap_or_default());
                plugins::record(&handle, (&path, &sha256), granted, wanted, steps).await
            };
            let sending = async {
                while let Some(step) = taken.recv().await {
                    for message in messages(step) {
                        if sender.send(Ok(message)).await.is_err() {
                            return;
                        }
                    }
                }
            };
            let (recorded, ()) = tokio::join!(recording, sending);
            if let Err(fault) = recorded {
                // The client may be gone.
                let _ = sender.send(Err(fault.into())).await;
            }
        });
        Ok(Response::new(Box::pin(ReceiverStream::new(answers))))
    }
}

/// The component that is meant, and what it was granted.
fn granted(request: v1::InstallPluginRequest) -> (PathBuf, String, Granted) {
    let v1::InstallPluginRequest {
        path,
        sha256,
        hosts,
        form_hosts,
        accepted_terms,
        reach,
    } = request;
    let granted = Granted {
        hosts,
        form_hosts,
        reach,
        terms: accepted_terms,
    };
    (PathBuf::from(path), sha256, granted)
}

/// A step as messages: a recording is sent in pieces.
fn messages(step: Recorded) -> Vec<v1::RecordProgress> {
    match step {
        Recorded::Step {
            pages,
            postings,
            details,
        } => vec![v1::RecordProgress {
            pages,
            postings,
            details,
            ..v1::RecordProgress::default()
        }],
        Recorded::Done { har, more, stopped } => {
            // Text and numbers alone: they can always be written.
            let bytes = serde_json::to_vec_pretty(&har).unwrap_or_default();
            let pieces = bytes.chunks(PIECE).map(|piece| v1::RecordProgress {
                har: piece.to_vec(),
                more,
                stopped: stopped.clone(),
                ..v1::RecordProgress::default()
            });
            pieces.collect()
        }
    }
}
