//! `agent.v1.Applications`

use std::pin::Pin;

use agent_api::{
    reason,
    v1::{self, applications_server::Applications},
};
use agent_core::{application::Settlement, ids::ApplicationId, profile::CvName};
use agent_store::{ApplicationFilter, ApplicationKey, stages};
use futures::{Stream, StreamExt as _};
use tokio::sync::broadcast;
use tokio_stream::wrappers::{BroadcastStream, errors::BroadcastStreamRecvError};
use tonic::{Request, Response, Status};

use super::{convert, status::of};
use crate::{
    applications::{self, Doing, sheet, tracker},
    events,
    fault::{Fault, Kind, shown},
    handle::Handle,
};

/// Rows a page has unless the client asks for another number, and at most.
const PAGE: u32 = 50;
const MAX_PAGE: u32 = 500;

pub(super) struct Service(pub(super) Handle);

/// Steps of the work on an application, the last one saying how it stands.
pub(super) type Steps = Pin<Box<dyn Stream<Item = Result<v1::ApplicationProgress, Status>> + Send>>;

/// Streams the work until it waits for the person or is over.
pub(super) fn steps(
    handle: Handle,
    id: ApplicationId,
    work: Option<broadcast::Receiver<Doing>>,
) -> Steps {
    let doing = futures::stream::iter(work)
        .flat_map(BroadcastStream::new)
        // A listener that fell behind missed steps, never the last one.
        .filter_map(async |step| step.map_err(|BroadcastStreamRecvError::Lagged(_)| ()).ok())
        .take_while(|step| futures::future::ready(!matches!(step, Doing::Ended)))
        .map(|step| match step {
            Doing::Now(doing) => Ok(v1::ApplicationProgress { doing, done: None }),
            Doing::Failed(fault) => Err(Status::from(fault)),
            Doing::Ended => Ok(v1::ApplicationProgress::default()),
        });
    let end = futures::stream::once(async move {
        let row = row(&handle, id).await?;
        Ok(v1::ApplicationProgress {
            doing: String::new(),
            done: Some(row),
        })
    });
    // After a fault nothing more is said.
    let mut failed = false;
    let all = doing.chain(end).take_while(move |step| {
        let go_on = !failed;
        failed = step.is_err();
        futures::future::ready(go_on)
    });
    Box::pin(all)
}

/// One application as a list shows it.
pub(super) async fn row(handle: &Handle, id: ApplicationId) -> Result<v1::ApplicationRow, Status> {
    let (application, receipts, history, cv) = handle
        .store
        .read(move |reader| {
            Ok((
                reader.application(id)?,
                reader.receipts_of(id)?,
                reader.application_history(id)?,
                reader.application_cv(id)?,
            ))
        })
        .await
        .map_err(of)?;
    let application = application.ok_or_else(|| applications::unknown(&id.to_string()))?;
    let last = receipts.into_iter().next_back();
    let reference = last.and_then(|receipt| receipt.content.reference);
    let fault = history
        .into_iter()
        .next_back()
        .filter(|last| last.event.kind == events::APPLICATION_FAULT)
        .map(|last| last.event.text);
    let mut row = convert::application_row(&application, reference, fault);
    row.cv = applications::cv::told(cv);
    Ok(row)
}

#[tonic::async_trait]
impl Applications for Service {
    type PrepareStream = Steps;

    async fn prepare(
        &self,
        request: Request<v1::PrepareRequest>,
    ) -> Result<Response<Steps>, Status> {
        let v1::PrepareRequest { id, cv } = request.into_inner();
        let cv = match cv.as_str() {
            "" => None,
            name => Some(CvName::of(name).map_err(Fault::from)?),
        };
        let (id, work) = applications::prepare(&self.0, &id, cv).await?;
        Ok(Response::new(steps(self.0.clone(), id, Some(work))))
    }

    type FollowStream = Steps;

    async fn follow(&self, request: Request<v1::FollowRequest>) -> Result<Response<Steps>, Status> {
        let found = applications::find(&self.0, &request.into_inner().id).await?;
        let work = applications::watch(&self.0, found.id);
        Ok(Response::new(steps(self.0.clone(), found.id, Some(work))))
    }

    async fn by_hand(
        &self,
        request: Request<v1::ByHandRequest>,
    ) -> Result<Response<v1::AnswerSheet>, Status> {
        let sheet = sheet::by_hand(&self.0, &request.into_inner().id).await?;
        Ok(Response::new(convert::answer_sheet(sheet)))
    }

