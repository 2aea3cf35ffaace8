//! `agent.v1.Reports`

use agent_api::{
    reason,
    v1::{self, reports_server::Reports},
};
use tonic::{Request, Response, Status};

use super::convert;
use crate::{
    fault::{Fault, Kind, shown},
    handle::Handle,
    reports::{self, Format, Made, Options, Step},
};

/// The level that is stated of a skill that was learned, unless the person says another.
const LEVEL: u8 = 2;

pub(super) struct Service(pub(super) Handle);

impl Service {
    /// A report as a document.
    async fn document(&self, made: Made, format: Format) -> Result<v1::ReportDocument, Status> {
        let (said, kind) = (made.report.sentence(), made.report.kind().name());
        let report = made.report;
        let render = move || reports::document(&report, format);
        let content = self.0.compute(render).await??;
        Ok(v1::ReportDocument {
            id: made.id.0,
            kind: kind.to_owned(),
            made: Some(convert::time(made.made_at)),
            said,
            format: format.name().to_owned(),
            content,
        })
    }
}

#[tonic::async_trait]
impl Reports for Service {
    async fn make(
        &self,
        request: Request<v1::MakeReportRequest>,
    ) -> Result<Response<v1::ReportDocument>, Status> {
        let asked = request.into_inner();
        let (kind, format) = (
            reports::kind_of(&asked.kind)?,
            Format::of_name(&asked.format)?,
        );
        let options = Options {
            line: (asked.score != 0.0).then_some(asked.score),
            narrow: asked.r#where,
            limit: (asked.limit > 0).then_some(asked.limit as usize),
        };
        let made = reports::make(&self.0, kind, options).await?;
        Ok(Response::new(self.document(made, format).await?))
    }

    async fn list(
        &self,
        _: Request<v1::ListReportsRequest>,
    ) -> Result<Response<v1::ListReportsResponse>, Status> {
        let kept = reports::list(&self.0).await?.into_iter();
        Ok(Response::new(v1::ListReportsResponse {
            reports: kept.map(convert::kept_report).collect(),
        }))
    }

    async fn show(
        &self,
        request: Request<v1::ShowReportRequest>,
    ) -> Result<Response<v1::ReportDocument>, Status> {
        let v1::ShowReportRequest { id, format } = request.into_inner();
        let format = Format::of_name(&format)?;
        let found = reports::find(&self.0, id).await?;
        Ok(Response::new(self.document(found, format).await?))
    }

    async fn learn(
        &self,
        request: Request<v1::LearnRequest>,
    ) -> Result<Response<v1::LearnedSkill>, Status> {
        let v1::LearnRequest { skill, step, level } = request.into_inner();
        let step = match step.as_str() {
            "start" => Step::Start,
            "done" => Step::Done {
                // A number too large for a level is refused as one.
                level: match level {
                    0 => LEVEL,
                    level => u8::try_from(level).unwrap_or(u8::MAX),
                },
            },
            "drop" => Step::Drop,
            other => {
                let message = format!("{} is no step of learning", shown(other, 40));
                return Err(Fault::new(Kind::Invalid, reason::INVALID_VALUE, message)
                    .hint("it is one of start, done and drop")
                    .into());
            }
        };
        let (learned, changed) = reports::learn(&self.0, &skill, step).await?;
        Ok(Response::new(convert::learned(learned, changed)))
    }

    async fn list_learning(
        &self,
        _: Request<v1::ListLearningRequest>,
    ) -> Result<Response<v1::ListLearningResponse>, Status> {
        let all = reports::learning(&self.0).await?.into_iter();
        Ok(Response::new(v1::ListLearningResponse {
            skills: all.map(|one| convert::learned(one, false)).collect(),
        }))
    }
}
