//! Letters.

use agent_api::v1;
use agent_core::grounding::{Claim, Rest};
use agent_store::Letter;

use super::time;
use crate::letters::{Author, Written};

/// How much of a letter is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rpc) enum Part {
    /// A row of the list.
    Row,
    /// With its text and where it stands.
    Whole,
}

pub(in crate::rpc) fn document(letter: &Letter, part: Part) -> v1::Document {
    let written = Written::of(&letter.letter.written);
    let (written_by, call) = match &written.author {
        Author::Template => ("template".to_owned(), 0),
        Author::Model { model, call } => (model.clone(), *call),
    };
    let (text, claims) = match part {
        Part::Row => (String::new(), Vec::new()),
        Part::Whole => (
            String::from_utf8_lossy(&letter.letter.bytes).into_owned(),
            written.claims.iter().filter_map(claim).collect(),
        ),
    };
    v1::Document {
        id: letter.sha256.to_string(),
        title: letter.letter.title.clone(),
        employer: letter.letter.employer.clone(),
        job: letter
            .letter
            .job
            .map_or_else(String::new, |job| job.to_string()),
        made: Some(time(letter.letter.at)),
        written_by,
        call,
        tone: written.tone.name().to_owned(),
        language: written.language,
        note: written.note,
        refused: written.refused,
        claims,
        text,
        printed: letter.pdf.is_some(),
    }
}

fn claim(claim: &Claim) -> Option<v1::DocumentClaim> {
    let (rests_on, fact, line) = match claim.rests_on.as_ref()? {
        Rest::Profile { id, line } => ("profile", id.clone(), line.clone()),
        Rest::Posting { line } => ("posting", String::new(), line.clone()),
    };
    Some(v1::DocumentClaim {
        words: claim.words.clone(),
        kind: claim.kind.name().to_owned(),
        rests_on: rests_on.to_owned(),
        fact,
        line,
    })
}
