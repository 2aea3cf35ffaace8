//! `agent.v1.Answers`

use agent_api::v1::{self, answers_server::Answers};
use agent_store::AnswerId;
use tonic::{Request, Response, Status};

use super::{
    applications::{Steps, row, steps},
    convert,
    status::of,
};
use crate::{applications::questions, handle::Handle};

/// Most answers that are listed.
const MOST: u32 = 10_000;

pub(super) struct Service(pub(super) Handle);

#[tonic::async_trait]
impl Answers for Service {
    async fn pending(
        &self,
        request: Request<v1::PendingRequest>,
    ) -> Result<Response<v1::PendingResponse>, Status> {
        let (application, asked) = questions::pending(&self.0, &request.into_inner().id).await?;
        Ok(Response::new(v1::PendingResponse {
            row: Some(row(&self.0, application.id).await?),
            questions: asked.into_iter().map(convert::pending).collect(),
        }))
    }

    type GiveStream = Steps;

    async fn give(&self, request: Request<v1::GiveRequest>) -> Result<Response<Steps>, Status> {
        let v1::GiveRequest { id, answers } = request.into_inner();
        let given = answers
            .into_iter()
            .map(|answer| questions::Given {
                number: answer.number,
                values: answer.values,
                keep: answer.keep,
            })
            .collect();
        let (id, work) = questions::give(&self.0, &id, given).await?;
        Ok(Response::new(steps(self.0.clone(), id, work)))
    }

    async fn list(
        &self,
        _: Request<v1::ListAnswersRequest>,
    ) -> Result<Response<v1::ListAnswersResponse>, Status> {
        let answers = self
            .0
            .store
            .read(|reader| reader.answers(None, MOST))
            .await
            .map_err(of)?;
        Ok(Response::new(v1::ListAnswersResponse {
            answers: answers.into_iter().map(convert::answer).collect(),
        }))
    }

    async fn edit(
        &self,
        request: Request<v1::EditAnswerRequest>,
    ) -> Result<Response<v1::Answer>, Status> {
        let v1::EditAnswerRequest { id, values } = request.into_inner();
        let changed = questions::change(&self.0, number(id), &values).await?;
        Ok(Response::new(convert::answer(changed)))
    }

    async fn remove(
        &self,
        request: Request<v1::RemoveAnswerRequest>,
    ) -> Result<Response<v1::RemoveAnswerResponse>, Status> {
        questions::remove(&self.0, number(request.into_inner().id)).await?;
        Ok(Response::new(v1::RemoveAnswerResponse {}))
    }
}

/// A number no row has when it is none of ours.
fn number(id: u64) -> AnswerId {
    AnswerId(i64::try_from(id).unwrap_or(i64::MAX))
}
