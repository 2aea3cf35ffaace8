//! `agent.v1.Documents`

use agent_api::{
    reason,
    v1::{self, documents_server::Documents},
};
use agent_core::form::Tone;
use tonic::{Request, Response, Status};

use super::{convert, status::of};
use crate::{
    fault::{Fault, Kind, shown},
    handle::Handle,
    letters::{self, To, Wanted, Writer},
};

pub(super) struct Service(pub(super) Handle);

#[tonic::async_trait]
impl Documents for Service {
    async fn make(
        &self,
        request: Request<v1::MakeDocumentRequest>,
    ) -> Result<Response<v1::Document>, Status> {
        let wanted = wanted(request.into_inner())?;
        let letter = letters::make(&self.0, wanted).await?;
        Ok(Response::new(convert::document(
            &letter,
            convert::Part::Whole,
        )))
    }

    async fn list(
        &self,
        _: Request<v1::ListDocumentsRequest>,
    ) -> Result<Response<v1::ListDocumentsResponse>, Status> {
        let letters = self
            .0
            .store
            .read(|reader| reader.letters())
            .await
            .map_err(of)?;
        let row = |letter| convert::document(letter, convert::Part::Row);
        Ok(Response::new(v1::ListDocumentsResponse {
            documents: letters.iter().map(row).collect(),
        }))
    }

    async fn get(
        &self,
        request: Request<v1::GetDocumentRequest>,
    ) -> Result<Response<v1::Document>, Status> {
        let letter = letters::find(&self.0, &request.into_inner().id).await?;
        Ok(Response::new(convert::document(
            &letter,
            convert::Part::Whole,
        )))
    }

    async fn export(
        &self,
        request: Request<v1::ExportDocumentRequest>,
    ) -> Result<Response<v1::ExportDocumentResponse>, Status> {
        let v1::ExportDocumentRequest { id, format } = request.into_inner();
        let letter = letters::find(&self.0, &id).await?;
        let content = match format.as_str() {
            "md" => letter.letter.bytes.clone(),
            "pdf" => letters::pdf(&self.0, &letter).await?,
            other => {
                let message = format!("there is no format {}", shown(other, 20));
                let fault = Fault::new(Kind::Invalid, reason::INVALID_VALUE, message);
                return Err(fault.hint("say --format md or --format pdf").into());
            }
        };
        Ok(Response::new(v1::ExportDocumentResponse {
            file_name: letters::file_name(&letter, &format),
            content,
        }))
    }
}

fn wanted(request: v1::MakeDocumentRequest) -> Result<Wanted, Fault> {
    let tone = match request.tone.as_str() {
        "" => Tone::Plain,
        name => Tone::of_name(name).ok_or_else(|| {
            let message = format!("there is no tone {}", shown(name, 20));
            Fault::new(Kind::Invalid, reason::INVALID_VALUE, message)
                .hint("say plain, warm or formal")
        })?,
    };
    let to = match request.job.is_empty() {
        false => To::Job(request.job),
        true => To::Pasted {
            text: request.text,
            title: request.title,
            employer: request.employer,
        },
    };
    Ok(Wanted {
        to,
        tone,
        emphasise: request.emphasise,
        writer: match request.no_model {
            true => Writer::Template,
            false => Writer::Any,
        },
    })
}
