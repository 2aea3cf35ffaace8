//! What judging needs of a job, in few bytes: thousands are read at a time.
//!
//! ```text
//! version (1)
//! facts: length (4), JSON
//! skills: count (2), each: need and kind (1), length of the label (1), label
//! work the title names: unit group (2), occupation (4); 0 is none
//! direction of the text: length (2), bytes
//! direction of the title: length (2), bytes
//! ```
//! Numbers of several bytes have the least first.
#![deny(clippy::indexing_slicing)]

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    Found,
    score::{Asked, Kind, Work},
};
use crate::{
    ids::{ContentHash, JobId, SourceId},
    job::{Job, Level, Pay, Place, Stated, Workplace, facts::JobFacts},
    skill::Need,
};

/// Raised when the bytes mean something else.
const VERSION: u8 = 3;

/// A job as judging needs it, read from its bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Brief<'a> {
    /// The facts; identity, texts and quotations are left out.
    pub(super) job: Job,
    pub(super) asked: Vec<Asked<'a>>,
    pub(super) work: Option<Work>,
    pub(super) text: &'a [u8],
    pub(super) title: &'a [u8],
}

/// Why bytes are no brief of a job.
#[derive(Debug, thiserror::Error)]
pub enum BriefError {
    /// They were written by another version.
    #[error("kept by version {found} of the ranking, and this one reads {VERSION}")]
    Version {
        /// The version they name.
        found: u8,
    },
    /// They end early, or hold what cannot be.
    #[error("the bytes kept for the ranking are damaged")]
    Damaged,
    /// The facts cannot be read.
    #[error("the facts kept for the ranking cannot be read")]
    Facts(#[source] serde_json::Error),
}

impl Brief<'_> {
    /// The bytes kept of a job and what was found in it.
    pub fn bytes(job: &Job, found: &Found) -> Result<Vec<u8>, BriefError> {
        let facts = bare(job).map_err(BriefError::Facts)?;
        let size = u32::try_from(facts.len()).map_err(|_| BriefError::Damaged)?;
        let mut bytes = vec![VERSION];
        bytes.extend(size.to_le_bytes());
        bytes.extend(facts);
        // More skills than anyone asks for are a list of words.
        let skills = found.skills.iter().filter(|found| found.skill.len() < 256);
        let skills: Vec<_> = skills.take(usize::from(u16::MAX)).collect();
        let count = u16::try_from(skills.len()).unwrap_or(u16::MAX);
        bytes.extend(count.to_le_bytes());
        for found in skills {
            bytes.push(need_code(found.need) | kind_code(Kind::of(&found.skill)) << NEED_BITS);
            bytes.push(u8::try_from(found.skill.len()).unwrap_or_default());
            bytes.extend(found.skill.as_bytes());
        }
        let (unit, occupation) = Work::of(&job.title).map_or((0, 0), Work::numbers);
        bytes.extend(unit.to_le_bytes());
        bytes.extend(occupation.to_le_bytes());
        for direction in [&found.text, &found.title] {
            let direction = direction.as_ref().map_or(&[][..], |found| found.bytes());
            let size = u16::try_from(direction.len()).map_err(|_| BriefError::Damaged)?;
            bytes.extend(size.to_le_bytes());
            bytes.extend(direction);
        }
        Ok(bytes)
    }
}

impl<'a> Brief<'a> {
    /// Reads what [`Brief::bytes`] gave.
    pub fn read(bytes: &'a [u8]) -> Result<Self, BriefError> {
        let mut rest = Rest(bytes);
        let version = rest.byte()?;
        if version != VERSION {
            return Err(BriefError::Version { found: version });
        }
        let size = u32::from_le_bytes(rest.array()?);
        let facts = rest.some(usize::try_from(size).map_err(|_| BriefError::Damaged)?)?;
        let job = job_of(facts).map_err(BriefError::Facts)?;
        let count = u16::from_le_bytes(rest.array()?);
        let mut asked = Vec::with_capacity(usize::from(count));
        for _ in 0..count {
            let code = rest.byte()?;
            let need = need_of_code(code & NEED_MASK)?;
            let kind = kind_of_code(code >> NEED_BITS)?;
            let size = rest.byte()?;
            let skill = rest.some(usize::from(size))?;
            asked.push(Asked {
                skill: std::str::from_utf8(skill).map_err(|_| BriefError::Damaged)?,
                need,
                kind,
                evidence: "",
            });
        }
        let unit = u16::from_le_bytes(rest.array()?);
        let work = Work::of_numbers(unit, u32::from_le_bytes(rest.array()?));
        let size = u16::from_le_bytes(rest.array()?);
        let text = rest.some(usize::from(size))?;
        let size = u16::from_le_bytes(rest.array()?);
        let title = rest.some(usize::from(size))?;
        Ok(Self {
            job,
            asked,
            work,
            text,
            title,
        })
    }
}

