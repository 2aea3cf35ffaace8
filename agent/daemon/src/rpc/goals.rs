//! `agent.v1.Goals`

use std::pin::Pin;

use agent_api::v1::{self, goals_server::Goals};
use agent_core::ids::GoalId;
use agent_store::GoalState;
use futures::Stream;
use tonic::{Request, Response, Status};

use super::convert;
use crate::{
    fault::Fault,
    goals::{self, Asked, Run, View},
    handle::Handle,
    scheduler,
};

pub(super) struct Service(pub(super) Handle);

type Changes = Pin<Box<dyn Stream<Item = Result<v1::Goal, Status>> + Send>>;

impl Service {
    async fn told(&self, view: View) -> Result<v1::Goal, Fault> {
        told(&self.0, view).await
    }
}

async fn told(handle: &Handle, view: View) -> Result<v1::Goal, Fault> {
    let next = match view.goal.state {
        GoalState::Standing => scheduler::rhythm(handle).await?.next,
        GoalState::Working
        | GoalState::Waiting
        | GoalState::Done
        | GoalState::Dead
        | GoalState::Cancelled => None,
    };
    Ok(convert::goal(view, next))
}

/// Whether nothing will change by itself.
fn is_at_rest(state: GoalState) -> bool {
    match state {
        GoalState::Working => false,
        GoalState::Waiting
        | GoalState::Standing
        | GoalState::Done
        | GoalState::Dead
        | GoalState::Cancelled => true,
    }
}

/// The goal whenever it changed, the last time when it is at rest.
fn changes(handle: Handle, id: GoalId) -> Changes {
    struct Watch {
        handle: Handle,
        id: GoalId,
        news: tokio::sync::watch::Receiver<()>,
        last: Option<v1::Goal>,
        over: bool,
    }
    let watch = Watch {
        news: handle.news.subscribe(),
        handle,
        id,
        last: None,
        over: false,
    };
    Box::pin(futures::stream::unfold(watch, |mut watch| async move {
        while !watch.over {
            watch.news.mark_unchanged();
            let now = async {
                let view = goals::view(&watch.handle, watch.id).await?;
                let over = is_at_rest(view.goal.state);
                Ok::<_, Fault>((told(&watch.handle, view).await?, over))
            };
            match now.await {
                Err(fault) => {
                    watch.over = true;
                    return Some((Err(fault.into()), watch));
                }
                Ok((goal, over)) if over || watch.last.as_ref() != Some(&goal) => {
                    watch.over = over;
                    watch.last = Some(goal.clone());
                    return Some((Ok(goal), watch));
                }
                Ok(_) => {}
            }
            tokio::select! {
                () = watch.handle.shutdown.cancelled() => watch.over = true,
                changed = watch.news.changed() => watch.over = changed.is_err(),
            }
        }
        None
    }))
}

#[tonic::async_trait]
impl Goals for Service {
    async fn make(
        &self,
        request: Request<v1::MakeGoalRequest>,
    ) -> Result<Response<v1::Goal>, Status> {
        let asked = request.into_inner();
        let made = goals::make(
            &self.0,
            Asked {
                sentence: asked.sentence,
                run: if asked.dry_run { Run::Never } else { Run::Now },
                standing: asked.standing,
            },
        )
        .await?;
        let mut goal = self.told(made.view).await?;
        goal.notes = made.notes;
        if asked.dry_run {
            goal.id.clear();
            goal.short_id.clear();
        }
        Ok(Response::new(goal))
    }

    type FollowStream = Changes;

    async fn follow(
        &self,
        request: Request<v1::FollowGoalRequest>,
    ) -> Result<Response<Changes>, Status> {
        let id = goals::find(&self.0, &request.into_inner().id).await?;
        Ok(Response::new(changes(self.0.clone(), id)))
    }

    async fn list(
        &self,
        request: Request<v1::ListGoalsRequest>,
    ) -> Result<Response<v1::ListGoalsResponse>, Status> {
        let all = request.into_inner().all;
        let mut list = Vec::new();
        for view in goals::list(&self.0).await? {
            let live = match view.goal.state {
                GoalState::Done | GoalState::Cancelled => false,
                GoalState::Working | GoalState::Waiting | GoalState::Standing | GoalState::Dead => {
                    true
                }
            };
            if all || live {
                list.push(self.told(view).await?);
            }
        }
        Ok(Response::new(v1::ListGoalsResponse { goals: list }))
    }

    async fn show(
        &self,
        request: Request<v1::ShowGoalRequest>,
    ) -> Result<Response<v1::Goal>, Status> {
        let id = goals::find(&self.0, &request.into_inner().id).await?;
        let view = goals::view(&self.0, id).await?;
        Ok(Response::new(self.told(view).await?))
    }

    async fn cancel(
        &self,
        request: Request<v1::CancelGoalRequest>,
    ) -> Result<Response<v1::Goal>, Status> {
        let view = goals::cancel(&self.0, &request.into_inner().id).await?;
        Ok(Response::new(self.told(view).await?))
    }

    async fn retry(
        &self,
        request: Request<v1::RetryGoalRequest>,
    ) -> Result<Response<v1::Goal>, Status> {
        let view = goals::retry(&self.0, &request.into_inner().id).await?;
        Ok(Response::new(self.told(view).await?))
    }

    async fn answer(
        &self,
        request: Request<v1::AnswerGoalRequest>,
    ) -> Result<Response<v1::Goal>, Status> {
        let v1::AnswerGoalRequest { id, answer } = request.into_inner();
        let view = goals::answer(&self.0, &id, &answer).await?;
        Ok(Response::new(self.told(view).await?))
    }
}
