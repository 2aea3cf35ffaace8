//! `agent.v1.Schedules`

use agent_api::v1::{self, schedules_server::Schedules};
use tonic::{Request, Response, Status};

use super::{convert, status::of};
use crate::{
    fault::{Fault, Kind},
    handle::Handle,
    schedule::Schedule,
    scheduler,
};

pub(super) struct Service(pub(super) Handle);

impl Service {
    async fn current(&self) -> Result<Response<v1::Schedule>, Status> {
        let rhythm = scheduler::rhythm(&self.0).await?;
        Ok(Response::new(v1::Schedule {
            sync: rhythm.schedule.to_string(),
            last_run: rhythm.last.map(convert::time),
            next_run: rhythm.next.map(convert::time),
        }))
    }
}

#[tonic::async_trait]
impl Schedules for Service {
    async fn get(
        &self,
        _: Request<v1::GetScheduleRequest>,
    ) -> Result<Response<v1::Schedule>, Status> {
        self.current().await
    }

    async fn set(
        &self,
        request: Request<v1::SetScheduleRequest>,
    ) -> Result<Response<v1::Schedule>, Status> {
        let schedule: Schedule = request.into_inner().sync.parse().map_err(
            |error: crate::schedule::ScheduleError| {
                Fault::new(
                    Kind::Invalid,
                    agent_api::reason::INVALID_VALUE,
                    error.to_string(),
                )
            },
        )?;
        let text = schedule.to_string();
        self.0
            .write(move |tx| tx.set_schedule(&text))
            .await
            .map_err(of)?;
        self.0.rescheduled.send_replace(());
        self.current().await
    }
}