impl Brief<'_> {
    /// The skills of our lists that the job asks for, each once with its strongest need.
    /// Words that no list knows are left out: they are not scored.
    pub fn asks(&self) -> Vec<(&str, Need)> {
        let mut asks: Vec<(&str, Need)> = Vec::with_capacity(self.asked.len());
        let listed = self.asked.iter();
        for asked in listed.filter(|asked| asked.kind != Kind::Unlisted) {
            match asks.iter_mut().find(|(skill, _)| *skill == asked.skill) {
                Some((_, need)) => *need = asked.need.max(*need),
                None => asks.push((asked.skill, asked.need)),
            }
        }
        asks
    }
}

/// The facts of a job: what judging may look at. Identity, texts and benefits
/// are left out.
#[derive(Serialize, Deserialize)]
struct Facts {
    #[serde(default)]
    title: String,
    #[serde(default)]
    company: String,
    #[serde(default)]
    places: Vec<Place>,
    #[serde(default)]
    workplace: Workplace,
    level: Option<Stated<Level>>,
    pay: Option<Pay>,
    employment: Option<String>,
    department: Option<String>,
    team: Option<String>,
    language: Option<String>,
    posted_on: Option<Date>,
    closes_on: Option<Date>,
    industry: Option<String>,
    company_size: Option<String>,
    agency: Option<bool>,
    #[serde(default)]
    facts: JobFacts,
}

/// The facts as JSON, without the quotations beside them.
fn bare(job: &Job) -> Result<Vec<u8>, serde_json::Error> {
    let job = job.clone();
    let mut facts = job.facts;
    facts.benefits.clear();
    let mut bare = serde_json::to_value(Facts {
        title: job.title,
        company: job.company,
        places: job.places,
        workplace: job.workplace,
        level: job.level,
        pay: job.pay,
        employment: job.employment,
        department: job.department,
        team: job.team,
        language: job.language,
        posted_on: job.posted_on,
        closes_on: job.closes_on,
        industry: job.industry,
        company_size: job.company_size,
        agency: job.agency,
        facts,
    })?;
    for quoting in ["workplace", "pay"] {
        clear(bare.get_mut(quoting).and_then(|fact| fact.get_mut("text")));
    }
    unquote(&mut bare);
    serde_json::to_vec(&bare)
}

/// A job of these facts and nothing else.
fn job_of(bare: &[u8]) -> Result<Job, serde_json::Error> {
    let bare: Facts = serde_json::from_slice(bare)?;
    Ok(Job {
        id: JobId::from_bytes([0; 16]),
        source: SourceId::from_bytes([0; 16]),
        external_id: String::new(),
        url: String::new(),
        apply_url: None,
        title: bare.title,
        company: bare.company,
        places: bare.places,
        workplace: bare.workplace,
        level: bare.level,
        pay: bare.pay,
        employment: bare.employment,
        department: bare.department,
        team: bare.team,
        language: bare.language,
        description: String::new(),
        content_hash: ContentHash::from_bytes([0; 32]),
        posted_on: bare.posted_on,
        closes_on: bare.closes_on,
        requisition_id: None,
        group_id: None,
        benefits: Vec::new(),
        industry: bare.industry,
        company_size: bare.company_size,
        agency: bare.agency,
        facts: bare.facts,
    })
}

/// Clears the words beside each value that is stated with them, and leaves away
/// what is not known.
fn unquote(facts: &mut Value) {
    match facts {
        Value::Object(fields) => {
            fields.retain(|_, value| !value.is_null());
            if fields.len() == 2 && fields.contains_key("value") {
                clear(fields.get_mut("text"));
            }
            fields.values_mut().for_each(unquote);
        }
        Value::Array(items) => items.iter_mut().for_each(unquote),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn clear(text: Option<&mut Value>) {
    if let Some(Value::String(text)) = text {
        text.clear();
    }
}

/// Bytes not read yet.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn some(&mut self, count: usize) -> Result<&'a [u8], BriefError> {
        let (some, rest) = self.0.split_at_checked(count).ok_or(BriefError::Damaged)?;
        self.0 = rest;
        Ok(some)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], BriefError> {
        let (some, rest) = self.0.split_first_chunk().ok_or(BriefError::Damaged)?;
        self.0 = rest;
        Ok(*some)
    }

    fn byte(&mut self) -> Result<u8, BriefError> {
        self.array().map(u8::from_le_bytes)
    }
}

/// Bits of the need of a skill; its kind stands above them.
const NEED_BITS: u32 = 2;
const NEED_MASK: u8 = (1 << NEED_BITS) - 1;

const fn kind_code(kind: Kind) -> u8 {
    match kind {
        Kind::Unlisted => 0,
        Kind::Trait => 1,
        Kind::Tagged => 2,
        Kind::Work => 3,
    }
}

fn kind_of_code(code: u8) -> Result<Kind, BriefError> {
    [Kind::Unlisted, Kind::Trait, Kind::Tagged, Kind::Work]
        .into_iter()
        .find(|kind| kind_code(*kind) == code)
        .ok_or(BriefError::Damaged)
}

const fn need_code(need: Need) -> u8 {
    match need {
        Need::Optional => 0,
        Need::Named => 1,
        Need::Required => 2,
    }
}

fn need_of_code(code: u8) -> Result<Need, BriefError> {
    [Need::Optional, Need::Named, Need::Required]
        .into_iter()
        .find(|need| need_code(*need) == code)
        .ok_or(BriefError::Damaged)
}
