//! `agent.v1.Feedback`

use agent_api::{
    reason,
    v1::{self, feedback_server::Feedback},
};
use agent_store::{Mark, Said};
use tonic::{Request, Response, Status};

use super::{convert, jobs::find_job, status::of};
use crate::{
    fault::{Fault, Kind, shown},
    feedback,
    handle::Handle,
};

/// Judged jobs a list has unless the client asks for another number, and at most.
const ROWS: u32 = 50;
const MAX_ROWS: u32 = 1000;

pub(super) struct Service(pub(super) Handle);

#[tonic::async_trait]
impl Feedback for Service {
    async fn say(
        &self,
        request: Request<v1::SayRequest>,
    ) -> Result<Response<v1::SayResponse>, Status> {
        let v1::SayRequest { id, said, reason } = request.into_inner();
        let id = find_job(&self.0, &id).await?;
        let held = self
            .0
            .store
            .read(move |reader| Ok(reader.mark_of(id)?.map(|held| held.mark)))
            .await
            .map_err(of)?;
        let said = match (said.as_str(), held) {
            ("like", _) => Some(Said::Like),
            ("hide", _) => Some(Said::Hide),
            ("unlike", Some(Mark::Like)) | ("unhide", Some(Mark::Hide)) => Some(Said::Undo),
            // There is nothing to take back.
            ("unlike", Some(Mark::Hide) | None) | ("unhide", Some(Mark::Like) | None) => None,
            (other, _) => {
                let message = format!("{} is nothing one says of a job", shown(other, 40));
                return Err(Fault::new(Kind::Invalid, reason::INVALID_VALUE, message).into());
            }
        };
        let taken = match said {
            Some(said) => feedback::say(&self.0, id, said, reason).await?,
            None => feedback::Taken::default(),
        };
        let row = self
            .0
            .store
            .read(move |reader| reader.job_row(id))
            .await
            .map_err(of)?;
        Ok(Response::new(v1::SayResponse {
            job: row.map(convert::job_row),
            changed: taken.changed,
            moved: taken.moved,
            proposed: u32::try_from(taken.proposed).unwrap_or(u32::MAX),
        }))
    }

    async fn list(
        &self,
        request: Request<v1::ListFeedbackRequest>,
    ) -> Result<Response<v1::ListFeedbackResponse>, Status> {
        let limit = match request.into_inner().limit {
            0 => ROWS,
            limit => limit.min(MAX_ROWS),
        };
        let (entries, total) = self
            .0
            .store
            .read(move |reader| Ok((reader.feedback(limit)?, reader.feedback_count()?)))
            .await
            .map_err(of)?;
        Ok(Response::new(v1::ListFeedbackResponse {
            entries: entries.into_iter().map(convert::feedback_entry).collect(),
            total,
        }))
    }

    async fn rules(
        &self,
        _: Request<v1::ListRulesRequest>,
    ) -> Result<Response<v1::ListRulesResponse>, Status> {
        let rules = feedback::rules(&self.0).await?;
        Ok(Response::new(v1::ListRulesResponse {
            rules: rules.into_iter().map(convert::rule).collect(),
        }))
    }

    async fn accept_rule(
        &self,
        request: Request<v1::AcceptRuleRequest>,
    ) -> Result<Response<v1::Rule>, Status> {
        let rule = feedback::accept(&self.0, &request.into_inner().id).await?;
        Ok(Response::new(convert::rule(rule)))
    }

    async fn undo_rule(
        &self,
        request: Request<v1::UndoRuleRequest>,
    ) -> Result<Response<v1::Rule>, Status> {
        let rule = feedback::undo(&self.0, &request.into_inner().id).await?;
        Ok(Response::new(convert::rule(rule)))
    }
}