    async fn list(
        &self,
        request: Request<v1::ListApplicationsRequest>,
    ) -> Result<Response<v1::ListApplicationsResponse>, Status> {
        let asked = request.into_inner();
        let filter = ApplicationFilter {
            stages: named_stages(&asked)?,
            limit: match asked.page_size {
                0 => PAGE,
                size => size.min(MAX_PAGE),
            },
            after: page_key(&asked.page_token)?,
        };
        let list = self
            .0
            .store
            .read(move |reader| reader.applications(&filter))
            .await
            .map_err(of)?;
        let mut rows = Vec::new();
        for application in &list.rows {
            rows.push(row(&self.0, application.id).await?);
        }
        Ok(Response::new(v1::ListApplicationsResponse {
            applications: rows,
            next_page_token: list.next.map(|key| key.to_string()).unwrap_or_default(),
            total: list.total,
        }))
    }

    async fn show(
        &self,
        request: Request<v1::ShowApplicationRequest>,
    ) -> Result<Response<v1::ApplicationDetail>, Status> {
        let application = applications::find(&self.0, &request.into_inner().id).await?;
        let id = application.id;
        let (history, receipts, manifests) = self
            .0
            .store
            .read(move |reader| {
                let manifests = reader.manifests_of(id)?;
                let last = match manifests.last() {
                    Some(digest) => reader.manifest(*digest)?,
                    None => None,
                };
                Ok((
                    reader.application_history(id)?,
                    reader.receipts_of(id)?,
                    last,
                ))
            })
            .await
            .map_err(of)?;
        Ok(Response::new(v1::ApplicationDetail {
            row: Some(row(&self.0, id).await?),
            doubt: convert::doubt(&application, &history),
            messages: convert::messages(&application),
            history: history.into_iter().map(convert::history).collect(),
            receipts: receipts.into_iter().map(convert::receipt).collect(),
            manifest: manifests.map(|manifest| manifest.bytes).unwrap_or_default(),
        }))
    }

    async fn discard(
        &self,
        request: Request<v1::DiscardRequest>,
    ) -> Result<Response<v1::ApplicationRow>, Status> {
        let v1::DiscardRequest { id, reason } = request.into_inner();
        let discarded = tracker::discard(&self.0, &id, &reason).await?;
        Ok(Response::new(row(&self.0, discarded.id).await?))
    }

    async fn settle(
        &self,
        request: Request<v1::SettleRequest>,
    ) -> Result<Response<v1::ApplicationRow>, Status> {
        let v1::SettleRequest { id, sent } = request.into_inner();
        let found = if sent {
            Settlement::Sent
        } else {
            Settlement::NotSent
        };
        let settled = tracker::settle(&self.0, &id, found).await?;
        Ok(Response::new(row(&self.0, settled.id).await?))
    }

    async fn add(
        &self,
        request: Request<v1::AddApplicationRequest>,
    ) -> Result<Response<v1::ApplicationRow>, Status> {
        let v1::AddApplicationRequest {
            job_or_url,
            sent_on,
            employer,
            title,
        } = request.into_inner();
        let sent = tracker::ByHand {
            job_or_url,
            sent_on,
            employer,
            title,
        };
        let added = tracker::add(&self.0, sent).await?;
        Ok(Response::new(row(&self.0, added.id).await?))
    }

    async fn proofs(
        &self,
        request: Request<v1::ProofsRequest>,
    ) -> Result<Response<v1::ProofsResponse>, Status> {
        let proofs = tracker::proofs(&self.0, &request.into_inner().id).await?;
        let mut answer = Vec::new();
        for (application, proof) in proofs {
            let row = row(&self.0, application.id).await?;
            answer.push(convert::proof(&self.0, row, proof)?);
        }
        Ok(Response::new(v1::ProofsResponse { proofs: answer }))
    }
}

fn named_stages(asked: &v1::ListApplicationsRequest) -> Result<Vec<&'static str>, Fault> {
    if asked.all {
        return Ok(Vec::new());
    }
    if asked.stages.is_empty() {
        let over = [
            "accepted",
            "declined",
            "rejected",
            "withdrawn",
            "closed",
            "discarded",
        ];
        let alive = stages::ALL.iter().filter(|stage| !over.contains(*stage));
        return Ok(alive.copied().collect());
    }
    asked
        .stages
        .iter()
        .map(|name| {
            stages::named(name).ok_or_else(|| {
                let message = format!("there is no stage {}", shown(name, 40));
                Fault::new(Kind::Invalid, reason::INVALID_VALUE, message)
                    .hint(format!("the stages are: {}", stages::ALL.join(", ")))
            })
        })
        .collect()
}

fn page_key(token: &str) -> Result<Option<ApplicationKey>, Fault> {
    if token.is_empty() {
        return Ok(None);
    }
    token.parse().map(Some).map_err(|_| {
        Fault::new(
            Kind::Invalid,
            reason::INVALID_PAGE_TOKEN,
            "this page token was not given by this daemon",
        )
        .hint("start again without one")
    })
}
